"""Parts of a report: by target, by who recorded and handed over, and by group."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from service.store.database.pool import Tx
from service.store.reports import Minutes, reached


class Counts(Struct, frozen=True):
    """How visits went: who came, what was missed, and what had an outcome that earns or does not."""

    came: int
    missed: int
    earning: int
    failing: int


class OfTarget(Struct, frozen=True):
    """The visits of one target of a program."""

    program: str
    target: str
    counts: Counts


class OfRecorder(Struct, frozen=True):
    """What one actor recorded and handed over, and how soon."""

    by: UUID
    counts: Counts
    recorded: Minutes | None
    given: int
    waited: Minutes | None


class OfGroup(Struct, frozen=True):
    """The visits of people while they were in a group, how many people those were, and hand-overs."""

    group: UUID
    name_en: str
    name_es: str
    people: int
    counts: Counts
    recorded: Minutes | None
    given: int
    waited: Minutes | None


NOTHING = Counts(0, 0, 0, 0)
GROUPS_MAX: Final = 240
"""How many groups a report has, the newest: 200 may meet at once."""


async def by_target(tx: Tx, first: date, last: date, program: str | None) -> list[OfTarget]:
    """How the visits of some days went, by program and target."""
    rows = await tx.rows("reports/by_target", first_day=first, last_day=last, program=program)
    return [
        OfTarget(
            row["program"],
            row["target"],
            Counts(row["came"], row["missed"], row["earning"], row["failing"]),
        )
        for row in rows
    ]


async def by_recorder(
    tx: Tx, first: date, last: date, begins: datetime, ends: datetime, program: str | None
) -> list[OfRecorder]:
    """What each actor recorded of some days and handed over on them, those who recorded most first."""
    days = {"first_day": first, "last_day": last, "program": program}
    counts = {
        row["recorded_by"]: Counts(row["came"], 0, row["earning"], row["failing"])
        for row in await tx.rows("reports/by_recorder", **days)
    }
    steps = defaultdict[UUID, list[tuple[float, int]]](list)
    for row in await tx.rows("reports/by_recorder_waited", **days):
        steps[row["recorded_by"]].append((row["minutes"], row["visits"]))
    gave = {row["settled_by"]: row for row in await tx.rows("reports/by_giver", since=begins, until=ends)}
    found = [
        OfRecorder(
            by,
            counts.get(by, NOTHING),
            _took(steps.get(by, ())),
            gave[by]["given"] if by in gave else 0,
            Minutes(*map(float, gave[by]["minutes"])) if by in gave else None,
        )
        for by in counts.keys() | gave.keys()
    ]
    return sorted(found, key=lambda one: (-one.counts.came, -one.given, one.by))


async def by_group(
    tx: Tx, first: date, last: date, begins: datetime, ends: datetime, zone: str, program: str | None
) -> list[OfGroup]:
    """How visits went on the days on which people were in a group, by group, the newest last."""
    seats = _Seats()
    bounds = {"since": begins, "until": ends, "zone": zone}
    days = {"first_day": first, "last_day": last, "limit": GROUPS_MAX}
    for row in await tx.rows("reports/groups_seated", **days, **bounds):
        seats.take(row["group_id"], row["person_id"], row["since"], row["until"])
        seats.names[row["group_id"]] = (row["name_en"], row["name_es"])
    if not seats.names:
        return []
    people = list(seats.of)
    groups = {group: _Group() for group in seats.names}
    for row in await tx.rows("reports/groups_visited", people=people, program=program, **bounds):
        for group in seats.on(row["person_id"], row["day"]):
            groups[group].visited(
                row["person_id"],
                Counts(row["came"], row["missed"], row["earning"], row["failing"]),
                (row["minutes"], row["waits"]),
            )
    for row in await tx.rows("reports/groups_given", people=people, **bounds):
        for group in seats.on(row["person_id"], row["day"]):
            groups[group].waits.append(float(row["minutes"]))
    return [groups[group].shown(group, *names) for group, names in seats.names.items()]


class _Seats:
    """Who was in which groups on which days."""

    def __init__(self) -> None:
        self.names: dict[UUID, tuple[str, str]] = {}
        self.of = defaultdict[UUID, list[tuple[UUID, date, date]]](list)

    def take(self, group: UUID, person: UUID, since: date, until: date) -> None:
        self.of[person].append((group, since, until))

    def on(self, person: UUID, day: date) -> set[UUID]:
        return {group for group, since, until in self.of[person] if since <= day <= until}


class _Group:
    """What adds up for one group."""

    def __init__(self) -> None:
        self.people: set[UUID] = set()
        self.counts = [0, 0, 0, 0]
        self.steps = defaultdict[float, int](int)
        self.waits: list[float] = []

    def visited(self, person: UUID, counts: Counts, step: tuple[int, int]) -> None:
        if counts.came or counts.missed:
            self.people.add(person)
        for place, count in enumerate((counts.came, counts.missed, counts.earning, counts.failing)):
            self.counts[place] += count
        self.steps[step[0]] += step[1]

    def shown(self, group: UUID, name_en: str, name_es: str) -> OfGroup:
        came, missed, earning, failing = self.counts
        return OfGroup(
            group,
            name_en,
            name_es,
            len(self.people),
            Counts(came, missed, earning, failing),
            _took(sorted(self.steps.items())),
            len(self.waits),
            Minutes(_part(self.waits, 0.5), _part(self.waits, 0.9)) if self.waits else None,
        )


def _took(steps: Iterable[tuple[float, int]]) -> Minutes | None:
    known: Sequence[tuple[float, int]] = [(minutes, visits) for minutes, visits in steps if visits]
    return Minutes(reached(known, 0.5), reached(known, 0.9)) if known else None


def _part(minutes: Sequence[float], share: float) -> float:
    """What a share of all does not pass, between two of them as PostgreSQL's `percentile_cont` has it."""
    ranked = sorted(minutes)
    place = share * (len(ranked) - 1)
    below = int(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (ranked[above] - ranked[below]) * (place - below)
