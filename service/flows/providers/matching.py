"""The daily match: a provider's list of orders against ours.

What differs is named, and what we are behind with is looked up at once.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from service.core.actors import system
from service.core.order_matching import Ours, compared, is_behind
from service.core.orders import Placed
from service.flows.perform import Act, Done, perform
from service.outbound.providers.interface import RewardProvider, Trouble
from service.store import provider_differences, provider_orders
from service.store.database.pool import Database

BACK: Final = timedelta(days=90)
"""How far back lists are matched; what is older is looked up one by one, some of it each day."""
OLD: Final = timedelta(days=730)
"""How long an order is looked up after it was made: cards are seldom refunded later."""
OLD_A_DAY: Final = 50
"""How many of the older ones are looked up each day, those first that were not for the longest."""
ORDERS_MAX: Final = 100_000
SLACK: Final = timedelta(hours=1)
"""Orders are asked for from a little earlier than ours, for clocks differ."""


async def match_orders(
    database: Database, clinic: UUID, account: UUID, provider: RewardProvider
) -> Trouble | None:
    """Match an account's list with ours; why it could not be had, if it could not."""
    since = database.clock() - BACK
    listed = await provider.orders(since - SLACK)
    if isinstance(listed, Trouble):
        return listed
    theirs = {one.external_id or one.reference: one for one in listed}

    async def operation(act: Act) -> Done[None]:
        ours = await provider_orders.since(act, account, since, ORDERS_MAX)
        # What only they have may be older than what we asked ourselves for.
        known = {str(one.redemption): one for one in ours.values()}
        older = await _older(act, [key for key in theirs if key not in known])
        ours |= older
        found = compared(ours, theirs, act.now)
        noted = await provider_differences.put(act, account, found)
        behind = [here.redemption for key, here in ours.items() if _is_behind(here, theirs.get(key))]
        await provider_orders.look(act, behind)
        await provider_orders.look_at_old(act, account, (since - OLD, since), OLD_A_DAY)
        act.audit(
            "provider.matched",
            account,
            None,
            orders=len(theirs),
            differences=len(found),
            new=noted.new,
            ended=noted.ended,
        )
        return Done(None)

    await perform(database, system(clinic), operation)
    return None


async def _older(act: Act, keys: list[str]) -> dict[str, Ours]:
    asked: dict[str, UUID] = {}
    for key in keys:
        try:
            asked[key] = UUID(key)
        except ValueError:
            continue
    found = await provider_orders.of_ids(act, list(asked.values()))
    return {key: found[one] for key, one in asked.items() if one in found}


def _is_behind(here: Ours, there: Placed | None) -> bool:
    return there is not None and is_behind(here, there)
