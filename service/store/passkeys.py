"""Passkeys of people in care: what an authenticator calls each, and its public half."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.store.database.pool import Tx


class Passkey(Struct, frozen=True):
    """A passkey as it is compared with what an authenticator signs."""

    id: UUID
    participant: UUID
    public_key: bytes
    sign_count: int


class Listed(Struct, frozen=True):
    """A passkey as its owner sees it."""

    id: UUID
    credential_id: bytes
    created_at: datetime


async def insert(tx: Tx, new: Passkey, credential_id: bytes) -> None:
    """Keep a new passkey.

    Raises UniqueViolationError where it is kept already.
    """
    await tx.run(
        "passkeys/insert", tx.clinic, new.id, new.participant, credential_id, new.public_key, new.sign_count,
        tx.now,
    )  # fmt: skip


async def find(tx: Tx, credential_id: bytes) -> Passkey | None:
    """The passkey that an authenticator calls so."""
    row = await tx.row("passkeys/find", tx.clinic, credential_id)
    return None if row is None else Passkey(*row)


async def of_participant(tx: Tx, participant: UUID) -> tuple[Listed, ...]:
    """Somebody's passkeys, the oldest first."""
    return tuple(Listed(*row) for row in await tx.rows("passkeys/list", tx.clinic, participant))


async def use(tx: Tx, passkey: UUID, sign_count: int) -> None:
    """Write down that a passkey was used, and how often its authenticator says that it signed."""
    await tx.run("passkeys/use", tx.clinic, passkey, sign_count, tx.now)


async def delete(tx: Tx, participant: UUID, passkey: UUID) -> bool:
    """Forget one of somebody's passkeys; whether there was one."""
    return await tx.value("passkeys/delete", tx.clinic, participant, passkey) is not None


async def delete_all(tx: Tx, participant: UUID) -> None:
    """Forget all of somebody's passkeys."""
    await tx.run("passkeys/delete_all", tx.clinic, participant)
