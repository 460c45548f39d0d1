"""The days of a program's weeks on which it lays visits, whatever is planned, and those it draws from."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, get_args

from schemas.program import Visits, Weekday
from service.core.calendar import program_week
from service.core.compiled import Rules, TargetRules, falls_in
from service.core.phases import DAYS_A_WEEK

REMEMBERED_MAX = 1024
"""For how many targets and start days the due visits are remembered."""

_WEEKDAYS: Final[tuple[str, ...]] = get_args(Weekday)


def visits_in(target: TargetRules, week: int, after: int = 0) -> Visits | None:
    """The visits that a target expects: its phase's own, or else the target's.

    `after` counts the days from the first of the program week, for phases that are counted in days.
    """
    phase = target.phase(week, after)
    return None if phase is None else phase.visits or target.target.visits


def grace_days(target: TargetRules, week: int) -> int:
    """How many days after its due day a visit can still be met."""
    expected = (phase.visits or target.target.visits for phase in target.phases_in(week))
    graces = ((one.missed_after_hours or 0) // 24 for one in expected if one is not None and not one.lots)
    return max(graces, default=0)


def can_move(target: TargetRules, week: int) -> bool:
    """Whether a closed day's visits move to another day: where the program names a number, not the days."""
    visits = visits_in(target, week)
    return visits is not None and not visits.weekdays and not visits.lots


def is_drawn(target: TargetRules, week: int) -> bool:
    """Whether the visits of a program week fall on days that are drawn by lot."""
    phase = target.phase(week)
    visits = None if phase is None else phase.visits or target.target.visits
    return phase is not None and visits is not None and bool(visits.lots) and falls_in(visits, phase, week)


def days_to_draw(rules: Rules, place: int, starts_on: date, day: date) -> tuple[int, list[date]]:
    """How many days of a day's program week are drawn for a target, and the days that they are drawn from."""
    target, week = rules.targets[place], program_week(day, starts_on)
    visits = visits_in(target, week) if is_drawn(target, week) else None
    if visits is None:
        return 0, []
    first = starts_on + timedelta(weeks=week - 1)
    named = {_WEEKDAYS.index(one) for one in visits.of} or set(range(DAYS_A_WEEK))
    days = [first + timedelta(days=after) for after in range(DAYS_A_WEEK)]
    return visits.lots or 0, [
        one for one in days if one.weekday() in named and (one != starts_on or visits.first_day == "counts")
    ]


@lru_cache(maxsize=REMEMBERED_MAX)
def grace_days_most(rules: Rules, place: int) -> int:
    """How many days after its due day a visit of a target can be met at most, whatever its week."""
    target = rules.targets[place]
    return max((grace_days(target, week) for week in range(1, rules.program.weeks + 1)), default=0)


@lru_cache(maxsize=REMEMBERED_MAX)
def laid_of_weeks(
    rules: Rules, place: int, weekday: int
) -> tuple[tuple[tuple[int, int, int | None], ...], ...]:
    """The visits of each program week, place 0 unused: days after the first day, ordinal, and hours of grace.

    They are the same for all who begin on one weekday.
    """
    target = rules.targets[place]
    weeks = range(1, rules.program.weeks + 1)
    return ((), *(tuple(_laid_in(target, week, weekday)) for week in weeks))


def _laid_in(target: TargetRules, week: int, weekday: int) -> Iterator[tuple[int, int, int | None]]:
    ordinals: Counter[int] = Counter()
    for phase in target.phases_in(week):
        visits = phase.visits or target.target.visits
        if visits is None or not falls_in(visits, phase, week):
            continue
        for offset in _offsets(visits, weekday):
            if target.phase(week, offset) is not phase:
                continue
            ordinals[offset] += 1
            after = (week - 1) * DAYS_A_WEEK + offset
            if after > 0 or visits.first_day == "counts":
                yield after, ordinals[offset], visits.missed_after_hours


@lru_cache(maxsize=REMEMBERED_MAX)
def days_laid(rules: Rules, place: int, weekday: int) -> frozenset[int]:
    """The days after the start day on which a program lays a visit, for all who begin on one weekday."""
    return frozenset(after for week in laid_of_weeks(rules, place, weekday) for after, *_ in week)


def _offsets(visits: Visits, first: int) -> list[int]:
    """The days of a week that begins on the weekday `first`, counted from 0, on which visits are due.

    A number of visits ends on the week's last day, with the distance that the program asks for between them
    and as far back as the week goes; more than seven lie evenly over its days.
    """
    last = DAYS_A_WEEK - 1
    if visits.weekdays:
        named = {_WEEKDAYS.index(day) for day in visits.weekdays}
        return [day for day in range(DAYS_A_WEEK) if (first + day) % DAYS_A_WEEK in named]
    count = visits.per_week or 0
    if count > DAYS_A_WEEK:
        return [last - (count - one) * DAYS_A_WEEK // count for one in range(1, count + 1)]
    apart = max(visits.min_days_between, 1)
    return [max(last - (count - one) * apart, 0) for one in range(1, count + 1)]
