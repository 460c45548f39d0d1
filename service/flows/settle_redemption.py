"""Settle a held redemption: the reward is handed over, or it is canceled and the price returned."""

from uuid import UUID

from msgspec.structs import replace

from schemas.shelf import Redemption
from service.core.ledger import Movement
from service.core.notices import telling
from service.core.redemption import MOVES, Step, settle
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import enrollments, ledger, redemptions, rewards


async def give_redemption(act: Act, redemption_id: UUID) -> Done[Redemption] | Refused:
    """Hand over what was set aside."""
    return await _settle(act, redemption_id, "give")


async def cancel_redemption(act: Act, redemption_id: UUID) -> Done[Redemption] | Refused:
    """Return the price to what is available and the pieces to the stock."""
    return await _settle(act, redemption_id, "cancel")


async def _settle(act: Act, redemption_id: UUID, step: Step) -> Done[Redemption] | Refused:
    first = await redemptions.find(act, act.clinic, redemption_id)
    if first is None:
        return refused("not_found", "There is no such redemption.")
    await enrollments.lock(act, act.clinic, [], [first.participant], [])
    # Read again: only under its participant's lock is it sure that nobody else settles it.
    held = await redemptions.find(act, act.clinic, redemption_id) or first
    status = settle(held.status, step)
    if isinstance(status, Refused):
        return status
    settled = replace(held, status=status, settled_at=act.now, settled_by=act.actor.id)
    await redemptions.settle(act, act.clinic, settled)
    if status == "canceled":
        await rewards.return_stock(act, act.clinic, held.reward, held.quantity)
    source, destination = MOVES[held.status, status]
    movement = Movement(
        held.participant, held.unit, source, destination, held.amount, "redemption", redemption_id
    )
    await ledger.move(act, act.clinic, [movement])
    act.tell(f"redemption.{status}", redemption_id, held.participant, amount=held.amount, unit=held.unit)
    act.notify(telling.redemption(settled))
    return Done(settled)
