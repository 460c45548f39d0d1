"""The two readings of the rules agree: the engine's, and the checker's that was written apart from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, get_args, get_origin

import pytest
from hypothesis import given
from msgspec import Struct
from msgspec.structs import fields

from checker.language import KNOWN, OUTCOMES, effects_of, unknown
from checker.rules import Reading, fact_of
from schemas.program import Behavior, Program
from service.core.authoring.programs import encode
from service.core.compiled import Rules
from service.core.corrections import standing
from service.core.outcomes import outcomes_of
from service.core.rules import fold
from service.core.state import Fact
from tests.core.stories import Story, stories
from tests.core.test_properties import START, bounded, histories
from tests.core.told_books import told

if TYPE_CHECKING:
    from collections.abc import Sequence


def read(rules: Rules, facts: Sequence[Fact]) -> Reading:
    """Let the checker read a program, as it lies in a pack, over some facts."""
    document: dict[str, Any] = json.loads(encode(rules.program))
    assert list(unknown(document)) == []
    own = [
        fact_of(
            START,
            one.no,
            rules.program.targets[one.target].name,
            one.outcome,
            one.at,
            one.day,
            one.expected_on,
            was_closed=one.was_closed,
            quantity=one.quantity,
        )
        for one in facts
    ]
    return Reading(document, START).read(own)


def agree(rules: Rules, facts: Sequence[Fact]) -> None:
    """Hold the one reading to the other: what is due in each slot, and what each event was."""
    _, decisions = fold(rules, START, facts)
    theirs = {
        (no, award.slot, award.unit): award.amount
        for no, decision in decisions.items()
        for award in decision.awards
    }
    found = read(rules, facts)
    assert {slot: amount for slot, amount in found.due.items() if amount} == {
        slot: amount for slot, amount in theirs.items() if amount
    }
    assert found.effects == {no: one.effect for no, one in decisions.items() if no}


@bounded
@given(histories())
def test_both_readings_agree_on_any_history(drawn: tuple[Rules, list[Fact]]) -> None:
    """Whatever a program says and whatever happened, both say the same of every slot."""
    agree(*drawn)


@bounded
@given(stories())
def test_both_readings_agree_on_missed_and_corrected_visits(story: Story) -> None:
    """Also where visits were missed, met after all, overturned, excused or withdrawn."""
    books = told(story)
    agree(story.rules, [one.fact for one in standing(books.past.facts, books.past.corrections)])


def structs_in(kind: object, place: str = "$") -> Iterator[tuple[str, type[Struct]]]:
    """Walk the shapes that a program is made of, each with the place where it stands."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        yield place, kind
        for one in fields(kind):
            yield from structs_in(one.type, f"{place}.{one.encode_name}")
    elif get_origin(kind) is not None or get_args(kind):
        for part in get_args(kind):
            yield from structs_in(part, place)


def known_at(place: str) -> object:
    """What the checker knows at a place of a program."""
    found: object = KNOWN
    for name in place.split(".")[1:]:
        if not isinstance(found, dict):
            return None
        found = found[name]
    return found


def test_the_checker_knows_every_word_of_the_language() -> None:
    """A word that is new to the language must be read by the checker too, and be named here first."""
    for place, kind in structs_in(Program):
        known = known_at(place)
        if known is None:
            continue
        assert isinstance(known, dict)
        lacking = {one.encode_name for one in fields(kind)} - set(known)
        assert not lacking, f"{place}: teach checker/rules.py {lacking}, and name it in checker/language.py"


@pytest.mark.parametrize("behavior", get_args(Behavior))
def test_the_checker_knows_every_outcome(behavior: Behavior) -> None:
    """Every outcome means to the checker what it means to the engine."""
    assert OUTCOMES[behavior] == outcomes_of(behavior)
    assert effects_of({"behavior": behavior, "outcomes": {"late": "success"}})["late"] == "success"


def test_an_unknown_word_is_named_and_not_passed_over() -> None:
    """What the checker cannot judge it does not call right."""
    assert list(unknown({"name": "x", "targets": [{"name": "y", "phases": [{"earn": {"loan": 1}}]}]})) == [
        "$.targets[0].phases[0].earn.loan"
    ]


def test_a_part_of_a_value_is_paid_and_half_a_unit_rounded_up() -> None:
    """An outcome of a program's own pays so many percent, in one phase otherwise than in the rest."""
    target = {
        "name": "t",
        "behavior": "test",
        "outcomes": {"reduced": {"effect": "success", "pays": 50}},
        "phases": [
            {"days": [1, 3], "earn": {"type": "ladder", "start": 1001, "step": 100}},
            {
                "days": [4, 14],
                "earn": {"type": "flat", "amount": 400},
                "outcomes": {"reduced": "failure"},
                "begin": "anew",
            },
        ],
    }
    program = {"name": "p", "title": "P", "unit": "usd", "weeks": 2, "targets": [target]}
    assert list(unknown(program)) == []
    facts = []
    for no, day in enumerate((0, 1, 2, 3, 9, 14), start=1):
        at = datetime(START.year, START.month, START.day, 12, tzinfo=UTC) + timedelta(days=day)
        facts.append(fact_of(START, no, "t", "reduced" if no in {1, 4} else "negative", at, at.date()))
    found = Reading(program, START).read(facts)
    assert [found.due[no, "base", "usd"] for no in range(1, 7)] == [501, 1101, 1201, 0, 400, 0]
    assert [found.effects[no] for no in (1, 4, 6)] == ["success", "failure", "success"]
