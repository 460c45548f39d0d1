"""`rewards import`: events from a CSV or NDJSON file, as if a clinic's system had sent them one by one."""

import asyncio
import contextlib
import signal
from argparse import Namespace
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import asyncpg
import uvloop
from msgspec import Struct
from msgspec.structs import asdict, replace
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from service.commands.event_files import EventFile, RefusedFile
from service.commands.failures import failure_of, unknown_clinic
from service.commands.ground import open_database, ready
from service.commands.import_choices import decided_lines, mapping_of, zone_chosen
from service.commands.import_preview import Foreseen
from service.commands.speech import CommandError, Exit, complain, progress_console, say, say_json
from service.core.refusals import Refused
from service.flows.imports.event_lines import Read, Reading
from service.flows.imports.import_events import How
from service.flows.imports.run_imports import Piece, begin_by_hand, end, step
from service.flows.imports.staging import said_of, stage
from service.flows.setup.clinics import operator
from service.flows.visits.record_events import Recorder
from service.settings import Settings
from service.store import clinics
from service.store.database.pool import Database
from service.store.imports import Counts
from service.store.running_imports import Going, LeaseLostError

NEAR_SHOWN: Final = 10
"""How many new participants who may be somebody known are named."""


class Report(Struct):
    """How far an import has come: lines read, those that something became of, and what became of them.

    `near` are the first new participants who may be somebody known, in words.
    """

    read: int = 0
    counts: Counts = Counts()
    is_whole: bool = False
    near: list[str] = []
    decided: tuple[str, ...] = ()

    @property
    def not_reached(self) -> int:
        """How many lines nothing became of."""
        return self.read - self.counts.lines


def run(args: Namespace) -> int:
    """Import the file, and report however that ends.

    Raises CommandError where lines were refused, and names the file that holds them, or where it was ended or
    the database went away.
    """
    report = Report()
    with ready(args.data) as ground, EventFile(args.file) as events:
        rejects = RefusedFile(events, is_kept=not args.dry_run)
        try:
            uvloop.run(_import(ground.settings, args, events, rejects, report))
        except (KeyboardInterrupt, asyncio.CancelledError) as why:
            detail = (
                f"Stopped. {_said(report, args)} What was recorded stays; import the file again to go on."
            )
            raise CommandError(
                Exit.INTERRUPTED, "interrupted", detail, _result(report, args, rejects)
            ) from why
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as why:
            known = failure_of(why)
            detail = f"{known.detail} {_said(report, args)} Import the file again to go on."
            result = _result(report, args, rejects)
            raise CommandError(known.exit_code, known.code, detail, result) from why
        finally:
            rejects.close()
    return _reported(report, args, rejects)


def _reported(report: Report, args: Namespace, rejects: RefusedFile) -> int:
    result = _result(report, args, rejects)
    if not args.json:
        say(_said(report, args))
    refused = report.counts.refused
    if refused and not args.dry_run:
        raise CommandError(
            Exit.REFUSED,
            "lines_refused",
            f"{refused:,} line(s) were refused. Correct them in {rejects.path} and import that file.",
            result,
        )
    if args.json and not args.dry_run:
        say_json(result)
    return Exit.REFUSED if refused else Exit.DONE


def _said(report: Report, args: Namespace) -> str:
    """What became of the lines, in words."""
    counts = report.counts
    parts = [
        f"{counts.recorded:,} recorded",
        f"{counts.known:,} on record already",
        *([f"{counts.corrected:,} corrected"] if counts.corrected else []),
        f"{counts.refused:,} refused",
        *([f"{report.not_reached:,} not reached"] if report.not_reached or not report.is_whole else []),
    ]
    said = [f"{'Nothing was recorded; it would be: ' if args.dry_run else ''}{', '.join(parts)}."]
    if counts.people or counts.opened:
        said += [f"New: {counts.people:,} participant(s), {counts.opened:,} enrollment(s)."] * args.dry_run
    if counts.closed:
        said.append(f"Closed for a later one: {counts.closed:,} enrollment(s).")
    if counts.near:
        said.append(f"Perhaps the same person, look at these: {'; '.join(report.near)}.")
    if counts.added:
        said.append(f"Added a note or evidence to {counts.added:,} event(s).")
    if counts.to_correct:
        said.append(
            f"{counts.to_correct:,} line(s) say something else than the record; "
            "--corrections apply corrects it."
        )
    if counts.to_add:
        said.append(
            f"{counts.to_add:,} line(s) have a note or evidence that the record lacks; "
            "--corrections apply adds it."
        )
    return " ".join(said)


def _result(report: Report, args: Namespace, rejects: RefusedFile) -> dict[str, object]:
    counts = asdict(report.counts)
    counts["found"] = counts.pop("known")
    decided = {"decided": report.decided} if report.decided else {}
    has_file = report.counts.refused > 0 and not args.dry_run
    refused_file = str(rejects.path) if has_file else None
    return {**counts, **decided, "not_reached": report.not_reached, "refused_file": refused_file}


async def _import(
    settings: Settings, args: Namespace, events: EventFile, rejects: RefusedFile, report: Report
) -> None:
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    database = await open_database(settings)
    try:
        async with database.transaction(args.clinic) as tx:
            if await clinics.find(tx) is None:
                raise unknown_clinic(args.clinic)
        await _Walk(database, settings, args, rejects, report).through(events)
    finally:
        await database.close()


class _Walk:
    """The lines of one file on their way in: all of them sorted, then person by person."""

    def __init__(
        self, database: Database, settings: Settings, args: Namespace, rejects: RefusedFile, report: Report
    ) -> None:
        self.database = database
        self.skew = timedelta(seconds=settings.clock_skew_s_max)
        self.recorder = Recorder(database, self.skew)
        self.args = args
        self.rejects = rejects
        self.report = report
        self.going: Going | None = None
        self.foreseen = Foreseen(database, is_json=args.json)

    async def through(self, events: EventFile) -> None:
        """Take all lines in, or say what would become of them; whatever ends it, nothing is left behind."""
        how = How(self.args.enroll, self.args.corrections, self.skew)
        async with self.database.transaction(self.args.clinic) as tx:
            own = await clinics.zone(tx)
        mapping = mapping_of(self.args)
        reading = events.read(mapping, zone_chosen(mapping, own))
        self.report.decided = decided_lines(reading)
        if not self.args.json:
            complain("\n".join(self.report.decided))
        self.going = going = await begin_by_hand(
            self.database,
            operator(self.args.clinic),
            how,
            is_csv=events.is_csv,
            is_preview=self.args.dry_run,
        )
        try:
            with _progress() as bar:
                shown = bar.add_task("", total=max(events.bytes, 1), lines=0)
                self.going = await stage(
                    self.database,
                    going,
                    self._read(reading),
                    lambda lines: bar.update(shown, completed=events.bytes_read // 4, lines=lines),
                )
                self.report.is_whole = True
                total = max(self.going.lines, 1)
                bar.update(shown, total=total * 4, completed=total)
                while await self._step_whole():
                    bar.update(shown, completed=total + self.going.lines_done * 3, lines=total)
            if self.args.dry_run:
                await self.foreseen.show(self.going, self.report.counts)
        finally:
            await self._end()

    async def _end(self) -> None:
        """Let go of the lines; where the database is away, or a kill comes first, a worker does it later."""
        is_whole = self.report.is_whole and not self.report.not_reached and not self.args.dry_run
        with contextlib.suppress(
            OSError, asyncpg.PostgresError, asyncpg.InterfaceError, LeaseLostError, asyncio.CancelledError
        ):
            if self.going is not None:
                await end(self.database, self.going, "ended" if is_whole else "stopped")

    def _read(self, reading: Reading) -> Iterator[Read]:
        for read in reading.lines():
            self.report.read += 1
            if isinstance(read.line, Refused):
                counts = self.report.counts
                self.report.counts = replace(counts, refused=counts.refused + 1)
                self.rejects.add(read.number, read.said, read.line)
            yield read

    async def _step_whole(self) -> bool:
        """Do the next step; a Ctrl-C waits until it is done, so that what is counted is what was recorded."""
        if self.going is None:
            return False
        doing = asyncio.create_task(step(self.database, self.recorder, self.going, self.skew))
        try:
            piece = await asyncio.shield(doing)
        except asyncio.CancelledError:
            (done,) = await asyncio.gather(doing, return_exceptions=True)
            if isinstance(done, Piece):
                self._take(done)
            raise
        if piece is not None:
            self._take(piece)
        return piece is not None

    def _take(self, piece: Piece) -> None:
        self.going = piece.going
        self.report.counts = piece.going.counts
        for line, result in zip(piece.lines, piece.results, strict=True):
            if result.near and len(self.report.near) < NEAR_SHOWN:
                self.report.near.append(f"line {line.number} and {', '.join(result.near)}")
            if result.why is not None:
                self.rejects.add(line.number, said_of(line.said).said, result.why)


def _progress() -> Progress:
    out = progress_console()
    return Progress(
        TextColumn("importing"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[lines]:,} lines"),
        TimeRemainingColumn(),
        console=out,
        disable=not out.is_terminal,
    )
