"""PINs of people in care, kept as argon2id hashes."""

from datetime import datetime, timedelta
from uuid import UUID

from service.store.database.pool import Tx


async def put(tx: Tx, participant: UUID, pin_hash: str) -> None:
    """Keep a PIN, in the place of the one before."""
    await tx.run("pins/put", participant_id=participant, pin_hash=pin_hash)


async def delete(tx: Tx, participant: UUID) -> bool:
    """Forget a PIN; whether there was one."""
    return await tx.value("pins/delete", participant_id=participant) is not None


async def delete_by_codes_of(tx: Tx, staff: UUID, lasts: timedelta) -> list[UUID]:
    """Forget the PINs set within `lasts` of using a code that a member of staff, or a key of theirs, printed.

    Says whose they were.
    """
    rows = await tx.rows("pins/delete_by_codes_of", staff_id=staff, lasts=lasts)
    return [row["participant_id"] for row in rows]


async def set_at(tx: Tx, participant: UUID) -> datetime | None:
    """When somebody set their PIN; none where they have none."""
    found: datetime | None = await tx.value("pins/find", participant_id=participant)
    return found


async def hash_of(tx: Tx, participant: UUID) -> str | None:
    """The hash to compare a typed PIN with; none where somebody has no PIN."""
    found: str | None = await tx.value("pins/hash", participant_id=participant)
    return found
