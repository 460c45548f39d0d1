"""Worked cases with corrections and draws: what does not come out is named."""

from typing import Any

import pytest
from msgspec import convert

from schemas.cases import CaseFault, Cases
from schemas.program import Program
from service.core.authoring.cases import run

TWO_UNITS = [
    {"weeks": [1, 1], "earn": {"type": "draws", "start": 2, "step": 1}},
    {"weeks": [2, 4], "earn": {"type": "ladder", "start": 100, "step": 10}, "on_failure": {"reset": True}},
]
OVERTURN = {"target": "test", "visit": 2, "kind": "lab_overturn", "outcome": "negative", "pays": 120}
ENROLLMENT = "018f3a6e-6c00-7000-8000-000000000001"
DRAWS = {
    "enrollment": ENROLLMENT,
    "seed": "00" * 31 + "2a",
    "count": 2,
    "slips": "466,243",
    "prizes": ["large", "good job"],
}


def program(**more: Any) -> Program:  # noqa: ANN401  parts of a document
    """Make a ladder of 1.00, 1.10, ... that a failure resets."""
    target = {
        "name": "test",
        "behavior": "test",
        "limit": {"per_week": 2},
        "phases": [TWO_UNITS[1] | {"weeks": [1, 4]}],
    }
    document = {
        "name": "p",
        "title": "P",
        "unit": "usd",
        "weeks": 4,
        "targets": [target | more.pop("target", {})],
    }
    return convert(document | more, Program)


def faults(
    made: Program, outcomes: str, base: str, totals: dict[str, int], **rest: object
) -> tuple[CaseFault, ...]:
    """Run one case of a program."""
    visits = [{"target": "test", "outcomes": outcomes, "base": base}]
    case = {"name": "one", "says": "One.", "totals": totals, "visits": visits, **rest}
    return run(made, convert({"program": "p", "cases": [case]}, Cases))


def overturned(**changed: Any) -> tuple[CaseFault, ...]:  # noqa: ANN401  parts of a correction
    """Run a negative, a positive and a negative of which the second is corrected in the end."""
    told = [OVERTURN | changed]
    return faults(program(), "negative,positive,negative", "100,110,120", {"usd": 330}, corrections=told)


def test_a_correction_that_pays_what_its_case_says_has_no_fault() -> None:
    """1.10 more for the second visit, and the third is worth 1.20 instead of 1.00: 1.30 in all."""
    assert overturned(pays=130) == ()
    assert overturned(pays=130, after=3) == ()


def test_a_correction_that_pays_something_else_names_the_visit_and_what_came_out() -> None:
    """What was expected stands beside what came out."""
    assert overturned() == (
        CaseFault(
            "one",
            "lab_overturn pays 120 usd, overpaid 0, unrecovered 0",
            "pays 130 usd, overpaid 0, unrecovered 0",
            "test",
            2,
        ),
    )


def test_a_correction_is_made_when_as_many_visits_are_on_record_as_the_case_says() -> None:
    """Made before the third visit it pays only the second; the third is then paid at its own step."""
    assert overturned(after=2, pays=110) == ()


@pytest.mark.parametrize(
    ("told", "actual"),
    [
        ({"outcome": "positive"}, "The event was recorded as positive; there is nothing to change."),
        ({"outcome": "late"}, "A lab_overturn puts one of these in place"),
        ({"outcome": None}, "A lab_overturn names the outcome that stands now."),
        ({"after": 1}, "it is made before the visit is on record"),
        ({"spent": 201}, "201 usd are spent, of 200"),
        ({"visit": 4}, "lab_overturn of visit 4"),
        ({"after": 4}, "lab_overturn of visit 2 after 4"),
        ({"target": "other"}, "lab_overturn of visit 2"),
    ],
)
def test_a_correction_that_cannot_be_made_says_why(told: dict[str, Any], actual: str) -> None:
    """Its target and visit are named, and nothing is raised."""
    found = next(
        one for one in overturned(**told) if one.visit == told.get("visit", 2) and "base" not in one.actual
    )
    assert found.target == told.get("target", "test")
    assert found.actual.startswith(actual)


def test_a_visit_that_is_withdrawn_earns_nothing_in_the_end() -> None:
    """Of 2.10 paid and 1.50 spent, 0.60 is taken back and 0.50 recorded as unrecovered."""
    told = {"target": "test", "visit": 1, "kind": "entry_error", "pays": -60, "unrecovered": 50, "spent": 150}
    assert faults(program(), "negative*2", "0,100", {"usd": 100}, corrections=[told]) == ()


def test_the_welcome_is_paid_before_the_first_visit_and_by_no_correction() -> None:
    """A correction pays what it changes and nothing else."""
    told = [OVERTURN | {"pays": 130}]
    made = program(welcome=500)
    assert faults(made, "negative,positive,negative", "100,110,120", {"usd": 830}, corrections=told) == ()


def test_somebody_else_excuses_where_the_program_asks_for_it() -> None:
    """The case's visits and corrections are by two persons."""
    told = {"target": "test", "visit": 1, "kind": "excuse", "pays": 0}
    made = program(excuses={"by_another": True})
    assert faults(made, "missed,negative", "0,100", {"usd": 100}, corrections=[told]) == ()


def test_what_a_correction_pays_in_another_unit_is_named_too() -> None:
    """A first week in draws raises the ladder in money: the case must not hide it."""
    told = [OVERTURN | {"visit": 1, "pays": 2}]
    made = program(target={"phases": TWO_UNITS})
    found = faults(made, "positive,negative*2", "2,3,120", {"draw": 5, "usd": 120}, corrections=told)
    assert [(one.expected, one.actual) for one in found] == [
        (
            "lab_overturn pays 2 draw, overpaid 0, unrecovered 0",
            "pays 3 draw, overpaid 0, unrecovered 0",
        ),
        ("lab_overturn pays 0 usd, overpaid 0, unrecovered 0", "pays 10 usd, overpaid 0, unrecovered 0"),
    ]


def drawn(**changed: Any) -> tuple[CaseFault, ...]:  # noqa: ANN401  parts of a draw
    """Run a case of one negative that is worth two draws."""
    made = program(target={"phases": TWO_UNITS})
    return faults(made, "negative", "2", {"draw": 2}, draws=DRAWS | changed)


def test_the_slips_of_a_seed_are_those_that_the_case_names() -> None:
    """Slips and tiers, in their order."""
    assert drawn() == ()


@pytest.mark.parametrize(
    ("told", "expected", "actual"),
    [
        ({"slips": "466,242"}, "slips 466, 242", "slips 466, 243"),
        ({"slips": [466]}, "slips 466", "slips 466, 243"),
        ({"slips": "many"}, "slips that can be read", "many is not an amount"),
        ({"prizes": ["large", "large"]}, "prizes large, large", "prizes large, good job"),
        ({"bowl": "mine"}, "draws from a bowl of the program", "mine"),
    ],
)
def test_a_draw_that_does_not_come_out_says_what_does(
    told: dict[str, Any], expected: str, actual: str
) -> None:
    """What was expected stands beside what came out."""
    assert drawn(**told) == (CaseFault("one", expected, actual),)


def test_no_more_is_drawn_than_the_visits_earned() -> None:
    """The third slip of two draws is a fault; draws from another bowl do not count."""
    assert drawn(count=3)[0] == CaseFault("one", "at most 2 draws from standard-500", "3 draws")
    own = {"name": "own", "tiers": [{"name": "all", "slips": 1}]}
    phases = [TWO_UNITS[0] | {"earn": {"type": "draws", "start": 2, "step": 1, "bowl": "own"}}]
    made = program(target={"phases": phases}, bowls=[own])
    assert (
        faults(made, "negative", "2", {"draw": 2}, draws=DRAWS)[0].expected
        == "at most 0 draws from standard-500"
    )
    mine = DRAWS | {"bowl": "own", "slips": "1*2", "prizes": ["all", "all"]}
    assert faults(made, "negative", "2", {"draw": 2}, draws=mine) == ()
