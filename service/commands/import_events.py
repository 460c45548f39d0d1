"""`rewards import`: events from a CSV or NDJSON file, as if a clinic's system had sent them one by one."""

import asyncio
import itertools
from argparse import Namespace
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from datetime import timedelta
from typing import Any

import msgspec
import uvloop
from msgspec import Struct
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from service.commands.event_files import EventFile, RefusedFile
from service.commands.failures import unknown_clinic
from service.commands.ground import open_database, ready
from service.commands.speech import CommandError, Exit, progress_console, say, say_json
from service.core.refusals import Refused
from service.flows.batcher import Batcher
from service.flows.imports.event_lines import Read
from service.flows.imports.import_events import Line, enroll_missing, import_events
from service.flows.setup.clinics import operator
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.settings import Settings
from service.store import clinics
from service.store.database.pool import Database

CHUNK_LINES = 2000
"""How many lines are read, enrolled and handed on at once; two chunks at most are in memory."""


class Counts(Struct):
    """How many lines there were so far, and what became of them."""

    recorded: int = 0
    found: int = 0
    refused: int = 0


def run(args: Namespace) -> int:
    """Import the file; raises CommandError where lines were refused, and names the file that holds them."""
    with ready(args.data) as ground, EventFile(args.file) as events:
        rejects = RefusedFile(events)
        try:
            counts = uvloop.run(_import(ground.settings, args, events, rejects))
        except KeyboardInterrupt as why:
            detail = "Stopped. What was recorded stays; import the file again to go on."
            raise CommandError(Exit.INTERRUPTED, "interrupted", detail) from why
        finally:
            rejects.close()
    result: dict[str, object] = {**msgspec.structs.asdict(counts), "refused_file": None}
    if not args.json:
        say(f"{counts.recorded:,} recorded, {counts.found:,} on record already, {counts.refused:,} refused.")
    if counts.refused:
        raise CommandError(
            Exit.REFUSED,
            "lines_refused",
            f"{counts.refused:,} line(s) were refused. Correct them in {rejects.path} and import that file.",
            {**result, "refused_file": str(rejects.path)},
        )
    if args.json:
        say_json(result)
    return Exit.DONE


async def _import(settings: Settings, args: Namespace, events: EventFile, rejects: RefusedFile) -> Counts:
    database = await open_database(settings)
    try:
        async with database.transaction(args.clinic) as tx:
            if await clinics.find(tx) is None:
                raise unknown_clinic(args.clinic)
        walk = _Walk(database, settings, args, rejects)
        bar = Progress(
            TextColumn("importing"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[lines]:,} lines"),
            TimeRemainingColumn(),
            console=(out := progress_console()),
            disable=not out.is_terminal,
        )
        with bar:
            shown = bar.add_task("", total=max(events.bytes, 1), lines=0)
            lines = 0
            async with aclosing(walk.through(events.lines())) as chunks:
                async for more in chunks:
                    lines += more
                    bar.update(shown, completed=events.bytes_read, lines=lines)
            bar.update(shown, completed=max(events.bytes, 1))
        return walk.counts
    finally:
        await database.close()


def _chunks(lines: Iterator[Read]) -> Iterator[list[Read]]:
    while chunk := list(itertools.islice(lines, CHUNK_LINES)):
        yield chunk


class _Walk:
    """The lines of one file on their way in."""

    def __init__(self, database: Database, settings: Settings, args: Namespace, rejects: RefusedFile) -> None:
        recorder = Recorder(database, timedelta(seconds=settings.clock_skew_s_max))
        self.batcher: Batcher[ToRecord, Recorded | Refused] = Batcher(
            recorder.record, lambda item: item.about, lambda item: item.when
        )
        self.database = database
        self.actor = operator(args.clinic)
        self.enrolls = args.enroll
        self.rejects = rejects
        self.counts = Counts()

    async def through(self, lines: Iterator[Read]) -> AsyncGenerator[int, None]:
        """Take all lines in, chunk by chunk; tells how many lines each chunk had."""
        in_hand: set[asyncio.Task[Any]] = set()
        behind: asyncio.Task[int] | None = None
        try:
            for chunk in _chunks(lines):
                enrolling = asyncio.create_task(self.enroll(chunk))
                in_hand.add(enrolling)
                sound = await asyncio.shield(enrolling)
                if behind is not None:
                    yield await asyncio.shield(behind)
                # One chunk is recorded while the next is read.
                behind = asyncio.create_task(self.record(chunk, sound))
                in_hand = {behind}
            if behind is not None:
                yield await asyncio.shield(behind)
        finally:
            # Whatever ends it, a Ctrl-C too, what is in hand is finished.
            if in_hand:
                await asyncio.wait(in_hand)

    async def enroll(self, chunk: list[Read]) -> list[tuple[Read, Line]]:
        """Make what the lines lack, if that is wanted; gives the lines that can be recorded."""
        sound = [(read, read.line) for read in chunk if isinstance(read.line, Line)]
        refusals: dict[int, Refused] = {}
        if self.enrolls and sound:
            refusals = await enroll_missing(self.database, self.actor, [line for _, line in sound])
        for read in chunk:
            if isinstance(read.line, Refused):
                self._refuse(read, read.line)
        for place, why in refusals.items():
            self._refuse(sound[place][0], why)
        return [pair for place, pair in enumerate(sound) if place not in refusals]

    async def record(self, chunk: list[Read], lines: list[tuple[Read, Line]]) -> int:
        """Record the lines and count what became of them; returns how many lines the chunk had."""
        answers = await import_events(self.batcher, self.actor, [line for _, line in lines])
        for (read, _), answer in zip(lines, answers, strict=True):
            match answer:
                case Refused():
                    self._refuse(read, answer)
                case Recorded(made="created"):
                    self.counts.recorded += 1
                case Recorded():
                    self.counts.found += 1
        return len(chunk)

    def _refuse(self, read: Read, why: Refused) -> None:
        self.counts.refused += 1
        self.rejects.add(read, why)
