"""An appointment of another system: a visit that is expected, moved or called off, or that was kept."""

from collections.abc import Iterator
from typing import Final, cast

from schemas.events import NewEvent
from schemas.ids import Id
from schemas.mapping import AppointmentStanding, FieldRule, ScheduleRule
from service.core.inbound.fields import Fields
from service.core.inbound.paths import Part, each
from service.core.inbound.said import Booking, Item, Report
from service.core.inbound.values import TEXT_SHOWN_MAX, DoubtError, text_at, word_of

CAME: Final = "appointment:"
"""How the reference of an event begins that an appointment says: its number follows."""


def appointment(fields: Fields, rule: ScheduleRule, part: Part) -> Iterator[Item]:
    """What an appointment says: nothing where it says that somebody came or not and no outcome means that."""
    standing = _standing(rule, part)
    number = _needed(fields, fields.kind.reference, part, "message.no_reference")
    target = _needed(fields, fields.kind.target, part, "message.no_target")
    numbers = fields.numbers(part)
    participant = None if fields.kind.participant is None else fields.field(fields.kind.participant, part)[1]
    if not numbers and participant is None:
        raise DoubtError(fields.place_of("participant_reference"), "message.nobody")
    program = None if fields.kind.program is None else fields.field(fields.kind.program, part)[1]
    when = None if fields.kind.occurred_at is None else fields.time(fields.kind.occurred_at, part)
    if standing == "canceled":
        when = None
    elif when is None:
        time = fields.kind.occurred_at
        raise DoubtError("$" if time is None else each(time.at)[0], "message.no_time")
    booking = Booking(
        number,
        target,
        None if when is None else when.at,
        program,
        None if participant is None else _id(participant, fields.place_of("participant")),
        numbers,
        rule.strangers == "ignore",
    )
    if standing in {"booked", "canceled"} or when is None:
        yield booking
        return
    outcome = rule.arrived if standing == "arrived" else rule.no_show
    if outcome is None:
        return
    event = NewEvent(
        outcome,
        when.at,
        participant=booking.participant,
        participant_reference=numbers[0] if numbers else None,
        target=target,
        program=program,
        reference=f"{CAME}{number}",
    )
    yield Report(event, numbers=numbers, day_alone=when.day_alone)


def _needed(fields: Fields, rule: FieldRule | None, part: Part, reason: str) -> str:
    place, found = ("$", None) if rule is None else fields.field(rule, part)
    if found is None:
        raise DoubtError(place, reason)
    return found


def _standing(rule: ScheduleRule, part: Part) -> AppointmentStanding:
    place, text = text_at(rule.status.at, part)
    if text is None:
        if rule.status.otherwise is not None:
            return rule.status.otherwise
        raise DoubtError(place, "message.no_status")
    found = word_of(rule.status.words, text)
    if found is None:
        raise DoubtError(place, "message.word", word=text[:TEXT_SHOWN_MAX])
    return cast("AppointmentStanding", found)


def _id(text: str, place: str) -> Id:
    try:
        return Id(text)
    except ValueError:
        raise DoubtError(place, "shape.other", said="Not an id") from None
