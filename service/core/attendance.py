"""Who came: the expected visits of an enrollment between two days, each with what became of it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from schemas.program import Behavior
from schemas.visits import VisitStatus
from service.core.compiled import Rules
from service.core.expected import MISSED, Closed, DueVisit, due_visits, is_closed, met
from service.core.state import Fact

AWAY: Final = frozenset({"excused", "rescheduled"})
"""Outcomes that somebody recorded who was not there and is not missed either."""


class Attended(Struct, frozen=True):
    """One visit: when it was due, or None where somebody came without being expected that day.

    `fact` is the one that meets it, or that says that it was missed.
    """

    target: int
    day: date
    due_on: date | None
    status: VisitStatus
    fact: Fact | None


# long: each argument is a different thing that is known of the enrollment
def attendance(
    rules: Rules,
    starts_on: date,
    last_day: date | None,
    closed: Closed,
    facts: Sequence[Fact],
    since: date,
    until: date,
) -> list[Attended]:
    """The visits of an enrollment from `since` to `until`, in the order of their days and of the targets.

    `facts` are all that stand, for who came on another day may have met a visit of these days.
    """
    found: list[Attended] = []
    for place, target in enumerate(rules.program.targets):
        own = [fact for fact in facts if fact.target == place]
        dues = due_visits(rules, place, starts_on, last_day)
        came = met((due for due in dues if not is_closed(due.on, closed)), own, starts_on)
        shown = [due for due in dues if since <= due.on <= until]
        missed = _missed(shown, came, own)
        for due in shown:
            fact = came.get(due) or missed.get(due)
            status = _status(target.behavior, fact, closed=is_closed(due.on, closed))
            found.append(Attended(place, due.on, due.on, status, fact))
        on_their_day = {fact.no for due, fact in came.items() if fact.day == due.on}
        found += (
            Attended(place, fact.day, None, "came", fact)
            for fact in _others(own, on_their_day)
            if since <= fact.day <= until and _status(target.behavior, fact, closed=False) == "came"
        )
    found.sort(key=lambda one: one.day)
    return found


def _missed(
    dues: Iterable[DueVisit], came: dict[DueVisit, Fact], facts: Iterable[Fact]
) -> dict[DueVisit, Fact]:
    """The fact that says that a visit was missed, for each unmet one that has such a fact."""
    on_day: dict[date, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: fact.no):
        if fact.expected_on is not None:
            on_day.setdefault(fact.expected_on, []).append(fact)
    # The first of a day are those that were met after all, so the last unmet visit has the last fact.
    unmet = [due for due in dues if due not in came]
    return {due: on_day[due.on].pop() for due in reversed(unmet) if on_day.get(due.on)}


def _others(facts: Iterable[Fact], on_their_day: set[int]) -> Iterator[Fact]:
    for fact in facts:
        if fact.expected_on is None and fact.no not in on_their_day:
            yield fact


def _status(behavior: Behavior, fact: Fact | None, *, closed: bool) -> VisitStatus:
    if closed:
        return "closed"
    if fact is None:
        return "expected"
    if fact.outcome in AWAY:
        return "excused"
    return "missed" if fact.outcome == MISSED[behavior] else "came"
