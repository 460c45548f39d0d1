"""The secret addresses of people's own calendars, kept as hashes."""

from datetime import datetime
from typing import cast
from uuid import UUID

from service.store.database.pool import Tx


async def put(tx: Tx, participant: UUID, secret_hash: bytes) -> None:
    """Keep an address, in the place of the one before."""
    await tx.run("calendar_feeds/put", participant_id=participant, secret_hash=secret_hash)


async def drop(tx: Tx, participant: UUID) -> bool:
    """End somebody's address; whether there was one."""
    return await tx.value("calendar_feeds/drop", participant_id=participant) is not None


async def made_at(tx: Tx, participant: UUID) -> datetime | None:
    """Since when somebody has an address; none where they have none."""
    return cast("datetime | None", await tx.value("calendar_feeds/find", participant_id=participant))


async def whose(tx: Tx, secret_hash: bytes) -> UUID | None:
    """Whose address it is; none where it is nobody's any more."""
    return cast("UUID | None", await tx.value("calendar_feeds/whose", secret_hash=secret_hash))
