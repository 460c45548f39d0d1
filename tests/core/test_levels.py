"""A next program is due once enough successes counted, and a document can say so of several."""

from typing import Any

import pytest
from msgspec import convert, json

from schemas.program import Next, Program, Reached
from service.core.authoring.programs import check, decode, encode, warnings
from service.core.authoring.table import STARTS_ON, facts_of, spread
from service.core.compiled import compile_rules
from service.core.levels import due_nexts, nexts_of
from service.core.rules import fold

STEP_DOWN = {"program": "step-down", "when": {"successes": 3, "of": "test"}}


def program(then: Any) -> Program:  # noqa: ANN401  one next program or several
    """Make a program of two tests a week for four weeks."""
    phase = {"weeks": [1, 4], "earn": {"type": "flat", "amount": 1000}}
    visits = {"per_week": 2, "missed_after_hours": 24}
    target = {
        "name": "test",
        "behavior": "test",
        "limit": {"per_week": 2},
        "visits": visits,
        "phases": [phase],
    }
    made = {"name": "a", "title": "A", "unit": "usd", "weeks": 4, "targets": [target], "then": then}
    return convert(made, Program)


@pytest.mark.parametrize(
    ("outcomes", "is_due"), [("nn", False), ("npn", False), ("nnpn", True), ("nnnn", True)]
)
def test_next_program_is_due_with_the_last_of_its_successes(outcomes: str, is_due: bool) -> None:
    """Successes are counted over misses; one beyond a limit would not count."""
    made = program(STEP_DOWN)
    rules = compile_rules(made)
    told = ["negative" if one == "n" else "positive" for one in outcomes]
    state, _ = fold(rules, STARTS_ON, facts_of(rules, spread(made, "test", told)))
    assert due_nexts(made, state) == (nexts_of(made) if is_due else ())


def test_one_or_several_are_named() -> None:
    """A list of them is read like one, and none is none."""
    one = Next("step-down", Reached(3, "test"))
    assert nexts_of(program(STEP_DOWN)) == (one,)
    assert nexts_of(program([STEP_DOWN, STEP_DOWN | {"program": "other"}]))[0] == one
    assert nexts_of(program(None)) == ()
    assert decode(encode(program(STEP_DOWN)), yaml=False) == program(STEP_DOWN)
    assert b"then" not in json.encode(json.decode(encode(program(None))))


@pytest.mark.parametrize(
    ("then", "pointer"),
    [
        (STEP_DOWN | {"program": "a"}, "$.then.program"),
        (STEP_DOWN | {"when": {"successes": 3, "of": "group"}}, "$.then.when.of"),
        ([STEP_DOWN, STEP_DOWN], "$.then[1].program"),
    ],
)
def test_next_program_that_cannot_be_is_a_fault(then: Any, pointer: str) -> None:  # noqa: ANN401
    """It is another program, of a target that there is, and named once."""
    assert [one.pointer for one in check(program(then))] == [pointer]


def test_what_nobody_reaches_is_doubted() -> None:
    """Eight visits have no ninth success."""
    late = program(STEP_DOWN | {"when": {"successes": 9, "of": "test"}})
    assert [one.reason for one in warnings(late)] == ["program.then_unreached"]
    assert warnings(program(STEP_DOWN | {"when": {"successes": 8, "of": "test"}})) == ()
