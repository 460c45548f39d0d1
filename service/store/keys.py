"""Keys: who may act as what, kept as SHA-256 of a secret that only its holder has."""

from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.people import Key, Role
from service.core.actors import Actor
from service.store.database.pool import Tx


class Presented(Struct, frozen=True):
    """The key behind a presented secret, revoked or not."""

    id: UUID
    role: Role
    secret_hash: bytes
    revoked: bool


async def insert(tx: Tx, actor: Actor, key: Key, secret_hash: bytes) -> None:
    """Write a new key."""
    await tx.run(
        "keys/insert",
        key_id=key.id,
        role=key.role,
        label=key.label,
        secret_hash=secret_hash,
        created_at=key.created_at,
        created_by=actor.id,
    )


async def find(tx: Tx, secret_hash: bytes) -> Presented | None:
    """The key whose secret has this hash."""
    row = await tx.row("keys/find", secret_hash=secret_hash)
    if row is None:
        return None
    return Presented(
        row["key_id"], cast("Role", row["role"]), row["secret_hash"], row["revoked_at"] is not None
    )


async def revoke(tx: Tx, key: UUID) -> Key | None:
    """Revoke a key, and tell the processes that remember it."""
    row = await tx.row("keys/revoke", key_id=key)
    return None if row is None else _key(row)


async def before(tx: Tx, last: UUID, rows_max: int) -> list[Key]:
    """Keys older than `last`, newest first."""
    return [_key(row) for row in await tx.rows("keys/list", before=last, limit=rows_max)]


def _key(row: Record) -> Key:
    return Key(row["key_id"], cast("Role", row["role"]), row["created_at"], row["label"], row["revoked_at"])
