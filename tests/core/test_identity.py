"""One visit is one event: which events of one target and day are the same, and which are in the way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.program import Flat, Phase, Program, Target, Visits
from service.core.compiled import Rules, compile_rules
from service.core.identity import OfDay, in_the_way, same_event
from service.core.state import Fact

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def rules(per_day: int = 1, retest: int | None = None, phase: Visits | None = None) -> Rules:
    """Make the rules of one test target."""
    phases = (Phase(weeks=(1, 4), earn=Flat(100), visits=phase),)
    target = Target("test", "test", phases, visits=Visits(per_day=per_day), retest_minutes=retest)
    return compile_rules(Program("p", "P", "usd", 4, (target,)))


def fact(outcome: str, minutes: int = 0, no: int = 9) -> Fact:
    """Make a fact some minutes after noon."""
    return Fact(no, 0, outcome, NOON + timedelta(minutes=minutes), DAY, 1)


def on_record(outcome: str | None, minutes: int = 0, recorded: str | None = None, no: int = 1) -> OfDay:
    """Put an event on record; without an outcome it is withdrawn."""
    was = recorded or outcome or "negative"
    return OfDay(UUID(int=no), fact(was, minutes, no), outcome, was)


def test_same_outcome_at_same_moment_is_the_same_event() -> None:
    """Also by the outcome that it was first recorded with, after an overturn."""
    assert same_event(fact("negative"), [on_record("negative")]) is not None
    assert same_event(fact("negative"), [on_record("positive", recorded="negative")]) is not None
    assert same_event(fact("positive"), [on_record("positive", recorded="negative")]) is not None


def test_other_outcome_or_moment_is_another_event() -> None:
    """And what is withdrawn is repeated by nothing, unless that is asked."""
    assert same_event(fact("positive"), [on_record("negative")]) is None
    assert same_event(fact("negative", 1), [on_record("negative")]) is None
    assert same_event(fact("negative"), [on_record(None)]) is None
    assert same_event(fact("negative"), [on_record(None)], withdrawn=True) is not None


def test_a_second_event_of_the_day_meets_the_first() -> None:
    """The earliest that stands is named, in whatever order they were recorded."""
    day = [on_record("negative", 40, no=1), on_record("positive", 10, no=2)]
    found = in_the_way(rules(), fact("negative", 60), day)
    assert found is not None
    assert found.event == UUID(int=2)


def test_an_empty_day_and_withdrawn_events_leave_room() -> None:
    """What counts for nothing is in nobody's way."""
    assert in_the_way(rules(), fact("negative"), []) is None
    assert in_the_way(rules(), fact("negative", 60), [on_record(None)]) is None


@pytest.mark.parametrize(
    ("per_day", "on", "free"), [(1, 0, True), (1, 1, False), (2, 1, True), (2, 2, False)]
)
def test_a_day_holds_as_many_as_the_program_says(per_day: int, on: int, free: bool) -> None:
    """One where it says nothing."""
    day = [on_record("negative", place, no=place + 1) for place in range(on)]
    assert (in_the_way(rules(per_day), fact("negative", 60), day) is None) is free


def test_visits_of_a_phase_take_the_place_of_the_target_s() -> None:
    """As they do for which visits are expected."""
    day = [on_record("negative")]
    assert in_the_way(rules(1, phase=Visits(per_day=2)), fact("negative", 60), day) is None
    assert in_the_way(rules(2, phase=Visits(per_week=2)), fact("negative", 60), day) is not None


def test_two_outcomes_of_one_moment_are_never_two_visits() -> None:
    """However many a day can hold."""
    assert in_the_way(rules(5), fact("positive"), [on_record("negative")]) is not None


@pytest.mark.parametrize("outcome", ["invalid", "dilute"])
@pytest.mark.parametrize(("minutes", "free"), [(1, True), (120, True), (121, False), (0, False), (-5, False)])
def test_a_retest_within_its_minutes_is_not_another(outcome: str, minutes: int, free: bool) -> None:
    """The window ends with the last of its minutes."""
    found = in_the_way(rules(retest=120), fact("negative", minutes), [on_record(outcome)])
    assert (found is None) is free


def test_the_test_that_a_retest_repeats_may_come_later() -> None:
    """A feed brings them in any order."""
    assert in_the_way(rules(retest=120), fact("invalid", -60), [on_record("negative")]) is None
    assert in_the_way(rules(retest=120), fact("positive", -60), [on_record("negative")]) is not None
    assert in_the_way(rules(), fact("invalid", -60), [on_record("negative")]) is not None


def test_a_retest_leaves_no_room_for_a_second_visit() -> None:
    """The pair is one visit, and the day is full."""
    day = [on_record("invalid", 0, no=1), on_record("negative", 30, no=2)]
    assert in_the_way(rules(retest=120), fact("negative", 90), day) is not None
    assert in_the_way(rules(retest=120), fact("negative", 300), day) is not None
    assert in_the_way(rules(2, retest=120), fact("negative", 300), day) is None


@given(st.lists(st.tuples(st.integers(0, 600), st.sampled_from(["negative", "positive"])), max_size=8))
def test_no_order_of_arrival_fills_a_day_beyond_its_number(arrivals: list[tuple[int, str]]) -> None:
    """Whatever comes: as many stand in the end as the day can hold, or fewer."""
    day: list[OfDay] = []
    for no, (minutes, outcome) in enumerate(arrivals, start=1):
        new = fact(outcome, minutes, no)
        if same_event(new, day) is None and in_the_way(rules(2), new, day) is None:
            day.append(OfDay(UUID(int=no), new, outcome, outcome))
    assert len(day) <= 2
