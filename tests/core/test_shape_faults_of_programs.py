"""Every fault of a document's shape is told at once, each with what is allowed, in the author's language."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import ValidationError, convert, json

import schemas
from schemas.cases import Cases
from schemas.people import Language
from schemas.program import Program
from service.core.authoring.documents import plain_value
from service.core.authoring.shapes import shape_faults
from service.core.words.refusals.catalog import for_people, in_english

FOLDER = Path(schemas.__path__[0]) / "programs"
CALIFORNIA = plain_value((FOLDER / "california-recovery-incentives.yaml").read_bytes(), is_yaml=True)


def spoiled(place: tuple[str | int, ...], value: object) -> Any:  # noqa: ANN401  any document
    """California's document with another value at one place."""
    made: Any = json.decode(json.encode(CALIFORNIA))
    at = made
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    return made


def told(made: object, language: Language = "en") -> dict[str, str]:
    """The faults of a document by their place."""
    say = in_english if language == "en" else lambda one: for_people(one, language)
    return {one.pointer: say(one) for one in shape_faults(made, Program)}


EARN = ("targets", 0, "phases", 0, "earn")
AT = "$.targets[0].phases[0].earn"


@pytest.mark.parametrize(
    ("place", "value", "pointer", "says"),
    [
        (
            (*EARN, "every"),
            "weekly",
            f"{AT}.every",
            "`weekly` is not read here; write a whole number such as 2, or: week",
        ),
        (
            (*EARN, "steep"),
            1,
            f"{AT}.steep",
            "`steep` is not a field here; take it out. The fields here are: type, start",
        ),
        ((*EARN, "mx"), 1, f"{AT}.mx", "The fields here are: type, start, step, every, max, first, per, if"),
        ((*EARN, "start"), 2.5, f"{AT}.start", "amounts are whole cents: write 250 for $2.50"),
        ((*EARN, "start"), "$1,250.75", f"{AT}.start", "write 125075 for $1250.75"),
        ((*EARN, "start"), None, f"{AT}.start", "amounts are whole cents"),
        (
            (*EARN, "type"),
            "laddr",
            f"{AT}.type",
            "did you mean `ladder`? There are: flat, rate, ladder, table, draws",
        ),
        (("unit",), "dollars", "$.unit", "did you mean `usd`?"),
        (("targets", 0, "behavior"), "urine", "$.targets[0].behavior", "did you mean `test`?"),
        (("weeks",), "24", "$.weeks", "write the number without quotes: 24"),
        (("weeks",), 0, "$.weeks", "write 1 or more"),
        (("weeks",), 600, "$.weeks", "write 520 or less"),
        (("title",), 5, "$.title", "write a text here"),
        (("title",), "", "$.title", "write 1 characters or more"),
        (("name",), "My Program", "$.name", "small letters and digits"),
        (("caps",), {"per": "year"}, "$.caps", "write a list here"),
        (("targets", 0, "phases", 0, "weeks"), [1], "$.targets[0].phases[0].weeks", "write a list of 2"),
        (
            ("targets", 0, "phases", 0, "on_failure"),
            "reset",
            "$.targets[0].phases[0].on_failure",
            "write fields",
        ),
        (
            ("targets", 0, "phases", 0, "on_failure", "reset"),
            "yes",
            "$.targets[0].phases[0].on_failure.reset",
            "true or false",
        ),
        (("targets", 0, "limit"), [], "$.targets[0].limit", ""),
        (("targets",), [], "$.targets", "give 1 or more"),
    ],
)
def test_wrong_place_says_what_is_allowed(
    place: tuple[str | int, ...], value: object, pointer: str, says: str
) -> None:
    """One place is wrong; its sentence names the words, fields or numbers that there are."""
    found = told(spoiled(place, value))
    if not says:
        assert found == {}
        return
    assert list(found) == [pointer]
    assert says in found[pointer]
    assert told(spoiled(place, value), "es")[pointer] != found[pointer]


def test_amounts_of_draws_and_points_are_whole() -> None:
    """Nobody is told to write cents where there are none."""
    draws = spoiled(EARN, {"type": "draws", "start": 1.5, "step": 1})
    assert told(draws) == {f"{AT}.start": "points and draws are whole: write a number such as 25"}
    points = spoiled((*EARN, "start"), 1.5) | {"unit": "points"}
    assert told(points) == {f"{AT}.start": "points and draws are whole: write a number such as 25"}


def test_all_faults_of_shape_are_told_at_once() -> None:
    """An author mends them in one reading; a misspelled field is not told as missing too."""
    made = spoiled((*EARN, "every"), "weekly")
    made["unit"] = "euro"
    del made["title"]
    made["targets"][0]["phases"][1]["earn"] = {"type": "flat", "amuont": 5}
    assert list(told(made)) == [
        "$.title",
        "$.unit",
        f"{AT}.every",
        "$.targets[0].phases[1].earn.amuont",
    ]


def places(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:  # noqa: ANN401  any document
    """Every place of a document."""
    found = [at] if at else []
    items: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    for step, item in items:
        found += places(item, (*at, step))
    return found


WRONG = st.sampled_from(
    [
        None,
        True,
        -1,
        0,
        1,
        3,
        1.5,
        10**9,
        "",
        "x",
        "week",
        "test",
        "usd",
        [],
        [1],
        [1, 2],
        [1, 2, 3],
        {},
        {"a": 1},
        {"type": "flat"},
    ]
)


@settings(max_examples=600, deadline=None)
@given(path=st.sampled_from(sorted(FOLDER.glob("*.yaml"))), data=st.data())
def test_walk_finds_a_fault_exactly_where_the_shape_has_one(path: Path, data: st.DataObject) -> None:
    """It agrees with msgspec's own reading about every value at every place of every shipped program."""
    made: Any = json.decode(json.encode(plain_value(path.read_bytes(), is_yaml=True)))
    place = data.draw(st.sampled_from(places(made)))
    at = made
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = data.draw(WRONG)
    found = shape_faults(made, Program)
    try:
        convert(made, Program)
    except ValidationError:
        assert found
        assert all(in_english(one) and for_people(one, "es") for one in found)
    else:
        assert found == ()


def test_faults_of_cases_are_walked_too() -> None:
    """Worked cases are documents like programs."""
    found = shape_faults({"program": "a", "cases": [{"nam": "b", "totals": {"usd": 1.5}}]}, Cases)
    assert [one.pointer for one in found] == [
        "$.cases[0].nam",
        "$.cases[0].says",
        "$.cases[0].visits",
        "$.cases[0].totals.usd",
    ]
