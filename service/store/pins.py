"""PINs of people in care, kept as argon2id hashes."""

from datetime import datetime
from uuid import UUID

from service.store.database.pool import Tx


async def put(tx: Tx, participant: UUID, pin_hash: str) -> None:
    """Keep a PIN, in the place of the one before."""
    await tx.run("pins/put", participant_id=participant, pin_hash=pin_hash)


async def delete(tx: Tx, participant: UUID) -> bool:
    """Forget a PIN; whether there was one."""
    return await tx.value("pins/delete", participant_id=participant) is not None


async def set_at(tx: Tx, participant: UUID) -> datetime | None:
    """When somebody set their PIN; none where they have none."""
    found: datetime | None = await tx.value("pins/find", participant_id=participant)
    return found


async def hash_of(tx: Tx, participant: UUID) -> str | None:
    """The hash to compare a typed PIN with; none where somebody has no PIN."""
    found: str | None = await tx.value("pins/hash", participant_id=participant)
    return found
