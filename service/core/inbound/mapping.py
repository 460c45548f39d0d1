"""What a message says, by the mapping of its source: events, corrections, or a reason why somebody must look.

Nothing here raises on what a message holds: each fault is a value that names its place in the message.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from schemas.events import NewEvent
from schemas.ids import Id
from schemas.mapping import EventMapping, FieldRule, MessageMapping, Standing
from service.core.inbound.appointments import appointment
from service.core.inbound.fields import Fields, judge_year
from service.core.inbound.kinds import kind_of, read_body
from service.core.inbound.paths import Part, each, first_at
from service.core.inbound.persons import person
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
from service.core.inbound.values import TEXT_SHOWN_MAX, DoubtError, is_there
from service.core.refusals import Refused
from service.core.shape_faults import shape_fault

TEXTS: Final = ("behavior", "target", "program", "evidence", "note")
"""Fields that are taken as they are read."""
WHO: Final = ("participant_reference", "participant", "enrollment")
DAY_ALONE: Final = "Day only; noon stands for the time. / Solo el día; el mediodía está en lugar de la hora."
"""What the note of an event says whose message names no time of the day."""
_MINUTES: Final = re.compile(r"[0-9]{1,4}")
_QUANTITY: Final = re.compile(r"[0-9]{1,7}(\.[0-9]{1,6})?")


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
    judge_year(event.occurred_at, "$.occurred_at")
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


class _Reading(Fields):
    """One message that is read by one kind of a mapping."""

    def __init__(self, mapping: EventMapping, kind: MessageMapping, zones: Zones, message: Id) -> None:
        super().__init__(mapping, kind, zones, message)
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
        if self.kind.schedule is not None:
            yield from appointment(self, self.kind.schedule, part)
            return
        if self.kind.person is not None:
            yield person(self, self.kind.person, part)
            return
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
        place, found_outcome = self.field(outcome, part)
        if found_outcome is None:
            raise DoubtError(place, "message.no_outcome")
        return [Panel(None, whole, found_outcome)]

    def _withdrawal(self, part: Part, panel: Panel, *, several: bool) -> Withdrawal:
        rule = self.kind.reference
        place, reference = ("$", None) if rule is None else self.field(rule, part)
        if reference is None:
            raise DoubtError(place, "message.no_reference")
        return Withdrawal(_reference(reference, panel, several=several), self.numbers(part))

    def _report(self, part: Part, panel: Panel, *, several: bool) -> Report:
        fields: dict[str, object] = {"outcome": panel.outcome or PENDING}
        places = {"outcome": self.place_of("outcome")}
        for name in TEXTS:
            rule: FieldRule | None = getattr(self.kind, name)
            if rule is not None:
                places[name], found = self.field(rule, part)
                if found is not None:
                    fields[name] = found
        if self.kind.quantity is not None:
            places["quantity"], text = self.field(self.kind.quantity, part)
            if text is not None:
                fields["quantity"] = float(text) if _QUANTITY.fullmatch(text) else text
        if self.kind.minutes is not None:
            places["minutes"], text = self.field(self.kind.minutes, part)
            if text is not None:
                fields["minutes"] = int(text) if _MINUTES.fullmatch(text) else text
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
            places["reference"], found = self.field(rule, part)
        if found is None and panel.standing in {"corrected", "preliminary"} and rule is not None:
            raise DoubtError(places["reference"], "message.no_reference")
        own = reference_of(self.message, self.events)
        fields["reference"] = own if found is None else _reference(found, panel, several=several)

    def _time(self, part: Part, fields: dict[str, object]) -> tuple[datetime, bool]:
        rule = self.kind.occurred_at
        read = None if rule is None else self.time(rule, part)
        if rule is None or read is None:
            raise DoubtError("$" if rule is None else each(rule.at)[0], "message.no_time")
        if read.day_alone:
            note = fields.get("note")
            fields["note"] = DAY_ALONE if note is None else f"{note}\n{DAY_ALONE}"
        return read.at, read.day_alone

    def _who(self, part: Part, fields: dict[str, object], places: dict[str, str]) -> tuple[str, ...]:
        for name in WHO[1:]:
            rule: FieldRule | None = getattr(self.kind, name)
            if rule is not None:
                places[name], found = self.field(rule, part)
                if found is not None:
                    fields[name] = found
        numbers = self.numbers(part)
        if numbers:
            fields["participant_reference"] = numbers[0]
        if not any(name in fields for name in WHO):
            rules = [getattr(self.kind, name) for name in WHO]
            first = next((each(rule.at)[0] for rule in rules if rule is not None and rule.at), "$")
            raise DoubtError(first, "message.nobody")
        places["participant_reference"] = self.place_of("participant_reference")
        return numbers


def _reference(found: str, panel: Panel, *, several: bool) -> str:
    """The reference of one target's event: a report on several is one for each of them."""
    return f"{found}:{panel.target}" if several else found
