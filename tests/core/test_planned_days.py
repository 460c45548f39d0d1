"""Single visits planned otherwise: moved, called off, one more; who meets them, and who is missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.program import Visits
from service.core.attendance import attendance
from service.core.expected import look, met_after_all
from service.core.expected_days import Planned, due_visits, due_within
from service.core.planning import Course, expected_on, may_be_on, may_change, stands_for
from service.core.refusals import Refused
from service.core.rules import fact_of, fold, follows
from tests.core.test_expected import MONDAY, WEEKDAYS, bounded, fact, rules_of

if TYPE_CHECKING:
    from service.core.compiled import Rules
    from service.core.expected_days import Closed, Plans
    from service.core.state import Fact

ZONE = ZoneInfo("America/Los_Angeles")
NUMBER = Visits(per_week=2, min_days_between=2, missed_after_hours=24)


def plan(laid: int | None, on: int | None, ordinal: int = 1) -> Planned:
    """Plan a visit, in days after the start."""
    day = None if on is None else MONDAY + timedelta(days=on)
    return Planned("test", None if laid is None else MONDAY + timedelta(days=laid), ordinal, day)


def days(rules: Rules, plans: Plans, closed: Closed = (), last: int | None = None) -> list[int]:
    """List the days on which visits are due, after the start."""
    last_day = None if last is None else MONDAY + timedelta(days=last)
    return [(due.on - MONDAY).days for due in due_visits(rules, 0, MONDAY, last_day, closed, plans)]


def missing(
    rules: Rules, facts: list[Fact], plans: Plans, until: int, through: int | None = None
) -> list[int]:
    """List the program's own days of who is missing by noon of a day."""
    now = datetime(2026, 3, 2, 12, tzinfo=ZONE) + timedelta(days=until)
    settled = None if through is None else MONDAY + timedelta(days=through)
    found = look(rules, MONDAY, None, facts, (), settled, now, ZONE, plans)
    return [(due.laid_on - MONDAY).days for due in found.missing]


def moved_miss(rules: Rules, no: int, laid: int, on: int) -> Fact:
    """Make the fact that says that nobody came to a visit that had been moved."""
    at = datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC) + timedelta(days=on)
    return fact_of(rules, no, "test", "missed", at, at.date(), MONDAY, MONDAY + timedelta(days=laid))


def test_a_visit_is_moved_called_off_or_one_more() -> None:
    """The others stay where they are; a plan of another target says nothing here."""
    rules = rules_of(WEEKDAYS)
    assert days(rules, [plan(2, 3)]) == [0, 3, 4, 7, 9, 11]
    assert days(rules, [plan(2, None)]) == [0, 4, 7, 9, 11]
    assert days(rules, [plan(None, 3, -1)]) == [0, 2, 3, 4, 7, 9, 11]
    assert days(rules, [plan(None, None, -1), plan(2, 2)]) == [0, 2, 4, 7, 9, 11]
    assert days(rules, [Planned("other", MONDAY, 1, None)]) == [0, 2, 4, 7, 9, 11]


def test_nobody_is_expected_by_a_plan_where_the_clinic_is_closed_or_the_enrollment_over() -> None:
    """A plan goes before what a closure does to the program's own day."""
    rules = rules_of(WEEKDAYS)
    thursday = MONDAY + timedelta(days=3)
    wednesday = MONDAY + timedelta(days=2)
    assert days(rules, [plan(2, 3)], [(thursday, thursday)]) == [0, 4, 7, 9, 11]
    assert days(rules, [plan(2, 3)], [(wednesday, wednesday)]) == [0, 3, 4, 7, 9, 11]
    assert days(rules, [plan(2, 10)], last=9) == [0, 4, 7, 9]
    number = rules_of(NUMBER)
    assert days(number, []) == [4, 6, 11, 13]
    sunday = MONDAY + timedelta(days=6)
    assert days(number, [plan(4, 5)], [(sunday, sunday)]) == [4, 5, 11, 13]


def test_a_visit_that_moved_to_another_week_is_shown_in_both() -> None:
    """The weeks of the program are as they were."""
    rules = rules_of(WEEKDAYS)
    plans = [plan(4, 8)]
    assert [(due.on - MONDAY).days for due in due_within(rules, 0, MONDAY, (1, 1), plans=plans)] == [0, 2, 8]
    assert [(due.on - MONDAY).days for due in due_within(rules, 0, MONDAY, (2, 2), plans=plans)] == [
        7,
        8,
        9,
        11,
    ]


def test_whoever_comes_on_the_new_day_is_not_missing_and_whoever_does_not_is_then() -> None:
    """Not before the grace of the new day is over; what was called off is never missed, nor is one more."""
    rules = rules_of(WEEKDAYS)
    first = fact(rules, 1, 0)
    assert missing(rules, [first], [plan(2, 8)], 5) == []
    assert missing(rules, [first, fact(rules, 2, 4)], [plan(2, 8)], 8) == []
    assert missing(rules, [first, fact(rules, 2, 4), fact(rules, 3, 7)], [plan(2, 8)], 10) == [2]
    came = [first, fact(rules, 2, 4), fact(rules, 3, 7), fact(rules, 4, 8)]
    assert missing(rules, came, [plan(2, 8)], 10) == []
    assert missing(rules, [first], [plan(2, None)], 4) == []
    assert missing(rules, [first], [plan(None, 1, -1)], 4) == [2]


def test_what_lies_before_a_moved_visit_is_settled_only_with_it() -> None:
    """So that it is looked at when its time has come."""
    rules = rules_of(WEEKDAYS)
    now = datetime(2026, 3, 2, 12, tzinfo=ZONE) + timedelta(days=7)
    found = look(rules, MONDAY, None, [fact(rules, 1, 0)], (), None, now, ZONE, [plan(2, 8)])
    assert found.through == MONDAY
    assert found.next_at is not None


def test_a_missed_visit_that_was_moved_is_met_after_all_on_its_new_day() -> None:
    """By its event the fold knows where it had moved; a fact of the program's own day meets it as well."""
    rules = rules_of(WEEKDAYS)
    missed = moved_miss(rules, 2, 2, 8)
    state, told = fold(rules, MONDAY, [fact(rules, 1, 0), missed])
    assert told[2].effect == "failure"
    late = fact(rules, 3, 8)
    assert not follows(state, late)
    assert fold(rules, MONDAY, [fact(rules, 1, 0), missed, late])[1][2].effect == "neutral"
    assert met_after_all(rules, MONDAY, [missed, fact(rules, 3, 2), fact(rules, 4, 4)]) == {2}
    assert met_after_all(rules, MONDAY, [missed, fact(rules, 3, 11)]) == frozenset()


def test_the_list_shows_each_visit_where_it_is() -> None:
    """A moved one on its new day, and one that is called off as such."""
    rules = rules_of(WEEKDAYS)
    plans = [plan(2, 3), plan(4, None)]
    shown = attendance(
        rules, MONDAY, None, (), [fact(rules, 1, 3)], MONDAY, MONDAY + timedelta(days=6), plans
    )
    assert [((one.day - MONDAY).days, one.status) for one in shown] == [
        (0, "expected"),
        (3, "came"),
        (4, "canceled"),
    ]


def course(rules: Rules, today: int, facts: list[Fact] | None = None, plans: Plans = ()) -> Course:
    """An enrollment at noon of a day."""
    now = datetime(2026, 3, 2, 12, tzinfo=ZONE) + timedelta(days=today)
    return Course(rules, MONDAY, None, facts or [], (), plans, now, ZONE)


def day(after: int) -> object:
    """A day after the start."""
    return MONDAY + timedelta(days=after)


def test_what_is_over_stays_as_it_is() -> None:
    """A visit that somebody came to, that was missed, or whose grace is over."""
    rules = rules_of(WEEKDAYS)
    due = due_visits(rules, 0, MONDAY)[0]
    assert may_change(course(rules, 1), due) is None
    assert may_change(course(rules, 2), due) is not None
    assert may_change(course(rules, 0, [fact(rules, 1, 0)]), due) is not None
    assert may_change(course(rules, 0, [fact(rules, 1, 0, "missed", missed=0)]), due) is not None


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (-1, "invalid.visit_outside"),
        (14, "invalid.visit_outside"),
        (0, "invalid.visit_in_past"),
        (4, "invalid.visit_day_taken"),
        (3, None),
    ],
)
def test_a_visit_moves_to_a_free_day_ahead(on: int, reason: str | None) -> None:
    """Of the enrollment, on which the clinic is open and nothing else is due."""
    rules = rules_of(WEEKDAYS)
    one = course(rules, 1)
    found = may_be_on(one, 0, MONDAY + timedelta(days=on), expected_on(one, 0, MONDAY + timedelta(days=2)))
    assert (found.reason if isinstance(found, Refused) else None) == reason


def test_an_appointment_stands_for_a_visit_of_its_day_or_of_its_week() -> None:
    """Of its week only where the program names a number of visits; each stands for one."""
    named, number = course(rules_of(WEEKDAYS), 1), course(rules_of(NUMBER), 1)
    wednesday, thursday = MONDAY + timedelta(days=2), MONDAY + timedelta(days=3)
    found = stands_for(named, 0, wednesday, [])
    assert found is not None
    assert found.laid_on == wednesday
    assert stands_for(named, 0, wednesday, [(wednesday, 1)]) is None
    assert stands_for(named, 0, thursday, []) is None
    nearest = stands_for(number, 0, thursday, [])
    assert nearest is not None
    assert (nearest.laid_on - MONDAY).days == 4
    other = stands_for(number, 0, thursday, [(nearest.laid_on, 1)])
    assert other is not None
    assert (other.laid_on - MONDAY).days == 6


@bounded
@given(st.lists(st.tuples(st.sampled_from([0, 2, 4, 7, 9, 11]), st.none() | st.integers(0, 13)), max_size=4))
def test_plans_never_make_more_missed_visits_than_the_program_lays(
    moves: list[tuple[int, int | None]],
) -> None:
    """Each is missed at most once, whatever is moved where; and none that is called off."""
    rules = rules_of(WEEKDAYS)
    plans = list({laid: plan(laid, on) for laid, on in moves}.values())
    found = missing(rules, [], plans, 40)
    assert len(found) == len(set(found)) <= 6
    off = {laid for laid, on in dict(moves).items() if on is None}
    assert off.isdisjoint(found)
