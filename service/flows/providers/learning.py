"""What a provider's answer does to an order: its state, its link, and its money, in one transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from schemas.shelf import Redemption, RedemptionStatus
from service.core.actors import SYSTEM, system
from service.core.notices import telling
from service.core.orders import Learned, Order, movements
from service.core.redemption import ON_ORDER
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done, perform
from service.flows.shelf import departed, gifts
from service.store import charts, ledger, provider_accounts, provider_orders, redemptions
from service.store.database.pool import Database

Learn = Callable[[Order, datetime], Learned]
"""Says what an answer makes of an order as it stands now."""


DEEDS: Final[Mapping[RedemptionStatus, str]] = {
    "ordered": "redemption.ordered",
    "awaiting_provider": "redemption.awaiting_provider",
    "awaiting_funds": "redemption.awaiting_funds",
    "given": "redemption.given",
    "failed": "redemption.failed",
    "reversed": "redemption.reversed",
}
"""What the audit trail is told of each state that an order comes into."""


async def learn_order(database: Database, clinic: UUID, redemption: UUID, learn: Learn) -> Learned | None:
    """Put on record what was learned of an order; none where there is no such order any more.

    It is decided by the order as it stands under its participant's lock: what was settled meanwhile stays so.
    Raises OSError or asyncpg.PostgresError where the database is away: the order is then looked up later.
    """

    async def operation(act: Act) -> Done[Learned] | Refused:
        first = await provider_orders.find(act, redemption)
        if first is None:
            return refused("not_found.redemption")
        await charts.lock(act, [], [first.order.participant], [])
        known = await provider_orders.find(act, redemption) or first
        learned = learn(known.order, act.now)
        await provider_orders.learn(act, known.order, learned)
        if learned.reference is not None and known.order.reference is None and learned.status != "failed":
            # What the account holds is asked for again later; until then nobody counts on what is spent.
            await provider_accounts.spend(act, known.account, known.order.face)
        if (learned.status, learned.returned) != (known.order.status, known.order.returned):
            await move(act, known.order, learned)
        return Done(learned)

    done = await perform(database, system(clinic), operation)
    return done.value if isinstance(done, Done) else None


async def move(act: Act, order: Order, learned: Learned, by: UUID | None = None) -> Redemption:
    """Write a new state or a refund, with its transfers; `by` said so, or its provider where left out.

    The participant is locked by the caller.
    """
    before = await redemptions.find(act, order.redemption)
    if before is None:
        raise AssertionError("an order without its redemption")
    after = _after(act, before, learned, by)
    await redemptions.advance(act, after)
    moved = movements(order, learned)
    await ledger.move(act, moved)
    if after.status == "failed":
        await gifts.give_back(act, after.participant, "redemption", after.id)
    elif after.refunded > before.refunded:
        await gifts.give_back_part(act, after)
    back = sum(one.amount for one in moved if one.destination == "available")
    await departed.release_returned(act, order.participant, order.unit, back)
    _tell(act, before, after)
    return after


def _after(act: Act, before: Redemption, learned: Learned, by: UUID | None) -> Redemption:
    after = replace(before, status=learned.status, refunded=learned.returned)
    if after.status == before.status:
        return after
    if after.status == "given":
        # It was handed out by whoever asked for it, as a code is that is given at once.
        return replace(after, settled_at=act.now, settled_by=by or before.requested_by)
    if after.status not in ON_ORDER:
        return replace(after, settled_at=act.now, settled_by=by or SYSTEM)
    return after


def _tell(act: Act, before: Redemption, after: Redemption) -> None:
    if after.status == "reversed" and before.status in ON_ORDER:
        raise AssertionError("an order is reversed only after it was given")
    if after.refunded > before.refunded:
        back = after.refunded - before.refunded
        act.audit("redemption.refunded", after.id, after.participant, amount=back, unit=after.unit)
    if after.status == before.status:
        return
    about: dict[str, str | int] = {"amount": after.amount, "unit": after.unit}
    if after.status == "given":
        about["by"] = str(after.settled_by)
    act.audit(DEEDS[after.status], after.id, after.participant, **about)
    if after.status in telling.KIND_OF_STATUS:
        act.notify(telling.redemption(after))
