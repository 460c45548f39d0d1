"""Find the subscribers that have something to do and that no worker has in hand."""

from service.store import leases
from service.store.database.pool import Database
from service.store.leases import Due


async def find_due(database: Database, rows_max: int) -> list[Due]:
    """The subscribers of all clinics that are due, those whose receivers answer first."""
    async with database.transaction(None) as tx:
        return await leases.due(tx, rows_max)
