"""Keep the lines of a file sorted by person and time, so that their order in the file changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
    """A line as it is kept: its cells or fields as they stood, and the event in them if there is one."""

    said: dict[str, Any]
    line: Line | None = None


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
    references = _given(event.participant_reference for event in events)
    id_of = await rosters.known(tx, references)
    found = []
    for read in reads:
        if isinstance(read.line, Refused):
            result = _encode(LineResult("refused", read.line))
            found.append(NewLine(read.number, _encode(Said(read.said)), result=result))
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


def _given(some: Iterator[T | None]) -> list[T]:
    return list({one for one in some if one is not None})
