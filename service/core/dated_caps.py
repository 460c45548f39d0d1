"""Caps of a clinic or a funder: dated, over all programs, and counted by what is really posted.

A program's own caps are part of the fold (`core/caps.py`). These look at what one participant was credited
in a calendar period of the clinic's zone, by the days that the credits count for, at the moment when
something is posted. Everything here is pure: what was credited so far goes in, and what is credited by then
comes out.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from operator import itemgetter
from typing import Literal, assert_never

from msgspec import Struct

from schemas.ids import Id
from schemas.program import Period, Unit
from service.core.caps import CODES
from service.core.state import Why

Percent = Literal[80, 100]
WARNED_AT: tuple[Percent, Percent] = (80, 100)
"""How much of a cap, in percent, is told of when it is reached, once a participant and period each."""

TotalKey = tuple[Id, str]
"""The key of a total among those of one participant: the cap's id, and the period's name."""


class DatedCap(Struct, frozen=True):
    """The most that a participant is credited in a period, in minor units of `unit`.

    It is in force for what counts for a day from `starts_on` to `ends_on`. With a `funding` it looks at
    what that source pays, without at all that the clinic pays, whoever funds it.
    """

    id: Id
    per: Period
    unit: Unit
    amount: int
    starts_on: date
    ends_on: date | None = None
    funding: str | None = None

    def in_force(self, day: date) -> bool:
        """Whether it binds what counts for a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Spot(Struct, frozen=True):
    """What a credit counts towards: a local day, its funder, its enrollment and its event.

    `event` is the name of what earned it: an enrollment's fact, or the operation that gave it; none where the
    savings of many events paid for something. What is `carried` over from another system was paid on days
    that nobody knows: it counts for the year and the enrollment.
    """

    unit: Unit
    day: date
    event: str | None
    funding: str | None = None
    enrollment: Id | None = None
    carried: bool = False


class Limits(Struct, frozen=True):
    """The caps that there are, in the order they were set, and what one participant was credited by now.

    `totals` holds every period that is asked about; a period that is not in it is not known, and never taken
    for empty.
    """

    caps: tuple[DatedCap, ...] = ()
    totals: Mapping[TotalKey, int] = {}


class Full(Struct, frozen=True):
    """A cap that leaves too little room for something that is given whole or not at all."""

    cap: DatedCap
    left: int


class Reached(Struct, frozen=True):
    """A participant has come to `percent` of what a cap allows in a period."""

    cap: Id
    period: str
    percent: Percent


NO_LIMITS = Limits()
"""The caps of a clinic that has none."""


class Outside(Struct, frozen=True):
    """Room that caps outside the program leave an enrollment: they look at itself and at who pays it."""

    limits: Limits = NO_LIMITS
    enrollment: Id | None = None
    funding: str | None = None

    def room(self, unit: Unit, day: date) -> tuple[int, Period] | None:
        """Room that the tightest cap leaves for a new event of a day, and its period; None without a cap.

        Of a period that is not known, only what its cap allows in all is: so far may have been nothing.
        """
        spot = Spot(unit, day, "", self.funding, self.enrollment)
        rooms = [
            (max(cap.amount - (0 if cap.per == "event" else self.limits.totals.get(key, 0)), 0), cap.per)
            for cap, key in counting(self.limits.caps, spot)
            if cap.in_force(day)
        ]
        return min(rooms, key=itemgetter(0)) if rooms else None


NOTHING_OUTSIDE = Outside()
"""The room of an enrollment in a clinic without caps."""


def counting(caps: Iterable[DatedCap], spot: Spot) -> Iterator[tuple[DatedCap, TotalKey]]:
    """The caps that count a credit, each with the total that it is counted in.

    A cap counts the whole calendar period, also its days outside the cap's own dates; a period without any
    day in force is of no interest.
    """
    for cap in caps:
        if cap.unit != spot.unit or cap.funding not in {None, spot.funding}:
            continue
        first, last = _days(cap.per, spot.day)
        if cap.starts_on <= last and (cap.ends_on is None or first <= cap.ends_on):
            name = period_of(cap.per, spot)
            if name is not None:
                yield cap, (cap.id, name)


def period_of(per: Period, spot: Spot) -> str | None:
    """The name of the period that a credit falls in: `2026`, `2026-03`, `2026-W10`, `2026-03-02`, or an id.

    A calendar week begins on Monday and has its number from ISO 8601. What belongs to no enrollment or event
    falls in no period of one, and what is `carried` over only in that of a year or an enrollment.
    """
    if spot.carried and per not in {"year", "enrollment"}:
        return None
    match per:
        case "event":
            return spot.event
        case "day":
            return spot.day.isoformat()
        case "week":
            year, week, _ = spot.day.isocalendar()
            return f"{year:04}-W{week:02}"
        case "month":
            return f"{spot.day.year:04}-{spot.day.month:02}"
        case "year":
            return f"{spot.day.year:04}"
        case "enrollment":
            return None if spot.enrollment is None else str(spot.enrollment)
        case _ as unreachable:
            assert_never(unreachable)


def clip(limits: Limits, spot: Spot, amount: int) -> tuple[Limits, int, tuple[Why, ...]]:
    """The part of an amount that may be credited, and what each cap takes off it; the totals count it."""
    counted = tuple(counting(limits.caps, spot))
    if not counted:
        return limits, amount, ()
    paid, why = amount, []
    for cap, key in counted:
        room = max(cap.amount - limits.totals[key], 0)
        if cap.in_force(spot.day) and paid > room:
            why.append(Why(CODES[cap.per], paid - room))
            paid = room
    return _counted(limits, {key: paid for _, key in counted}), paid, tuple(why)


def move(limits: Limits, source: Spot, target: Spot, amount: int) -> tuple[Limits, int]:
    """The part of an amount credited for one thing that may count for another, and the totals then.

    A period that both fall in is neither fuller nor emptier for it, so its cap has nothing to say.
    """
    leaving = dict.fromkeys((key for _, key in counting(limits.caps, source)), 0)
    entering = {key: cap for cap, key in counting(limits.caps, target)}
    rooms = [
        max(cap.amount - limits.totals[key], 0)
        for key, cap in entering.items()
        if key not in leaving and cap.in_force(target.day)
    ]
    moved = min([amount, *rooms])
    changes = {key: -moved for key in leaving if key not in entering}
    changes |= {key: moved for key in entering if key not in leaving}
    return _counted(limits, changes), moved


def carry(limits: Limits, spot: Spot, amount: int) -> Limits:
    """The totals once an amount counts that no cap clips: it was paid elsewhere. Negative takes it out."""
    return _counted(limits, {key: amount for _, key in counting(limits.caps, spot)})


def release(limits: Limits, spot: Spot, amount: int) -> Limits:
    """The totals once an amount that was credited is taken back."""
    return _counted(limits, {key: -amount for _, key in counting(limits.caps, spot)})


def fill(
    limits: Limits, parts: Iterable[tuple[Spot, int]], instead_of: Iterable[tuple[Spot, int]] = ()
) -> Limits | Full:
    """The totals once something is given whole, or the cap that leaves the least room for it and too little.

    It may take the place of what was counted before: a period that both fall in is not looked at again.
    """
    wanted: dict[TotalKey, int] = {}
    binding: dict[TotalKey, DatedCap] = {}
    leaving: dict[TotalKey, int] = {}
    for spot, amount in instead_of:
        for _, key in counting(limits.caps, spot):
            leaving[key] = leaving.get(key, 0) + amount
    for spot, amount in parts:
        for cap, key in counting(limits.caps, spot):
            wanted[key] = wanted.get(key, 0) + amount
            if cap.in_force(spot.day) and key not in leaving:
                binding[key] = cap
    room = {key: max(cap.amount - limits.totals[key], 0) for key, cap in binding.items()}
    full = [Full(binding[key], left) for key, left in room.items() if wanted[key] > left]
    if full:
        return min(full, key=lambda one: one.left)
    keys = dict.fromkeys((*leaving, *wanted))
    return _counted(limits, {key: wanted.get(key, 0) - leaving.get(key, 0) for key in keys})


def summed(caps: Iterable[DatedCap], credited: Iterable[tuple[Spot, int]]) -> dict[TotalKey, int]:
    """The totals that credits (positive) and what was taken back of them (negative) come to."""
    known, totals = tuple(caps), dict[TotalKey, int]()
    for spot, amount in credited:
        for _, key in counting(known, spot):
            totals[key] = totals.get(key, 0) + amount
    return totals


def endless(cap: DatedCap) -> DatedCap:
    """A cap as if it had never ended: what was counted before it did stays as it is."""
    return DatedCap(cap.id, cap.per, cap.unit, cap.amount, cap.starts_on, None, cap.funding)


def reached(
    caps: Iterable[DatedCap], before: Mapping[TotalKey, int], after: Mapping[TotalKey, int]
) -> list[Reached]:
    """Caps reached between two states of the totals and not before; an unknown total was nothing."""
    cap_of = {cap.id: cap for cap in caps}
    return [
        Reached(key[0], key[1], percent)
        for key, total in after.items()
        if total > before.get(key, 0)
        for percent in WARNED_AT
        if is_reached(cap_of[key[0]], total, percent)
        and not is_reached(cap_of[key[0]], before.get(key, 0), percent)
    ]


def is_reached(cap: DatedCap, total: int, percent: Percent) -> bool:
    """Whether a total has come to `percent` of what a cap allows; nothing reaches a cap of nothing."""
    return cap.amount > 0 and total * 100 >= cap.amount * percent


def _counted(limits: Limits, changes: Mapping[TotalKey, int]) -> Limits:
    if not any(changes.values()):
        return limits
    changed = {key: limits.totals[key] + change for key, change in changes.items()}
    return Limits(limits.caps, {**limits.totals, **changed})


def _days(per: Period, day: date) -> tuple[date, date]:
    """The first and the last day of the calendar period around a day; an enrollment's has no ends."""
    match per:
        case "event" | "day":
            return day, day
        case "week":
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6)
        case "month":
            return day.replace(day=1), (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(1)
        case "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
        case "enrollment":
            return date.min, date.max
        case _ as unreachable:
            assert_never(unreachable)
