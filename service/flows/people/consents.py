"""Consents: record, revoke and read them, and what was disclosed."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from schemas.subscribers import Consent, ConsentPage, DisclosurePage, NewConsent
from service.core.calendar import local_day
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import charts, clinics, consents, subscribers
from service.store.consents import ConsentFilter

__all__ = ["ConsentFilter", "list_consents", "list_disclosures", "local_today", "read_consent"]


async def give_consent(act: Act, new: NewConsent) -> Done[Consent] | Refused:
    """Record that a participant consents to a subscriber being told of them."""
    participant = await charts.lock_person(act, new.participant)
    if participant is None:
        return refused("unknown_participant", "$.participant")
    if await subscribers.find(act, new.subscriber) is None:
        return refused("unknown_subscriber", "$.subscriber")
    today = await local_today(act)
    if new.expires_on is not None and new.expires_on < today:
        return refused("invalid.consent_past", "$.expires_on", day=today)
    made = Consent(
        act.new_id(),
        participant,
        new.subscriber,
        new.purpose,
        act.now,
        act.actor.id,
        in_force=True,
        expires_on=new.expires_on,
    )
    await consents.insert(act, made)
    last = "" if new.expires_on is None else new.expires_on.isoformat()
    act.audit("consent.given", made.id, made.participant, subscriber=str(made.subscriber), expires_on=last)
    return Done(made, "created")


async def revoke_consent(act: Act, consent: UUID) -> Done[Consent] | Refused:
    """Revoke a consent for good, at once: nothing that is not yet sent is sent under it."""
    today = await local_today(act)
    known = await consents.find(act, consent, today)
    if known is None:
        return refused("not_found.consent")
    await charts.lock(act, [], [known.participant], [])
    if not await consents.revoke(act, consent, act.actor.id):
        return refused("consent_revoked")
    act.audit("consent.revoked", consent, known.participant, subscriber=str(known.subscriber))
    return Done(await consents.find(act, consent, today) or known)


async def local_today(act: Act) -> date:
    """The clinic's local day by now."""
    clinic = await clinics.find(act)
    return local_day(act.now, ZoneInfo(clinic.timezone if clinic else "UTC"))


async def read_consent(act: Act, consent: UUID) -> Done[Consent] | Refused:
    """One consent by id."""
    known = await consents.find(act, consent, await local_today(act))
    if known is None:
        return refused("not_found.consent")
    act.audit("consent.read", consent, known.participant)
    return Done(known)


async def list_consents(act: Act, page: Page, wanted: ConsentFilter) -> Done[ConsentPage] | Refused:
    """Consents that match everything that is wanted, newest first, revoked and expired ones too."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    today = await local_today(act)
    found = await consents.before(act, last, page.limit + 1, wanted, today)
    shown, more = cut(found, page, lambda one: one.id.bytes)
    act.audit("consents.read", None, wanted.participant, count=len(shown))
    return Done(ConsentPage(shown, more))


async def list_disclosures(act: Act, participant: UUID, page: Page) -> Done[DisclosurePage] | Refused:
    """Disclosures about a participant to subscribers, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    person = await charts.person(act, participant)
    if person is None:
        return refused("not_found.participant")
    found = await consents.disclosed(act, person, last, page.limit + 1)
    shown, more = cut(found, page, lambda one: one.id.bytes)
    act.audit("disclosures.read", None, person.id, count=len(shown))
    return Done(DisclosurePage(shown, more))
