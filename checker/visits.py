"""Missed visits that somebody came to after all: such an event earns nothing and changes nothing.

A program lays visits on days of its weeks. A visit is met by an event of its very day, and else by the
earliest other day, from the first day of its week to the last of its grace, on which somebody came. What the
service recorded by itself, since nobody had come, meets nothing. A visit that had been moved by hand and was
missed lies on the day that it was moved to, while its event names the program's own day.

Where a program has days drawn by lot, none lies in it: an event that says that nobody came names the day
that was drawn, and that visit is met by an event of the day on which it lies, and by no other.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from checker.days import DAYS_A_WEEK, WEEKDAYS
from checker.language import Fact, begins, phase_of


@dataclass(frozen=True)
class Due:
    """A visit as a program lays it: its day, its program week, and the last day on which it can be met."""

    on: date
    week: int
    last_day: date


def met_after_all(program: dict[str, Any], starts_on: date, facts: Sequence[Fact]) -> set[int]:
    """The numbers of the missed visits, as the service recorded them, that were met by now."""
    found: set[int] = set()
    for target in program["targets"]:
        own = [fact for fact in facts if fact.target == target["name"]]
        if any(fact.expected_on for fact in own):
            found |= _of_target(program, target, starts_on, own)
    return found


def due_visits(program: dict[str, Any], target: dict[str, Any], starts_on: date) -> Iterator[Due]:
    """Every visit that a program lays for a target, in the order of days."""
    for week in range(1, program["weeks"] + 1):
        for phase in _phases_in(program, target, week):
            visits = phase.get("visits") or target.get("visits")
            if visits is None or (week - begins(phase)[0] + 1) % visits.get("every_weeks", 1):
                continue
            if visits.get("random"):
                continue
            grace = timedelta(days=_grace(visits))
            for offset in _offsets(visits, starts_on.weekday()):
                after = (week - 1) * DAYS_A_WEEK + offset
                counts = after or visits.get("first_day", "counts") == "counts"
                if counts and phase_of(program, target, week, offset) is phase:
                    on = starts_on + timedelta(days=after)
                    yield Due(on, week, on + grace)


def days_to_draw(program: dict[str, Any], name: str, starts_on: date, day: date) -> tuple[int, list[date]]:
    """How many days of a day's program week are drawn for a target, and those that they are drawn from."""
    target = next((one for one in program["targets"] if one["name"] == name), None)
    if target is None or not _is_drawn(program, target, starts_on, day):
        return 0, []
    week = (day - starts_on).days // DAYS_A_WEEK
    phase = phase_of(program, target, week + 1) or {}
    visits = phase.get("visits") or target["visits"]
    days = [starts_on + timedelta(weeks=week, days=after) for after in range(DAYS_A_WEEK)]
    named = visits.get("of") or WEEKDAYS
    starts = visits.get("first_day", "counts") == "counts"
    return visits["random"], [
        one for one in days if WEEKDAYS[one.weekday()] in named and (one != starts_on or starts)
    ]


def _phases_in(program: dict[str, Any], target: dict[str, Any], week: int) -> list[dict[str, Any]]:
    """The phases that cover a day of a program week, in order."""
    found: list[dict[str, Any]] = []
    for after in range(DAYS_A_WEEK):
        phase = phase_of(program, target, week, after)
        if phase is not None and phase not in found:
            found.append(phase)
    return found


def _grace(visits: dict[str, Any]) -> int:
    """How many days after its own a visit can be met."""
    return (visits.get("missed_after_hours") or 0) // 24


def _of_target(
    program: dict[str, Any], target: dict[str, Any], starts_on: date, facts: Sequence[Fact]
) -> set[int]:
    drawn = {
        day for fact in facts if (day := fact.expected_on) and _is_drawn(program, target, starts_on, day)
    }
    found = _met_that_day([fact for fact in facts if fact.expected_on in drawn], facts)
    # Whoever came on a day that was drawn came to that visit.
    lots = {fact.day for fact in facts if fact.expected_on in drawn}
    came = Counter(fact.day for fact in facts if fact.expected_on is None and fact.day not in lots)
    facts = [fact for fact in facts if fact.expected_on not in drawn]
    dues = _as_moved(list(due_visits(program, target, starts_on)), facts)
    unmet = _unmet(dues, came, starts_on)
    week_of = {due.on: due.week for due in dues}
    moved: list[Fact] = []
    said: dict[date, list[Fact]] = {}
    for fact in facts:
        if fact.expected_on is not None:
            said.setdefault(fact.day, []).append(fact)
    for day, missed in said.items():
        if day not in week_of:
            # The clinic was closed on the program's own day, and the visit had moved to this one.
            moved += missed
            continue
        over = max(len(missed) - unmet[day], 0)
        found |= {fact.no for fact in missed[:over]}
        unmet[day] -= len(missed) - over
    for fact in sorted(moved, key=lambda one: (one.day, one.no), reverse=True):
        phase = phase_of(program, target, fact.week)
        visits = None if phase is None else phase.get("visits") or target.get("visits")
        free = [day for day, left in unmet.items() if left > 0 and week_of[day] == fact.week]
        if free and visits is not None and not visits.get("weekdays"):
            unmet[min(free)] -= 1
        else:
            found.add(fact.no)
    return found


def _is_drawn(program: dict[str, Any], target: dict[str, Any], starts_on: date, day: date) -> bool:
    """Whether the visits of a day's program week fall on days that are drawn by lot."""
    week = (day - starts_on).days // DAYS_A_WEEK + 1
    phase = phase_of(program, target, week)
    visits = None if phase is None else phase.get("visits") or target.get("visits")
    if phase is None or not visits or not visits.get("random"):
        return False
    return bool((week - begins(phase)[0] + 1) % visits.get("every_weeks", 1) == 0)


def _met_that_day(missed: Sequence[Fact], facts: Sequence[Fact]) -> set[int]:
    """The missed visits of drawn days on whose day somebody came after all; one a day was drawn."""
    came = Counter(fact.day for fact in facts if fact.expected_on is None)
    on_day: dict[date, list[Fact]] = {}
    for fact in missed:
        on_day.setdefault(fact.day, []).append(fact)
    found: set[int] = set()
    for day, said in on_day.items():
        unmet = max(len({fact.expected_on for fact in said}) - came[day], 0)
        found |= {fact.no for fact in said[: len(said) - unmet]}
    return found


def _as_moved(dues: list[Due], facts: Sequence[Fact]) -> list[Due]:
    """The visits, with those that a missed visit's event says were moved on the day that they moved to."""
    left, moved = list(dues), list[Due]()
    for fact in facts:
        if fact.expected_on is not None and fact.expected_on != fact.day:
            own = next((due for due in left if due.on == fact.expected_on), None)
            if own is not None:
                left.remove(own)
                grace = own.last_day - own.on
                moved.append(Due(fact.day, own.week, max(own.on, fact.day) + grace))
    return sorted([*left, *moved], key=lambda due: due.on)


def _unmet(dues: Sequence[Due], came: Counter[date], starts_on: date) -> Counter[date]:
    """How many visits of each day nobody came to."""
    due_days = {due.on for due in dues}
    left, waiting = Counter(came), list[Due]()
    for due in dues:
        if left[due.on]:
            left[due.on] -= 1
        else:
            waiting.append(due)
    others = sorted(day for day in came if day not in due_days)
    unmet: Counter[date] = Counter()
    for due in waiting:
        first = starts_on + timedelta(weeks=due.week - 1)
        day = next((day for day in others if first <= day <= due.last_day), None)
        if day is None:
            unmet[due.on] += 1
        else:
            others.remove(day)
    return unmet


def _offsets(visits: dict[str, Any], first: int) -> list[int]:
    """The days of a program week on which visits lie, from 0; `first` is the weekday that it begins on."""
    last = DAYS_A_WEEK - 1
    named = visits.get("weekdays")
    if named:
        return [day for day in range(DAYS_A_WEEK) if WEEKDAYS[(first + day) % DAYS_A_WEEK] in named]
    count = visits.get("per_week") or 0
    if count > DAYS_A_WEEK:
        return [last - (count - one) * DAYS_A_WEEK // count for one in range(1, count + 1)]
    apart = max(visits.get("min_days_between", 0), 1)
    return [max(last - (count - one) * apart, 0) for one in range(1, count + 1)]
