"""Read the caps of the clinic and of funders, and what participants have reached of them."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from schemas.caps import CapWarningPage, ClinicCap, ClinicCapPage
from service.core.cursors import Page, before_id, cut
from service.core.dated_caps import Spot, period_of
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import caps
from service.store.caps import Fullness

__all__ = ["Fullness", "list_caps", "list_fullness", "list_warnings", "read_cap"]

FULL_MAX: Final = 20
"""For how many caps it is worked out how full they are."""
PEOPLE_MAX: Final = 2000
"""How many open enrollments are looked at for that."""


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


async def list_fullness(act: Act, asked: Sequence[ClinicCap], on: date) -> Done[dict[UUID, Fullness]]:
    """How far people in care are in the caps in force on a day, in numbers that name nobody.

    A cap for a single event never fills up, and is left out.
    """
    held = [one for one in asked if one.per != "event" and one.starts_on <= on <= (one.ends_on or on)]
    held = held[:FULL_MAX]
    spots = [Spot(one.unit, on, "", one.funding) for one in held]
    periods = [period_of(one.per, spot) for one, spot in zip(held, spots, strict=True)]
    return Done(await caps.fullness(act, act.clinic, held, periods, PEOPLE_MAX))


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
