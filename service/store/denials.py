"""How many refused calls of an actor were told of within an hour."""

from datetime import datetime
from uuid import UUID

from service.store.database.pool import Tx


async def take(tx: Tx, actor: UUID, hour: datetime, most: int) -> int | None:
    """Count one in an hour, and give the count; None where as many as are told of were before."""
    found: int | None = await tx.value("denials/take", actor_id=actor, hour=hour, told=most)
    return found
