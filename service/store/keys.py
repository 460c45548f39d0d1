"""Keys: who may act as what, kept as SHA-256 of a secret that only its holder has."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.keys import Key, Scope
from schemas.people import Role
from service.core.actors import Actor
from service.core.audit_chain import DIGEST_BYTES, Said, keyed, plain_digest
from service.store import marks
from service.store.database.elsewhere import refuse_elsewhere
from service.store.database.pool import Tx


class Presented(Struct, frozen=True):
    """The key behind a presented secret, revoked or not; `is_barred` with whoever answers for it.

    `zone` is the clinic's, in which it ends.
    """

    id: UUID
    role: Role
    secret_hash: bytes
    revoked: bool
    is_barred: bool
    expires_on: date
    zone: str
    scopes: frozenset[Scope]


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
        responsible=key.responsible,
        expires_on=key.expires_on,
        scopes=list(key.scopes),
        mark=mark_of(tx, key.id, secret_hash, key.role, key.expires_on, key.scopes, actor.id),
    )


async def find(tx: Tx, secret_hash: bytes) -> Presented | None:
    """The key whose secret has this hash; none where it is not as the service wrote it.

    Raises ElsewhereError where its clinic is not served here.
    """
    row = await tx.row("keys/find", secret_hash=secret_hash)
    if row is None:
        return None
    said = (row["role"], row["expires_on"], row["scopes"], row["created_by"])
    if not marks.fits(mark_of(tx, row["key_id"], secret_hash, *said), row["mark"]):
        return None
    refuse_elsewhere(row["step"], row["place"])
    return Presented(
        row["key_id"],
        cast("Role", row["role"]),
        row["secret_hash"],
        row["revoked_at"] is not None,
        row["disabled_at"] is not None,
        row["expires_on"],
        row["zone"],
        frozenset(row["scopes"]),
    )


async def mark_old(tx: Tx) -> int:
    """Give keys of before keys had marks theirs, and tell how many; only those that the trail tells of.

    Its entry must be one that this service wrote: one that was put in with the key has another digest.
    """
    chain = tx.cipher.trail.of(tx.clinic)
    marked = 0
    for row in await tx.rows("keys/unmarked"):
        said = Said(
            row["at"],
            row["actor_id"],
            row["by_role"],
            row["deed"],
            row["subject_id"],
            row["participant_id"],
            row["detail"],
        ).content()
        if row["digest"] not in {keyed(chain, said)[:DIGEST_BYTES], plain_digest(said)}:
            continue
        mark = mark_of(
            tx,
            row["key_id"],
            row["secret_hash"],
            row["role"],
            row["expires_on"],
            row["scopes"],
            row["created_by"],
        )
        await tx.run("keys/mark", key_id=row["key_id"], mark=mark)
        marked += 1
    return marked


async def read(tx: Tx, key: UUID) -> Key | None:
    """One key by id, revoked or not."""
    row = await tx.row("keys/read", key_id=key)
    return None if row is None else _key(row)


async def revoke(tx: Tx, key: UUID) -> Key | None:
    """Revoke a key, and tell the processes that remember it."""
    row = await tx.row("keys/revoke", key_id=key)
    return None if row is None else _key(row)


async def revoke_of(tx: Tx, responsible: UUID, kept: Sequence[Role]) -> list[UUID]:
    """Revoke the keys that somebody answers for or made, save those of the roles that they may go on with."""
    rows = await tx.rows("keys/revoke_of", responsible=responsible, kept=list(kept))
    return [row["key_id"] for row in rows]


async def assign(tx: Tx, key: UUID, responsible: UUID) -> bool:
    """Write who answers for a key for which nobody did; false where somebody does already."""
    return await tx.value("keys/assign", key_id=key, responsible=responsible) is not None


async def before(tx: Tx, last: UUID, rows_max: int) -> list[Key]:
    """Keys older than `last`, newest first."""
    return [_key(row) for row in await tx.rows("keys/list", before=last, limit=rows_max)]


def mark_of(
    tx: Tx,
    key: UUID,
    secret_hash: bytes,
    role: str,
    expires_on: date | None,
    scopes: Iterable[str],
    by: UUID | None,
) -> str:
    """The mark of a key: of its secret, what it opens, and who made it."""
    said = (key, secret_hash.hex(), role, expires_on, ",".join(sorted(scopes)), by)
    return marks.mark_of(tx, "keys.mark", *said)


def _key(row: Record) -> Key:
    return Key(
        row["key_id"],
        cast("Role", row["role"]),
        row["created_at"],
        row["label"],
        row["revoked_at"],
        row["responsible"],
        row["expires_on"],
        tuple(row["scopes"]),
    )
