"""Places in a message are JSONPath, bounded, and mappings from before go on meaning what they meant."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from schemas.mapping import FieldRule, OnlyRule
from service.core.inbound.old_places import in_jsonpath, modern
from service.core.inbound.paths import Part, path_of, values_at
from tests.core.test_mapping import LEAST, event


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("$", [{"a": [{"b": None, "c d": 1}, 2], "0": "zero"}]),
        ("$.a[1]", [2]),
        ("$.a[*]", [{"b": None, "c d": 1}, 2]),
        ("$.a[?@.b == null]['c d']", [1]),
        ("$..b", [None]),
        ("$.x", []),
        ("@", [2]),
        ("@.a", []),
    ],
)
def test_a_place_is_a_jsonpath_from_the_whole_or_from_the_part(place: str, found: list[object]) -> None:
    """The whole message is `$`, and the part in hand `@`."""
    whole = {"a": [{"b": None, "c d": 1}, 2], "0": "zero"}
    assert values_at(place, Part(whole, 2)) == found


@pytest.mark.parametrize(
    "place",
    [
        "a..b", "a.", "a[x]", "/a", "a.b", "", "$.a | $.b", "$..a..b", "$[?@..a]", "$[?count($..a) > 1]",
        "$[?match(@.a, '(a+)+')]", "$[?search(@.a, 'a')]", "^$.a", "$.a[?#.b]",
    ],
)  # fmt: skip  # table: one place a word
def test_what_is_no_jsonpath_or_could_take_for_ever_is_no_place(place: str) -> None:
    """No dialect, no pattern of somebody's own, and one look at everything at most."""
    assert path_of(place) is None


@pytest.mark.parametrize("text", ["NEG", "x{", "[", '{"code": "NEG"}', '"NEG"', "7"])
def test_a_text_is_no_document(text: str) -> None:
    """A message or a part of one that is a text has no place but itself, whatever stands in it."""
    for part in (Part(text, text), Part({"part": text}, text)):
        assert values_at("@", part) == [text]
        assert values_at("@.code", part) == values_at("@..code", part) == values_at("@[0]", part) == []
    assert values_at("$", Part(text, text)) == [text]
    assert values_at("$.code", Part(text, text)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("$", "$"),
        ("$.a.b", "$.a.b"),
        ("a.b[0].c", "$.a.b[0,'0'].c"),
        ("$[0][1]", "$[0][1]"),
        ("a.0", "$.a[0,'0']"),
        ("/a/b~1c/~0", "$.a['b/c']['~']"),
        ("/it's", "$['it\\'s']"),
        ("/", "$['']"),
        ("a..b", "a..b"),
        ("/a~2", "/a~2"),
    ],
)
def test_an_old_place_is_the_same_place_as_a_jsonpath(old: str, new: str) -> None:
    """Mappings on record from before go on meaning what they meant."""
    assert in_jsonpath(old) == new
    mapping = modern(replace(LEAST, outcome=FieldRule(old), only=OnlyRule(old, ("x",))))
    assert (mapping.outcome, mapping.only) == (FieldRule(new), OnlyRule(new, ("x",)))


def test_an_old_place_still_leads_into_lists_and_objects() -> None:
    """A step that is a number is an index of a list, or a name of an object."""
    mapping = modern(replace(LEAST, outcome=FieldRule("results.0.code")))
    message = {"who": "A", "t": "2026-03-02T10:00:00Z"}
    assert event(mapping, {**message, "results": [{"code": "negative"}]}).outcome == "negative"
    assert event(mapping, {**message, "results": {"0": {"code": "positive"}}}).outcome == "positive"
