"""First answers by idempotency key, kept encrypted with the write they answered.

The answer to an event is its receipt, which the event keeps: beside the key stands its id alone.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from service.core.actors import Actor
from service.store.database.pool import Tx
from service.store.receipts import unpack

Made = Literal["created", "found", "done", "proposed"]
ANSWER = "idempotency.answer"
"""The field that an answer is sealed as."""


class KeptAnswer(Struct, frozen=True):
    """The first answer: the digest of the request it answered, its JSON, and what it made."""

    digest: bytes
    body: bytes
    made: Made


async def lock(tx: Tx, actor: Actor, key: str) -> None:
    """Wait until no other transaction works under this key; raises LockNotAvailableError after a while."""
    name = f"{actor.clinic}|{actor.id}|{key}".encode()
    number = int.from_bytes(hashlib.sha256(name).digest()[:8], "big", signed=True)
    await tx.value("idempotency/lock", lock=number)


async def find(tx: Tx, actor: Actor, key: str) -> KeptAnswer | None:
    """The first answer under this key, if there was one."""
    row = await tx.row("idempotency/find", actor_id=actor.id, key=key)
    if row is None:
        return None
    return _kept(tx, row)


async def find_many(tx: Tx, keys: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], KeptAnswer]:
    """The first answers under some actors' keys."""
    if not keys:
        return {}
    rows = await tx.rows(
        "idempotency/find_many", actors=[actor for actor, _ in keys], keys=[key for _, key in keys]
    )
    return {(row["actor_id"], row["key"]): _kept(tx, row) for row in rows}


def _kept(tx: Tx, row: Record) -> KeptAnswer:
    receipt = row["receipt"]
    body = tx.cipher.open(tx.clinic, ANSWER, row["answer"]) if receipt is None else unpack(receipt)
    return KeptAnswer(row["digest"], body, cast("Made", row["made"]))


async def keep(
    tx: Tx, actor: Actor, key: str, digest: bytes, body: bytes, made: Made, moved_value: bool
) -> None:
    """Keep the first answer under this key; raises UniqueViolationError where another request was first."""
    answer = tx.cipher.seal(actor.clinic, ANSWER, body)
    await tx.run(
        "idempotency/keep",
        actor_id=actor.id,
        key=key,
        digest=digest,
        made=made,
        answer=answer,
        moved_value=moved_value,
    )


async def expire(tx: Tx, before: datetime) -> int:
    """Forget keys answered before a moment that moved no value; returns how many."""
    return int((await tx.run("idempotency/expire", before=before)).split()[-1])
