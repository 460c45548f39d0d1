"""Imagined visits are laid over a program's weeks and come back as a table."""

from typing import Any

import pytest
from msgspec import convert

from schemas.books import TableOutcome
from schemas.cases import CaseFault, Cases
from schemas.program import Program
from schemas.receipts import Money
from service.core.authoring.cases import run
from service.core.authoring.table import VISITS_MAX, check_outcomes, parse_run, spread, table
from service.core.refusals import Fault

LADDER = {"type": "ladder", "start": 100, "step": 10}


def program(*phases: dict[str, Any], **rest: Any) -> Program:  # noqa: ANN401
    """Make a program of four weeks with one target."""
    top = {key: rest.pop(key) for key in ("welcome", "unit") if key in rest}
    target = {
        "name": "target",
        "behavior": "test",
        "phases": phases or [{"weeks": [1, 4], "earn": LADDER}],
        **rest,
    }
    document = {"name": "a-program", "title": "A program", "unit": "usd", "weeks": 4, "targets": [target]}
    return convert(document | top, Program)


def weeks(made: Program, visits: int) -> list[int]:
    """The weeks in which a number of visits lie."""
    return [one.week for one in spread(made, "target", ["negative"] * visits)]


def test_repeats_are_written_short() -> None:
    """A word, a star and a number stand for that many visits."""
    assert parse_run("negative*2,positive , negative * 1") == ("negative", "negative", "positive", "negative")


@pytest.mark.parametrize(
    "notation", ["", "negative*", "*3", "negative*0", "a,,b", "a*-1", "a b", f"a*{VISITS_MAX + 1}"]
)
def test_what_is_not_in_the_notation_is_a_fault(notation: str) -> None:
    """It is answered in words, not guessed at."""
    assert isinstance(parse_run(notation), Fault)


def test_visits_go_by_the_weekdays_of_the_target() -> None:
    """Three weekdays are three visits a week."""
    assert weeks(program(visits={"weekdays": ["mon", "wed", "fri"]}), 5) == [1, 1, 1, 2, 2]


def test_the_visits_of_a_phase_come_before_those_of_the_target() -> None:
    """Twice a week in the first phase, once in the second."""
    made = program(
        {"weeks": [1, 2], "earn": LADDER},
        {"weeks": [3, 4], "earn": LADDER, "visits": {"per_week": 1}},
        visits={"per_week": 2},
    )
    assert weeks(made, 6) == [1, 1, 2, 2, 3, 4]


def test_without_visits_they_go_by_the_limit_and_without_one_evenly() -> None:
    """Only weeks that a phase covers are used."""
    assert weeks(program(limit={"per_week": 2}), 3) == [1, 1, 2]
    assert weeks(program(), 6) == [1, 1, 2, 3, 3, 4]
    assert weeks(program({"weeks": [3, 4], "earn": LADDER}), 4) == [3, 3, 4, 4]


def test_what_does_not_fit_goes_on_after_the_end_and_earns_nothing() -> None:
    """The sixth visit of a program with room for four lies in week 6, outside."""
    made = program(visits={"per_week": 1})
    visits = spread(made, "target", ["negative"] * 6)
    assert [one.week for one in visits] == [1, 2, 3, 4, 5, 6]
    assert [row.base for row in table(made, visits).rows] == [100, 110, 120, 130, 0, 0]


def test_rows_stand_in_the_order_given_and_are_decided_week_by_week() -> None:
    """The visit of week 1 is the first success although it is written last."""
    found = table(program(), [TableOutcome("target", 2, "negative"), TableOutcome("target", 1, "negative")])
    assert [(row.week, row.base) for row in found.rows] == [(2, 110), (1, 100)]


def test_the_welcome_is_in_the_totals_and_in_no_row() -> None:
    """One visit of 100 and a welcome of 40 are 140."""
    found = table(program(welcome=40), [TableOutcome("target", 1, "negative")])
    assert [row.total for row in found.rows] == [100]
    assert (found.total, found.welcome, found.totals) == (140, 40, (Money("usd", 140),))


def test_the_total_is_in_draws_where_only_draws_are_awarded() -> None:
    """A program in dollars that pays in draws has its total in draws, and each unit in the totals."""
    draws = {"weeks": [1, 2], "earn": {"type": "draws", "start": 2, "step": 0}}
    visits = [TableOutcome("target", week, "negative") for week in (1, 2, 4)]
    assert table(program(draws), visits).total == 4
    both = table(program(draws, {"weeks": [3, 4], "earn": LADDER}), visits)
    assert both.total == 120
    assert both.totals == (Money("draw", 4), Money("usd", 120))


def test_a_table_speaks_the_language_asked_for() -> None:
    """The reasons are sentences in it."""
    (row,) = table(program(), [TableOutcome("target", 1, "negative")], "es").rows
    assert [reason.text for reason in row.reasons] == ["Prueba negativa, paso 1: $1.00."]


def test_a_visit_that_the_program_cannot_have_is_named() -> None:
    """An unknown target and an outcome of another behavior, each at its place."""
    found = check_outcomes(
        program(), [TableOutcome("other", 1, "negative"), TableOutcome("target", 1, "late")]
    )
    assert [fault.pointer for fault in found] == ["$.outcomes[0].target", "$.outcomes[1].outcome"]


def cases(outcomes: Any, base: Any = "100", **rest: Any) -> tuple[CaseFault, ...]:  # noqa: ANN401
    """Run one case of a plain program."""
    case = {
        "name": "one",
        "says": "One.",
        "totals": {"usd": 100},
        "visits": [{"target": rest.pop("target", "target"), "outcomes": outcomes, "base": base}],
        **rest,
    }
    return run(program(), convert({"program": "a-program", "cases": [case]}, Cases))


def test_a_case_that_comes_out_has_no_fault() -> None:
    """In the short notation, by week, or by the moment it happened."""
    assert cases("negative") == ()
    assert cases([{"outcome": "negative", "week": 2}], [100]) == ()
    at = {"outcome": "negative", "occurred_at": "2026-01-11T23:30:00-05:00"}
    assert cases([at], zone="America/New_York", starts_on="2026-01-05") == ()


def test_a_case_that_does_not_come_out_names_visit_total_and_outlook() -> None:
    """What was expected stands beside what came out."""
    ahead = {"target": "target", "next": 1, "after_a_miss": 110, "successes_to_recover": 3}
    found = cases("negative*2", "100,111", totals={"usd": 100, "draw": 1}, outlook=[ahead])
    assert [(one.visit, one.expected, one.actual) for one in found] == [
        (2, "base 111, bonus 0", "base 110, bonus 0"),
        (None, "1 draw in all", "0 draw in all"),
        (None, "100 usd in all", "210 usd in all"),
        (None, "next: 1", "next: 120"),
        (None, "after a miss: 110", "after a miss: 120"),
        (None, "successes to recover: 3", "successes to recover: None"),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        {"outcomes": "late"},
        {"outcomes": "negative*"},
        {"outcomes": "negative", "base": "100*2"},
        {"outcomes": "negative", "base": "much"},
        {"outcomes": "negative", "target": "other"},
        {"outcomes": "negative", "zone": "Mars/Olympus"},
        {"outcomes": "negative", "zone": "../etc"},
        {"outcomes": [{"outcome": "negative"}]},
        {"outcomes": [{"outcome": "negative", "week": 1, "occurred_at": "2026-01-05T09:00:00Z"}]},
    ],
)
def test_a_case_that_cannot_be_run_says_why(broken: dict[str, Any]) -> None:
    """It is one fault in words, never an exception."""
    (found,) = cases(**broken)
    assert found.expected
    assert found.actual


def test_cases_of_another_program_are_refused() -> None:
    """A file that was copied and not renamed is found out, and so is a name that two cases have."""
    visits = [{"target": "target", "outcomes": "negative", "base": "100"}]
    case = {"name": "one", "says": "One.", "totals": {"usd": 100}, "visits": visits}
    found = run(program(), convert({"program": "another", "cases": [case, case]}, Cases))
    assert [one.actual for one in found] == ["cases of another", "a name that an earlier case has"]
