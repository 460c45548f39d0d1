"""The expected visits: who came to them, and who is missing.

A visit is met by a fact that a person recorded,
whatever its outcome: first by one of the very day; else, in the order of the due days, by the earliest day
left between the first day of its week and the last day of its grace. So whoever came on Tuesday instead of
Monday is not missing. A day on which visits are due meets those and no other, however many results it has,
and any other day meets one: a second result of a day is no second visit. More facts never leave a visit
unmet that was met with fewer.

The fold looks at the program alone. Closures and plans decide what the service records as missed, and a
closure that is entered later excuses by corrections, which are facts like any other. A visit that was moved
by a plan and missed says so itself: its event lies on the day that it was moved to. So does one on a day
that was drawn by lot, which is met by an event of that very day and by no other.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from msgspec import Struct

from schemas.ids import Id
from schemas.program import Behavior
from service.core.calendar import program_week
from service.core.compiled import Rules, TargetRules
from service.core.expected_days import Closed, DueVisit, Planned, Plans, drawn_on, due_visits
from service.core.laid_days import can_move, grace_days, is_drawn
from service.core.phases import DAYS_A_WEEK
from service.core.state import Fact

MISSED: Final[Mapping[Behavior, str]] = {
    "test": "missed",
    "attendance": "absent",
    "homework": "not_done",
    "medication": "missed",
    "activity": "not_verified",
}
"""The outcome of each behavior that says that nobody came."""

MISSED_REFERENCE: Final = "missed:"
"""How the reference of every event begins that the service records by itself."""

AWAY: Final = frozenset({"excused", "rescheduled"})
"""Outcomes that somebody recorded who was not there and is not missed either."""

NOT_THERE: Final = AWAY | frozenset(MISSED.values())
"""Outcomes of which nobody came."""


class Look(Struct, frozen=True):
    """The result of checking one enrollment's visits.

    `missing` are the visits whose deadlines have passed and that nothing meets. Through the due day `through`
    every deadline has passed, and at `next_at` the next one will.
    """

    missing: tuple[DueVisit, ...]
    through: date | None
    next_at: datetime | None


def reference_of(enrollment: Id, rules: Rules, due: DueVisit) -> str:
    """The reference of the event that says that nobody came to a visit: the same, whoever finds it."""
    name = rules.program.targets[due.target].name
    return f"{MISSED_REFERENCE}{enrollment}:{name}:{due.laid_on}:{due.ordinal}"


def met(dues: Iterable[DueVisit], facts: Iterable[Fact], starts_on: date) -> dict[DueVisit, Fact]:
    """Which fact of their one target meets each visit; a visit that is not there is met by nothing.

    `dues` are in the order of their days; what the service recorded by itself meets nothing.
    """
    return attended(dues, facts, starts_on)[0]


def attended(
    dues: Iterable[DueVisit], facts: Iterable[Fact], starts_on: date
) -> tuple[dict[DueVisit, Fact], list[Fact]]:
    """Which fact meets each visit as in `met`, and one fact of each other day on which nothing is due."""
    on_day: dict[date, list[Fact]] = {}
    # Of a day's facts those of somebody who was there go first, so that they are shown.
    for fact in sorted(facts, key=lambda fact: (fact.outcome in NOT_THERE, fact.at, fact.no), reverse=True):
        if fact.expected_on is None:
            on_day.setdefault(fact.day, []).append(fact)
    found: dict[DueVisit, Fact] = {}
    waiting: list[DueVisit] = []
    moved: list[DueVisit] = []
    due_days: set[date] = set()
    for due in dues:
        if due.moved_from is not None and not due.planned:
            moved.append(due)
            continue
        due_days.add(due.on)
        if on_day.get(due.on):
            found[due] = on_day[due.on].pop()
        elif not due.drawn:
            waiting.append(due)
    days = sorted(on_day.keys() - due_days)
    # Those that moved come last: a closure never leaves another visit unmet.
    for due in (*waiting, *moved):
        place = bisect_left(days, starts_on + timedelta(weeks=due.week - 1))
        if place < len(days) and days[place] <= due.last_day:
            found[due] = on_day[days.pop(place)][-1]
    return found, [on_day[day][-1] for day in days]


def met_after_all(rules: Rules, starts_on: date, facts: Iterable[Fact]) -> frozenset[int]:
    """The facts that say a visit was missed which by now is met: neutral, as if they were not there.

    Where a day has more of them than visits that nobody came to, the first ones are. One on a day on which
    the program expects nobody speaks of a visit of its week that a closure had moved.
    """
    missed: dict[int, dict[date, list[Fact]]] = {}
    whole = [*facts]
    for fact in whole:
        if fact.expected_on is not None:
            missed.setdefault(fact.target, {}).setdefault(fact.day, []).append(fact)
    found: set[int] = set()
    for place, on_day in missed.items():
        dues = due_visits(rules, place, starts_on, plans=_plans_told(rules, place, starts_on, on_day))
        came = met(dues, (fact for fact in whole if fact.target == place), starts_on)
        unmet = Counter(due.on for due in dues if due not in came)
        week_of = {due.on: due.week for due in dues}
        moved: list[Fact] = []
        for day, said in on_day.items():
            if day not in week_of:
                moved += said
                continue
            met_by_now = max(len(said) - unmet[day], 0)
            found.update(fact.no for fact in said[:met_by_now])
            unmet[day] -= len(said) - met_by_now
        for fact in sorted(moved, key=lambda fact: (fact.day, fact.no), reverse=True):
            free = [day for day, left in unmet.items() if left > 0 and week_of[day] == fact.week]
            if free and can_move(rules.targets[place], fact.week):
                unmet[min(free)] -= 1
            else:
                found.add(fact.no)
    return frozenset(found)


def _plans_told(
    rules: Rules, place: int, starts_on: date, on_day: Mapping[date, Sequence[Fact]]
) -> list[Planned]:
    """What the missed visits of one target say themselves of where they had been moved."""
    name = rules.targets[place].target.name
    told: list[Planned] = []
    drawn: set[date] = set()
    for day, said in on_day.items():
        for fact in said:
            if fact.expected_on is None:
                continue
            if is_drawn(rules.targets[place], program_week(fact.expected_on, starts_on)):
                if fact.expected_on not in drawn:
                    drawn.add(fact.expected_on)
                    told.append(drawn_on(name, fact.expected_on))
                    if fact.expected_on != day:
                        told.append(Planned(name, fact.expected_on, 1, day))
            elif fact.expected_on != day:
                taken = {one.ordinal for one in told if one.laid_on == fact.expected_on}
                laid = [
                    due.ordinal for due in due_visits(rules, place, starts_on) if due.on == fact.expected_on
                ]
                ordinal = next((one for one in laid if one not in taken), None)
                if ordinal is not None:
                    told.append(Planned(name, fact.expected_on, ordinal, day))
    return told


def may_be_met_until(target: TargetRules, expected_on: date, week: int) -> date:
    """The last day on which somebody may meet a visit that was missed, wherever it had moved from."""
    moved = DAYS_A_WEEK - 1 if can_move(target, week) else 0
    return expected_on + timedelta(days=moved + grace_days(target, week))


def settled_before(rules: Rules, starts_on: date, fact: Fact, plans: Plans = ()) -> date:
    """The last day whose visits are met or missed as they are, whether a fact stands or not."""
    week = starts_on + timedelta(weeks=fact.week - 1)
    dues = due_visits(rules, fact.target, starts_on, plans=plans)
    reached = (due.laid_on for due in dues if due.laid_on < week and due.last_day >= fact.day)
    return min(reached, default=week) - timedelta(days=1)


def look(
    rules: Rules,
    starts_on: date,
    last_day: date | None,
    facts: Sequence[Fact],
    closed: Closed,
    through: date | None,
    now: datetime,
    zone: tzinfo,
    plans: Plans = (),
) -> Look:
    """Find who is missing by now among the visits after the program's own day `through`.

    `facts` are those that stand. Where the next deadline lies is found without regard to closures: one that
    is taken back again leaves nothing behind.
    """
    missing: list[DueVisit] = []
    passed: set[date] = set()
    waiting: list[tuple[date, datetime]] = []
    for place in range(len(rules.targets)):
        ahead: set[tuple[date, int]] = set()
        for due in due_visits(rules, place, starts_on, last_day, plans=plans):
            deadline = None if through is not None and due.laid_on <= through else due.deadline(zone)
            if deadline is None:
                continue
            if deadline <= now:
                passed.add(due.laid_on)
                ahead.add((due.laid_on, due.ordinal))
            else:
                waiting.append((due.laid_on, deadline))
        if ahead:
            expected = due_visits(rules, place, starts_on, last_day, closed, plans)
            came = met(expected, (fact for fact in facts if fact.target == place), starts_on)
            missing += [due for due in expected if (due.laid_on, due.ordinal) in ahead and due not in came]
    first_waiting = min((day for day, _ in waiting), default=None)
    settled = [day for day in passed if first_waiting is None or day < first_waiting]
    return Look(
        tuple(sorted(missing, key=lambda due: (due.on, due.target, due.ordinal))),
        max(settled, default=through),
        min((deadline for _, deadline in waiting), default=None),
    )


def next_deadline(rules: Rules, starts_on: date, last_day: date | None, zone: tzinfo) -> datetime | None:
    """When the first visit of an enrollment may count as missed (UTC); None where none ever does."""
    deadlines = (
        due.deadline(zone)
        for place in range(len(rules.targets))
        for due in due_visits(rules, place, starts_on, last_day)
    )
    return min((deadline for deadline in deadlines if deadline is not None), default=None)


def is_missing(
    rules: Rules,
    starts_on: date,
    last_day: date | None,
    closed: Closed,
    facts: Iterable[Fact],
    due: DueVisit,
    plans: Plans = (),
) -> bool:
    """Whether a visit is still expected and nothing meets it."""
    expected = due_visits(rules, due.target, starts_on, last_day, closed, plans)
    came = met(expected, (fact for fact in facts if fact.target == due.target), starts_on)
    return due in expected and due not in came
