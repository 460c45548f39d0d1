"""Read the caps of the clinic and of funders, and what participants have reached of them."""

from datetime import date
from uuid import UUID

from schemas.caps import CapWarningPage, ClinicCap, ClinicCapPage
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import caps


async def read_cap(act: Act, cap_id: UUID) -> Done[ClinicCap] | Refused:
    """One cap by id."""
    known = await caps.find(act, act.clinic, cap_id)
    return refused("not_found", "There is no such cap.") if known is None else Done(known)


async def list_caps(act: Act, page: Page, on: date | None = None) -> Done[ClinicCapPage] | Refused:
    """Caps, newest first; with `on`, those that are in force on that day."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await caps.before(act, act.clinic, last, page.limit + 1, on)
    return Done(ClinicCapPage(*cut(found, page, lambda cap: cap.id.bytes)))


async def list_warnings(act: Act, cap_id: UUID, page: Page) -> Done[CapWarningPage] | Refused:
    """Who came to 80 or 100 percent of a cap, newest first; each one shown is told."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    if await caps.find(act, act.clinic, cap_id) is None:
        return refused("not_found", "There is no such cap.")
    found = await caps.warnings(act, act.clinic, cap_id, last, page.limit + 1)
    shown, more = cut(found, page, lambda warning: warning.id.bytes)
    for one in shown:
        act.tell("cap_warning.read", cap_id, one.participant, percent=one.percent)
    return Done(CapWarningPage(shown, more))
