"""Lines of an import on their way in: sealed, sorted by person and time, and deleted when it ends."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from service.store.database.pool import Tx

SAID: Final = "import_lines.said"
RESULT: Final = "import_lines.result"
PERSON: Final = "import_lines.person"
"""The fields that a line, what became of it, and whom it is about are sealed or hashed as."""

LineState = Literal["waiting", "recorded", "known", "corrected", "refused"]


class NewLine(Struct, frozen=True):
    """A line to be kept: what it says as JSON; whom it is about and when, or why it is refused, as JSON."""

    number: int
    said: bytes
    person: bytes | None = None
    occurred_at: datetime | None = None
    result: bytes | None = None


class KeptLine(Struct, frozen=True):
    """A line as it was kept, with what became of it; both are JSON."""

    number: int
    state: LineState
    said: bytes
    result: bytes | None = None


class SettledLine(Struct, frozen=True):
    """What became of a line, as JSON where there is more to say than its state."""

    number: int
    state: LineState
    result: bytes | None = None


class PersonLines(Struct, frozen=True):
    """Somebody whom lines are about, by a keyed hash, and how many lines."""

    person: bytes
    lines: int


def person_of(tx: Tx, key: str) -> bytes:
    """The keyed hash that lines about one person share."""
    return tx.cipher.blind(tx.clinic, PERSON, key)


async def stage(tx: Tx, import_id: UUID, lines: Sequence[NewLine]) -> None:
    """Keep some lines; one that is kept already stays as it is."""
    seal, clinic = tx.cipher.seal, tx.clinic
    await tx.run(
        "import_lines/stage",
        import_id=import_id,
        line_no=[one.number for one in lines],
        person=[one.person for one in lines],
        occurred_at=[one.occurred_at for one in lines],
        said=[seal(clinic, SAID, one.said) for one in lines],
        result=[None if one.result is None else seal(clinic, RESULT, one.result) for one in lines],
        state=["waiting" if one.person is not None else "refused" for one in lines],
    )


async def people(tx: Tx, import_id: UUID, after: bytes | None, people_max: int) -> list[PersonLines]:
    """The next people of an import, in the order of their hashes."""
    rows = await tx.rows("import_lines/people", import_id=import_id, after_person=after, limit=people_max)
    return [PersonLines(row["person"], row["lines"]) for row in rows]


async def of_people(tx: Tx, import_id: UUID, people: Sequence[bytes]) -> list[tuple[bytes, KeptLine]]:
    """All lines about some people, each with its person, by person, time and number."""
    rows = await tx.rows("import_lines/of_people", import_id=import_id, people=people)
    return [
        (row["person"], KeptLine(row["line_no"], "waiting", tx.cipher.open(tx.clinic, SAID, row["said"])))
        for row in rows
    ]


async def settle(tx: Tx, import_id: UUID, lines: Sequence[SettledLine]) -> None:
    """Write what became of some lines."""
    seal, clinic = tx.cipher.seal, tx.clinic
    await tx.run(
        "import_lines/settle",
        import_id=import_id,
        line_no=[one.number for one in lines],
        state=[one.state for one in lines],
        result=[None if one.result is None else seal(clinic, RESULT, one.result) for one in lines],
    )


async def after(
    tx: Tx, import_id: UUID, number: int, lines_max: int, state: LineState | None = None
) -> list[KeptLine]:
    """Lines of an import after one, in the order of the file; with `state`, those that are in it."""
    rows = await tx.rows(
        "import_lines/list", import_id=import_id, after_no=number, limit=lines_max, state=state
    )
    return [_kept(tx, row, row["state"]) for row in rows]


async def refused(tx: Tx, import_id: UUID, number: int, lines_max: int) -> list[KeptLine]:
    """Refused lines of an import after one, in the order of the file."""
    rows = await tx.rows("import_lines/refused", import_id=import_id, after_no=number, limit=lines_max)
    return [_kept(tx, row, "refused") for row in rows]


async def unread(tx: Tx, import_id: UUID) -> int:
    """How many lines of an import could not be read."""
    return int(await tx.value("import_lines/unread", import_id=import_id))


async def forget(tx: Tx, import_id: UUID) -> None:
    """Delete the lines of an import that has ended."""
    await tx.run("import_lines/forget", import_id=import_id)


def _kept(tx: Tx, row: Record, state: str) -> KeptLine:
    return KeptLine(
        row["line_no"],
        cast("LineState", state),
        tx.cipher.open(tx.clinic, SAID, row["said"]),
        None if row["result"] is None else tx.cipher.open(tx.clinic, RESULT, row["result"]),
    )
