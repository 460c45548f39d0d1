"""Which visits are expected, who meets them, and who is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.program import Flat, Ladder, OnFailure, Phase, Program, Target, Visits, Weekday
from service.core.attendance import attendance
from service.core.compiled import Rules, compile_rules
from service.core.expected import Closed, DueVisit, due_visits, look, met, next_deadline
from service.core.rules import fact_of
from service.core.state import Fact

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
MONDAY = date(2026, 3, 2)
THURSDAY = date(2026, 3, 5)
WEEKDAYS = Visits(weekdays=("mon", "wed", "fri"), missed_after_hours=24)

OUTCOMES = st.sampled_from(["negative", "negative", "positive", "excused"])

bounded = settings(max_examples=150, derandomize=True, database=None, deadline=None)


def rules_of(visits: Visits | None, *phases: Phase, weeks: int = 2) -> Rules:
    """Make a program of one target with a ladder that a miss resets."""
    whole = Phase((1, weeks), Ladder(100, 100), OnFailure(reset=True))
    target = Target("test", "test", phases or (whole,), visits=visits)
    return compile_rules(Program("drawn", "Drawn", "usd", weeks, (target,)))


def days(rules: Rules, last_day: date | None = None, closed: Closed = ()) -> list[int]:
    """List the due days as days after the start."""
    return [(due.on - MONDAY).days for due in due_visits(rules, 0, MONDAY, last_day, closed)]


def fact(rules: Rules, no: int, day: int, outcome: str = "negative", missed: int | None = None) -> Fact:
    """Make a fact at noon, so many days after the start; `missed` makes it one of the service's own."""
    at = datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=day)
    expected_on = None
    if missed is not None:
        at, expected_on = at.replace(hour=23, minute=59, second=59), MONDAY + timedelta(days=missed)
    return fact_of(rules, no, "test", outcome, at, at.date(), MONDAY, expected_on)


def miss(rules: Rules, no: int, day: int) -> Fact:
    """Make the fact that says that nobody came on a day."""
    return fact(rules, no, day, "missed", missed=day)


def test_each_named_weekday_of_a_program_week_is_due() -> None:
    """Weeks are the program's own: from a Thursday on, the first due day is Friday."""
    assert days(rules_of(WEEKDAYS)) == [0, 2, 4, 7, 9, 11]
    assert [due.on.isoformat() for due in due_visits(rules_of(WEEKDAYS), 0, THURSDAY)] == [
        "2026-03-06", "2026-03-09", "2026-03-11", "2026-03-13", "2026-03-16", "2026-03-18",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("visits", "due"),
    [
        (Visits(per_week=1), [6]),
        (Visits(per_week=3), [4, 5, 6]),
        (Visits(per_week=2, min_days_between=3), [3, 6]),
        (Visits(per_week=3, min_days_between=3), [0, 3, 6]),
        (Visits(per_week=3, min_days_between=5), [0, 1, 6]),
        (Visits(per_week=7), [0, 1, 2, 3, 4, 5, 6]),
        (Visits(per_week=9), [0, 1, 2, 3, 3, 4, 5, 6, 6]),
        (Visits(per_week=14), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]),
        (Visits(), []),
    ],
)
def test_a_number_of_visits_ends_on_the_week_s_last_day(visits: Visits, due: list[int]) -> None:
    """They keep their distance, never begin before the week, and more than seven share its days."""
    assert days(rules_of(visits, weeks=1)) == due


def test_visits_of_one_day_are_told_apart() -> None:
    """Each has a number of its own within its day."""
    dues = due_visits(rules_of(Visits(per_week=21), weeks=1), 0, MONDAY)
    assert [(due.on - MONDAY).days for due in dues] == [day for day in range(7) for _ in range(3)]
    assert [due.ordinal for due in dues] == [1, 2, 3] * 7


def test_a_phase_s_own_visits_go_before_the_target_s_and_a_gap_expects_nobody() -> None:
    """Week 1 is the target's, week 2 is covered by nothing, week 3 has its own."""
    phases = (Phase((1, 1), Flat(1)), Phase((3, 3), Flat(1), visits=Visits(per_week=1)))
    assert days(rules_of(WEEKDAYS, *phases, weeks=3)) == [0, 2, 4, 20]


def test_nobody_is_expected_after_the_last_day_or_on_a_closed_one() -> None:
    """The ends of a closure are closed too."""
    rules = rules_of(WEEKDAYS)
    assert days(rules, last_day=MONDAY + timedelta(days=9)) == [0, 2, 4, 7, 9]
    closed = [(MONDAY + timedelta(days=2), MONDAY + timedelta(days=4))]
    assert days(rules, closed=closed) == [0, 7, 9, 11]


def met_days(rules: Rules, *facts: Fact) -> dict[int, int]:
    """Tell which fact meets the visit of which day."""
    found = met(due_visits(rules, 0, MONDAY), facts, MONDAY)
    return {(due.on - MONDAY).days: one.no for due, one in found.items()}


def test_who_came_on_tuesday_instead_of_monday_is_not_missing() -> None:
    """A fact of the very day goes first; what is left meets the earliest visit whose grace it is in."""
    rules = rules_of(WEEKDAYS)
    assert met_days(rules, fact(rules, 1, 1)) == {0: 1}
    assert met_days(rules, fact(rules, 1, 1), fact(rules, 2, 2)) == {0: 1, 2: 2}
    # Wednesday's own goes to Wednesday, and nothing is left for Monday.
    assert met_days(rules, fact(rules, 1, 2)) == {2: 1}
    # Who came twice that day has met Friday's too.
    assert met_days(rules, fact(rules, 1, 2), fact(rules, 2, 2)) == {2: 1, 4: 2}
    # Friday's grace reaches into Saturday, and not beyond; nobody comes early from the week before.
    assert met_days(rules, fact(rules, 1, 5)) == {4: 1}
    assert met_days(rules, fact(rules, 1, 6)) == {}


def test_any_outcome_meets_a_visit_and_what_the_service_recorded_meets_none() -> None:
    """Somebody who came and was positive is not missing; a missed visit does not meet itself."""
    rules = rules_of(WEEKDAYS)
    assert met_days(rules, fact(rules, 1, 0, "positive"), fact(rules, 2, 2, "excused")) == {0: 1, 2: 2}
    assert met_days(rules, miss(rules, 1, 0)) == {}


@st.composite
def comings(draw: st.DrawFn) -> tuple[Rules, list[Fact]]:
    """Draw a program's visits and the days on which somebody came."""
    hours = draw(st.sampled_from([0, 24, 49, 24 * 9]))
    named: list[Weekday] = ["mon", "tue", "thu", "sat"]
    week = st.sets(st.sampled_from(named), min_size=1)
    visits = draw(
        st.one_of(
            week.map(lambda chosen: Visits(weekdays=tuple(chosen), missed_after_hours=hours)),
            st.builds(
                Visits, per_week=st.integers(1, 9), min_days_between=st.integers(0, 3),
                missed_after_hours=st.just(hours),
            ),
        )
    )  # fmt: skip
    rules = rules_of(visits, weeks=3)
    came = draw(st.lists(st.integers(0, 23), max_size=12))
    return rules, [fact(rules, no, day) for no, day in enumerate(came, start=1)]


@bounded
@given(comings())
def test_one_more_visit_leaves_none_unmet_that_was_met(drawn: tuple[Rules, list[Fact]]) -> None:
    """So what was not missed yesterday is not missed today, whatever is recorded late."""
    rules, facts = drawn
    dues = due_visits(rules, 0, MONDAY)
    for number in range(len(facts)):
        assert set(met(dues, facts[:number], MONDAY)) <= set(met(dues, facts[: number + 1], MONDAY))


@bounded
@given(comings(), st.integers(0, 20))
def test_fewer_expected_days_leave_no_other_unmet(drawn: tuple[Rules, list[Fact]], day: int) -> None:
    """A closure takes visits away, and whoever met one of them may meet another."""
    rules, facts = drawn
    closed = [(MONDAY + timedelta(days=day), MONDAY + timedelta(days=day + 2))]
    fewer = due_visits(rules, 0, MONDAY, closed=closed)
    whole = met(due_visits(rules, 0, MONDAY), facts, MONDAY)
    assert {due for due in whole if due in fewer} <= set(met(fewer, facts, MONDAY))


@bounded
@given(comings())
def test_each_fact_meets_one_visit_in_its_time(drawn: tuple[Rules, list[Fact]]) -> None:
    """No fact is used twice, and none lies outside its visit's week and grace."""
    rules, facts = drawn
    found = met(due_visits(rules, 0, MONDAY), facts, MONDAY)
    assert len({one.no for one in found.values()}) == len(found)
    for due, one in found.items():
        assert MONDAY + timedelta(weeks=due.week - 1) <= one.day <= due.last_day
        exact = [other for other in facts if other.day == due.on]
        assert one.day == due.on or len(exact) < due.ordinal


def looked(rules: Rules, now: datetime, *facts: Fact, through: date | None = None) -> list[DueVisit]:
    """List who is missing at a moment."""
    return [*look(rules, MONDAY, None, facts, (), through, now, LOS_ANGELES).missing]


def test_a_visit_is_missing_once_the_hours_after_its_local_day_are_over() -> None:
    """Monday's ends at midnight in Los Angeles, and 24 hours later it is missing: not a second earlier."""
    rules = rules_of(WEEKDAYS)
    deadline = datetime(2026, 3, 4, 8, tzinfo=UTC)
    assert next_deadline(rules, MONDAY, None, LOS_ANGELES) == deadline
    assert looked(rules, deadline - timedelta(seconds=1)) == []
    assert [due.on for due in looked(rules, deadline)] == [MONDAY]
    assert looked(rules, deadline, fact(rules, 1, 1)) == []
    assert looked(rules, deadline, through=MONDAY) == []


def test_a_deadline_keeps_to_the_clinic_s_clock_when_it_changes() -> None:
    """On Sunday, March 8, Los Angeles goes to summer time: that day has 23 hours, and ends at 7:00 UTC."""
    rules = rules_of(Visits(per_week=1, missed_after_hours=24), weeks=1)
    assert next_deadline(rules, MONDAY, None, LOS_ANGELES) == datetime(2026, 3, 10, 7, tzinfo=UTC)


def test_nothing_is_missing_where_the_program_gives_no_grace() -> None:
    """Without `missed_after_hours` a visit is expected, and nobody is called missing."""
    rules = rules_of(Visits(per_week=1))
    late = datetime(2027, 1, 1, tzinfo=UTC)
    assert next_deadline(rules, MONDAY, None, LOS_ANGELES) is None
    assert look(rules, MONDAY, None, (), (), None, late, LOS_ANGELES).missing == ()


def test_a_look_says_how_far_everything_is_settled_and_when_to_look_again() -> None:
    """Through Wednesday all is over; Friday's visit is the next to wait for, and the last."""
    rules = rules_of(WEEKDAYS, weeks=1)
    found = look(rules, MONDAY, None, (), (), None, datetime(2026, 3, 6, 9, tzinfo=UTC), LOS_ANGELES)
    assert (found.through, found.next_at) == (date(2026, 3, 4), datetime(2026, 3, 8, 8, tzinfo=UTC))
    found = look(rules, MONDAY, None, (), (), found.through, datetime(2026, 4, 1, tzinfo=UTC), LOS_ANGELES)
    assert [due.on for due in found.missing] == [date(2026, 3, 6)]
    assert (found.through, found.next_at) == (date(2026, 3, 6), None)


def test_a_clock_that_goes_back_takes_nothing_back() -> None:
    """What was settled stays so, and nothing new is found."""
    rules = rules_of(WEEKDAYS)
    found = look(rules, MONDAY, None, (), (), date(2026, 3, 4), datetime(2026, 3, 3, tzinfo=UTC), LOS_ANGELES)
    assert (found.missing, found.through) == ((), date(2026, 3, 4))


def test_the_attendance_says_of_each_visit_what_became_of_it() -> None:
    """Came, came instead, missed, excused, closed, still expected, and somebody who was not expected."""
    rules = rules_of(WEEKDAYS)
    facts = [
        fact(rules, 1, 0),
        miss(rules, 2, 2),
        fact(rules, 3, 5),
        fact(rules, 4, 6),
        fact(rules, 5, 9, "excused"),
    ]
    closed = [(MONDAY + timedelta(days=7), MONDAY + timedelta(days=7))]
    found = attendance(rules, MONDAY, None, closed, facts, MONDAY, MONDAY + timedelta(days=13))
    assert [(one.day.day, one.due_on is not None, one.status, one.fact and one.fact.no) for one in found] == [
        (2, True, "came", 1),
        (4, True, "missed", 2),
        (6, True, "came", 3),
        (7, False, "came", 3),
        (8, False, "came", 4),
        (9, True, "closed", None),
        (11, True, "excused", 5),
        (13, True, "expected", None),
    ]
