"""The weeks that the log, deliveries and attempts are kept in: made ahead, and dropped whole."""

from datetime import date

from service.store.database.pool import Tx


async def make(tx: Tx, first_day: date, weeks: int) -> int:
    """Make the weeks from that of a day on which there are not yet, and give how many.

    Raises asyncpg.LockNotAvailableError where a table is in use; nothing is made then.
    """
    return int(await tx.value("weeks/make", first_day=first_day, weeks=weeks))


async def drop(tx: Tx, before_day: date) -> int:
    """Drop the weeks that were over before a day and that nobody needs, and give how many.

    Raises asyncpg.LockNotAvailableError where a table is in use; nothing is dropped then.
    """
    return int(await tx.value("weeks/drop", before_day=before_day))
