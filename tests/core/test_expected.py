"""Which visits are expected, who meets them, and who is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.program import Flat, Ladder, OnFailure, Phase, Program, Target, Visits, Weekday
from service.core.compiled import Rules, compile_rules
from service.core.expected import look, met, next_deadline
from service.core.expected_days import Closed, DueVisit, due_visits
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
    whole = Phase(weeks=(1, weeks), earn=Ladder(100, 100), on_failure=OnFailure(reset=True))
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
        "2026-03-06",
        "2026-03-09",
        "2026-03-11",
        "2026-03-13",
        "2026-03-16",
        "2026-03-18",
    ]


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
    phases = (Phase(weeks=(1, 1), earn=Flat(1)), Phase(weeks=(3, 3), earn=Flat(1), visits=Visits(per_week=1)))
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
    # A second result of that day is no second visit.
    assert met_days(rules, fact(rules, 1, 2), fact(rules, 2, 2)) == {2: 1}
    # Friday's grace reaches into Saturday, and not beyond; nobody comes early from the week before.
    assert met_days(rules, fact(rules, 1, 5)) == {4: 1}
    assert met_days(rules, fact(rules, 1, 6)) == {}


def test_any_outcome_meets_a_visit_and_what_the_service_recorded_meets_none() -> None:
    """Somebody who came and was positive is not missing; a missed visit does not meet itself."""
    rules = rules_of(WEEKDAYS)
    assert met_days(rules, fact(rules, 1, 0, "positive"), fact(rules, 2, 2, "excused")) == {0: 1, 2: 2}
    assert met_days(rules, miss(rules, 1, 0)) == {}


def test_a_second_result_of_a_day_is_no_second_visit() -> None:
    """Monday's retest does not stand in for Thursday, and two results of an off-day are one coming."""
    rules = rules_of(Visits(weekdays=("mon", "thu"), missed_after_hours=24))
    retest = [fact(rules, 1, 0, "dilute"), fact(rules, 2, 0)]
    assert met_days(rules, *retest) == {0: 1}
    assert [due.on for due in looked(rules, datetime(2026, 3, 8, tzinfo=UTC), *retest)] == [THURSDAY]
    assert met_days(rules, fact(rules, 1, 1), fact(rules, 2, 1)) == {0: 1}
    assert met_days(rules, fact(rules, 1, 1), fact(rules, 2, 2)) == {0: 1, 3: 2}
    three = rules_of(Visits(per_week=3), weeks=1)
    assert met_days(three, fact(three, 1, 0), fact(three, 2, 0), fact(three, 3, 1)) == {4: 1, 5: 3}
    # Two are due on each day, and a third result is no third visit.
    twice = rules_of(Visits(per_week=14), weeks=1)
    assert met_days(twice, *(fact(twice, no, 0) for no in (1, 2, 3))) == {0: 2}


def test_of_a_day_s_results_one_of_somebody_who_was_there_is_shown() -> None:
    """Whoever was excused in the morning and came after all came."""
    rules = rules_of(WEEKDAYS)
    assert met_days(rules, fact(rules, 1, 0, "excused"), fact(rules, 2, 0)) == {0: 2}


@pytest.mark.parametrize(
    ("visits", "closed", "due"),
    [
        (Visits(per_week=1), [6], [5]),
        (Visits(per_week=1), [5, 6], [4]),
        (Visits(per_week=1), [1, 2, 3, 4, 5, 6], [0]),
        (Visits(per_week=1), [0, 1, 2, 3, 4, 5, 6], []),
        (Visits(per_week=3), [6], [3, 4, 5]),
        (Visits(per_week=3), [5], [3, 4, 6]),
        (Visits(per_week=3), [4, 5, 6], [1, 2, 3]),
        (Visits(per_week=3), [1, 2, 3, 4, 5, 6], [0]),
        (Visits(per_week=2, min_days_between=3), [6], [3, 5]),
        (Visits(per_week=7), [3], [0, 1, 2, 4, 5, 6]),
        (Visits(weekdays=("mon", "sun")), [6], [0]),
    ],
)
def test_a_closed_day_s_visit_moves_to_the_latest_open_day_before_it(
    visits: Visits, closed: list[int], due: list[int]
) -> None:
    """Where a number a week is asked for; only a week without an open day left expects nothing."""
    rules = rules_of(visits, weeks=1)
    shut = [(MONDAY + timedelta(days=day), MONDAY + timedelta(days=day)) for day in closed]
    assert days(rules, closed=shut) == due


def test_a_visit_that_moved_keeps_its_time_and_is_missing_after_it() -> None:
    """Sunday is closed, so Saturday is due; nobody's time is taken away."""
    rules = rules_of(Visits(per_week=1, missed_after_hours=24), weeks=1)
    sunday = MONDAY + timedelta(days=6)
    deadline = datetime(2026, 3, 10, 7, tzinfo=UTC)

    def missing(now: datetime, *facts: Fact) -> list[tuple[int, date]]:
        found = look(rules, MONDAY, None, facts, [(sunday, sunday)], None, now, LOS_ANGELES).missing
        return [(due.on.day, due.laid_on) for due in found]

    assert missing(deadline - timedelta(seconds=1)) == []
    assert missing(deadline) == [(7, sunday)]
    for day in (0, 5, 6, 7):
        assert missing(deadline, fact(rules, 1, day)) == [], day
    assert missing(deadline, fact(rules, 1, 8)) == [(7, sunday)]


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
                Visits,
                per_week=st.integers(1, 9),
                min_days_between=st.integers(0, 3),
                missed_after_hours=st.just(hours),
            ),
        )
    )
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
    assert not {due.on for due in fewer} & {MONDAY + timedelta(days=more) for more in range(day, day + 3)}


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
