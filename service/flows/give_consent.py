"""Put a consent on record, and revoke one."""

from uuid import UUID

from schemas.subscribers import Consent, NewConsent
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.flows.read_consents import local_today
from service.store import consents, enrollments, subscribers


async def give_consent(act: Act, new: NewConsent) -> Done[Consent] | Refused:
    """Record that a participant consents to a subscriber being told of them."""
    if new.participant not in await enrollments.lock(act, act.clinic, [], [new.participant], []):
        return refused("unknown_participant", "There is no such participant.", "$.participant")
    if await subscribers.find(act, act.clinic, new.subscriber) is None:
        return refused("unknown_subscriber", "There is no such subscriber.", "$.subscriber")
    today = await local_today(act)
    if new.expires_on is not None and new.expires_on < today:
        words = f"Today is {today}; the last day of a consent cannot be earlier."
        return refused("invalid", words, "$.expires_on")
    made = Consent(
        act.new_id(),
        new.participant,
        new.subscriber,
        new.purpose,
        act.now,
        act.actor.id,
        in_force=True,
        expires_on=new.expires_on,
    )
    await consents.insert(act, act.clinic, made)
    last = "" if new.expires_on is None else new.expires_on.isoformat()
    act.tell("consent.given", made.id, made.participant, subscriber=str(made.subscriber), expires_on=last)
    return Done(made, "created")


async def revoke_consent(act: Act, consent: UUID) -> Done[Consent] | Refused:
    """Revoke a consent for good, at once: nothing that is not yet sent is sent under it."""
    today = await local_today(act)
    known = await consents.find(act, act.clinic, consent, today)
    if known is None:
        return refused("not_found", "There is no such consent.")
    await enrollments.lock(act, act.clinic, [], [known.participant], [])
    if not await consents.revoke(act, act.clinic, consent, act.actor.id):
        return refused("consent_revoked", "The consent was revoked before.")
    act.tell("consent.revoked", consent, known.participant, subscriber=str(known.subscriber))
    return Done(await consents.find(act, act.clinic, consent, today) or known)
