"""Consents: record, revoke and read them, and what was disclosed."""

from base64 import b64decode
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from schemas.consents import Consent, ConsentPage, DisclosurePage, NewConsent, Signature
from service.core.calendar import local_day
from service.core.consents import faults_of_consent, media_of, told_of_consent
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, invalid, refused
from service.flows.perform import Act, Done
from service.store import charts, clinics, consents, subscribers
from service.store.consents import ConsentFilter, Picture

__all__ = ["ConsentFilter", "list_consents", "list_disclosures", "local_today", "read_consent"]


async def give_consent(act: Act, new: NewConsent) -> Done[Consent] | Refused:
    """Record that a participant consents to somebody being told of them.

    Of a subscriber the consent covers what it is sent; of anybody else it is the record of a form.
    """
    participant = await charts.lock_person(act, new.participant)
    if participant is None:
        return refused("unknown_participant", "$.participant")
    if new.subscriber is not None and await subscribers.find(act, new.subscriber) is None:
        return refused("unknown_subscriber", "$.subscriber")
    faults = faults_of_consent(new, await local_today(act))
    if faults:
        return invalid(*faults)
    drawn = _drawn(new)
    if isinstance(drawn, Refused):
        return drawn
    made = Consent(
        act.new_id(),
        participant,
        new.subscriber,
        new.purpose,
        act.now,
        act.actor.id,
        in_force=True,
        expires_on=new.expires_on,
        kind=new.kind,
        information=new.information,
        recipient=new.recipient,
        recipient_is_class=new.recipient_is_class,
        ends_when=new.ends_when,
        how_to_revoke=new.how_to_revoke,
        signature=None
        if new.signature is None
        else Signature(new.signature.how, new.signature.name, new.signature.signed_on),
    )
    await consents.insert(act, made, drawn)
    act.audit("consent.given", made.id, made.participant, **told_of_consent(made))
    return Done(made, "created")


def _drawn(new: NewConsent) -> Picture | Refused | None:
    """The picture of a drawn signature, judged by its first bytes."""
    if new.signature is None or new.signature.drawn is None:
        return None
    try:
        body = b64decode(new.signature.drawn, validate=True)
    except ValueError:
        body = b""
    media = media_of(body)
    return refused("invalid.signature_drawn", "$.signature.drawn") if media is None else Picture(media, body)


async def read_signature(act: Act, consent: UUID) -> Done[Picture] | Refused:
    """The picture of a consent's signature; reading it is told."""
    known = await consents.find(act, consent, await local_today(act))
    picture = None if known is None else await consents.picture(act, consent)
    if known is None or picture is None:
        return refused("not_found.consent")
    act.audit("consent.read", consent, known.participant)
    return Done(picture)


async def revoke_consent(act: Act, consent: UUID) -> Done[Consent] | Refused:
    """Revoke a consent for good, at once: nothing that is not yet sent is sent under it."""
    today = await local_today(act)
    known = await consents.find(act, consent, today)
    if known is None:
        return refused("not_found.consent")
    await charts.lock(act, [], [known.participant], [])
    if not await consents.revoke(act, consent, act.actor.id):
        return refused("consent_revoked")
    act.audit("consent.revoked", consent, known.participant, subscriber=str(known.subscriber or ""))
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
