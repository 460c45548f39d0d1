# long: the figures of the reports stand beside each other
"""Reports: sums over a clinic's days, about nobody by name."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, cast
from uuid import UUID

from msgspec import Struct

from schemas.currencies import Currency
from schemas.program import Period, Unit
from service.store import actors
from service.store.database.pool import Tx

By = Literal["all", "week", "program", "funding", "detail"]

_BY: dict[int, By] = {7: "all", 3: "week", 5: "program", 6: "funding", 0: "detail"}
"""Bits of grouping(week, program, funding): a bit is set for what it is a sum over."""


class Paid(Struct, frozen=True):
    """Amounts credited and taken back for some days, in minor units, and of how many people."""

    by: By
    unit: Unit
    week: date | None
    program: str | None
    funding: str | None
    credited: int
    taken_back: int
    people: int

    @property
    def net(self) -> int:
        """The amount credited and not taken back."""
        return self.credited - self.taken_back


class Earned(Struct, frozen=True):
    """Amounts credited in a currency and not taken back, in its minor units, and of how many people."""

    unit: Currency
    net: int
    people: int


class Given(Struct, frozen=True):
    """Amounts handed over, in minor units, to how many people."""

    unit: Unit
    amount: int
    people: int


class Openings(Struct, frozen=True):
    """What was brought over from another system, in minor units, and of how many people."""

    unit: Unit
    available: int
    paid_before: int
    people: int


class InKind(Struct, frozen=True):
    """What was given for anything but money, at its fair value in a currency; `unvalued` have none known."""

    unit: Unit
    amount: int
    unvalued: int


class Another(Struct, frozen=True):
    """An event that was recorded beside another of its target and day: when both were, and who recorded them.

    `first_by` and `by` are names, where whoever it was has one.
    """

    event: UUID
    enrollment: UUID
    display_code: str
    target: str
    first_at: datetime
    first_by: str | None
    at: datetime
    by: str | None


class Minutes(Struct, frozen=True):
    """How long something took: half of the times at most `median`, nine of ten at most `p90`."""

    median: float
    p90: float


class Visits(Struct, frozen=True):
    """How visits went: who came, what was missed, and how soon results were recorded.

    `resets` and `recoveries` count ladders that began again, and those that got back.
    """

    came: int
    missed: int
    earning: int
    failing: int
    minutes: Minutes | None
    resets: int = 0
    recoveries: int = 0


class WeekVisited(Struct, frozen=True):
    """The visits of one week and program: who came, what was missed, and what had the outcome that earns."""

    week: date
    program: str
    came: int
    missed: int
    earning: int


class Stayed(Struct, frozen=True):
    """So many enrollments of one version, by the program weeks that are over, and the last one with a visit.

    `came_until` is the program week, counted from 1, of the last visit that somebody came to; 0 without any.
    """

    program: str
    version: int
    weeks_over: int
    came_until: int
    enrollments: int


class CapUse(Struct, frozen=True):
    """A cap, and how many people came near it (80 percent) or to it."""

    id: UUID
    per: Period
    unit: Unit
    amount: int
    funding: str | None
    starts_on: date
    ends_on: date | None
    near: int
    reached: int


async def plan_freely(tx: Tx) -> None:
    """Let the planner choose for the rest of a transaction as suits reads of many rows."""
    await tx.run("reports/plan_freely")


async def paid(tx: Tx, first: date, last: date, program: str | None, funding: str | None) -> list[Paid]:
    """Amounts credited for some days: in all, by week, by program, by who pays, and by all of them."""
    rows = await tx.rows("reports/paid", first_day=first, last_day=last, program=program, funding=funding)
    return [
        Paid(
            _BY[row["kept"]],
            cast("Unit", row["unit"]),
            row["week"],
            row["program"],
            row["funding"],
            row["credited"],
            row["taken_back"],
            row["people"],
        )
        for row in rows
    ]


async def paid_in_all(tx: Tx, first: date, last: date, program: str | None) -> list[Earned]:
    """What was credited for some days by currency, less what was taken back, and of how many people."""
    rows = await tx.rows("reports/paid_in_all", first_day=first, last_day=last, program=program)
    return [Earned(row["unit"], row["net"], row["people"]) for row in rows]


async def given(tx: Tx, begins: datetime, ends: datetime) -> list[Given]:
    """Amounts handed over between two moments."""
    rows = await tx.rows("reports/given", since=begins, until=ends)
    return [Given(row["unit"], row["amount"], row["people"]) for row in rows]


async def openings(tx: Tx, first: date, last: date, funding: str | None) -> list[Openings]:
    """What was brought over from another system and counts for some days; it is in no other sum."""
    rows = await tx.rows("reports/openings", first_day=first, last_day=last, funding=funding)
    return [
        Openings(
            unit=row["unit"],
            available=row["available"],
            paid_before=row["paid_before"],
            people=row["people"],
        )
        for row in rows
    ]


async def in_kind(tx: Tx, begins: datetime, ends: datetime, zone: str) -> list[InKind]:
    """What was given between two moments for points or draws, as a prize, or above its price, by currency."""
    rows = await tx.rows("reports/in_kind", since=begins, until=ends, zone=zone)
    return [InKind(row["unit"], row["amount"], row["unvalued"]) for row in rows]


async def another(tx: Tx, begins: datetime, ends: datetime, rows_max: int) -> list[Another]:
    """The events between two moments that somebody recorded beside another, newest recorded first."""
    rows = await tx.rows(
        "reports/another", since=begins, until=ends, earliest_id=earliest_id(begins), limit=rows_max
    )
    called = await actors.names(tx, [row[who] for row in rows for who in ("recorded_by", "first_by")])
    return [
        Another(
            event=row["event_id"],
            enrollment=row["enrollment_id"],
            display_code=row["display_code"],
            target=row["target"],
            first_at=row["first_at"],
            first_by=called.get(row["first_by"]),
            at=row["occurred_at"],
            by=called.get(row["recorded_by"]),
        )
        for row in rows
    ]


async def visits(tx: Tx, first: date, last: date, program: str | None) -> Visits:
    """How the visits of some days went, and the ladders by what was posted on them."""
    row = await tx.row("reports/visited", first_day=first, last_day=last, program=program)
    if row is None:
        return Visits(0, 0, 0, 0, None)
    steps = [
        (step["minutes"], step["visits"])
        for step in await tx.rows("reports/waited", first_day=first, last_day=last, program=program)
    ]
    took = Minutes(reached(steps, 0.5), reached(steps, 0.9)) if steps else None
    return Visits(
        row["came"],
        row["missed"],
        row["earning"],
        row["failing"],
        took,
        row["resets"],
        row["recoveries"],
    )


async def weeks_visited(tx: Tx, first: date, last: date, program: str | None) -> list[WeekVisited]:
    """How the visits of each week and program went, by the week's Monday."""
    rows = await tx.rows("reports/weeks_visited", first_day=first, last_day=last, program=program)
    return [
        WeekVisited(row["week"], row["program"], row["came"], row["missed"], row["earning"]) for row in rows
    ]


async def stayed(
    tx: Tx, first: date, last: date, program: str | None, today: date, zone: str
) -> list[Stayed]:
    """How long those came whose enrollments began on some days, counted by version."""
    rows = await tx.rows(
        "reports/stayed", first_day=first, last_day=last, program=program, today=today, zone=zone
    )
    return [
        Stayed(row["program"], row["version"], row["weeks_over"], row["came_until"], row["enrollments"])
        for row in rows
    ]


async def waits(tx: Tx, begins: datetime, ends: datetime) -> tuple[int, Minutes | None]:
    """How many rewards were handed over, and how long people waited for them."""
    row = await tx.row("reports/waits", since=begins, until=ends)
    return (0, None) if row is None else (row["given"], _minutes(row["minutes"]))


async def caps(tx: Tx, first: date, last: date, begins: datetime, ends: datetime) -> list[CapUse]:
    """The caps of some days and how many people came to them."""
    return [
        CapUse(
            id=row["cap_id"],
            per=row["per"],
            unit=row["unit"],
            amount=row["amount"],
            funding=row["funding"],
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
            near=row["near"],
            reached=row["reached"],
        )
        for row in await tx.rows("reports/caps", first_day=first, last_day=last, since=begins, until=ends)
    ]


CLOCKS_MS = 86_400_000
"""How much earlier than it happened an event's id can have been made, in milliseconds: clocks differ."""


def reached(steps: Sequence[tuple[float, int]], share: float) -> float:
    """The minutes that a share of all visits did not pass; of each step the least minutes and its visits."""
    wanted, passed = share * sum(visits for _, visits in steps), 0
    for minutes, visits in steps:
        passed += visits
        if passed >= wanted:
            return float(minutes)
    return 0.0


def _minutes(found: Sequence[float] | None) -> Minutes | None:
    return None if found is None else Minutes(float(found[0]), float(found[1]))


def earliest_id(since: datetime) -> UUID:
    """The least id of what was made at a moment or later, by whichever clock of several."""
    return UUID(int=max(int(since.timestamp() * 1000) - CLOCKS_MS, 0) << 80)
