"""A message of another service is read by its source's mapping, and what is wrong is said with its place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.events import NewEvent
from schemas.mapping import EventMapping, FieldRule, OnlyRule, StatusRule, TimeRule
from service.core.inbound.judging import judge
from service.core.inbound.mapping import understand
from service.core.inbound.said import Ignored, Report, Understood, Zones
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.web.contract.examples_of_inbound import MAPPING

ZONES = Zones(ZoneInfo("America/New_York"), {"America/Los_Angeles": ZoneInfo("America/Los_Angeles")})
MESSAGE = UUID(int=1)
REFERENCE = f"inbound:{MESSAGE}"

REPORT: dict[str, Any] = {
    "kind": "result.final",
    "accession": "L-1",
    "collected": "03/02/2026 07:30",
    "patient": {"chart": "A-1042"},
    "result": {"code": "neg "},
}

OWN = ("outcome", "participant_reference", "behavior", "occurred_at")
LEAST = EventMapping(FieldRule("$.o"), TimeRule("$.t"), FieldRule("$.who"), behavior=FieldRule(value="test"))


def read(mapping: EventMapping | None, message: object) -> Understood | Ignored | Refused:
    """Read a message as it would come."""
    return understand(mapping, msgspec.json.encode(message), ZONES, MESSAGE)


def event(mapping: EventMapping | None, message: object) -> NewEvent:
    """Give the event that a message must be."""
    found = read(mapping, message)
    assert isinstance(found, Understood), found
    (item,) = found.items
    assert isinstance(item, Report), item
    return item.event


def fault(mapping: EventMapping | None, message: object) -> str:
    """Give the place of what must be wrong with a message."""
    found = read(mapping, message)
    assert isinstance(found, Refused), found
    assert in_english(found).startswith(found.faults[0].pointer), found
    return found.faults[0].pointer


def test_a_laboratory_s_report_becomes_an_event_in_our_words() -> None:
    """Their word, their clock and their number: each stands where the mapping says."""
    assert event(MAPPING, REPORT) == NewEvent(
        "negative",
        datetime(2026, 3, 2, 15, 30, tzinfo=UTC),
        participant_reference="A-1042",
        behavior="test",
        reference="L-1",
    )


def test_without_a_mapping_a_message_is_an_event_or_an_envelope_around_one() -> None:
    """An envelope's time stands for an event that has none of its own."""
    plain = {
        "outcome": "negative",
        "occurred_at": "2026-03-02T10:00:00Z",
        "participant_reference": "A",
        "behavior": "test",
    }
    expected = NewEvent(
        "negative",
        datetime(2026, 3, 2, 10, tzinfo=UTC),
        participant_reference="A",
        behavior="test",
        reference=REFERENCE,
    )
    assert event(None, plain) == expected
    assert event(None, {"type": "t", "timestamp": "2026-03-02T11:00:00Z", "data": plain}) == expected
    timeless = {name: value for name, value in plain.items() if name != "occurred_at"}
    assert event(None, {"type": "t", "timestamp": "2026-03-02T10:00:00Z", "data": timeless}) == expected
    assert event(None, {**plain, "reference": "own"}).reference == "own"


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ([], "$"),
        ("text", "$"),
        (None, "$"),
        ({}, "$.outcome"),
        ({"data": {}}, "$.data.outcome"),
        ({"data": {"outcome": "negative"}}, "$.data.occurred_at"),
        ({"outcome": "negative", "occurred_at": "2026-03-02T10:00:00"}, "$.occurred_at"),
        ({"outcome": "negative", "occurred_at": "1026-03-02T10:00:00Z"}, "$.occurred_at"),
        ({"outcome": 1, "occurred_at": "2026-03-02T10:00:00Z"}, "$.outcome"),
        ({"data": {"outcome": "n", "occurred_at": "2026-03-02T10:00:00Z", "x": 1}}, "$.data.x"),
    ],
)
def test_what_is_no_event_is_said_with_its_place(message: object, place: str) -> None:
    """Whoever looks at it finds it at once."""
    assert fault(None, message) == place


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":1}{', b"NaN", b'"\\ud800"', b"\x00" * 10]
)
def test_what_is_no_json_is_malformed(body: bytes) -> None:
    """Nothing raises, however deep or broken."""
    for mapping in (None, MAPPING):
        found = understand(mapping, body, ZONES, MESSAGE)
        assert isinstance(found, Refused)
        assert found.code in {"malformed", "invalid"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"result": {"code": "ODD"}}, "$.result.code"),
        ({"result": {}}, "$.result.code"),
        ({"result": {"code": ["NEG"]}}, "$.result.code"),
        ({"collected": "2026-03-02"}, "$.collected"),
        ({"collected": None}, "$.collected"),
        ({"collected": "01/01/0001 00:00"}, "$.collected"),
        ({"patient": {}}, "$.patient.chart"),
        ({"patient": {"chart": "x" * 129}}, "$.patient.chart"),
        ({"accession": "two\nlines"}, "$.accession"),
    ],
)
def test_what_the_mapping_cannot_read_is_said_with_its_place_in_the_message(
    change: dict[str, object], place: str
) -> None:
    """The place is the one in their message, not in our event."""
    assert fault(MAPPING, {**REPORT, **change}) == place


def test_a_message_of_another_kind_is_ignored() -> None:
    """A source may tell of more than events."""
    assert read(MAPPING, {**REPORT, "kind": "result.preliminary"}) == Ignored()
    assert read(MAPPING, {"kind": None}) == Ignored()
    assert read(MAPPING, []) == Ignored()


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("rfc3339", "2026-03-02T10:00:00Z"),
        ("rfc3339", "2026-03-02T05:00:00-05:00"),
        ("epoch_seconds", 1772445600),
        ("epoch_seconds", "1772445600"),
        ("epoch_milliseconds", 1772445600000),
        ("epoch_milliseconds", 1772445600000.0),
    ],
)
def test_times_come_in_several_forms(form: Any, written: object) -> None:  # noqa: ANN401
    """Each is the same moment."""
    mapping = msgspec.structs.replace(LEAST, occurred_at=TimeRule("$.t", form))
    found = event(mapping, {"o": "negative", "who": "A", "t": written})
    assert found.occurred_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize("written", ["soon", True, 1e300, "1" * 40, -1e17, {"at": 1}, "0x10", "1_000"])
def test_what_is_no_time_is_said(written: object) -> None:
    """A number beyond the calendar is none either."""
    for form in ("epoch_seconds", "epoch_milliseconds", "rfc3339"):
        mapping = msgspec.structs.replace(LEAST, occurred_at=TimeRule("$.t", form))
        assert fault(mapping, {"o": "negative", "who": "A", "t": written}) == "$.t"


def test_a_pattern_without_a_zone_is_in_the_clinic_s() -> None:
    """A wall clock without a zone hangs in the clinic."""
    rule = TimeRule("$.t", "pattern", "%Y%m%d%H%M%S")
    found = event(
        msgspec.structs.replace(LEAST, occurred_at=rule), {"o": "n", "who": "A", "t": "20260302100000"}
    )
    assert found.occurred_at == datetime(2026, 3, 2, 15, tzinfo=UTC)


def test_a_rule_s_value_stands_where_nothing_stands() -> None:
    """A constant, and a default, are the same thing."""
    mapping = msgspec.structs.replace(LEAST, outcome=FieldRule("$.o", "negative"))
    assert event(mapping, {"who": 7, "t": "2026-03-02T10:00:00Z", "o": " "}).outcome == "negative"
    assert event(mapping, {"who": 7, "t": "2026-03-02T10:00:00Z", "o": True}).outcome == "true"
    assert event(mapping, {"who": 7, "t": "2026-03-02T10:00:00Z"}).participant_reference == "7"


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({}, []),
        ({"outcome": FieldRule()}, ["$.outcome"]),
        ({"outcome": FieldRule("a..b")}, ["$.outcome.at"]),
        ({"outcome": FieldRule("$.o", words={"N": "fine"})}, ["$.outcome.words.N"]),
        ({"outcome": FieldRule(value="attended")}, ["$.outcome.value"]),
        ({"outcome": FieldRule(value="negative", words={"N": "negative"})}, ["$.outcome.words"]),
        ({"behavior": FieldRule(value="yoga")}, ["$.behavior.value"]),
        ({"behavior": None}, ["$.behavior"]),
        ({"participant_reference": None}, ["$.participant_reference"]),
        ({"participant_reference": FieldRule(value="A")}, ["$.participant_reference.at"]),
        ({"only": OnlyRule("a..b", ("x",))}, ["$.only.at"]),
        ({"occurred_at": TimeRule("a..b")}, ["$.occurred_at.at"]),
        ({"occurred_at": None}, ["$.occurred_at"]),
        ({"occurred_at": TimeRule("$.t", "pattern")}, ["$.occurred_at.pattern"]),
        ({"occurred_at": TimeRule("$.t", pattern="%Y")}, ["$.occurred_at.pattern"] * 2),
        ({"occurred_at": TimeRule("$.t", "pattern", "%Y-%m-%d %H %q")}, ["$.occurred_at.pattern"]),
        ({"occurred_at": TimeRule("$.t", "pattern", "%Y-%m-%d")}, []),
        ({"occurred_at": TimeRule("$.t", "pattern", "%m-%d %H")}, ["$.occurred_at.pattern"]),
        ({"occurred_at": TimeRule("$.t", "pattern", "%Y-%m-%d %H %")}, ["$.occurred_at.pattern"]),
        ({"occurred_at": TimeRule("$.t", "pattern", "%Y-%m-%d %I:%M")}, ["$.occurred_at.pattern"]),
        ({"occurred_at": TimeRule("$.t", "pattern", "%Y-%m-%d %H:%M %p")}, ["$.occurred_at.pattern"]),
        ({"occurred_at": TimeRule("$.t", "pattern", "%Y-%m-%d %H0%M")}, ["$.occurred_at.pattern"]),
        ({"occurred_at": TimeRule("$.t", "pattern", "%Y-%m-%d %H%M%S%f")}, ["$.occurred_at.pattern"]),
        ({"occurred_at": TimeRule("$.t", zone="UTC")}, ["$.occurred_at.zone"]),
        ({"outcome": None}, ["$.outcome"]),
        ({"events": "a..b"}, ["$.events"]),
        ({"status": StatusRule("a..b", {"F": "final"})}, ["$.status.at"]),
        ({"messages": (LEAST, LEAST)}, [f"$.{one}" for one in OWN] + ["$.messages[0].only"]),
    ],
)
def test_a_mapping_is_judged_when_it_is_set(change: dict[str, Any], places: list[str]) -> None:
    """Every fault is named at its place in the mapping."""
    faults = judge(msgspec.structs.replace(LEAST, **change))
    assert [one.pointer for one in faults] == places
    assert all(in_english(one).endswith(".") for one in faults)


RULES = st.builds(
    FieldRule,
    at=st.none() | st.sampled_from(["$.a", "$.b", "$..a", "$.a[0].b", "@.b[*]", "$", "a..b"]),
    value=st.none() | st.sampled_from(["negative", "test", "x"]),
    words=st.dictionaries(st.text(max_size=3), st.sampled_from(["negative", "test"]), max_size=2),
)
TIMES = st.builds(
    TimeRule,
    at=st.sampled_from(["$.a", "$.b", "$"]),
    form=st.sampled_from(["rfc3339", "epoch_seconds", "epoch_milliseconds", "pattern"]),
    pattern=st.none() | st.text(alphabet="%YmdHMSz -", max_size=12),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda part: (
        st.lists(part, max_size=3) | st.dictionaries(st.sampled_from("ab") | st.text(), part, max_size=3)
    ),
    max_leaves=8,
)


@given(
    mapping=st.none()
    | st.builds(EventMapping, outcome=RULES, occurred_at=TIMES, participant_reference=RULES, behavior=RULES),
    message=JSON,
)
def test_no_message_makes_a_judged_mapping_raise(mapping: EventMapping | None, message: object) -> None:
    """Whatever comes, there is an event, nothing, or a reason."""
    if mapping is None or not judge(mapping):
        assert isinstance(read(mapping, message), Understood | Ignored | Refused)
