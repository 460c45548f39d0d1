"""The missed visits of one enrollment against its program: each is due, on record once, and none left out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta, tzinfo

from service.core.actors import SYSTEM
from service.core.books import EnrollmentBooks, EventRow, VisitCheckRow, Wrong
from service.core.calendar import day_end
from service.core.compiled import Rules
from service.core.corrections import PastFact
from service.core.expected import (
    MISSED,
    MISSED_REFERENCE,
    DueVisit,
    due_visits,
    is_closed,
    met,
    reference_of,
)
from service.core.state import Fact


def of_visits(books: EnrollmentBooks, past: Sequence[PastFact], zone: tzinfo) -> Iterator[Wrong]:
    """Each event of the service's own that is no missed visit, and each missed visit that has no event.

    `past` are all facts as they were recorded: who came and was withdrawn later had come when it mattered.
    After a move to another version the visits of both count, so only the events are looked at.
    """
    if books.rules is None:
        return
    versions = {books.version, *(move.from_version for move in books.moves)} & books.rules_of.keys()
    known = {
        reference_of(books.id, rules, due): (rules, due)
        for rules in (books.rules_of[version] for version in sorted(versions))
        for due in _dues(books, rules)
        if due.grace_h is not None
    }
    for event in books.events:
        yield from _of_event(books, event, known, zone)
    ids = {"enrollment_id": str(books.id)}
    dues = _dues(books, books.rules)
    if books.check is None:
        if any(due.grace_h is not None for due in dues):
            yield Wrong("visit_checks", ids, "a row, for its visits may be missed", "none")
    elif not books.moves:
        yield from _of_check(ids, books.check, dues, zone)
        yield from _left_out(ids, books, books.check, dues, [one.fact for one in past])


def _dues(books: EnrollmentBooks, rules: Rules) -> list[DueVisit]:
    places = range(len(rules.targets))
    return [due for place in places for due in due_visits(rules, place, books.starts_on, books.closed_on)]


def _of_event(
    books: EnrollmentBooks, event: EventRow, known: dict[str, tuple[Rules, DueVisit]], zone: tzinfo
) -> Iterator[Wrong]:
    ids = {"event_id": str(event.id), "enrollment_id": str(books.id)}
    reference = event.reference or ""
    if event.expected_on is None:
        if event.by == SYSTEM or reference.startswith(MISSED_REFERENCE):
            yield Wrong("events", ids, "an expected_on, for the service recorded it", "none")
        return
    rules, due = known.get(reference, (books.rules, None))
    found = _words(event.target, event.outcome, event.expected_on, str(event.at), str(event.by))
    if due is None or rules is None:
        yield Wrong("events", ids, "a due visit of its program in its reference", f"{reference}: {found}")
        return
    target = rules.program.targets[due.target]
    at = day_end(due.on, zone) - timedelta(seconds=1)
    expected = _words(target.name, MISSED[target.behavior], due.on, str(at), str(SYSTEM))
    if found != expected:
        yield Wrong("events", ids, expected, found)


def _of_check(
    ids: dict[str, str], check: VisitCheckRow, dues: Sequence[DueVisit], zone: tzinfo
) -> Iterator[Wrong]:
    """How far an enrollment is settled: no further than its deadlines, and looked at again at the next."""
    ahead = [
        (due.on, deadline)
        for due in dues
        if (deadline := due.deadline(zone)) is not None and deadline > check.checked_at
    ]
    first = min((day for day, _ in ahead), default=None)
    if check.through is not None and first is not None and check.through >= first:
        yield Wrong("visit_checks", ids, f"through a day before {first}", f"through {check.through}")
    soonest = min((deadline for _, deadline in ahead), default=None)
    if soonest is not None and (check.next_at is None or check.next_at > soonest):
        yield Wrong("visit_checks", ids, f"next_at = {soonest}, or earlier", f"next_at = {check.next_at}")


def _left_out(
    ids: dict[str, str],
    books: EnrollmentBooks,
    check: VisitCheckRow,
    dues: Sequence[DueVisit],
    facts: Sequence[Fact],
) -> Iterator[Wrong]:
    """Settled visits that nothing meets and nothing says were missed."""
    on_record = Counter((fact.target, fact.expected_on) for fact in facts if fact.expected_on is not None)
    unmet: Counter[tuple[int, date]] = Counter()
    for place in {due.target for due in dues}:
        expected = [due for due in dues if due.target == place and not is_closed(due.on, books.closed)]
        came = met(expected, (fact for fact in facts if fact.target == place), books.starts_on)
        unmet.update(
            (place, due.on)
            for due in expected
            if due not in came
            and due.grace_h is not None
            and check.through is not None
            and due.on <= check.through
        )
    for (place, day), number in sorted(unmet.items(), key=str):
        if on_record[place, day] < number:
            found = f"{on_record[place, day]}"
            yield Wrong("events", ids, f"{number} missed visit(s) of target {place} on {day}", found)


def _words(target: str, outcome: str, day: date, at: str, by: str) -> str:
    return f"{target} {outcome}, expected on {day}, at {at}, by {by}"
