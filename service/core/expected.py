"""The expected visits: which days a program asks somebody to come on, who came, and who is missing.

Weeks are program weeks of seven days from the start day. A visit is met by a fact that a person recorded,
whatever its outcome: first by one of the very day; else, in the order of the due days, by the earliest one
left between the first day of its week and the last day of its grace. So whoever came on Tuesday instead of
Monday is not missing. More facts never leave a visit unmet that was met with fewer.

The fold looks at the program alone. Closures decide what the service records as missed, and one that is
entered later excuses by corrections, which are facts like any other.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final, get_args

from msgspec import Struct

from schemas.ids import Id
from schemas.program import Behavior, Visits, Weekday
from service.core.calendar import day_end
from service.core.compiled import Rules, TargetRules
from service.core.state import Fact

DAYS_A_WEEK = 7
REMEMBERED_MAX = 1024
"""For how many targets and start days the due visits are remembered."""

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

_WEEKDAYS: Final[tuple[str, ...]] = get_args(Weekday)

Closed = Sequence[tuple[date, date]]
"""The first and last days of closures."""


class DueVisit(Struct, frozen=True):
    """One expected visit: the target's place, its day and program week.

    `ordinal`, from 1, tells the visits of one day apart. `grace_h` is the grace in hours after the local
    day's end, or None where a visit never counts as missed by itself.
    """

    target: int
    on: date
    ordinal: int
    week: int
    grace_h: int | None

    @property
    def last_day(self) -> date:
        """The last local day on which a fact meets it."""
        return self.on + timedelta(days=(self.grace_h or 0) // 24)

    def deadline(self, zone: tzinfo) -> datetime | None:
        """When it counts as missed (UTC)."""
        return None if self.grace_h is None else day_end(self.on, zone) + timedelta(hours=self.grace_h)


class Look(Struct, frozen=True):
    """What a look at one enrollment's visits found.

    `missing` are the visits whose deadlines have passed and that nothing meets. Through the due day `through`
    every deadline has passed, and at `next_at` the next one will.
    """

    missing: tuple[DueVisit, ...]
    through: date | None
    next_at: datetime | None


def reference_of(enrollment: Id, rules: Rules, due: DueVisit) -> str:
    """The reference of the event that says that nobody came to a visit: the same, whoever finds it."""
    name = rules.program.targets[due.target].name
    return f"{MISSED_REFERENCE}{enrollment}:{name}:{due.on}:{due.ordinal}"


def visits_in(target: TargetRules, week: int) -> Visits | None:
    """The visits that a target expects in a program week: its phase's own, or else the target's."""
    phase = target.phase(week)
    return None if phase is None else phase.visits or target.target.visits


def grace_days(target: TargetRules, week: int) -> int:
    """How many days after its due day a visit can still be met."""
    visits = visits_in(target, week)
    return 0 if visits is None else (visits.missed_after_hours or 0) // 24


def due_visits(
    rules: Rules, place: int, starts_on: date, last_day: date | None = None, closed: Closed = ()
) -> tuple[DueVisit, ...]:
    """The expected visits of one target in the order of their days, up to the enrollment's last day.

    On a closed day nobody is expected.
    """
    laid = _laid(rules, place, starts_on)
    if last_day is None and not closed:
        return laid
    return tuple(
        due for due in laid if (last_day is None or due.on <= last_day) and not is_closed(due.on, closed)
    )


def is_closed(day: date, closed: Closed) -> bool:
    """Whether a day lies in a closure."""
    return any(first <= day <= last for first, last in closed)


def met(dues: Iterable[DueVisit], facts: Iterable[Fact], starts_on: date) -> dict[DueVisit, Fact]:
    """Which fact of their one target meets each visit; a visit that is not there is met by nothing.

    `dues` are in the order of their days; what the service recorded by itself meets nothing.
    """
    ordered = sorted(
        (fact for fact in facts if fact.expected_on is None), key=lambda fact: (fact.at, fact.no)
    )
    on_day: dict[date, list[Fact]] = {}
    for fact in reversed(ordered):
        on_day.setdefault(fact.day, []).append(fact)
    found: dict[DueVisit, Fact] = {}
    waiting: list[DueVisit] = []
    for due in dues:
        if on_day.get(due.on):
            found[due] = on_day[due.on].pop()
        else:
            waiting.append(due)
    used = {fact.no for fact in found.values()}
    left = [fact for fact in ordered if fact.no not in used]
    days = [fact.day for fact in left]
    for due in waiting:
        place = bisect_left(days, starts_on + timedelta(weeks=due.week - 1))
        if place < len(days) and days[place] <= due.last_day:
            found[due] = left.pop(place)
            days.pop(place)
    return found


def met_after_all(rules: Rules, starts_on: date, facts: Iterable[Fact]) -> frozenset[int]:
    """The facts that say a visit was missed which by now is met: neutral, as if they were not there.

    Where a day has more of them than visits that nobody came to, the first ones are.
    """
    missed: dict[int, dict[date, list[int]]] = {}
    whole = [*facts]
    for fact in whole:
        if fact.expected_on is not None:
            missed.setdefault(fact.target, {}).setdefault(fact.expected_on, []).append(fact.no)
    found: set[int] = set()
    for place, on_day in missed.items():
        dues = due_visits(rules, place, starts_on)
        came = met(dues, (fact for fact in whole if fact.target == place), starts_on)
        unmet = Counter(due.on for due in dues if due not in came)
        for day, numbers in on_day.items():
            found.update(numbers[: max(len(numbers) - unmet[day], 0)])
    return frozenset(found)


# long: each argument is a different thing that is known of the enrollment
def look(
    rules: Rules,
    starts_on: date,
    last_day: date | None,
    facts: Sequence[Fact],
    closed: Closed,
    through: date | None,
    now: datetime,
    zone: tzinfo,
) -> Look:
    """Find who is missing by now among the visits after the due day `through`.

    `facts` are those that stand. Where the next deadline lies is found without regard to closures: one that
    is taken back again leaves nothing behind.
    """
    missing: list[DueVisit] = []
    passed: set[date] = set()
    waiting: list[tuple[date, datetime]] = []
    for place in range(len(rules.targets)):
        ahead: list[DueVisit] = []
        for due in due_visits(rules, place, starts_on, last_day):
            deadline = None if through is not None and due.on <= through else due.deadline(zone)
            if deadline is None:
                continue
            if deadline <= now:
                passed.add(due.on)
                ahead.append(due)
            else:
                waiting.append((due.on, deadline))
        if ahead:
            expected = due_visits(rules, place, starts_on, last_day, closed)
            came = met(expected, (fact for fact in facts if fact.target == place), starts_on)
            there = set(expected)
            missing += [due for due in ahead if due in there and due not in came]
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
    rules: Rules, starts_on: date, last_day: date | None, closed: Closed, facts: Iterable[Fact], due: DueVisit
) -> bool:
    """Whether a visit is still expected and nothing meets it."""
    expected = due_visits(rules, due.target, starts_on, last_day, closed)
    came = met(expected, (fact for fact in facts if fact.target == due.target), starts_on)
    return due in expected and due not in came


@lru_cache(maxsize=REMEMBERED_MAX)
def _laid(rules: Rules, place: int, starts_on: date) -> tuple[DueVisit, ...]:
    target = rules.targets[place]
    found: list[DueVisit] = []
    for week in range(1, rules.program.weeks + 1):
        visits = visits_in(target, week)
        if visits is None:
            continue
        first = starts_on + timedelta(weeks=week - 1)
        ordinals: Counter[int] = Counter()
        for offset in _offsets(visits, first):
            ordinals[offset] += 1
            day = first + timedelta(days=offset)
            found.append(DueVisit(place, day, ordinals[offset], week, visits.missed_after_hours))
    return tuple(found)


def _offsets(visits: Visits, first: date) -> list[int]:
    """The days of a week, counted from 0 on its first day, on which visits are due.

    A number of visits ends on the week's last day, with the distance that the program asks for between them
    and as far back as the week goes; more than seven lie evenly over its days.
    """
    last = DAYS_A_WEEK - 1
    if visits.weekdays:
        named = {_WEEKDAYS.index(day) for day in visits.weekdays}
        return [day for day in range(DAYS_A_WEEK) if (first.weekday() + day) % DAYS_A_WEEK in named]
    count = visits.per_week or 0
    if count > DAYS_A_WEEK:
        return [last - (count - one) * DAYS_A_WEEK // count for one in range(1, count + 1)]
    apart = max(visits.min_days_between, 1)
    return [max(last - (count - one) * apart, 0) for one in range(1, count + 1)]
