"""A kind of a mapping is an event, an appointment or a person, and says what goes with none of them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from schemas.mapping import (
    AppointmentStatusRule,
    EventMapping,
    FieldRule,
    PersonRule,
    ScheduleRule,
    TimeRule,
)
from service.core.inbound.judging import judge
from service.core.inbound.presets import PRESETS
from service.core.inbound.said import Person, Understood
from service.core.refusals import Refused
from tests.core.test_mapping import read

BOOKED = AppointmentStatusRule("$.s", {"booked": "booked"})
VISIT = EventMapping(
    participant_reference=FieldRule("$.who"),
    reference=FieldRule("$.number"),
    target=FieldRule("$.for"),
    occurred_at=TimeRule("$.t"),
    schedule=ScheduleRule(BOOKED),
)
PERSON = EventMapping(participant_reference=FieldRule("$.who"), person=PersonRule(name=("$.first", "$.last")))


@pytest.mark.parametrize(
    ("base", "change", "places"),
    [
        (VISIT, {}, []),
        (PERSON, {}, []),
        (VISIT, {"outcome": FieldRule("$.o")}, ["$.outcome"]),
        (
            VISIT,
            {"reference": None, "target": None, "occurred_at": None},
            ["reference", "target", "occurred_at"],
        ),
        (VISIT, {"participant_reference": None}, ["$.participant_reference"]),
        (VISIT, {"schedule": ScheduleRule(BOOKED, no_show="No Show")}, ["$.schedule.no_show"]),
        (
            VISIT,
            {"schedule": ScheduleRule(AppointmentStatusRule("s", {"a": "booked"}))},
            ["$.schedule.status.at"],
        ),
        (PERSON, {"occurred_at": TimeRule("$.t")}, ["$.occurred_at"]),
        (PERSON, {"participant_reference": FieldRule(value="A-1")}, ["$.participant_reference"]),
        (
            PERSON,
            {"person": PersonRule(name=("first",), phone=FieldRule())},
            ["$.person.name[0]", "$.person.phone"],
        ),
        (PERSON, {"schedule": ScheduleRule(BOOKED)}, ["$.schedule"]),
    ],
)
def test_a_kind_is_an_event_a_visit_or_a_person(
    base: EventMapping, change: dict[str, Any], places: list[str]
) -> None:
    """What goes with another reading is a fault at its place."""
    found = [one.pointer for one in judge(msgspec.structs.replace(base, **change))]
    assert sorted(set(found)) == sorted({f"$.{place.removeprefix('$.')}" for place in places})


def test_every_mapping_to_begin_with_can_be_saved() -> None:
    """As it stands, and written as JSON and read back."""
    for preset in PRESETS.values():
        assert judge(preset) == ()
        assert msgspec.json.decode(msgspec.json.encode(preset), type=EventMapping) == preset


def test_what_a_person_message_says_is_read_as_the_mapping_names_it() -> None:
    """A field of another shape puts the message into review; what is not named is not read."""
    rule = PersonRule(
        ("$.first", "$.last"), email=FieldRule("$.mail"), language=FieldRule("$.l", words={"spa": "es"})
    )
    mapping = msgspec.structs.replace(PERSON, person=rule)
    said = {
        "who": "A-1",
        "first": " Ana ",
        "last": "Roe",
        "mail": "ana@example.org",
        "l": "spa",
        "phone": "1",
    }
    found = read(mapping, said)
    assert isinstance(found, Understood)
    assert found.items == (Person(("A-1",), "Ana Roe", None, "ana@example.org", "es"),)
    wrong = read(mapping, {**said, "mail": "nowhere"})
    assert isinstance(wrong, Refused)
    assert [one.pointer for one in wrong.faults] == ["$.mail"]
    plain = read(mapping, {"who": "A-1", "l": "fra"})
    assert isinstance(plain, Understood)
    assert plain.items == (Person(("A-1",)),)
