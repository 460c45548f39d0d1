"""Make the weeks that notices are kept in ahead of time, and drop those that were kept long enough."""

from datetime import timedelta
from typing import Final

from service.store import weeks
from service.store.database.pool import Database

AHEAD_WEEKS: Final = 8
"""How many weeks are there ahead of time, counted from this one: a worker may be away for as long."""


async def keep_weeks(database: Database, keep: timedelta) -> int:
    """Make this week and the next ones, and drop those that were over longer ago than `keep`.

    Gives how many were made or dropped. A week in which an active subscriber has yet to be told something
    stays. Two workers may do it at once: one of them waits, or gives up and finds it done the next time.

    Raises asyncpg.LockNotAvailableError where the tables are in use; it is done the next time.
    """
    async with database.transaction(None) as tx:
        made = await weeks.make(tx, tx.now.date(), AHEAD_WEEKS)
    async with database.transaction(None) as tx:
        return made + await weeks.drop(tx, (tx.now - keep).date())
