"""PINs of people in care, kept as argon2id hashes, with the wrong tries in a row."""

from datetime import datetime
from uuid import UUID

from service.core.access.pins import RESTS, TRIES_MAX
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


async def take_try(tx: Tx, participant: UUID) -> str | None:
    """Count a try as a wrong one, and give the hash to compare it with; none while the PIN rests."""
    found: str | None = await tx.value(
        "pins/try", participant_id=participant, tries_max=TRIES_MAX, rests_until=tx.now + RESTS
    )
    return found


async def wake(tx: Tx, participant: UUID) -> None:
    """Let wrong tries count from nothing again."""
    await tx.run("pins/wake", participant_id=participant)
