"""Imports: texts of events on their way in, sealed, and how far each has come."""

from datetime import datetime, timedelta
from typing import Final, Literal, cast
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.people import Role
from service.core.actors import Actor
from service.core.refusals import Refused
from service.store.database.pool import Tx

BODY: Final = "imports.body"
FOUND: Final = "imports.found"
REFUSED: Final = "imports.refused_lines"
LEASE: Final = timedelta(seconds=60)
"""How long a worker has an import for itself without a word of how far it has come."""

Status = Literal["checked", "running", "ended", "unreadable"]


class Trouble(Struct, frozen=True):
    """A line that would be refused, and why."""

    line: int
    words: Refused | str
    """The refusal; of what was checked before there were reasons, its sentence in English."""


class Found(Struct, frozen=True):
    """Result of the dry check: the columns, how many lines are in order, and the first that are not."""

    columns: tuple[str, ...]
    good: int
    bad: int
    troubles: tuple[Trouble, ...]
    unreadable: Refused | str | None = None


class Import(Struct, frozen=True):
    """One import as it stands; `known` lines were on record before."""

    id: UUID
    created_at: datetime
    created_by: UUID
    is_csv: bool
    enrolls: bool
    lines: int
    found: Found
    status: Status
    lines_done: int
    recorded: int
    known: int
    refused: int
    refused_lines: str | None


class Going(Struct):
    """An import in the hand of a worker, with its text."""

    id: UUID
    actor: Actor
    is_csv: bool
    enrolls: bool
    body: str
    refused_lines: str
    lines_done: int
    recorded: int
    known: int
    refused: int


async def insert(tx: Tx, actor: Actor, new: Import, body: str) -> None:
    """Keep a text that was checked."""
    await tx.run(
        "imports/insert",
        import_id=new.id,
        created_at=new.created_at,
        created_by=actor.id,
        role=actor.role,
        is_csv=new.is_csv,
        enrolls=new.enrolls,
        lines=new.lines,
        body=tx.cipher.seal(actor.clinic, BODY, body),
        found=tx.cipher.seal(actor.clinic, FOUND, msgspec.json.encode(new.found)),
        status=new.status,
    )


async def find(tx: Tx, import_id: UUID) -> Import | None:
    """One import by id."""
    row = await tx.row("imports/find", import_id=import_id)
    return None if row is None else _import(tx, row)


async def before(tx: Tx, last: UUID, rows_max: int) -> list[Import]:
    """Imports brought in before `last`, newest first, without their refused lines."""
    return [_import(tx, row) for row in await tx.rows("imports/list", before=last, limit=rows_max)]


async def begin(tx: Tx, import_id: UUID, *, enrolls: bool) -> bool:
    """Let the worker go through an import; whether it was one that waits to be begun."""
    return await tx.run("imports/begin", import_id=import_id, enrolls=enrolls) == "UPDATE 1"


async def claim(tx: Tx) -> Going | None:
    """Take up the oldest import that nobody works on."""
    row = await tx.row("imports/claim", leased_until=tx.now + LEASE)
    if row is None:
        return None
    return Going(
        row["import_id"],
        Actor(tx.clinic, row["created_by"], cast("Role", row["role"])),
        row["is_csv"],
        row["enrolls"],
        tx.cipher.open(tx.clinic, BODY, row["body"]).decode(),
        tx.cipher.open_text(tx.clinic, REFUSED, row["refused_lines"]) or "",
        row["lines_done"],
        row["recorded"],
        row["known"],
        row["refused"],
    )


async def advance(tx: Tx, going: Going, *, ended: bool) -> None:
    """Write how far an import has come, and keep it in hand unless it has ended."""
    sealed = tx.cipher.seal(tx.clinic, REFUSED, going.refused_lines) if going.refused_lines else None
    await tx.run(
        "imports/advance",
        import_id=going.id,
        lines_done=going.lines_done,
        recorded=going.recorded,
        known=going.known,
        refused=going.refused,
        refused_lines=sealed,
        leased_until=tx.now + LEASE,
        ended_at=tx.now if ended else None,
    )


def _import(tx: Tx, row: Record) -> Import:
    return Import(
        row["import_id"],
        row["created_at"],
        row["created_by"],
        row["is_csv"],
        row["enrolls"],
        row["lines"],
        msgspec.json.decode(tx.cipher.open(tx.clinic, FOUND, row["found"]), type=Found),
        cast("Status", row["status"]),
        row["lines_done"],
        row["recorded"],
        row["known"],
        row["refused"],
        tx.cipher.open_text(tx.clinic, REFUSED, row["refused_lines"]),
    )
