"""Which days a program asks somebody to come on, and where a closure moves them.

Weeks are program weeks of seven days from the start day. Where a number of visits a week is asked for, one
whose day is closed moves to the latest open day before it on which nothing is due; the time in which it can
be met stays as it was, so a closure takes nobody's time away. On named weekdays a closure leaves it out.

Somebody may plan a single visit otherwise: it is moved, called off, or one of its own, which the program does
not ask for and which so never counts as missed by itself. Such a plan goes before what a closure would do,
and nobody is expected on a closed day by a plan either.

Where a program has days drawn by lot it lays none itself: each day that was drawn is a fact, kept with the
plans, and there is none before its morning. It is met on that very day alone, for whoever could come on a
day of their own choice was not drawn. A closed one is left out.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from service.core.calendar import day_end, program_week
from service.core.compiled import Rules, TargetRules
from service.core.laid_days import REMEMBERED_MAX, can_move, days_laid, is_drawn, laid_of_weeks, visits_in

Closed = Sequence[tuple[date, date]]
"""The first and last days of closures."""


class Planned(Struct, frozen=True):
    """One visit as it is planned by now, whatever the program lays: `on` is None where it is called off.

    `laid_on` and `ordinal` name the program's visit of a target. One of its own has no `laid_on`, and a
    number below 0; nor has a day that was `drawn` by lot.
    """

    target: str
    laid_on: date | None
    ordinal: int
    on: date | None
    drawn: bool = False


Plans = Sequence[Planned]
"""What is planned of one enrollment, each visit once, and the days that were drawn for it."""


def drawn_on(target: str, day: date) -> Planned:
    """A day that was drawn by lot for a target."""
    return Planned(target, None, 1, day, drawn=True)


class DueVisit(Struct, frozen=True):
    """One expected visit: the target's place, its day and program week.

    `ordinal`, from 1, tells the visits of one day apart; one that the program does not lay has a number
    below 0. `grace_h` is the grace in hours after the local day's end, or None where a visit never counts as
    missed by itself. `moved_from` is the program's own day for it, where that is closed or it is `planned`
    otherwise. One that was `drawn` by lot is met on its day alone.
    """

    target: int
    on: date
    ordinal: int
    week: int
    grace_h: int | None
    moved_from: date | None = None
    planned: bool = False
    drawn: bool = False

    @property
    def laid_on(self) -> date:
        """The program's own day for it, whatever is closed or planned."""
        return self.moved_from or self.on

    @property
    def expected_on(self) -> date:
        """The day that the event names which says that nobody came: of a planned one the program's own."""
        return self.laid_on if self.planned else self.on

    @property
    def last_day(self) -> date:
        """The last local day on which a fact meets it."""
        if self.drawn:
            return self.on
        return max(self.laid_on, self.on) + timedelta(days=(self.grace_h or 0) // 24)

    def deadline(self, zone: tzinfo) -> datetime | None:
        """When it counts as missed (UTC)."""
        if self.grace_h is None:
            return None
        return day_end(max(self.laid_on, self.on), zone) + timedelta(hours=self.grace_h)


def due_within(
    rules: Rules,
    place: int,
    starts_on: date,
    weeks: tuple[int, int],
    last_day: date | None = None,
    closed: Closed = (),
    plans: Plans = (),
) -> list[DueVisit]:
    """The expected visits of some program weeks, both included, as `due_visits` gives those of all.

    A visit that is planned belongs to its program week and to the one that it moved to.
    """
    if _of_target(rules, place, plans):
        dues = due_visits(rules, place, starts_on, last_day, closed, plans)
        of_weeks = range(weeks[0], weeks[1] + 1)
        return [due for due in dues if due.week in of_weeks or program_week(due.on, starts_on) in of_weeks]
    of_week = laid_of_weeks(rules, place, starts_on.weekday())
    laid = [
        DueVisit(place, starts_on + timedelta(days=after), ordinal, week, grace_h)
        for week in range(max(weeks[0], 1), min(weeks[1], rules.program.weeks) + 1)
        for after, ordinal, grace_h in of_week[week]
    ]
    if closed:
        moved = _moved(rules.targets[place], laid, starts_on, closed)
        laid = sorted(moved, key=lambda due: (due.on, due.ordinal))
    return laid if last_day is None else [due for due in laid if due.laid_on <= last_day]


def is_laid_on(rules: Rules, place: int, starts_on: date, day: date) -> bool:
    """Whether the program lays a visit on a day, which may be closed."""
    return (day - starts_on).days in days_laid(rules, place, starts_on.weekday())


def due_visits(
    rules: Rules,
    place: int,
    starts_on: date,
    last_day: date | None = None,
    closed: Closed = (),
    plans: Plans = (),
) -> tuple[DueVisit, ...]:
    """The expected visits of one target in the order of their days, up to the enrollment's last day.

    On a closed day nobody is expected: its visits move within their week, or are left out. What is planned
    otherwise goes before that.
    """
    if own := _of_target(rules, place, plans):
        dues = _planned(rules, place, starts_on, closed, own)
        return tuple(due for due in dues if _is_before_end(due, last_day))
    if closed:
        open_on = _heeded(rules, place, starts_on, tuple(closed))
        return open_on if last_day is None else tuple(due for due in open_on if due.laid_on <= last_day)
    laid = _laid(rules, place, starts_on)
    return laid if last_day is None else laid[: bisect_right(laid, last_day, key=attrgetter("on"))]


def is_closed(day: date, closed: Closed) -> bool:
    """Whether a day lies in a closure."""
    return any(first <= day <= last for first, last in closed)


@lru_cache(maxsize=REMEMBERED_MAX)
def _laid(rules: Rules, place: int, starts_on: date) -> tuple[DueVisit, ...]:
    return tuple(due_within(rules, place, starts_on, (1, rules.program.weeks)))


@lru_cache(maxsize=REMEMBERED_MAX)
def _heeded(
    rules: Rules, place: int, starts_on: date, closed: tuple[tuple[date, date], ...]
) -> tuple[DueVisit, ...]:
    moved = _moved(rules.targets[place], _laid(rules, place, starts_on), starts_on, closed)
    return tuple(sorted(moved, key=lambda due: (due.on, due.ordinal)))


def _of_target(rules: Rules, place: int, plans: Plans) -> Plans:
    """The plans of one target that say something else than its program does."""
    name = rules.targets[place].target.name
    return [one for one in plans if one.target == name and one.on != one.laid_on]


def _is_before_end(due: DueVisit, last_day: date | None) -> bool:
    return last_day is None or (due.on if due.planned else due.laid_on) <= last_day


def _planned(rules: Rules, place: int, starts_on: date, closed: Closed, plans: Plans) -> list[DueVisit]:
    """The visits of a target as they are planned, in the order of their days."""
    plan_of = {(one.laid_on, one.ordinal): one for one in plans if not one.drawn}
    drawn = _drawn(rules, place, starts_on, plans)
    drawn_days = {due.on for due in drawn}
    there: list[DueVisit] = []
    left: list[DueVisit] = []
    for due in (*_laid(rules, place, starts_on), *drawn):
        plan = plan_of.get((due.on, due.ordinal))
        if plan is None:
            left.append(due)
        elif plan.on is not None:
            there.append(replace(due, on=plan.on, moved_from=due.on, planned=True))
    there += (
        DueVisit(place, one.on, one.ordinal, program_week(one.on, starts_on), None, planned=True)
        for one in plans
        # Whoever was to come by appointment on a day that was drawn comes once.
        if one.laid_on is None and one.on is not None and not one.drawn and one.on not in drawn_days
    )
    there = [due for due in there if not is_closed(due.on, closed)]
    left = list(_moved(rules.targets[place], left, starts_on, closed, {due.on for due in there}))
    return sorted([*left, *there], key=lambda due: (due.on, due.ordinal))


def _drawn(rules: Rules, place: int, starts_on: date, plans: Plans) -> list[DueVisit]:
    """The visits on days that were drawn, where the program still draws any of their weeks."""
    target = rules.targets[place]
    found: list[DueVisit] = []
    for one in plans:
        if not one.drawn or one.on is None or one.on < starts_on:
            continue
        week = program_week(one.on, starts_on)
        visits = visits_in(target, week) if is_drawn(target, week) else None
        if visits is not None:
            found.append(DueVisit(place, one.on, one.ordinal, week, visits.missed_after_hours, drawn=True))
    return found


def _moved(
    target: TargetRules,
    laid: Sequence[DueVisit],
    starts_on: date,
    closed: Closed,
    planned: AbstractSet[date] = frozenset(),
) -> Iterator[DueVisit]:
    """The visits with those on closed days moved, or left out where no open day before them is free."""
    taken = {due.on for due in laid} | planned
    for due in reversed(laid):
        if not is_closed(due.on, closed):
            yield due
            continue
        if not can_move(target, due.week):
            continue
        first = starts_on + timedelta(weeks=due.week - 1)
        for back in range(1, (due.on - first).days + 1):
            day = due.on - timedelta(days=back)
            if day not in taken and not is_closed(day, closed):
                taken.add(day)
                yield replace(due, on=day, moved_from=due.on)
                break
