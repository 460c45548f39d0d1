"""PINs of people in care, kept as argon2id hashes."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.store import marks
from service.store.database.pool import Tx


class KeptPin(Struct, frozen=True):
    """The hash to compare a typed PIN with, and who printed the code that it goes back to, if any."""

    hash: str
    let_in_by: UUID | None


def mark_of(tx: Tx, participant: UUID, pin_hash: str, let_in_by: UUID | None) -> str:
    """What the audit trail is told of a PIN: a keyed mark, by which another one is found.

    It holds whose code it goes back to as well. Nobody learns the PIN from it: the hash has a salt.
    """
    return marks.mark_of(tx, "pins.mark", participant, let_in_by, pin_hash)


async def put(tx: Tx, participant: UUID, pin_hash: str, let_in_by: UUID | None) -> None:
    """Keep a PIN, in the place of the one before; `let_in_by` printed the code that its owner came in by."""
    mark = mark_of(tx, participant, pin_hash, let_in_by)
    await tx.run("pins/put", participant_id=participant, pin_hash=pin_hash, let_in_by=let_in_by, mark=mark)


async def delete(tx: Tx, participant: UUID) -> bool:
    """Forget a PIN; whether there was one."""
    return await tx.value("pins/delete", participant_id=participant) is not None


async def delete_let_in_by(tx: Tx, staff: UUID) -> list[UUID]:
    """Forget the PINs that go back to a code that a member of staff, or a key of theirs, printed.

    Says whose they were.
    """
    rows = await tx.rows("pins/delete_let_in_by", staff_id=staff)
    return [row["participant_id"] for row in rows]


async def delete_since(tx: Tx, participant: UUID, since: datetime) -> bool:
    """Forget a PIN that was set since a moment; whether there was one."""
    return await tx.value("pins/delete_since", participant_id=participant, since=since) is not None


async def set_at(tx: Tx, participant: UUID) -> datetime | None:
    """When somebody set their PIN; none where they have none."""
    found: datetime | None = await tx.value("pins/find", participant_id=participant)
    return found


async def kept(tx: Tx, participant: UUID) -> KeptPin | None:
    """The PIN of somebody as it is kept; none where they have none, or it is not as the service wrote it."""
    row = await tx.row("pins/hash", participant_id=participant)
    if row is None:
        return None
    kept = row["mark"]
    if kept is None:
        # Of before rows had marks: the trail has it.
        kept = await tx.value("pins/told", participant_id=participant)
    mark = mark_of(tx, participant, row["pin_hash"], row["let_in_by"])
    return KeptPin(row["pin_hash"], row["let_in_by"]) if marks.fits(mark, kept) else None
