"""Seal names and addresses anew, bound to their rows, while others go on working."""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from service.core.actors import system
from service.core.refusals import Refused
from service.flows.perform import Act, Done, perform
from service.store import binding
from service.store.database.pool import NO_CLINIC, Database, Tx

PAGE: Final = 200
"""How many rows are sealed anew in one transaction, for which whoever changes one of them waits."""

Bind = Callable[[Tx, UUID, int], Awaitable[tuple[UUID | None, int]]]


async def bind_names(database: Database, clinic: UUID) -> int:
    """Bind all that is not bound to its row yet, and tell the trail once it is done; returns how many.

    Once the trail tells of it nothing is ever bound again: what is not bound was put there by somebody else.
    """
    async with database.transaction(clinic) as tx:
        if await binding.is_done(tx) or await binding.is_told(tx):
            return 0
    count = await _all(database, clinic, binding.bind_people) + await _all(
        database, clinic, binding.bind_staff
    )

    async def tell(act: Act) -> Done[None] | Refused:
        if not await binding.is_told(act):
            await binding.done(act)
            act.audit("names.bound", count=count)
        return Done(None)

    await perform(database, system(clinic), tell)
    return count


async def _all(database: Database, clinic: UUID, bind: Bind) -> int:
    count, after = 0, NO_CLINIC
    while True:
        async with database.transaction(clinic) as tx:
            last, bound = await bind(tx, after, PAGE)
        if last is None:
            return count
        count, after = count + bound, last
