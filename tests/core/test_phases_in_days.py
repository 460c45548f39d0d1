"""Phases that are counted in days from the start day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec import convert

from schemas.program import Program
from service.core.authoring.programs import check, warnings
from service.core.authoring.scenarios import perfect_totals, scenarios
from service.core.authoring.table import spread
from service.core.compiled import compile_rules
from service.core.expected_days import due_visits
from service.core.outlook import outlook
from service.core.rules import fact_of, fold, opening

THURSDAY = date(2026, 3, 5)
DAILY = {"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}
FLAT = {"days": [1, 4], "earn": {"type": "flat", "amount": 300}}
LADDER = {
    "days": [5, 9],
    "begin": "anew",
    "earn": {"type": "ladder", "start": 100, "step": 50},
    "on_failure": {"reset": True},
}


def program(*phases: dict[str, Any], weeks: int = 2, **target: Any) -> Program:  # noqa: ANN401  parts of a document
    """Make a program with one test."""
    test = {"name": "test", "behavior": "test", "phases": phases or (FLAT, LADDER), "visits": DAILY, **target}
    return convert({"name": "p", "title": "P", "unit": "usd", "weeks": weeks, "targets": [test]}, Program)


def on(made: Program, day: int, no: int = 1, outcome: str = "negative") -> Any:  # noqa: ANN401  a fact
    """A fact of a program day, counted from 1."""
    at = datetime(2026, 3, 5, 12, tzinfo=UTC) + timedelta(days=day - 1)
    return fact_of(compile_rules(made), no, "test", outcome, at, at.date(), THURSDAY)


def test_a_phase_in_days_begins_and_ends_inside_a_program_week() -> None:
    """Four days pay $3.00 each, the ladder begins on the fifth, and the tenth day earns nothing."""
    made = program()
    assert check(made) == ()
    facts = [on(made, day, day) for day in range(1, 11)]
    decisions = fold(compile_rules(made), THURSDAY, facts)[1]
    amounts = [decisions[day].awards[0].amount for day in range(1, 11)]
    assert amounts == [300] * 4 + [100, 150, 200, 250, 300, 0]
    assert decisions[10].awards[0].why[0].code == "no_phase"


def test_visits_fall_on_the_days_of_their_phases() -> None:
    """Each phase has its own weekdays, also where two of them share a program week."""
    made = program(
        FLAT | {"visits": {"weekdays": ["thu", "sun"]}}, LADDER, visits={"weekdays": ["mon", "fri"]}
    )
    assert check(made) == ()
    dues = due_visits(compile_rules(made), 0, THURSDAY)
    # From a Thursday on: days 1 and 4 of the first phase, then Monday and Friday up to day 9.
    assert [(due.on - THURSDAY).days + 1 for due in dues] == [1, 4, 5, 9]


def test_the_outlook_looks_to_the_day_on_which_a_phase_begins() -> None:
    """On the fourth day the next success is worth $3.00, and on the fifth the ladder's first step."""
    made = program(FLAT, LADDER | {"days": [6, 9]})
    rules = compile_rules(made)
    state, _ = opening(rules, THURSDAY)

    def next_on(day: int) -> int:
        return outlook(rules, state, THURSDAY, THURSDAY + timedelta(days=day - 1), "en")[0].next[0].amount

    assert [next_on(day) for day in (1, 4, 5, 6, 9)] == [300, 300, 100, 100, 100]
    assert outlook(rules, state, THURSDAY, THURSDAY + timedelta(days=9), "en")[0].next == ()


def test_imagined_visits_stand_on_the_days_that_a_phase_covers() -> None:
    """Nine days of visits: four at $3.00 and five that climb, with one miss and without."""
    made = program()
    assert len(spread(made, "test", ["negative"] * 9)) == 9
    assert perfect_totals(made)[0].amount == 2200
    shown = scenarios(made, "test", 6)
    assert [row.base for row in shown.perfect.rows] == [300] * 4 + [100, 150, 200, 250, 300]
    assert [row.base for row in shown.missed.rows] == [300] * 4 + [100, 0, 100, 150, 200]


@pytest.mark.parametrize(
    ("phases", "place", "code"),
    [
        ([{"earn": FLAT["earn"]}], "phases[0]", "program.phase_of_one"),
        ([FLAT | {"weeks": [1, 1]}], "phases[0]", "program.phase_of_one"),
        ([FLAT | {"days": [4, 1]}], "phases[0].days", "program.days_turned"),
        ([FLAT, LADDER | {"days": [4, 9]}], "phases[1].days", "program.days_shared"),
        ([FLAT, {"weeks": [2, 2], "earn": FLAT["earn"]}], "phases", "program.phases_mixed"),
        ([FLAT | {"visits": {"per_week": 2}}], "phases[0].visits.per_week", "program.days_need_weekdays"),
        (
            [FLAT | {"visits": DAILY | {"every_weeks": 2}}],
            "phases[0].visits.every_weeks",
            "program.days_and_weeks",
        ),
        (
            [FLAT | {"earn": {"type": "ladder", "start": 1, "step": 1, "every": "week"}}],
            "phases[0].earn.every",
            "program.days_and_weeks",
        ),
    ],
)
def test_what_days_cannot_say_is_a_fault(phases: list[dict[str, Any]], place: str, code: str) -> None:
    """A target counts all its phases in days or all in weeks, and nothing in days goes by whole weeks."""
    found = [(one.pointer, one.reason) for one in check(program(*phases))]
    assert (f"$.targets[0].{place}", code) in found


def test_draws_of_phases_in_days_are_from_one_bowl() -> None:
    """A credit of draws names its week, which two phases may share."""
    draws = {"type": "draws", "start": 1, "step": 0}
    made = program(FLAT | {"earn": draws}, LADDER | {"earn": draws | {"bowl": "other"}})
    assert "program.days_of_two_bowls" in [one.reason for one in check(made)]


def test_days_after_the_programs_last_are_a_doubt() -> None:
    """A phase that ends later, and one that never begins."""
    made = program(FLAT, LADDER | {"days": [5, 9]}, {"days": [10, 12], "earn": FLAT["earn"]}, weeks=1)
    found = [(one.pointer, one.reason) for one in warnings(made)]
    assert ("$.targets[0].phases[1].days", "program.days_lost") in found
    assert ("$.targets[0].phases[2].days", "program.phase_lost") in found
