"""Read the staff: one member, all of them, and where somebody is signed in."""

from uuid import UUID

from schemas.staff import Staff, StaffPage
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import clinics, sessions, staff
from service.store.sessions import OpenSession

__all__ = ["OpenSession", "is_second_factor_needed", "list_sessions", "list_staff", "read_staff"]


async def read_staff(act: Act, staff_id: UUID) -> Done[Staff] | Refused:
    """One member of staff by id."""
    known = await staff.find(act, act.clinic, staff_id)
    if known is None:
        return refused("not_found", "There is no such member of staff.")
    act.tell("staff.read", staff_id)
    return Done(known.staff, revision=known.revision)


async def list_staff(act: Act, page: Page) -> Done[StaffPage] | Refused:
    """The clinic's staff, newest first, disabled ones too."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await staff.before(act, act.clinic, last, page.limit + 1)
    act.tell("staff.listed")
    return Done(StaffPage(*cut(found, page, lambda one: one.id.bytes)))


async def list_sessions(act: Act, staff_id: UUID) -> Done[list[OpenSession]]:
    """Where a member of staff is signed in, newest first."""
    return Done(await sessions.of_staff(act, act.clinic, staff_id))


async def is_second_factor_needed(act: Act) -> Done[bool]:
    """Whether nobody on the staff signs in without a second factor."""
    return Done(await clinics.second_factor_needed(act, act.clinic))
