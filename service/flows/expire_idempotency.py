"""Forget idempotency keys that moved no value, once their time is over."""

from datetime import timedelta
from uuid import UUID

from service.store import idempotency
from service.store.database.pool import Database


async def expire_keys(database: Database, clinic: UUID, keep: timedelta) -> int:
    """Forget one clinic's keys that were answered longer ago than `keep`; returns how many.

    Two workers may do it at once: what one has deleted, the other no longer finds.
    """
    async with database.transaction(clinic) as tx:
        return await idempotency.expire(tx, tx.now - keep)
