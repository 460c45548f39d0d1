"""Write-offs of stock: read them, approve or refuse as another person."""

from uuid import UUID

from msgspec.structs import replace

from schemas.proposals import ProposalStatus, WriteOff, WriteOffPage
from schemas.shelf import Reward
from service.core.cursors import Page, before_id, cut
from service.core.proposals import Step, settle, write_off_settled
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import persons, rewards, write_offs


async def approve_write_off(act: Act, write_off: UUID) -> Done[WriteOff] | Refused:
    """Take the pieces out of the stock, if they are still there."""
    found = await _to_settle(act, write_off, "approve")
    if isinstance(found, Refused):
        return found
    proposed, reward = found
    stock = (reward.stock or 0) - proposed.pieces
    if stock < 0:
        return refused("out_of_stock.written_off", left=reward.stock or 0, pieces=proposed.pieces)
    approved = replace(proposed, status="approved", settled_at=act.now, settled_by=act.actor.id)
    await write_offs.settle(act, approved)
    await rewards.set_stock(act, reward.id, stock)
    change = await rewards.note_stock_change(
        act, act.actor, reward.id, -proposed.pieces, proposed.reason, proposed.id
    )
    act.audit("write_off.approved", proposed.id, None, **write_off_settled(reward.id))
    act.audit("stock.changed", reward.id, change=-proposed.pieces, stock=stock, stock_change=str(change))
    return Done(approved)


async def refuse_write_off(act: Act, write_off: UUID, reason: str | None) -> Done[WriteOff] | Refused:
    """Leave the stock as it is."""
    found = await _to_settle(act, write_off, "refuse")
    if isinstance(found, Refused):
        return found
    refusal = replace(found[0], status="refused", settled_at=act.now, settled_by=act.actor.id, refusal=reason)
    await write_offs.settle(act, refusal)
    act.audit("write_off.refused", refusal.id, None, **write_off_settled(refusal.reward))
    return Done(refusal)


async def _to_settle(act: Act, write_off: UUID, step: Step) -> tuple[WriteOff, Reward] | Refused:
    """The proposal and its reward, which is locked, if this person may take this step."""
    first = await write_offs.find(act, write_off)
    known = None if first is None else await rewards.lock(act, first.reward)
    # Read again: only under its reward's lock is it sure that nobody else settles it.
    proposed = None if known is None else await write_offs.find(act, write_off)
    if known is None or proposed is None:
        return refused("not_found.write_off")
    proposer, who = await persons.pair(act, proposed.proposed_by)
    status = settle("write_off", proposed.status, proposer, who, step)
    return status if isinstance(status, Refused) else (proposed, known.reward)


async def read_write_off(act: Act, write_off: UUID) -> Done[WriteOff] | Refused:
    """One write-off by id."""
    known = await write_offs.find(act, write_off)
    return refused("not_found.write_off") if known is None else Done(known)


async def list_write_offs(
    act: Act, page: Page, *, status: ProposalStatus | None = None
) -> Done[WriteOffPage] | Refused:
    """Write-offs of the clinic, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await write_offs.before(act, last, page.limit + 1, status)
    return Done(WriteOffPage(*cut(found, page, lambda one: one.id.bytes)))
