"""A program document is read whole or refused with its place; its faults are found all at once."""

from typing import Any

import pytest
from msgspec import convert, json

from schemas.program import Bowl, Program, Tier
from service.core.authoring.documents import BYTES_MAX
from service.core.authoring.faults import PREDEFINED_BOWLS
from service.core.authoring.programs import (
    STANDARD_BOWL,
    check,
    decode,
    digest,
    encode,
    expectation,
    load,
)
from service.core.refusals import Fault
from service.core.words.refusals.catalog import in_english

LADDER = {"type": "ladder", "start": 1000, "step": 150}
BOTH = {"name": "a", "slips": 1, "value": 1, "category": "food"}

YAML = b"""
name: a-program
title: A program
unit: usd
weeks: 12
targets:
  - name: negative-test
    behavior: test
    phases:
      - {weeks: [1, 6], earn: {type: flat, amount: 500}}
      - {weeks: [7, 12], earn: {type: ladder, start: 1000, step: 150}}
"""


def document(phase: dict[str, Any] | None = None, *, behavior: str = "test", **target: Any) -> dict[str, Any]:  # noqa: ANN401
    """Make a sound document with one target, to be spoiled in one place."""
    phases = target.pop("phases", [{"weeks": [1, 12], "earn": LADDER, **(phase or {})}])
    top: dict[str, Any] = {key: target.pop(key) for key in ("bowls", "caps") if key in target}
    return {
        "name": "a-program",
        "title": "A program",
        "unit": "usd",
        "weeks": 12,
        **top,
        "targets": [{"name": "target", "behavior": behavior, "phases": phases, **target}],
    }


def faults(spoiled: dict[str, Any]) -> dict[str, str]:
    """Find a document's faults by their pointer."""
    return {fault.pointer: in_english(fault) for fault in check(convert(spoiled, Program))}


def refusal(written: bytes, *, yaml: bool = True) -> Fault:
    """Read a document that must be refused."""
    found = decode(written, yaml=yaml)
    assert isinstance(found, tuple)
    return found[0]


def test_yaml_and_json_of_one_program_are_the_same_program() -> None:
    """Either is read to the same value, with the same digest."""
    made = decode(YAML, yaml=True)
    assert isinstance(made, Program)
    assert decode(json.encode(made), yaml=False) == made
    assert decode(json.encode(made), yaml=True) == made
    assert len(digest(made)) == 64


@pytest.mark.parametrize(
    ("written", "replacement", "pointer"),
    [
        (b"step: 150", b"step: 150, stepp: 1", "$.targets[0].phases[1].earn.stepp"),
        (b"step: 150", b"step: lots", "$.targets[0].phases[1].earn.step"),
        (b"step: 150", b"step: -1", "$.targets[0].phases[1].earn.step"),
        (b"step: 150", b"step: 1.5", "$.targets[0].phases[1].earn.step"),
        (b"step: 150", b"step: yes", "$.targets[0].phases[1].earn.step"),
        (b", step: 150", b"", "$.targets[0].phases[1].earn.step"),
        (b"type: ladder", b"type: staircase", "$.targets[0].phases[1].earn.type"),
        (b"name: a-program", b"name: A program", "$.name"),
        (b"weeks: 12", b"weeks: 12\nextra: 1", "$.extra"),
        (b"step: 150", b"step: 150, step: 1", "$.targets[0].phases[1].earn.step"),
        (b"step: 150", b"step: &a 150", "$.targets[0].phases[1].earn.step"),
        (b"step: 150", b"step: *a", "$.targets[0].phases[1].earn.step"),
        (b"step: 150", b"step: !!int 150", "$.targets[0].phases[1].earn.step"),
        (b"step: 150", b"step: 1234567890123456789012", "$.targets[0].phases[1].earn.step"),
        (b"step: 150", b'step: "\\0"', "$.targets[0].phases[1].earn.step"),
    ],
)
def test_a_document_that_is_wrong_is_refused_at_its_place(
    written: bytes, replacement: bytes, pointer: str
) -> None:
    """The pointer leads to the field itself, and the words say what is wrong there."""
    fault = refusal(YAML.replace(written, replacement, 1))
    assert fault.pointer == pointer
    assert in_english(fault)
    assert "$." not in in_english(fault)


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"# only a comment",
        b"a: [1",
        b"- 1\n- 2",
        b"a: 1\n---\nb: 2",
        b"\xff\xfe",
        b"? [1]\n: 2",
        b"a: \x07",
        b"[" * 5000,
        b"x" * (BYTES_MAX + 1),
        b"{a: " * 60 + b"1" + b"}" * 60,
        b"a: b: c",
        b"a: &x [1]\nb: [*x, *x]",
        b"%YAML 3.0\n---\na: 1",
        b"\t- a",
    ],
)
def test_what_is_no_document_is_refused_in_words(written: bytes) -> None:
    """Broken, empty, too long, too deep or doubled: one fault, never an exception."""
    assert in_english(refusal(written))


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b'{"name": "a", "name": "b"}',
        b'{"weeks": NaN}',
        b'{"weeks": 1e999}',
        b"null",
        b'{"weeks": ' + b"9" * 5000 + b"}",
        b'{"title": "\\ud800"}',
        b'{"title": "\\u0000"}',
        b'"text"',
        b"\xff",
    ],
)
def test_what_is_no_json_document_is_refused_in_words(written: bytes) -> None:
    """A key written twice is refused too, and so are words that no store can hold."""
    assert in_english(refusal(written, yaml=False))


@pytest.mark.parametrize(
    ("spoiled", "pointer"),
    [
        (document(phases=[{"weeks": [5, 2], "earn": LADDER}]), "$.targets[0].phases[0].weeks"),
        (
            document(phases=[{"weeks": [1, 5], "earn": LADDER}, {"weeks": [5, 9], "earn": LADDER}]),
            "$.targets[0].phases[1].weeks",
        ),
        (document({"earn": LADDER | {"max": 900}}), "$.targets[0].phases[0].earn.max"),
        (
            document({"earn": {"type": "draws", "start": 1, "step": 1, "bowl": "mine"}}),
            "$.targets[0].phases[0].earn.bowl",
        ),
        (document(bowls=[{"name": "standard-500", "tiers": [{"name": "a", "slips": 1}]}]), "$.bowls[0].name"),
        (document(bowls=[{"name": "b", "tiers": [{"name": "a", "slips": 1}]}] * 2), "$.bowls[1].name"),
        (document(bowls=[{"name": "b", "tiers": [BOTH]}]), "$.bowls[0].tiers[0]"),
        (document(outcomes={"positive": "success"}), "$.targets[0].outcomes.positive"),
        (document(outcomes={"late": "success"}), "$.targets[0].outcomes.late"),
        (document(allowances=[{"outcome": "dilute", "count": 1}]), "$.targets[0].allowances[0].outcome"),
        (document(allowances=[{"outcome": "asleep", "count": 1}]), "$.targets[0].allowances[0].outcome"),
        (document(allowances=[{"outcome": "excused", "count": 1}] * 2), "$.targets[0].allowances[1].outcome"),
        (document(behavior="attendance", retest_minutes=60), "$.targets[0].retest_minutes"),
        (document(noun={"en": "test ", "es": "prueba"}), "$.targets[0].noun.en"),
        (document(visits={"weekdays": ["mon", "mon"]}), "$.targets[0].visits.weekdays"),
        (document(visits={"weekdays": ["mon"], "per_week": 2}), "$.targets[0].visits.per_week"),
        (
            document(limit={"per_week": 2}, bonuses=[{"type": "week", "successes": 3, "amount": 1}]),
            "$.targets[0].bonuses[0].successes",
        ),
        (document(bonuses=[{"type": "total", "at": [5, 5], "amount": 1}]), "$.targets[0].bonuses[0].at"),
        (document(bonuses=[{"type": "total", "at": [5, 3], "amount": 1}]), "$.targets[0].bonuses[0].at"),
    ],
)
def test_a_fault_is_named_at_its_place_with_a_remedy(spoiled: dict[str, Any], pointer: str) -> None:
    """One thing is wrong in each document, and it is found where it is."""
    found = faults(spoiled)
    assert list(found) == [pointer]
    assert found[pointer]


def test_two_targets_may_not_have_one_name() -> None:
    """The second is the fault, at its name."""
    spoiled = document()
    spoiled["targets"] *= 2
    assert list(faults(spoiled)) == ["$.targets[1].name"]


def test_all_faults_are_found_at_once() -> None:
    """An author sees everything to mend in one reading."""
    spoiled = document(
        {"earn": LADDER | {"max": 1}}, outcomes={"positive": "neutral"}, visits={"weekdays": ["mon", "mon"]}
    )
    assert len(faults(spoiled)) == 3


def test_a_neutral_override_may_have_an_allowance() -> None:
    """What counts is the effect that the outcome has in this program."""
    made = document(outcomes={"dilute": "neutral"}, allowances=[{"outcome": "dilute", "count": 1}])
    assert faults(made) == {}


def test_the_canonical_form_leaves_out_what_goes_without_saying() -> None:
    """A default written out or left out gives the same bytes, and so the same digest."""
    short = convert(document(), Program)
    long = convert(
        document(outcomes={}, bonuses=[]) | {"welcome": 0, "corrections": {"late": "keep"}}, Program
    )
    assert encode(short) == encode(long)
    assert encode(short) == (
        b'{"name":"a-program","targets":[{"behavior":"test","name":"target","phases":[{"earn":{"start":1000,'
        b'"step":150,"type":"ladder"},"weeks":[1,12]}]}],"title":"A program","unit":"usd","weeks":12}'
    )


def test_a_program_is_loaded_with_its_cases() -> None:
    """A case that does not come out is named, and a document of cases that is wrong is a fault."""
    case = {
        "name": "one",
        "says": "One visit.",
        "totals": {"usd": 500},
        "visits": [{"target": "negative-test", "outcomes": "negative", "base": "400"}],
    }
    found = load(YAML, json.encode({"program": "a-program", "cases": [case]}), yaml=True)
    assert found.faults == ()
    assert [(one.case, one.visit, one.expected, one.actual) for one in found.case_faults] == [
        ("one", 1, "base 400, bonus 0", "base 500, bonus 0")
    ]
    unread = load(YAML, b"{}", yaml=True)
    assert unread.faults == ()
    assert [fault.pointer for fault in unread.cases_unread] == ["$.program", "$.cases"]
    assert load(b"", None, yaml=True).program is None


def test_the_bowls_that_need_not_be_written_out_are_known() -> None:
    """The names that the check allows are those of the bowls that exist."""
    assert {STANDARD_BOWL.name} == PREDEFINED_BOWLS


def test_a_bowl_of_one_kind_of_slip_has_no_spread() -> None:
    """Every draw is worth the same, so the standard deviation is zero."""
    found = expectation(Bowl("b", (Tier("all", 10, value=7),)), 3)
    assert (found.mean, found.sd) == (21, 0)
