"""Who came: the expected visits of an enrollment between two days, each with what became of it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from schemas.program import Behavior
from schemas.visits import VisitStatus
from service.core.calendar import program_week
from service.core.compiled import Rules
from service.core.expected import AWAY, MISSED, attended
from service.core.expected_days import Closed, DueVisit, Plans, due_within, is_closed, is_laid_on
from service.core.laid_days import grace_days_most
from service.core.phases import DAYS_A_WEEK
from service.core.state import Fact


class Attended(Struct, frozen=True):
    """One visit: when it was due, or None where somebody came without being expected.

    `day` is where it is listed: its due day, or the day on which it was met where only that one is asked for.
    `fact` is the one that meets it, or that says that it was missed.
    """

    target: int
    day: date
    due_on: date | None
    status: VisitStatus
    fact: Fact | None


def attendance(
    rules: Rules,
    starts_on: date,
    last_day: date | None,
    closed: Closed,
    facts: Sequence[Fact],
    since: date,
    until: date,
    plans: Plans = (),
) -> list[Attended]:
    """The visits of an enrollment from `since` to `until`, in the order of their days and of the targets.

    `facts` are those that stand, for who came on another day may have met a visit of these days: all of them,
    or those of the days `bearing` names. Whoever came on these days is listed once, with the visit that it
    meets.
    """
    found: list[Attended] = []
    for place, target in enumerate(rules.program.targets):
        own = [fact for fact in facts if fact.target == place]
        planned = [one for one in plans if one.target == target.name]
        first = _first_that_matters(rules, place, starts_on, last_day, closed, own, since, planned)
        if first != starts_on:
            own = [fact for fact in own if (fact.expected_on or fact.day) >= first]
        # Those of the weeks too in which a visit of the last one can be met without being due there.
        weeks_late = -(-grace_days_most(rules, place) // DAYS_A_WEEK)
        weeks = program_week(first, starts_on), program_week(until, starts_on) + weeks_late
        dues = due_within(rules, place, starts_on, weeks, last_day, closed, planned)
        came, unexpected = attended(dues, own, starts_on)
        left_out: dict[DueVisit, VisitStatus] = {}
        if closed or planned:
            left_out = _left_out(rules, place, starts_on, weeks, last_day, planned, dues)
        shown = sorted((*dues, *left_out), key=lambda due: (due.on, due.ordinal)) if left_out else dues
        missed = _missed(shown, came, own)
        for due in shown:
            fact = came.get(due) or missed.get(due)
            status = left_out.get(due) or _status(target.behavior, fact)
            if since <= due.on <= until:
                found.append(Attended(place, due.on, due.on, status, fact))
            elif fact is not None and status == "came" and since <= fact.day <= until:
                found.append(Attended(place, fact.day, due.on, status, fact))
        found += (
            Attended(place, fact.day, None, "came", fact)
            for fact in unexpected
            if since <= fact.day <= until and _status(target.behavior, fact) == "came"
        )
    found.sort(key=lambda one: one.day)
    return found


def _left_out(
    rules: Rules,
    place: int,
    starts_on: date,
    weeks: tuple[int, int],
    last_day: date | None,
    plans: Plans,
    dues: Iterable[DueVisit],
) -> dict[DueVisit, VisitStatus]:
    """The visits of some weeks that nobody is expected at: called off, or on a closed day."""
    there = {_key(due) for due in dues}
    off = {(one.laid_on, one.ordinal) for one in plans if one.on is None}
    laid = due_within(rules, place, starts_on, weeks, last_day, (), [one for one in plans if one.drawn])
    called_off = [due for due in laid if _key(due) in off]
    planned = due_within(rules, place, starts_on, weeks, last_day, (), plans)
    found: dict[DueVisit, VisitStatus] = dict.fromkeys(called_off, "canceled")
    for due in planned:
        if _key(due) not in there:
            found[due] = "closed"
    return found


def bearing(rules: Iterable[Rules], since: date, until: date) -> tuple[date, date]:
    """The first and last day of the facts by which `attendance` says what became of some days' visits.

    Facts of earlier days matter where `reaches_back` says so, and none of later ones.
    """
    grace = max(
        (grace_days_most(one, place) for one in rules for place in range(len(one.targets))), default=0
    )
    back = DAYS_A_WEEK - 1 + (DAYS_A_WEEK if grace else 0)
    return since - timedelta(days=back), until + timedelta(days=grace + DAYS_A_WEEK)


def reaches_back(
    rules: Rules,
    starts_on: date,
    last_day: date | None,
    closed: Closed,
    facts: Sequence[Fact],
    since: date,
    known_from: date,
    plans: Plans = (),
) -> bool:
    """Whether `attendance` from `since` on needs facts before `known_from`, given those from it on."""
    return any(
        _first_that_matters(
            rules,
            place,
            starts_on,
            last_day,
            closed,
            [fact for fact in facts if fact.target == place],
            since,
            [one for one in plans if one.target == rules.targets[place].target.name],
        )
        < max(known_from, starts_on)
        for place in range(len(rules.targets))
    )


def _first_that_matters(
    rules: Rules,
    place: int,
    starts_on: date,
    last_day: date | None,
    closed: Closed,
    facts: Sequence[Fact],
    since: date,
    plans: Plans,
) -> date:
    """The first day of the latest week up to `since` on which nothing before it has a bearing.

    A visit is met in its own week, or later within its grace. So what comes before a week matters to it
    only where somebody came on the first days of it, as many as the longest grace has, without being due
    there. Where visits of the target are planned otherwise, all of it does; a day that was drawn is met on
    that day alone.
    """
    if not all(one.drawn for one in plans):
        return starts_on
    grace_days = grace_days_most(rules, place)
    first = starts_on + timedelta(weeks=max((since - starts_on).days, 0) // DAYS_A_WEEK)
    if not grace_days:
        return first
    came = {fact.day for fact in facts if fact.expected_on is None}
    while first > starts_on:
        days = (first + timedelta(days=day) for day in range(grace_days))
        if not any(
            day in came
            and (
                not is_laid_on(rules, place, starts_on, day)
                or is_closed(day, closed)
                or (last_day is not None and day > last_day)
            )
            for day in days
        ):
            break
        first -= timedelta(weeks=1)
    return first


def _missed(
    dues: Iterable[DueVisit], came: dict[DueVisit, Fact], facts: Iterable[Fact]
) -> dict[DueVisit, Fact]:
    """The fact that says that a visit was missed, for each unmet one that has such a fact."""
    on_day: dict[date, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: fact.no):
        if fact.expected_on is not None:
            on_day.setdefault(fact.expected_on, []).append(fact)
    # The first of a day are those that were met after all, so the last unmet visit has the last fact. One
    # that a later closure moved was missed on its own day.
    found: dict[DueVisit, Fact] = {}
    for due in reversed([due for due in dues if due not in came]):
        said = on_day.get(due.on) or on_day.get(due.laid_on)
        if said:
            found[due] = said.pop()
    return found


def _key(due: DueVisit) -> tuple[date, int]:
    """The program's own day and number of a visit, whatever is planned."""
    return due.laid_on, due.ordinal


def _status(behavior: Behavior, fact: Fact | None) -> VisitStatus:
    if fact is None:
        return "expected"
    if fact.outcome in AWAY:
        return "excused"
    return "missed" if fact.outcome == MISSED[behavior] else "came"
