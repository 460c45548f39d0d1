"""Imports: texts of events on their way in, sealed, and how far each has come."""

from datetime import datetime
from typing import Final, Literal, cast
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.people import Language
from service.core.actors import Actor
from service.core.refusals import Refused
from service.store.database.pool import Tx

BODY: Final = "imports.body"
FOUND: Final = "imports.found"
REFUSED: Final = "imports.refused_lines"

Status = Literal["checked", "previewing", "previewed", "running", "ended", "stopped", "unreadable"]
Corrections = Literal["offer", "apply"]
"""What becomes of another outcome, or an added note, than is on record."""


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


class Counts(Struct, frozen=True):
    """What became of the lines so far, or would become of them.

    Every line that was reached is `recorded`, `known`, `corrected` or `refused`. Of those known, `added` got
    a note or evidence that came later, and `to_add` could get it; of those refused, `to_correct` could
    correct the record. `people` are new participants, `near` those of them
    whose number is close to somebody else's, `opened` and `closed` enrollments.
    """

    recorded: int = 0
    known: int = 0
    corrected: int = 0
    refused: int = 0
    added: int = 0
    to_add: int = 0
    to_correct: int = 0
    people: int = 0
    near: int = 0
    opened: int = 0
    closed: int = 0

    @property
    def lines(self) -> int:
        """How many lines were reached."""
        return self.recorded + self.known + self.corrected + self.refused


class Import(Struct, frozen=True):
    """One import as it stands; `known` lines were on record before.

    `counts` says what became of its lines, `preview` what would have when it was tried.
    """

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
    by_hand: bool = False
    corrections: Corrections = "offer"
    counts: Counts = Counts()
    preview: Counts | None = None

    @property
    def not_reached(self) -> int:
        """How many lines nothing became of."""
        return self.lines - self.lines_done


async def insert(
    tx: Tx, actor: Actor, new: Import, body: str, *, language: Language = "en", until: datetime | None = None
) -> None:
    """Keep a text that was checked; or what is in somebody's hand at once, `until` then, and has none."""
    await tx.run(
        "imports/insert",
        import_id=new.id,
        created_at=new.created_at,
        created_by=actor.id,
        role=actor.role,
        is_csv=new.is_csv,
        enrolls=new.enrolls,
        by_hand=new.by_hand,
        corrections=new.corrections,
        language=language,
        lines=new.lines,
        body=tx.cipher.seal(actor.clinic, BODY, body),
        found=tx.cipher.seal(actor.clinic, FOUND, msgspec.json.encode(new.found)),
        status=new.status,
        begun_at=tx.now if new.status == "running" else None,
        leased_until=until,
    )


async def find(tx: Tx, import_id: UUID) -> Import | None:
    """One import by id."""
    row = await tx.row("imports/find", import_id=import_id)
    return None if row is None else _import(tx, row)


async def before(tx: Tx, last: UUID, rows_max: int) -> list[Import]:
    """Imports brought in before `last`, newest first, without their refused lines."""
    return [_import(tx, row) for row in await tx.rows("imports/list", before=last, limit=rows_max)]


async def begin(tx: Tx, import_id: UUID, *, enrolls: bool, corrections: Corrections) -> bool:
    """Let the worker go through an import; whether it was one that waits to be begun."""
    done = await tx.run("imports/begin", import_id=import_id, enrolls=enrolls, corrections=corrections)
    return done == "UPDATE 1"


async def preview(
    tx: Tx, import_id: UUID, *, enrolls: bool, corrections: Corrections, language: Language
) -> bool:
    """Let the worker try an import; whether it was one that can be tried."""
    done = await tx.run(
        "imports/preview", import_id=import_id, enrolls=enrolls, corrections=corrections, language=language
    )
    return done == "UPDATE 1"


def found_of(tx: Tx, row: Record) -> Found:
    """What the check found in an import, from any query that reads it."""
    return msgspec.json.decode(tx.cipher.open(tx.clinic, FOUND, row["found"]), type=Found)


def counts_of(row: Record) -> Counts:
    """The counts of an import; of one that ran before they were kept, those in columns of their own."""
    if row["counts"] is not None:
        return msgspec.json.decode(row["counts"], type=Counts)
    return Counts(row["recorded"], row["known"], 0, row["refused"])


def _import(tx: Tx, row: Record) -> Import:
    return Import(
        row["import_id"],
        row["created_at"],
        row["created_by"],
        row["is_csv"],
        row["enrolls"],
        row["lines"],
        found_of(tx, row),
        cast("Status", row["status"]),
        row["lines_done"],
        row["recorded"],
        row["known"],
        row["refused"],
        tx.cipher.open_text(tx.clinic, REFUSED, row["refused_lines"]),
        row["by_hand"],
        cast("Corrections", row["corrections"]),
        counts_of(row),
        None if row["preview"] is None else msgspec.json.decode(row["preview"], type=Counts),
    )
