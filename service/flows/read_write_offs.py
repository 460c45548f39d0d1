"""Read write-offs: one by id, or those that wait for a second person."""

from uuid import UUID

from schemas.proposals import ProposalStatus, WriteOff, WriteOffPage
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import write_offs


async def read_write_off(act: Act, write_off: UUID) -> Done[WriteOff] | Refused:
    """One write-off by id."""
    known = await write_offs.find(act, act.clinic, write_off)
    return refused("not_found", "There is no such write-off.") if known is None else Done(known)


async def list_write_offs(
    act: Act, page: Page, *, status: ProposalStatus | None = None
) -> Done[WriteOffPage] | Refused:
    """Write-offs of the clinic, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await write_offs.before(act, act.clinic, last, page.limit + 1, status)
    return Done(WriteOffPage(*cut(found, page, lambda one: one.id.bytes)))
