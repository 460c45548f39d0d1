"""Outcome words of a program's own, parts of the value due, and phases that see an outcome otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec import convert

from schemas.program import Program
from service.core.authoring.programs import check, decode, encode, warnings
from service.core.compiled import compile_rules
from service.core.rules import fact_of, fold
from service.core.words.sentences import miss_sentence

MONDAY = date(2026, 3, 2)
TITLE = {"en": "Cut down", "es": "Bajó"}
LADDER = {"type": "ladder", "start": 250, "step": 125}


def program(outcomes: dict[str, Any], *phases: dict[str, Any], **target: Any) -> Program:  # noqa: ANN401  parts of a document
    """Make a program of four weeks with one test."""
    made = phases or ({"weeks": [1, 4], "earn": LADDER, "on_failure": {"reset": True}},)
    test = {"name": "test", "behavior": "test", "phases": made, "outcomes": outcomes, **target}
    return convert({"name": "p", "title": "P", "unit": "usd", "weeks": 4, "targets": [test]}, Program)


def paid(made: Program, *outcomes: str, apart: int = 1) -> list[tuple[int, str]]:
    """What each outcome earns as its base award, and why; they lie so many days apart."""
    rules = compile_rules(made)
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)
    facts = []
    for no, outcome in enumerate(outcomes, start=1):
        at = start + timedelta(days=(no - 1) * apart)
        facts.append(fact_of(rules, no, "test", outcome, at, at.date(), MONDAY))
    decisions = fold(rules, MONDAY, facts)[1]
    bases = [decisions[no].awards[0] for no in range(1, len(facts) + 1)]
    return [(base.amount, base.why[0].code) for base in bases]


def faults_of(made: Program) -> list[tuple[str, str]]:
    """Each fault's place and code."""
    return [(one.pointer, one.reason) for one in check(made)]


def test_a_word_of_its_own_does_what_the_program_says() -> None:
    """As a success it climbs the ladder, as a failure it resets it, and as neutral it changes nothing."""
    made = program({"cut_down": "success", "smoked_more": "failure", "machine_broken": "neutral"})
    assert check(made) == ()
    assert paid(made, "cut_down", "machine_broken", "cut_down", "smoked_more", "negative") == [
        (250, "step"),
        (0, "no_change"),
        (375, "step"),
        (0, "reset"),
        (250, "step"),
    ]


def test_a_part_is_rounded_half_up_and_the_rung_moves_as_for_any_success() -> None:
    """Half of $2.50 is $1.25, half of $3.75 is $1.88, and the fourth success is paid on the fourth rung."""
    made = program({"cut_down": {"effect": "success", "pays": 50}})
    assert paid(made, "cut_down", "cut_down", "negative", "cut_down") == [
        (125, "part"),
        (188, "part"),
        (500, "step"),
        (313, "part"),
    ]


@pytest.mark.parametrize(("pays", "amount"), [(0, 0), (1, 3), (33, 83), (99, 248), (100, 250)])
def test_a_part_is_of_the_value_due(pays: int, amount: int) -> None:
    """In whole minor units: 1% of $2.50 is 2.5 cents, and so 3."""
    assert paid(program({"cut_down": {"effect": "success", "pays": pays}}), "cut_down")[0][0] == amount


def test_an_outcome_that_a_program_decides_can_be_paid_in_part() -> None:
    """A dilute test that counts for half."""
    assert paid(program({"dilute": {"effect": "success", "pays": 50}}), "dilute", "negative") == [
        (125, "part"),
        (375, "step"),
    ]


def test_a_phase_sees_an_outcome_otherwise_than_its_target() -> None:
    """What is enough in the first week is a miss in the second."""
    first = {"weeks": [1, 1], "earn": {"type": "flat", "amount": 300}, "outcomes": {"cut_down": "success"}}
    then = {"weeks": [2, 4], "earn": LADDER, "on_failure": {"reset": True}}
    made = program({"cut_down": "failure"}, first, then)
    assert check(made) == ()
    assert paid(made, "cut_down", "cut_down", "negative", "cut_down", apart=5) == [
        (300, "flat"),
        (300, "flat"),
        (500, "step"),
        (0, "reset"),
    ]


@pytest.mark.parametrize(
    ("outcomes", "place", "code"),
    [
        ({"negative": "failure"}, "negative", "program.outcome_fixed"),
        ({"late": "success"}, "late", "program.outcome_unknown"),
        ({"Cut-Down": "success"}, "Cut-Down", "program.outcome_word"),
        ({"x" * 33: "success"}, "x" * 33, "program.outcome_word"),
        ({"cut_down": {"effect": "failure", "pays": 50}}, "cut_down.pays", "program.pays_no_success"),
        ({"dilute": {"effect": "failure", "title": TITLE}}, "dilute.title", "program.title_unwanted"),
        (
            {"cut_down": {"effect": "success", "title": {"en": " a", "es": "b"}}},
            "cut_down.title.en",
            "program.noun_of_lines",
        ),
    ],
)
def test_what_a_program_may_not_decide_is_a_fault(outcomes: dict[str, Any], place: str, code: str) -> None:
    """An outcome's meaning is the same in every program, and one word means one thing in all behaviors."""
    assert faults_of(program(outcomes)) == [(f"$.targets[0].outcomes.{place}", code)]


@pytest.mark.parametrize(
    ("outcomes", "place", "code"),
    [
        ({"cut_down": "success"}, "cut_down", "program.outcome_undeclared"),
        ({"positive": "success"}, "positive", "program.outcome_fixed"),
        ({"dilute": {"effect": "neutral", "pays": 9}}, "dilute.pays", "program.pays_no_success"),
    ],
)
def test_a_phase_decides_only_what_its_target_has(outcomes: dict[str, Any], place: str, code: str) -> None:
    """A word of one phase alone would mean nothing in the others."""
    phase = {"weeks": [1, 4], "earn": LADDER, "outcomes": outcomes}
    assert faults_of(program({}, phase)) == [(f"$.targets[0].phases[0].outcomes.{place}", code)]


def test_a_slip_of_the_pen_and_a_missing_title_are_doubts() -> None:
    """A word that is nearly one of ours is said to be one of the program's own."""
    found = [
        (one.pointer, one.reason) for one in warnings(program({"dilutte": "neutral", "cut_down": "success"}))
    ]
    assert ("$.targets[0].outcomes.dilutte", "program.outcome_like") in found
    assert ("$.targets[0].outcomes.cut_down", "program.outcome_untitled") in found
    named = program({"cut_down": {"effect": "success", "title": TITLE}})
    assert [one.reason for one in warnings(named) if "outcome" in one.reason] == []


def test_an_allowance_counts_a_word_of_its_own() -> None:
    """The second broken machine of a week is no excuse."""
    made = program({"machine_broken": "neutral"}, allowances=[{"outcome": "machine_broken", "count": 1}])
    assert check(made) == ()
    assert [code for _, code in paid(made, "machine_broken", "machine_broken")] == [
        "no_change",
        "allowance_used",
    ]


def test_a_document_with_own_outcomes_is_the_same_when_it_is_read_again() -> None:
    """Short and long forms, with titles, in a target and in a phase."""
    phase = {"weeks": [1, 4], "earn": LADDER, "outcomes": {"cut_down": {"effect": "success", "pays": 25}}}
    made = program({"cut_down": {"effect": "failure", "title": TITLE}, "dilute": "neutral"}, phase)
    assert decode(encode(made), yaml=False) == made


def test_whoever_had_a_word_of_the_programs_own_was_there() -> None:
    """They are thanked for coming, as after a positive test."""
    assert miss_sentence("cut_down", None, "en") == miss_sentence("positive", None, "en")
    assert miss_sentence("cut_down", None, "en") != miss_sentence("missed", None, "en")
