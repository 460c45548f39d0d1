"""Keep the lines of a file sorted by person and time, so that their order in the file changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any, Final, TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from service.core.refusals import Refused
from service.core.spellings import number_spelling
from service.flows.imports.enroll_people import Line
from service.flows.imports.event_lines import Read
from service.flows.imports.import_events import LineResult
from service.flows.imports.people_lines import PersonLine
from service.store import import_lines, rosters, running_imports
from service.store.database.pool import Database, Tx
from service.store.import_lines import NewLine
from service.store.imports import Counts
from service.store.running_imports import Going

CHUNK_LINES: Final = 1000
"""How many lines are kept by one statement."""

_encode = msgspec.json.Encoder().encode
_NOBODY: Final = "nobody"
T = TypeVar("T", UUID, str)


class Said(Struct, frozen=True):
    """A line as it is kept: its cells or fields as they stood, and the event or the person in them."""

    said: dict[str, Any]
    line: Line | None = None
    person: PersonLine | None = None


_said = msgspec.json.Decoder(Said)


async def stage(
    database: Database, going: Going, reads: Iterable[Read], told: Callable[[int], None] | None = None
) -> Going:
    """Keep all lines; gives the import with them counted. Told are the lines so far, chunk by chunk.

    A process that is killed meanwhile loses nothing: the lines are read again, and those kept stay.
    """
    lines = unread = 0
    rows = iter(reads)
    while chunk := list(islice(rows, CHUNK_LINES)):
        async with database.transaction(going.actor.clinic) as tx:
            await import_lines.stage(tx, going.id, await _sorted(tx, chunk))
            await running_imports.advance(tx, going)
        lines += len(chunk)
        unread += sum(isinstance(read.line, Refused) for read in chunk)
        if told is not None:
            told(lines)
    async with database.transaction(going.actor.clinic) as tx:
        staged = replace(
            going, lines=lines, lines_done=unread, counts=Counts(refused=unread), staged_at=tx.now
        )
        await running_imports.advance(tx, staged)
    return staged


def said_of(kept: bytes) -> Said:
    """A line as it was kept."""
    return _said.decode(kept)


async def _sorted(tx: Tx, reads: Sequence[Read]) -> list[NewLine]:
    """Lines with whom they are about and when: one person however a line names them."""
    lines = [read.line for read in reads if isinstance(read.line, Line)]
    events = [line.event for line in lines]
    owner_of = await rosters.owners(tx, _given(event.enrollment for event in events))
    people = [read.line.person for read in reads if isinstance(read.line, PersonLine)]
    references = _given(event.participant_reference for event in events) + [one.reference for one in people]
    id_of = await rosters.known(tx, references)
    found = []
    for read in reads:
        if isinstance(read.line, Refused):
            result = _encode(LineResult("refused", read.line))
            found.append(NewLine(read.number, _encode(Said(read.said)), result=result))
            continue
        if isinstance(read.line, PersonLine):
            found.append(_of_person(tx, read, read.line, id_of))
            continue
        event = read.line.event
        reference = event.participant_reference
        owner = owner_of.get(event.enrollment) if event.enrollment is not None else event.participant
        if owner is None and reference is not None:
            owner = id_of.get(reference)
        key = str(owner or (_NOBODY if reference is None else f"reference {number_spelling(reference)}"))
        said = _encode(Said(read.said, read.line))
        found.append(NewLine(read.number, said, import_lines.person_of(tx, key), event.occurred_at))
    return found


def _of_person(tx: Tx, read: Read, line: PersonLine, id_of: Mapping[str, UUID]) -> NewLine:
    """A line about a person; those of one stand in the order of the days on which their programs start."""
    reference = line.person.reference
    key = str(id_of.get(reference) or f"reference {number_spelling(reference)}")
    at = datetime.combine(line.starts_on or date(1970, 1, 1), time(), UTC)
    said = _encode(Said(read.said, person=line))
    return NewLine(read.number, said, import_lines.person_of(tx, key), at)


def _given(some: Iterator[T | None]) -> list[T]:
    return list({one for one in some if one is not None})
