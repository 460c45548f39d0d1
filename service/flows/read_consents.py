"""Read consents, and what was disclosed of whom; each look into a participant's record is told."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from schemas.subscribers import Consent, ConsentPage, DisclosurePage
from service.core.calendar import local_day
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import clinics, consents, participants
from service.store.consents import Sought as ConsentFilter

__all__ = ["ConsentFilter", "list_consents", "list_disclosures", "local_today", "read_consent"]


async def local_today(act: Act) -> date:
    """The clinic's local day by now."""
    clinic = await clinics.find(act, act.clinic)
    return local_day(act.now, ZoneInfo(clinic.timezone if clinic else "UTC"))


async def read_consent(act: Act, consent: UUID) -> Done[Consent] | Refused:
    """One consent by id."""
    known = await consents.find(act, act.clinic, consent, await local_today(act))
    if known is None:
        return refused("not_found", "There is no such consent.")
    act.tell("consent.read", consent, known.participant)
    return Done(known)


async def list_consents(act: Act, page: Page, wanted: ConsentFilter) -> Done[ConsentPage] | Refused:
    """Consents that match everything that is wanted, newest first, revoked and expired ones too."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    today = await local_today(act)
    found = await consents.before(act, act.clinic, last, page.limit + 1, wanted, today)
    shown, more = cut(found, page, lambda one: one.id.bytes)
    act.tell("consents.read", None, wanted.participant, count=len(shown))
    return Done(ConsentPage(shown, more))


async def list_disclosures(act: Act, participant: UUID, page: Page) -> Done[DisclosurePage] | Refused:
    """What subscribers were told of a participant, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    if await participants.find(act, act.clinic, participant) is None:
        return refused("not_found", "There is no such participant.")
    found = await consents.disclosed(act, act.clinic, participant, last, page.limit + 1)
    shown, more = cut(found, page, lambda one: one.id.bytes)
    act.tell("disclosures.read", None, participant, count=len(shown))
    return Done(DisclosurePage(shown, more))
