"""How many successes count in a day, a week, a month and in all: worked out by hand."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from schemas.program import Program
from service.core.authoring.programs import check, digest, warnings
from service.core.calendar import program_week
from service.core.compiled import compile_rules
from service.core.ladder import Standing, ladder
from service.core.outlook import outlook
from service.core.rules import fold
from service.core.state import Decision, Fact, State
from tests.core.test_rules import base, bonus, codes, program

JANUARY_26 = date(2026, 1, 26)
"""A Monday; the month ends within that week."""


def lived(made: Program, days: list[int]) -> tuple[State, dict[int, Decision]]:
    """Fold a negative test at noon on each of some days, counted from 0 on the start day."""
    rules = compile_rules(made)
    facts = []
    for no, day in enumerate(days, start=1):
        on = JANUARY_26 + timedelta(days=day)
        at = datetime.combine(on, time(12, no), tzinfo=UTC)
        facts.append(Fact(no, 0, "negative", at, on, program_week(on, JANUARY_26)))
    return fold(rules, JANUARY_26, facts)


def paid(made: Program, days: list[int]) -> list[int]:
    """What each test earns."""
    _, decisions = lived(made, days)
    return [decisions[no].awards[0].amount for no in range(1, len(days) + 1)]


def test_a_success_that_is_paid_once_is_paid_the_first_time() -> None:
    """A plan is rewarded when it is there; a second one is recorded and moves nothing, in any later week."""
    made = program(
        limit={"count": 1, "per": "enrollment"}, bonuses=[{"type": "total", "at": [1], "amount": 7}]
    )
    assert base(made, "negative,negative||negative") == [100, 0, 0]
    assert bonus(made, "negative,negative||negative") == [7, 0, 0]
    assert codes(made, "negative,negative||negative") == [
        ["step", "total_bonus"],
        ["over_limit:enrollment"],
        ["over_limit:enrollment"],
    ]


def test_a_failure_does_not_use_up_what_is_paid_once() -> None:
    """It is the first success that counts."""
    made = program(limit={"count": 1, "per": "enrollment"})
    assert base(made, "positive,negative,negative") == [0, 100, 0]


def test_a_limit_by_the_day_counts_local_days() -> None:
    """Two on the first day and two on the next: one of each counts."""
    assert paid(program(limit={"count": 1, "per": "day"}), [0, 0, 1, 1]) == [100, 0, 110, 0]


def test_a_limit_by_the_month_counts_calendar_months() -> None:
    """January has six days left, and February begins inside the program's first week."""
    assert paid(program(limit={"count": 2, "per": "month"}), [0, 1, 2, 6, 7, 8]) == [100, 110, 0, 120, 130, 0]


def test_several_limits_hold_together() -> None:
    """One a day, three a week, four in all."""
    limit = [{"count": 1, "per": "day"}, {"per_week": 3}, {"count": 4, "per": "enrollment"}]
    assert paid(program(limit=limit), [0, 0, 1, 2, 3, 7, 8]) == [100, 0, 110, 120, 0, 130, 0]


def test_a_limit_by_the_week_is_the_same_in_its_short_form() -> None:
    """Written out it is a program week too, with the same reason."""
    long = program(limit={"count": 2, "per": "week"})
    assert base(long, "negative*3|negative") == base(program(limit={"per_week": 2}), "negative*3|negative")
    assert codes(long, "negative*3")[2] == ["over_limit"]


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        ({}, "program.limit_of_one"),
        ({"count": 2}, "program.limit_of_one"),
        ({"per": "day"}, "program.limit_of_one"),
        ({"per_week": 2, "count": 2, "per": "day"}, "program.limit_of_one"),
        ([{"per_week": 2}, {"per_week": 2, "count": 1}], "program.limit_of_one"),
        ([{"per_week": 2}, {"count": 2, "per": "week"}], "program.limit_twice"),
    ],
)
def test_a_limit_that_does_not_say_one_thing_is_a_fault(limit: Any, reason: str) -> None:  # noqa: ANN401
    """Neither form, half of one, both at once, or two for one period."""
    with pytest.raises(AssertionError, match=reason):
        program(limit=limit)


def test_a_milestone_beyond_what_counts_in_all_is_a_note() -> None:
    """It is never reached."""
    made = program(
        limit={"count": 3, "per": "enrollment"}, bonuses=[{"type": "total", "at": [2, 4], "amount": 1}]
    )
    assert check(made) == ()
    assert [one.reason for one in warnings(made)] == [
        "program.no_reset",
        "program.milestone_beyond_limit",
        "program.apart",
    ]


def test_after_what_is_paid_once_nothing_more_comes() -> None:
    """The outlook says so kindly, and the ladder draws no bar ahead."""
    made = program(limit={"count": 1, "per": "enrollment"})
    state, _ = lived(made, [0])
    rules = compile_rules(made)
    seen = outlook(rules, state, JANUARY_26, JANUARY_26, "en")[0]
    assert seen.next == ()
    assert seen.sentence == "You have earned everything there is to earn here. It is all yours."
    standing = Standing(rules, JANUARY_26, None, (), state, (), JANUARY_26)
    assert ladder(standing, 0, seen).bars == ()


def test_the_outlook_waits_for_the_day_on_which_a_success_counts_again() -> None:
    """Tomorrow within the week, and the first of the month in the week that holds it."""
    daily = program(limit={"count": 1, "per": "day"})
    state, _ = lived(daily, [0])
    seen = outlook(compile_rules(daily), state, JANUARY_26, JANUARY_26, "en")[0]
    assert (seen.next[0].amount, seen.sentence) == (110, "Your next negative test is worth $1.10.")
    monthly = program(limit={"count": 1, "per": "month"})
    state, _ = lived(monthly, [7])
    seen = outlook(compile_rules(monthly), state, JANUARY_26, JANUARY_26 + timedelta(days=7), "en")[0]
    assert seen.sentence == "Starting in week 5, your next negative test is worth $1.10."


def test_the_ladder_shows_as_many_bars_as_still_count() -> None:
    """Of four in all, one is behind."""
    made = program(limit=[{"per_week": 2}, {"count": 4, "per": "enrollment"}])
    state, _ = lived(made, [0])
    rules = compile_rules(made)
    seen = outlook(rules, state, JANUARY_26, JANUARY_26, "en")[0]
    bars = ladder(Standing(rules, JANUARY_26, None, (), state, (), JANUARY_26), 0, seen).bars
    assert [bar.amount for bar in bars] == [110, 120, 130]


def test_the_short_form_keeps_its_digest() -> None:
    """A document that says `per_week` says nothing else by it than before."""
    assert digest(program(limit={"per_week": 2})) != digest(program(limit={"count": 2, "per": "week"}))
