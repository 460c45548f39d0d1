"""The missed visits of one enrollment against its program: each is due, on record once, and none left out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo

from service.core.actors import SYSTEM
from service.core.calendar import day_end
from service.core.compiled import Rules
from service.core.corrections import PastFact
from service.core.expected import MISSED, MISSED_REFERENCE, met, reference_of
from service.core.expected_days import DueVisit, due_visits, is_closed
from service.core.laid_days import can_move
from service.core.state import Fact
from service.core.verify.books import EnrollmentBooks, EventRow, Mismatch, VisitCheckRow


def of_visits(
    books: EnrollmentBooks, past: Sequence[PastFact], facts: Sequence[Fact], zone: tzinfo
) -> Iterator[Mismatch]:
    """Each event of the service's own that is no missed visit, and each missed visit that has no event.

    `past` are all facts as they were recorded, and `facts` those that stand: whose entry was withdrawn did
    not come, and a missed visit that was withdrawn is on record.
    After a move to another version the visits of both count, so only the events are looked at.
    """
    if books.rules is None:
        return
    drawn = [one for one in books.plans if one.drawn]
    versions = {books.version, *(move.from_version for move in books.moves)} & books.rules_of.keys()
    known = {
        reference_of(books.id, rules, due): (rules, due)
        for rules in (books.rules_of[version] for version in sorted(versions))
        for place in range(len(rules.targets))
        for due in due_visits(rules, place, books.starts_on, plans=drawn)
        if due.grace_h is not None
    }
    for event in books.events:
        yield from _of_event(books, event, known, zone)
    ids = {"enrollment_id": str(books.id)}
    dues = _dues(books, books.rules)
    if books.check is None:
        if any(due.grace_h is not None for due in dues):
            yield Mismatch("visit_checks", ids, "a row, for its visits may be missed", "none")
    elif not books.moves:
        yield from _of_check(ids, books.check, dues, zone)
        on_record = Counter((one.fact.target, one.fact.expected_on) for one in past)
        yield from _left_out(ids, books, books.rules, facts, on_record)


def _dues(books: EnrollmentBooks, rules: Rules) -> list[DueVisit]:
    places = range(len(rules.targets))
    return [
        due
        for place in places
        for due in due_visits(rules, place, books.starts_on, books.closed_on, plans=books.plans)
    ]


def _of_event(
    books: EnrollmentBooks, event: EventRow, known: dict[str, tuple[Rules, DueVisit]], zone: tzinfo
) -> Iterator[Mismatch]:
    ids = {"event_id": str(event.id), "enrollment_id": str(books.id)}
    reference = event.reference or ""
    if event.expected_on is None:
        if event.by == SYSTEM or reference.startswith(MISSED_REFERENCE):
            yield Mismatch("events", ids, "an expected_on, for the service recorded it", "none")
        return
    rules, due = known.get(reference, (books.rules, None))
    found = _words(event.target, event.outcome, event.expected_on, str(event.at), str(event.by))
    if due is None or rules is None:
        yield Mismatch("events", ids, "a due visit of its program in its reference", f"{reference}: {found}")
        return
    target = rules.program.targets[due.target]
    on = event.expected_on if _had_moved(books, rules, due, event.expected_on) else due.on
    # A visit that somebody had moved is missed on the day that it was moved to, and named by its own.
    moved_to = books.planned.get((target.name, due.on, due.ordinal), frozenset())
    ends = {day_end(day, zone) - timedelta(seconds=1) for day in (on, *moved_to)}
    at = event.at if event.at in ends else day_end(on, zone) - timedelta(seconds=1)
    expected = _words(target.name, MISSED[target.behavior], on, str(at), str(SYSTEM))
    if found != expected:
        yield Mismatch("events", ids, expected, found)


def _had_moved(books: EnrollmentBooks, rules: Rules, due: DueVisit, on: date) -> bool:
    """Whether a visit may have been expected on an earlier day, for its own was closed."""
    first = books.starts_on + timedelta(weeks=due.week - 1)
    moves = can_move(rules.targets[due.target], due.week) and is_closed(due.on, books.closed)
    return moves and first <= on < due.on


def _of_check(
    ids: dict[str, str], check: VisitCheckRow, dues: Sequence[DueVisit], zone: tzinfo
) -> Iterator[Mismatch]:
    """How far an enrollment is settled: no further than its deadlines, and looked at again at the next."""
    ahead = [
        (due.laid_on, deadline)
        for due in dues
        if (deadline := due.deadline(zone)) is not None and deadline > check.checked_at
    ]
    first = min((day for day, _ in ahead), default=None)
    if check.through is not None and first is not None and check.through >= first:
        yield Mismatch("visit_checks", ids, f"through a day before {first}", f"through {check.through}")
    soonest = min((deadline for _, deadline in ahead), default=None)
    if soonest is not None and (check.next_at is None or check.next_at > soonest):
        yield Mismatch("visit_checks", ids, f"next_at = {soonest}, or earlier", f"next_at = {check.next_at}")


def _left_out(
    ids: dict[str, str],
    books: EnrollmentBooks,
    rules: Rules,
    facts: Sequence[Fact],
    on_record: Mapping[tuple[int, date | None], int],
) -> Iterator[Mismatch]:
    """Settled visits that nothing meets and nothing says were missed; those that a closure moved are let be.

    The closure may have been entered after the visit's own day was settled.
    """
    unmet: Counter[tuple[int, date]] = Counter()
    through = None if books.check is None else books.check.through
    for place in range(len(rules.targets)):
        expected = due_visits(rules, place, books.starts_on, books.closed_on, books.closed, books.plans)
        came = met(expected, (fact for fact in facts if fact.target == place), books.starts_on)
        unmet.update(
            (place, due.expected_on)
            for due in expected
            if due not in came
            and (due.moved_from is None or due.planned)
            and due.grace_h is not None
            and through is not None
            and due.laid_on <= through
        )
    for (place, day), number in sorted(unmet.items(), key=str):
        if on_record[place, day] < number:
            found = f"{on_record[place, day]}"
            yield Mismatch("events", ids, f"{number} missed visit(s) of target {place} on {day}", found)


def _words(target: str, outcome: str, day: date, at: str, by: str) -> str:
    return f"{target} {outcome}, expected on {day}, at {at}, by {by}"
