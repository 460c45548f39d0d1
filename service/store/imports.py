"""Imports: texts of events on their way in, sealed, and how far each has come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, cast
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.people import Language
from service.core.actors import Actor
from service.core.refusals import Refused
from service.core.sheets.columns import NOTES, plain_name
from service.core.sheets.decided import Decided, StrangeWord
from service.core.sheets.mapping import Column, Mapping
from service.store.database.pool import Tx

BODY: Final = "imports.body"
MAPPING: Final = "imports.mapping"
HEADER: Final = "imports.header"
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
    """Result of the dry check: the columns, how many lines are in order, and the first that are not.

    `matched` are the columns with what each is, `samples` the cells of the first lines, `words` those for
    outcomes that nobody has said the meaning of, `near` numbers of people that may be mistyped or spoiled.
    """

    columns: tuple[str, ...]
    good: int
    bad: int
    troubles: tuple[Trouble, ...]
    unreadable: Refused | str | None = None
    decided: Decided | None = None
    matched: tuple[Column, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    words: tuple[StrangeWord, ...] = ()
    near: tuple[tuple[str, ...], ...] = ()


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
    mapping: Mapping = Mapping()

    @property
    def not_reached(self) -> int:
        """How many lines nothing became of."""
        return self.lines - self.lines_done


async def insert(
    tx: Tx,
    actor: Actor,
    new: Import,
    body: bytes,
    *,
    language: Language = "en",
    until: datetime | None = None,
) -> None:
    """Keep a table that was checked; or what is in somebody's hand at once, `until` then, and has none."""
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
        mapping=sealed_mapping(tx, new.mapping),
        header=header_of(tx, new.found.columns),
        status=new.status,
        begun_at=tx.now if new.status == "running" else None,
        leased_until=until,
    )


async def rematch(tx: Tx, import_id: UUID, made: Import) -> bool:
    """Keep how a table is to be read instead, and what was found by that; whether it had not begun yet."""
    done = await tx.run(
        "imports/rematch",
        import_id=import_id,
        lines=made.lines,
        found=tx.cipher.seal(tx.clinic, FOUND, msgspec.json.encode(made.found)),
        mapping=sealed_mapping(tx, made.mapping),
        status=made.status,
    )
    return done == "UPDATE 1"


async def body_of(tx: Tx, import_id: UUID) -> bytes:
    """The bytes of an import; none where they are not kept any more."""
    sealed = await tx.value("imports/body", import_id=import_id)
    return tx.cipher.open(tx.clinic, BODY, sealed) if sealed else b""


async def remembered(tx: Tx, columns: Sequence[str]) -> Mapping | None:
    """How the last table with these columns was read that was recorded."""
    header = header_of(tx, columns)
    sealed = None if header is None else await tx.value("imports/remembered", header=header)
    return None if sealed is None else mapping_of(tx, sealed)


def header_of(tx: Tx, columns: Sequence[str]) -> bytes | None:
    """What the names of columns are remembered by; those of a file of refused lines do not count."""
    names = [plain_name(name) for name in columns if name not in NOTES]
    return tx.cipher.blind(tx.clinic, HEADER, msgspec.json.encode(names)) if names else None


def sealed_mapping(tx: Tx, mapping: Mapping) -> bytes:
    """A mapping as it is kept."""
    return tx.cipher.seal(tx.clinic, MAPPING, msgspec.json.encode(mapping))


def mapping_of(tx: Tx, sealed: bytes | None) -> Mapping:
    """A mapping that was kept; of an import of before there were any, the one that says nothing."""
    if sealed is None:
        return Mapping()
    return msgspec.json.decode(tx.cipher.open(tx.clinic, MAPPING, sealed), type=Mapping)


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
        mapping_of(tx, row["mapping"]),
    )
