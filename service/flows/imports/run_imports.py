"""Go through imports that were begun, a piece at a time, each line recorded once however often it is read."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from service.core.refusals import Refused
from service.flows.batcher import Batcher
from service.flows.imports.bring_import import lines_of
from service.flows.imports.event_lines import NOTES, Read
from service.flows.imports.import_events import Line, enroll_missing, import_events
from service.flows.perform import Act, Done, perform
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.store import imports
from service.store.database.pool import Database
from service.store.imports import Going

CHUNK_LINES = 500
"""How many lines are recorded between two words of how far it has come."""


async def run_imports(database: Database, clinic: UUID, skew: timedelta) -> int:
    """Go through every import of a clinic that was begun; returns how many lines that were.

    Raises OSError or asyncpg.PostgresError where the database is away; whoever comes next goes on from there.
    """
    count = 0
    while True:
        async with database.transaction(clinic) as tx:
            going = await imports.claim(tx)
        if going is None:
            return count
        count += await _run(database, going, skew)


async def _run(database: Database, going: Going, skew: timedelta) -> int:
    recorder = Recorder(database, skew)
    batcher: Batcher[ToRecord, Recorded | Refused] = Batcher(
        recorder.record, lambda item: item.about, lambda item: item.when
    )
    columns: list[str] = []
    lines = lines_of(going.body, columns, is_csv=going.is_csv)
    begun = going.lines_done
    while going.lines_done < len(lines):
        chunk = lines[going.lines_done : going.lines_done + CHUNK_LINES]
        refusals = await _recorded(database, batcher, going, chunk)
        going.refused_lines += _said(going, columns, refusals)
        going.refused += len(refusals)
        going.lines_done += len(chunk)
        async with database.transaction(going.actor.clinic) as tx:
            await imports.advance(tx, going, ended=False)

    async def end(act: Act) -> Done[None]:
        await imports.advance(act, going, ended=True)
        act.audit("import.ended", going.id, recorded=going.recorded, known=going.known, refused=going.refused)
        return Done(None)

    await perform(database, going.actor, end)
    return len(lines) - begun


async def _recorded(
    database: Database, batcher: Batcher[ToRecord, Recorded | Refused], going: Going, chunk: Sequence[Read]
) -> list[tuple[Read, Refused]]:
    """Record a piece and count it; gives the lines that were refused."""
    refusals = [(read, read.line) for read in chunk if isinstance(read.line, Refused)]
    sound = [(read, read.line) for read in chunk if isinstance(read.line, Line)]
    lacking: dict[int, Refused] = {}
    if going.enrolls and sound:
        lacking = await enroll_missing(database, going.actor, [line for _, line in sound])
        refusals += [(sound[place][0], why) for place, why in lacking.items()]
    sound = [pair for place, pair in enumerate(sound) if place not in lacking]
    answers = await import_events(batcher, going.actor, [line for _, line in sound])
    for (read, _), answer in zip(sound, answers, strict=True):
        match answer:
            case Refused():
                refusals.append((read, answer))
            case Recorded(made="created"):
                going.recorded += 1
            case Recorded():
                going.known += 1
    return sorted(refusals, key=lambda pair: pair[0].number)


def _said(going: Going, columns: Sequence[str], refusals: Sequence[tuple[Read, Refused]]) -> str:
    """Refused lines as their file is kept: number, code, why as JSON, and all that the line said.

    Why is put into words when somebody asks for the file, in their language.
    """
    if not refusals:
        return ""
    file = io.StringIO(newline="")
    if not going.is_csv:
        for read, why in refusals:
            notes = dict(zip(NOTES, (read.number, why.code, why), strict=True))
            said = {name: value for name, value in read.said.items() if name not in NOTES}
            file.write(msgspec.json.encode({**notes, **said}).decode() + "\n")
        return file.getvalue()
    own = [name for name in columns if name not in NOTES]
    writer = csv.writer(file)
    if not going.refused_lines:
        writer.writerow([*NOTES, *own])
    for read, why in refusals:
        kept = msgspec.json.encode(why).decode()
        writer.writerow([read.number, why.code, kept, *(read.said.get(name, "") for name in own)])
    return file.getvalue()
