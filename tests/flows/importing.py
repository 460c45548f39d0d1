"""Short words for tests that bring in files of events: texts of CSV, brought in as a command does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from schemas.program import Program
from service.core.refusals import Refused
from service.core.sheets.mapping import Mapping
from service.flows.imports.event_lines import Read, Reading, read_table
from service.flows.imports.import_events import How, LineResult
from service.flows.imports.run_imports import begin_by_hand, end, step
from service.flows.imports.staging import stage
from service.flows.programs.programs import publish_program
from service.store import running_imports

if TYPE_CHECKING:
    from service.store.imports import Corrections, Counts
    from tests.flows.conftest import Scene

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT.parent / "shared" / "cases" / "imports"
CALIFORNIA = "california-recovery-incentives"
HEAD = "participant_reference,target,outcome,occurred_at,program,starts_on,note\n"
NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
SKEW = timedelta(minutes=5)
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
PLAIN = Mapping()


@dataclass
class Brought:
    """What became of a file: its counts, and each line's result by its number."""

    counts: Counts
    results: dict[int, LineResult]

    @property
    def refused(self) -> dict[int, str]:
        """Why lines were refused, by number."""
        return {no: one.why.reason for no, one in self.results.items() if one.why is not None}


async def publish(scene: Scene, name: str = CALIFORNIA) -> Program:
    """Publish one of the programs that the service comes with."""
    path = ROOT / "schemas" / "programs" / f"{name}.yaml"
    document = msgspec.yaml.decode(path.read_bytes(), type=Program)
    await scene.value(lambda act: publish_program(act, document))
    return document


def line(who: str, at: str, outcome: str = "negative", starts_on: str = "2026-03-02", note: str = "") -> str:
    """Write a line of a stimulant test, at half past nine in the morning."""
    return f"{who},stimulant-negative,{outcome},{at}T09:30:00-08:00,{CALIFORNIA},{starts_on},{note}\n"


def reads(text: str | bytes, mapping: Mapping = PLAIN, zone: tzinfo = LOS_ANGELES) -> list[Read]:
    """Read the lines of a table."""
    reading = read_table(text.encode() if isinstance(text, str) else text, mapping, zone)
    assert isinstance(reading, Reading)
    assert reading.why is None
    return list(reading.lines())


async def bring(
    scene: Scene,
    text: str | bytes,
    *,
    mapping: Mapping = PLAIN,
    enrolls: bool = True,
    corrections: Corrections = "offer",
    is_preview: bool = False,
) -> Brought:
    """Bring in a table, as a command does, to its end."""
    how = How(enrolls, corrections, SKEW)
    going = await begin_by_hand(scene.database, scene.actor(), how, is_csv=True, is_preview=is_preview)
    read = reads(text, mapping)
    going = await stage(scene.database, going, read)
    results = {one.number: LineResult("refused", one.line) for one in read if isinstance(one.line, Refused)}
    while (piece := await step(scene.database, scene.recorder, going, SKEW)) is not None:
        going = piece.going
        results |= {one.number: made for one, made in zip(piece.lines, piece.results, strict=True)}
    async with scene.database.transaction(scene.clinic) as tx:
        await running_imports.advance(tx, going)
    await end(scene.database, going, "stopped" if is_preview else "ended")
    assert going.counts.lines == len(read) == going.lines
    return Brought(going.counts, results)


async def earned(scene: Scene, *references: str) -> list[int]:
    """How much each of some people has available, in cents."""
    query = """
    select p.reference, coalesce(b.available, 0) as available from participants as p
    left join balances as b using (clinic_id, participant_id)
    where clinic_id = $1
    """
    async with scene.database.transaction(scene.clinic) as tx:
        found = {row["reference"]: row["available"] for row in await tx.connection.fetch(query, scene.clinic)}
    return [found.get(one, -1) for one in references]


async def kept(scene: Scene, reference: str) -> tuple[int, int]:
    """How much of somebody's awards was overpaid and not taken back, and how much could not be."""
    query = """
    select sum(a.overpaid) as overpaid, sum(a.unrecovered) as unrecovered from awards as a
    inner join participants as p using (clinic_id, participant_id)
    where clinic_id = $1 and p.reference = $2
    """
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow(query, scene.clinic, reference)
    assert row is not None
    return int(row["overpaid"] or 0), int(row["unrecovered"] or 0)


async def episodes(scene: Scene, reference: str) -> list[tuple[str, str | None]]:
    """The first and last days of somebody's enrollments."""
    query = """
    select e.starts_on, e.closed_on from enrollments as e
    inner join participants as p using (clinic_id, participant_id)
    where clinic_id = $1 and p.reference = $2 order by e.starts_on
    """
    async with scene.database.transaction(scene.clinic) as tx:
        rows = await tx.connection.fetch(query, scene.clinic, reference)
    return [
        (str(row["starts_on"]), None if row["closed_on"] is None else str(row["closed_on"])) for row in rows
    ]


def case(name: str) -> str:
    """Read one of the shared cases."""
    return (CASES / name).read_text(encoding="utf-8")


def pieces(text: str, cuts: Sequence[int]) -> list[str]:
    """Split a file into several, each with the header."""
    head, *lines = text.splitlines(keepends=True)
    edges = [0, *sorted(cuts), len(lines)]
    return [head + "".join(lines[a:b]) for a, b in pairwise(edges) if a < b]
