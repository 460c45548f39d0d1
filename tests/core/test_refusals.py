"""Refusals are told from reasons and values: as the API says them, and to people in their language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest
from msgspec import Meta

from schemas.events import NewEvent
from service.core.refusals import Amount, Refused, fault, invalid, placed, refused
from service.core.shape_faults import shape_fault
from service.core.words.refusals.catalog import for_people, in_english, wire_faults
from service.core.words.sentences import veiled_money

COSTS = refused(
    "insufficient_balance",
    "$.reward",
    price=Amount(1000, "usd"),
    has=Amount(725, "usd"),
    lacks=Amount(275, "usd"),
)
BEGUN = refused("closure_begun", day=date(2026, 3, 5))


def test_the_api_says_days_by_iso_8601_and_people_are_told_them_as_they_write_them() -> None:
    """One refusal, three ways to say its day."""
    assert in_english(BEGUN) == "The closure began on 2026-03-05; only one that lies ahead is taken back."
    assert "March 5, 2026" in for_people(BEGUN, "en")
    assert "5 de marzo de 2026" in for_people(BEGUN, "es")


def test_amounts_are_written_in_the_language_or_hidden() -> None:
    """Whoever writes the amounts decides, and no sentence is looked through for them."""
    assert "$2.75 more is needed" in in_english(COSTS)
    assert for_people(COSTS, "es") == (
        "Cuesta $10.00 y el saldo es de $7.25. Falta: $2.75. Elige algo que cueste menos."
    )
    hidden = for_people(COSTS, "es", veiled_money)
    assert "$" not in hidden
    assert hidden.count("•••") == 3


@pytest.mark.parametrize(("amount", "hidden"), [(1, "••• punto"), (-30, "••• puntos"), (0, "••• puntos")])
def test_what_is_counted_keeps_its_unit_when_it_is_hidden(amount: int, hidden: str) -> None:
    """Its number is what nobody should see."""
    assert veiled_money(amount, "points", "es") == hidden


def test_a_refusal_begins_with_its_code_and_its_fault_says_the_same() -> None:
    """The part before the dot goes over the wire."""
    one = refused("invalid.closure_length", "$.last_day", days=366)
    assert one.code == "invalid"
    assert [(there.pointer, there.detail) for there in wire_faults(one.faults)] == [
        ("$.last_day", in_english(one))
    ]


def test_invalid_alone_is_told_by_its_first_fault() -> None:
    """A program is told the place too, where a form shows it at the field."""
    one = invalid(fault("$.name", "shape.needed"), fault("$.days", "shape.most", kind="int", most=7))
    assert in_english(one) == "$.name: This field is required."
    assert for_people(one, "en") == "Fill this in."
    assert placed(one, "$.title").faults == (fault("$.title", "shape.needed"),)


@pytest.mark.parametrize(
    "one",
    [
        COSTS,
        BEGUN,
        refused("unknown_target", "$.target", known=("a", "b")),
        refused("forbidden", role="auditor", allowed="manager"),
        refused("ambiguous_enrollment.bowl", "$.count", count=3, first=2, enrollment=UUID(int=1), bowl="b"),
    ],
)
def test_a_refusal_is_the_same_after_it_was_stored(one: Refused) -> None:
    """What waits for somebody is told in their language when they look at it."""
    assert msgspec.json.decode(msgspec.json.encode(one), type=Refused) == one


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    """Something of everything that a shape can ask for."""

    text: Annotated[str, Meta(min_length=2, max_length=3, pattern="^[a-z]+$")] = "ab"
    count: Annotated[int, Meta(ge=1, le=9)] = 1
    share: Annotated[float, Meta(ge=1, le=9)] = 1.0
    odd: Annotated[int, Meta(multiple_of=3)] = 3
    many: Annotated[list[int], Meta(min_length=1, max_length=2)] = msgspec.field(default_factory=lambda: [1])
    word: Literal["a", "b"] = "a"
    day: date = date(2026, 1, 1)
    at: Annotated[datetime, Meta(tz=True)] = datetime(2026, 1, 1, tzinfo=UTC)
    id: UUID | None = None
    named: dict[Annotated[str, Meta(pattern="^a$")], int] = {}
    event: NewEvent | None = None
    pair: tuple[int, int] = (1, 2)


@pytest.mark.parametrize(
    "given",
    [
        5,
        {"what": 1},
        {"text": "a"},
        {"text": "abcd"},
        {"text": "AB"},
        {"text": 5},
        {"count": 0},
        {"count": 10},
        {"count": 1.5},
        {"count": "x"},
        {"count": 10**30},
        {"share": 0},
        {"share": 10.5},
        {"odd": 4},
        {"many": []},
        {"many": [1, 2, 3]},
        {"many": [1, "x"]},
        {"word": "c"},
        {"word": 1},
        {"day": "soon"},
        {"at": "soon"},
        {"at": "2026-01-01T00:00:00"},
        {"id": "x"},
        {"named": {"b": 1}},
        {"named": {"a": "x"}},
        {"event": {}},
        {"event": {"outcome": "x", "occurred_at": "2026-01-01T00:00:00Z", "when": 1}},
        {"pair": [1]},
    ],
)
def test_what_msgspec_says_is_read_once_and_said_again_word_for_word(given: Any) -> None:  # noqa: ANN401
    """Integrators know its sentences; people are told what to write, without our types' names."""
    with pytest.raises(msgspec.ValidationError) as raised:
        msgspec.convert(given, Shape)
    found = shape_fault(raised.value)
    said, _, place = str(raised.value).partition(" - at `")
    assert in_english(found) == said
    assert found.pointer in {"$", place.removeprefix("key` in `").removesuffix("`")}
    for language in ("en", "es"):
        assert not any(ours in for_people(found, language) for ours in ("Expected", "RFC", "UUID", "enum"))
