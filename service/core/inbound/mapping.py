"""What a message says, by the mapping of its source: events, corrections, or a reason why somebody must look.

Nothing here raises on what a message holds: each fault is a value that names its place in the message.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from schemas.events import NewEvent
from schemas.ids import Id
from schemas.mapping import EventMapping, FieldRule, MessageMapping, Standing
from service.core.inbound.kinds import kind_of, read_body
from service.core.inbound.moments import Unclear, read_time
from service.core.inbound.paths import Part, each, first_at
from service.core.inbound.results import Panel, decide, results_in, standing_of
from service.core.inbound.said import (
    PENDING,
    Ignored,
    Item,
    Report,
    Understood,
    Withdrawal,
    Zones,
    reference_of,
)
from service.core.inbound.values import (
    TEXT_SHOWN_MAX,
    DoubtError,
    Number,
    folded,
    is_there,
    numbers_in,
    text_at,
    word_of,
)
from service.core.refusals import Refused, refused
from service.core.shape_faults import shape_fault

TEXTS: Final = ("behavior", "target", "program", "evidence", "note")
"""Fields that are taken as they are read."""
WHO: Final = ("participant_reference", "participant", "enrollment")
YEAR_LEAST: Final = 1901
YEAR_MOST: Final = 2199
"""The years in which an event can lie; beyond them lies a slip of somebody's program."""
DAY_ALONE: Final = "Day only; noon stands for the time. / Solo el día; el mediodía está en lugar de la hora."
"""What the note of an event says whose message names no time of the day."""
NUMBERS_MAX: Final = 20
"""How many numbers of one person are looked for."""


def understand(
    mapping: EventMapping | None, body: bytes, zones: Zones, message: Id
) -> Understood | Ignored | Refused:
    """Read a message; `zones` are of times without an offset, and `message` names what has no reference."""
    tree = read_body(mapping, body)
    if isinstance(tree, Refused):
        return tree
    try:
        if mapping is None:
            return Understood((_plain(tree, message),))
        whole = Part(tree, tree)
        kind = kind_of(mapping, whole)
        if kind is None:
            return Ignored()
        items = tuple(_Reading(mapping, kind, zones, message).items(whole))
    except DoubtError as doubt:
        return doubt.refusal
    return Understood(items) if items else Ignored()


def _plain(message: object, whose: Id) -> Report:
    """The message as an event of ours, or one in the `data` of an envelope, whose time it may have."""
    place = "$"
    if isinstance(message, dict) and "outcome" not in message and isinstance(message.get("data"), dict):
        told: dict[str, Any] = {}
        if "timestamp" in message and "occurred_at" not in message["data"]:
            told["occurred_at"] = message["timestamp"]
        message, place = {**message["data"], **told}, "$.data"
    event = event_of(message, lambda field: f"{place}{field}")
    _judge_year(event.occurred_at, "$.occurred_at")
    if event.reference is None:
        event = replace(event, reference=reference_of(whose))
    return Report(event, "corrected" if event.corrects else "final")


def event_of(fields: object, place_of: Callable[[str], str]) -> NewEvent:
    """The event that some fields are; `place_of` gives the place in the message of one of them."""
    try:
        return msgspec.convert(fields, NewEvent)
    except OverflowError as error:
        raise DoubtError(place_of(""), "shape.other", said=str(error)) from None
    except msgspec.ValidationError as error:
        found = shape_fault(error)
        place = found.pointer.removeprefix("$")
        if found.reason in {"shape.missing", "shape.unknown"}:
            place = f"{place}.{str(found.values['name'])[:TEXT_SHOWN_MAX]}"
            reason = "shape.needed" if found.reason == "shape.missing" else "message.not_known"
            raise DoubtError(place_of(place), reason) from None
        raise DoubtError(place_of(place), found.reason, **found.values) from None


def _judge_year(at: datetime, place: str) -> None:
    if not YEAR_LEAST <= at.year <= YEAR_MOST:
        raise DoubtError.of(
            refused("invalid.message_year", place, at=place, least=YEAR_LEAST, most=YEAR_MOST)
        )


class _Reading:
    """One message that is read by one kind of a mapping."""

    def __init__(self, mapping: EventMapping, kind: MessageMapping, zones: Zones, message: Id) -> None:
        self.mapping = mapping
        self.kind = kind
        self.zones = zones
        self.message = message
        self.events = 0

    def items(self, whole: Part) -> Iterator[Item]:
        """What the message says, part by part."""
        place = self.kind.events
        if place is None:
            yield from self._part(whole)
            return
        at, found = first_at(place, whole, is_there)
        parts = [Part(whole.whole, value) for value in found]
        if not parts:
            raise DoubtError(at, "message.no_parts")
        concerned = [part for part in parts if self._concerns(part)]
        for part in concerned or parts:
            yield from self._part(part)

    def _concerns(self, part: Part) -> bool:
        """Whether a part of a message has any result that the mapping names."""
        rule = self.kind.results
        return rule is None or bool(results_in(rule, self.mapping.values, part))

    def _part(self, part: Part) -> Iterator[Item]:
        whole = standing_of(self.kind.status, part)
        panels = self._panels(part, whole)
        for panel in panels:
            if panel.standing == "canceled":
                continue
            if panel.standing == "withdrawn":
                yield self._withdrawal(part, panel, several=len(panels) > 1)
            else:
                yield self._report(part, panel, several=len(panels) > 1)

    def _panels(self, part: Part, whole: Standing) -> Sequence[Panel]:
        rule = self.kind.results
        if rule is not None:
            found = results_in(rule, self.mapping.values, part)
            return [decide(target, whole, found, rule) for target in rule.targets]
        if whole in {"preliminary", "withdrawn", "canceled"}:
            return [Panel(None, whole, None)]
        outcome = self.kind.outcome or FieldRule()
        place, found_outcome = self._field(outcome, part)
        if found_outcome is None:
            raise DoubtError(place, "message.no_outcome")
        return [Panel(None, whole, found_outcome)]

    def _withdrawal(self, part: Part, panel: Panel, *, several: bool) -> Withdrawal:
        rule = self.kind.reference
        place, reference = ("$", None) if rule is None else self._field(rule, part)
        if reference is None:
            raise DoubtError(place, "message.no_reference")
        return Withdrawal(_reference(reference, panel, several=several), self._numbers(part))

    def _report(self, part: Part, panel: Panel, *, several: bool) -> Report:
        fields: dict[str, object] = {"outcome": panel.outcome or PENDING}
        places = {"outcome": self._place_of("outcome")}
        for name in TEXTS:
            rule: FieldRule | None = getattr(self.kind, name)
            if rule is not None:
                places[name], found = self._field(rule, part)
                if found is not None:
                    fields[name] = found
        if panel.target is not None:
            fields["target"] = panel.target
        at, day_alone = self._time(part, fields)
        numbers = self._who(part, fields, places)
        self._referred(part, panel, fields, places, several=several)
        self.events += 1

        def place_of(field: str) -> str:
            return places.get(field.lstrip(".").partition(".")[0], "$")

        return Report(event_of({**fields, "occurred_at": at}, place_of), panel.standing, numbers, day_alone)

    def _referred(
        self, part: Part, panel: Panel, fields: dict[str, object], places: dict[str, str], *, several: bool
    ) -> None:
        rule = self.kind.reference
        found = None
        if rule is not None:
            places["reference"], found = self._field(rule, part)
        if found is None and panel.standing in {"corrected", "preliminary"} and rule is not None:
            raise DoubtError(places["reference"], "message.no_reference")
        own = reference_of(self.message, self.events)
        fields["reference"] = own if found is None else _reference(found, panel, several=several)

    def _time(self, part: Part, fields: dict[str, object]) -> tuple[datetime, bool]:
        rule = self.kind.occurred_at
        if rule is None:
            raise DoubtError("$", "message.no_time")
        place, text = text_at(rule.at, part)
        if text is None:
            raise DoubtError(place, "message.no_time")
        read = read_time(rule, text, self.zones.of(rule.zone))
        if isinstance(read, Unclear):
            raise DoubtError(place, read.reason, **read.values)
        _judge_year(read.at, place)
        if read.day_alone:
            note = fields.get("note")
            fields["note"] = DAY_ALONE if note is None else f"{note}\n{DAY_ALONE}"
        return read.at, read.day_alone

    def _who(self, part: Part, fields: dict[str, object], places: dict[str, str]) -> tuple[str, ...]:
        for name in WHO[1:]:
            rule: FieldRule | None = getattr(self.kind, name)
            if rule is not None:
                places[name], found = self._field(rule, part)
                if found is not None:
                    fields[name] = found
        numbers = self._numbers(part)
        if numbers:
            fields["participant_reference"] = numbers[0]
        if not any(name in fields for name in WHO):
            rules = [getattr(self.kind, name) for name in WHO]
            first = next((each(rule.at)[0] for rule in rules if rule is not None and rule.at), "$")
            raise DoubtError(first, "message.nobody")
        places["participant_reference"] = self._place_of("participant_reference")
        return numbers

    def _numbers(self, part: Part) -> tuple[str, ...]:
        """The numbers of the person whom a part is about, as `participant_reference` takes them."""
        rule = self.kind.participant_reference
        if rule is None or rule.at is None:
            return ()
        place, found = first_at(rule.at, part, is_there)
        said = [number for value in found for number in numbers_in(value, part.whole)]
        if found and not said:
            raise DoubtError(place, "message.not_a_value")
        systems = folded(self.kind.systems)
        numbers = [number for one in said if (number := _number(one, systems)) is not None]
        if rule.words:
            numbers = [self._ours(rule, number, place) for number in numbers]
        return tuple(dict.fromkeys(numbers))[:NUMBERS_MAX]

    def _ours(self, rule: FieldRule, text: str, place: str) -> str:
        ours = word_of(rule.words, text)
        if ours is None:
            raise DoubtError(place, "message.word", word=text[:TEXT_SHOWN_MAX])
        return ours

    def _field(self, rule: FieldRule, part: Part) -> tuple[str, str | None]:
        """What a rule gives, in our words, with the place where it stands."""
        if rule.at is None:
            return "$", rule.value
        place, found = text_at(rule.at, part)
        if found is None:
            return place, rule.value
        return place, self._ours(rule, found, place) if rule.words else found

    def _place_of(self, name: str) -> str:
        rule = getattr(self.kind, name)
        places = each(None if rule is None else rule.at)
        return places[0] if places else "$"


def _reference(found: str, panel: Panel, *, several: bool) -> str:
    """The reference of one target's event: a report on several is one for each of them."""
    return f"{found}:{panel.target}" if several else found


def _number(one: Number, systems: dict[str, str]) -> str | None:
    """A number as our records have it; None where its system is not among those that the mapping names."""
    if not systems:
        return one.value
    for name in one.systems:
        ours = systems.get(name.strip().casefold())
        if ours is not None:
            return f"{ours}|{one.value}" if ours.strip() else one.value
    return None
