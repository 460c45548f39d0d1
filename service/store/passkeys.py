"""Passkeys of people in care: what an authenticator calls each, and its public half."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.store import marks
from service.store.database.pool import Tx


class Passkey(Struct, frozen=True):
    """A passkey as it is compared with what an authenticator signs."""

    id: UUID
    participant: UUID
    public_key: bytes
    sign_count: int
    let_in_by: UUID | None = None
    """Who printed the code that whoever made it came in by, if any."""


class Listed(Struct, frozen=True):
    """A passkey as its owner sees it."""

    id: UUID
    credential_id: bytes
    created_at: datetime


def mark_of(tx: Tx, passkey: Passkey) -> str:
    """What the audit trail is told of a passkey: a keyed mark, by which another one is found.

    It holds whose it is and whose code it goes back to as well.
    """
    said = (passkey.id, passkey.participant, passkey.let_in_by, passkey.public_key.hex())
    return marks.mark_of(tx, "passkeys.mark", *said)


async def insert(tx: Tx, new: Passkey, credential_id: bytes) -> None:
    """Keep a new passkey.

    Raises UniqueViolationError where it is kept already.
    """
    await tx.run(
        "passkeys/insert",
        passkey_id=new.id,
        participant_id=new.participant,
        credential_id=credential_id,
        public_key=new.public_key,
        sign_count=new.sign_count,
        let_in_by=new.let_in_by,
        mark=mark_of(tx, new),
    )


async def find(tx: Tx, credential_id: bytes) -> Passkey | None:
    """The passkey that an authenticator calls so; none where it is not as the service wrote it."""
    row = await tx.row("passkeys/find", credential_id=credential_id)
    if row is None:
        return None
    found = Passkey(
        id=row["passkey_id"],
        participant=row["participant_id"],
        public_key=row["public_key"],
        sign_count=row["sign_count"],
        let_in_by=row["let_in_by"],
    )
    kept = row["mark"]
    if kept is None:
        # Of before rows had marks: the trail has it.
        kept = await tx.value("passkeys/told", passkey_id=found.id, participant_id=found.participant)
    return found if marks.fits(mark_of(tx, found), kept) else None


async def of_participant(tx: Tx, participant: UUID) -> tuple[Listed, ...]:
    """Somebody's passkeys, the oldest first."""
    rows = await tx.rows("passkeys/list", participant_id=participant)
    return tuple(
        Listed(
            id=row["passkey_id"],
            credential_id=row["credential_id"],
            created_at=row["created_at"],
        )
        for row in rows
    )


async def use(tx: Tx, passkey: UUID, sign_count: int) -> None:
    """Write down that a passkey was used, and how often its authenticator says that it signed."""
    await tx.run("passkeys/use", passkey_id=passkey, sign_count=sign_count)


async def delete(tx: Tx, participant: UUID, passkey: UUID) -> bool:
    """Forget one of somebody's passkeys; whether there was one."""
    return await tx.value("passkeys/delete", participant_id=participant, passkey_id=passkey) is not None


async def delete_since(tx: Tx, participant: UUID, since: datetime) -> list[UUID]:
    """Forget somebody's passkeys that were made since a moment; gives which."""
    rows = await tx.rows("passkeys/delete_since", participant_id=participant, since=since)
    return [row["passkey_id"] for row in rows]


async def delete_let_in_by(tx: Tx, staff: UUID) -> list[tuple[UUID, UUID]]:
    """Forget the passkeys that go back to a code that a member of staff, or a key of theirs, printed.

    Gives each with whose it was.
    """
    rows = await tx.rows("passkeys/delete_let_in_by", staff_id=staff)
    return [(row["passkey_id"], row["participant_id"]) for row in rows]


async def delete_all(tx: Tx, participant: UUID) -> None:
    """Forget all of somebody's passkeys."""
    await tx.run("passkeys/delete_all", participant_id=participant)
