"""How sources are asked, by which key, and how far that has come."""

from datetime import datetime
from typing import Final, cast
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.pulls import Pull, PulledKind
from service.store.database.pool import Tx

KEY: Final = "source_pulls.private_key"
NEXT: Final = "source_pulls.next_url"
"""The fields that our private key for a source, and its next page, are sealed as."""


class Pulling(Struct, frozen=True):
    """A source to be asked: `seen` and `next_url` are of a walk under way."""

    pull: Pull
    private_key: str
    seen: datetime | None
    next_url: str | None
    faults: int


async def insert(tx: Tx, new: Pull, private_key: str, by: UUID) -> None:
    """Write how a source is asked."""
    await tx.run(
        "source_pulls/insert",
        source_id=new.source,
        base_url=new.base,
        token_url=new.token_url,
        client_id=new.client_id,
        kind=new.kind,
        every_minutes=new.every_minutes,
        private_key=tx.cipher.seal(tx.clinic, KEY, private_key),
        public_key=msgspec.json.encode(new.jwks).decode(),
        since=new.since,
        made_by=by,
    )


async def find(tx: Tx, source: UUID) -> Pull | None:
    """How a source is asked, where it is."""
    row = await tx.row("source_pulls/find", source_id=source)
    return None if row is None else _pull(row)


async def remove(tx: Tx, source: UUID) -> bool:
    """Ask a source no more; False where it was not."""
    return await tx.row("source_pulls/remove", source_id=source) is not None


async def wake(tx: Tx, source: UUID) -> bool:
    """Have a source asked at once; False where it is not one that is asked."""
    return await tx.row("source_pulls/wake", source_id=source) is not None


async def is_due(tx: Tx) -> bool:
    """Whether any source of the clinic is to be asked now."""
    return bool(await tx.value("source_pulls/is_due"))


async def take(tx: Tx, until: datetime) -> Pulling | None:
    """The next source that is due, which is nobody else's until a moment."""
    row = await tx.row("source_pulls/take", until=until)
    if row is None:
        return None
    return Pulling(
        _pull(row),
        tx.cipher.open(tx.clinic, KEY, row["private_key"]).decode(),
        row["seen"],
        tx.cipher.open_text(tx.clinic, NEXT, row["next_url"]),
        row["faults"],
    )


async def note(tx: Tx, after: Pulling, messages: int, due_at: datetime, pulled_at: datetime | None) -> None:
    """Write how far a pull has come."""
    await tx.run(
        "source_pulls/note",
        source_id=after.pull.source,
        since=after.pull.since,
        seen=after.seen,
        next_url=None if after.next_url is None else tx.cipher.seal(tx.clinic, NEXT, after.next_url),
        messages=messages,
        due_at=due_at,
        pulled_at=pulled_at,
        fault=after.pull.fault,
        faults=after.faults,
    )


def _pull(row: Record) -> Pull:
    return Pull(
        row["source_id"],
        row["base_url"],
        cast("PulledKind", row["kind"]),
        row["every_minutes"],
        msgspec.json.decode(row["public_key"]),
        row["since"],
        row["messages"],
        row["token_url"],
        row["client_id"],
        row["pulled_at"],
        row["fault"],
    )
