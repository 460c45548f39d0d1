"""Merges against the books: where charts lead, whose enrollments are, and what moved between them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from schemas.ids import Id
from service.core.merging import PARTS
from service.core.verify.books import Mismatch
from service.core.verify.kin import Kin


class MergeRow(Struct, frozen=True):
    """A merge as it stands on record, with its undoing, and what the audit trail says of both.

    `told` and `told_undone` are who did it and when, once for each of the two charts.
    """

    id: Id
    survivor: Id
    ended: Id
    merged_at: datetime
    merged_by: Id
    undone_at: datetime | None
    undone_by: Id | None
    undone_of: Id | None
    told: Sequence[tuple[Id, datetime]]
    told_undone: Sequence[tuple[Id, datetime]]
    left_withdrawn: int


class Leg(Struct, frozen=True):
    """What transfers of a merge took from one chart's account in all, and what they put into it."""

    merge: Id
    participant: Id
    unit: str
    part: str
    taken: int
    put: int


class ChartRow(Struct, frozen=True):
    """Where a chart leads as it stands on record."""

    id: Id
    leads_to: Id
    has_merged: bool


class OwnedRow(Struct, frozen=True):
    """An enrollment whose chart is not its participant's, or whose participant leads elsewhere."""

    enrollment: Id
    chart: Id
    participant: Id


def of_merge(row: MergeRow, legs: Sequence[Leg]) -> Iterator[Mismatch]:
    """Mismatches of one merge: in itself, with the transfers that it made, and against the audit trail."""
    ids = {"merge_id": str(row.id), "survivor_id": str(row.survivor), "ended_id": str(row.ended)}
    if row.undone_by is not None and row.undone_by == row.merged_by:
        yield Mismatch("unmerges", ids, f"undone by somebody else than {row.merged_by}", f"{row.undone_by}")
    if row.undone_of is not None and row.undone_of != row.merged_by:
        yield Mismatch("unmerges", ids, f"merged_by = {row.merged_by}", f"merged_by = {row.undone_of}")
    if row.undone_at is not None and row.left_withdrawn:
        expected = "every visit that it withdrew standing again"
        yield Mismatch("corrections", ids, expected, f"{row.left_withdrawn} withdrawn still")
    yield from _of_legs(row, ids, legs)
    yield from _of_told("merges", ids, [(row.merged_by, row.merged_at)] * 2, row.told)
    undone = [] if row.undone_by is None or row.undone_at is None else [(row.undone_by, row.undone_at)] * 2
    yield from _of_told("unmerges", ids, undone, row.told_undone)


def _of_legs(row: MergeRow, ids: dict[str, str], legs: Sequence[Leg]) -> Iterator[Mismatch]:
    """What one chart gave the other must have got, part by part; nothing goes back while the merge holds."""
    sums = {(leg.participant, leg.unit, leg.part): leg for leg in legs}
    for leg in legs:
        if leg.participant not in {row.survivor, row.ended} or leg.part not in PARTS:
            expected = "a transfer between the two charts"
            yield Mismatch("transfers", ids, expected, f"{leg.part} of {leg.participant}")
    for unit in sorted({leg.unit for leg in legs}):
        for part in PARTS:
            gave, got = sums.get((row.ended, unit, part)), sums.get((row.survivor, unit, part))
            there = (gave.taken if gave else 0, got.put if got else 0)
            back = (got.taken if got else 0, gave.put if gave else 0)
            words = (
                f"{part} {unit}: {there[0]} given and {there[1]} got, {back[0]} given back and {back[1]} got"
            )
            if there[0] != there[1] or back[0] != back[1]:
                yield Mismatch("transfers", ids, "as much got as was given", words)
            elif any(back) and row.undone_at is None:
                yield Mismatch("transfers", ids, "nothing given back while the merge holds", words)


def _of_told(
    table: str,
    ids: dict[str, str],
    expected: Sequence[tuple[Id, datetime]],
    told: Sequence[tuple[Id, datetime]],
) -> Iterator[Mismatch]:
    if list(told) != list(expected):
        yield Mismatch(
            table, ids, f"what the audit trail says of both charts: {_words(told)}", _words(expected)
        )


def _words(told: Sequence[tuple[Id, datetime]]) -> str:
    return ", ".join(f"by {by} at {at}" for by, at in told) or "nothing"


def of_chart(row: ChartRow, kin: Kin) -> Iterator[Mismatch]:
    """A chart that does not lead where the merges that hold say."""
    ids = {"participant_id": str(row.id)}
    expected = kin.person(row.id)
    if row.leads_to != expected:
        yield Mismatch("participants", ids, f"survivor_id = {expected}", f"survivor_id = {row.leads_to}")
    if row.has_merged != (row.id in kin.first_of):
        yield Mismatch(
            "participants", ids, f"has_merged = {row.id in kin.first_of}", f"has_merged = {row.has_merged}"
        )


def of_owned(row: OwnedRow, kin: Kin) -> Iterator[Mismatch]:
    """An enrollment that is not that of the person whom its chart leads to."""
    expected = kin.person(row.chart)
    if row.participant != expected:
        ids = {"enrollment_id": str(row.enrollment), "chart_id": str(row.chart)}
        yield Mismatch(
            "enrollments", ids, f"participant_id = {expected}", f"participant_id = {row.participant}"
        )


def of_left(participant: Id, unit: str, left: Mapping[str, int]) -> Mismatch:
    """A chart that leads to another one and still has something."""
    ids = {"participant_id": str(participant), "unit": unit}
    found = ", ".join(f"{part} {amount}" for part, amount in left.items())
    return Mismatch("balances", ids, "nothing, for its chart became part of another", found)


def gone(merge: Id) -> Mismatch:
    """A merge that the audit trail or a transfer names and that is not there."""
    return Mismatch(
        "merges", {"merge_id": str(merge)}, "a merge, as the audit trail or a transfer says", "none"
    )
