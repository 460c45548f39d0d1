"""Passkeys of members of staff: what an authenticator and its owner call each, and its public half."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.store import marks
from service.store.database.pool import Tx

NAME = "staff_passkeys.name"


class StaffPasskey(Struct, frozen=True):
    """A passkey as it is compared with what an authenticator signs."""

    id: UUID
    staff: UUID
    public_key: bytes
    sign_count: int


class ListedPasskey(Struct, frozen=True):
    """A passkey as its owner sees it; one that was removed is among them for some weeks."""

    id: UUID
    credential_id: bytes
    name: str | None
    created_at: datetime
    used_at: datetime | None
    removed_at: datetime | None
    removed_by: UUID | None


def mark_of(tx: Tx, passkey: StaffPasskey) -> str:
    """What the row and the audit trail keep of a passkey: a keyed mark, by which another one is found."""
    said = (passkey.id, passkey.staff, passkey.public_key.hex())
    return marks.mark_of(tx, "staff_passkeys.mark", *said)


async def insert(tx: Tx, new: StaffPasskey, credential_id: bytes, name: str | None) -> bool:
    """Keep a new passkey; false where what its authenticator calls it is kept already."""
    made = await tx.value(
        "staff_passkeys/insert",
        passkey_id=new.id,
        staff_id=new.staff,
        credential_id=credential_id,
        public_key=new.public_key,
        sign_count=new.sign_count,
        name=None if name is None else tx.cipher.seal(tx.clinic, NAME, name),
        mark=mark_of(tx, new),
    )
    return made is not None


async def find(tx: Tx, staff: UUID, credential_id: bytes) -> StaffPasskey | None:
    """Somebody's passkey that an authenticator calls so; none where it is not as the service wrote it."""
    row = await tx.row("staff_passkeys/find", staff_id=staff, credential_id=credential_id)
    if row is None:
        return None
    found = StaffPasskey(row["passkey_id"], row["staff_id"], row["public_key"], row["sign_count"])
    return found if marks.fits(mark_of(tx, found), row["mark"]) else None


async def of_staff(tx: Tx, staff: UUID, since: datetime) -> tuple[ListedPasskey, ...]:
    """Somebody's passkeys, the oldest first, those among them that were removed since a moment."""
    return tuple(
        ListedPasskey(
            row["passkey_id"],
            row["credential_id"],
            tx.cipher.open_text(tx.clinic, NAME, row["name"]),
            row["created_at"],
            row["used_at"],
            row["removed_at"],
            row["removed_by"],
        )
        for row in await tx.rows("staff_passkeys/list", staff_id=staff, since=since)
    )


async def use(tx: Tx, passkey: UUID, sign_count: int) -> None:
    """Write down that a passkey was used, and how often its authenticator says that it signed."""
    await tx.run("staff_passkeys/use", passkey_id=passkey, sign_count=sign_count)


async def remove(tx: Tx, staff: UUID, passkey: UUID, by: UUID) -> bool:
    """Let one of somebody's passkeys open nothing from now on; whether there was one."""
    found = await tx.value("staff_passkeys/remove", staff_id=staff, passkey_id=passkey, removed_by=by)
    return found is not None


async def remove_all(tx: Tx, staff: UUID, by: UUID) -> list[UUID]:
    """Let none of somebody's passkeys open anything from now on; gives which."""
    rows = await tx.rows("staff_passkeys/remove_all", staff_id=staff, removed_by=by)
    return [row["passkey_id"] for row in rows]
