"""Caps of the clinic and of funders: set, end and read them, and what participants have reached."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from schemas.caps import CapWarningPage, ClinicCap, ClinicCapPage, EndCap, NewCap
from service.core.calendar import local_day
from service.core.cursors import Page, before_id, cut
from service.core.dated_caps import Spot, period_of
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import caps, clinics
from service.store.caps import Fullness

__all__ = ["Fullness", "list_caps", "list_fullness", "list_warnings", "read_cap"]

FULL_MAX: Final = 20
"""For how many caps it is worked out how full they are."""
PEOPLE_MAX: Final = 2000
"""How many open enrollments are looked at for that."""


async def read_cap(act: Act, cap_id: UUID) -> Done[ClinicCap] | Refused:
    """One cap by id."""
    known = await caps.find(act, cap_id)
    return refused("not_found.cap") if known is None else Done(known)


async def list_caps(act: Act, page: Page, on: date | None = None) -> Done[ClinicCapPage] | Refused:
    """Caps, newest first; with `on`, those that are in force on that day."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await caps.before(act, last, page.limit + 1, on)
    return Done(ClinicCapPage(*cut(found, page, lambda cap: cap.id.bytes)))


async def list_fullness(act: Act, asked: Sequence[ClinicCap], on: date) -> Done[dict[UUID, Fullness]]:
    """How far people in care are in the caps in force on a day, in numbers that name nobody.

    A cap for a single event never fills up, and is left out.
    """
    held = [one for one in asked if one.per != "event" and one.starts_on <= on <= (one.ends_on or on)]
    held = held[:FULL_MAX]
    spots = [Spot(one.unit, on, "", one.funding) for one in held]
    periods = [period_of(one.per, spot) for one, spot in zip(held, spots, strict=True)]
    return Done(await caps.fullness(act, held, periods, PEOPLE_MAX))


async def list_warnings(act: Act, cap_id: UUID, page: Page) -> Done[CapWarningPage] | Refused:
    """Who came to 80 or 100 percent of a cap, newest first; each one shown is audited."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    if await caps.find(act, cap_id) is None:
        return refused("not_found.cap")
    found = await caps.warnings(act, cap_id, last, page.limit + 1)
    shown, more = cut(found, page, lambda warning: warning.id.bytes)
    for one in shown:
        act.audit("cap_warning.read", cap_id, one.participant, percent=one.percent)
    return Done(CapWarningPage(shown, more))


async def set_cap(act: Act, new: NewCap) -> Done[ClinicCap] | Refused:
    """Set a cap; it binds what is posted from now on, and takes back nothing."""
    if new.ends_on is not None and new.ends_on < new.starts_on:
        return refused("invalid.cap_ends_first", "$.ends_on", day=new.starts_on)
    made = ClinicCap(
        act.new_id(),
        new.per,
        new.unit,
        new.amount,
        new.starts_on,
        new.reason,
        act.now,
        act.actor.id,
        new.funding,
        new.ends_on,
    )
    await caps.insert(act, made)
    act.audit(
        "cap.set",
        made.id,
        per=made.per,
        unit=made.unit,
        amount=made.amount,
        funding=made.funding or "",
        starts_on=made.starts_on.isoformat(),
        ends_on="" if made.ends_on is None else made.ends_on.isoformat(),
    )
    return Done(made, "created")


async def end_cap(act: Act, cap_id: UUID, end: EndCap) -> Done[ClinicCap] | Refused:
    """Set the last day of a cap that has none yet; what it bound before stays as it was posted."""
    known = await caps.find(act, cap_id)
    if known is None:
        return refused("not_found.cap")
    today = local_day(act.now, await clinics.zone(act))
    if end.on < today:
        return refused("invalid.cap_ended_past", "$.on", day=today)
    if end.on < known.starts_on:
        return refused("invalid.cap_ended_before_start", "$.on", day=known.starts_on)
    if not await caps.end(act, cap_id, end.on):
        return refused("cap_ended")
    act.audit("cap.ended", cap_id, on=end.on.isoformat())
    return Done(replace(known, ends_on=end.on))
