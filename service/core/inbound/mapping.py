"""Mappings of inbound messages to events: checked when saved, applied to each message.

Nothing here raises on what a message holds: each fault is a value that names its place in the message.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final, assert_never, cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from schemas.events import Moment, NewEvent
from schemas.ids import Id
from schemas.inbound import EventMapping, FieldRule, TimeRule
from schemas.program import Behavior
from service.core.inbound.places import NOTHING, at, steps_of
from service.core.outcomes import FIXED, outcomes_of
from service.core.refusals import Fault, Refused, Value, fault, invalid, refused
from service.core.shape_faults import shape_fault

FIELDS: Final = (
    "outcome",
    "participant_reference",
    "participant",
    "enrollment",
    "behavior",
    "target",
    "program",
    "reference",
    "evidence",
    "note",
)
WHO: Final = ("participant_reference", "participant", "enrollment")
DIRECTIVES: Final = frozenset("YmdHMSfIpz")
YEAR_LEAST: Final = 1901
YEAR_MOST: Final = 2199
"""The years in which an event can lie; beyond them lies a slip of somebody's program."""
TEXT_SHOWN_MAX: Final = 64
"""How much of a word from a message is shown back to whoever looks at it, in characters."""
REFERENCE: Final = "inbound:"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"-?[0-9]{1,17}(?:\.[0-9]{1,9})?")


class Ignored(Struct, frozen=True):
    """The message is no event, by its source's mapping."""


class _Doubt(Exception):  # noqa: N818  carries a fault to `understand`, and leaves this file by no other way
    def __init__(self, place: str, reason: str, **values: Value) -> None:
        self.fault = fault(place, reason, **values)


def reference_of(message: Id) -> str:
    """The reference of an event whose source gives it none: one for each message."""
    return f"{REFERENCE}{message}"


def understand(
    mapping: EventMapping | None, body: bytes, zone: tzinfo, reference: str
) -> NewEvent | Ignored | Refused:
    """Read a message as an event; `zone` is the one of times without an offset.

    An event that is given no reference has `reference`.
    """
    try:
        message = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return refused("malformed.message", "$")
    try:
        found = _plain(message) if mapping is None else _mapped(mapping, message, zone)
        if isinstance(found, Ignored):
            return found
    except _Doubt as doubt:
        return invalid(doubt.fault)
    if not YEAR_LEAST <= found.occurred_at.year <= YEAR_MOST:
        place = "$.occurred_at" if mapping is None else mapping.occurred_at.at
        return refused("invalid.message_year", place, at=place, least=YEAR_LEAST, most=YEAR_MOST)
    return found if found.reference is not None else replace(found, reference=reference)


def _plain(message: object) -> NewEvent:
    """The message as an event of ours, or one in the `data` of an envelope, whose time it may have."""
    place = "$"
    if isinstance(message, dict) and "outcome" not in message and isinstance(message.get("data"), dict):
        told: dict[str, Any] = {}
        if "timestamp" in message and "occurred_at" not in message["data"]:
            told["occurred_at"] = message["timestamp"]
        message, place = {**message["data"], **told}, "$.data"
    return _event(message, lambda field: f"{place}{field}")


def _mapped(mapping: EventMapping, message: object, zone: tzinfo) -> NewEvent | Ignored:
    only = mapping.only
    if only is not None and _read(message, only.at) not in only.values:
        return Ignored()
    fields: dict[str, object] = {"occurred_at": _time(mapping.occurred_at, message, zone)}
    for name in FIELDS:
        rule: FieldRule | None = getattr(mapping, name)
        found = None if rule is None else _field(rule, message)
        if found is not None:
            fields[name] = found
        elif name == "outcome":
            raise _Doubt(mapping.outcome.at or "$", "message.no_outcome")
    if not any(name in fields for name in WHO):
        rules = [getattr(mapping, name) for name in WHO]
        first = next(rule.at for rule in rules if rule is not None)
        raise _Doubt(first, "message.nobody")

    def place_of(field: str) -> str:
        rule = getattr(mapping, field.lstrip("."), None)
        return str(getattr(rule, "at", None) or "$")

    return _event(fields, place_of)


def _event(fields: object, place_of: Any) -> NewEvent:  # noqa: ANN401  a function of a field's place
    try:
        return msgspec.convert(fields, NewEvent)
    except OverflowError as error:
        raise _Doubt(place_of(""), "shape.other", said=str(error)) from None
    except msgspec.ValidationError as error:
        found = shape_fault(error)
        place = found.pointer.removeprefix("$")
        if found.reason in {"shape.missing", "shape.unknown"}:
            place = f"{place}.{str(found.values['name'])[:TEXT_SHOWN_MAX]}"
            reason = "shape.needed" if found.reason == "shape.missing" else "message.not_known"
            raise _Doubt(place_of(place), reason) from None
        raise _Doubt(place_of(place), found.reason, **found.values) from None


def _read(message: object, place: str) -> str | None:
    """The text at a place; None where nothing stands there, null, or only blanks."""
    value = at(message, steps_of(place) or ())
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case str():
            return value.strip() or None
        case int():
            return str(value)
        case float():
            return f"{value:.0f}" if value.is_integer() else repr(value)
        case _ if value is NOTHING:
            return None
        case _:
            raise _Doubt(place, "message.not_a_value")


def _field(rule: FieldRule, message: object) -> str | None:
    found = None if rule.at is None else _read(message, rule.at)
    if found is None:
        return rule.value
    if not rule.words:
        return found
    ours = {theirs.strip().casefold(): word for theirs, word in rule.words.items()}.get(found.casefold())
    if ours is None:
        shown = found[:TEXT_SHOWN_MAX]
        raise _Doubt(rule.at or "$", "message.word", word=shown)
    return ours


def _time(rule: TimeRule, message: object, zone: tzinfo) -> datetime:
    text = _read(message, rule.at)
    if text is None:
        raise _Doubt(rule.at, "message.no_time")
    match rule.form:
        case "rfc3339":
            try:
                return msgspec.convert(text, Moment)
            except msgspec.ValidationError:
                raise _Doubt(rule.at, "message.not_rfc3339") from None
        case "epoch_seconds" | "epoch_milliseconds":
            if not _NUMBER.fullmatch(text):
                raise _Doubt(rule.at, "message.not_epoch")
            number = float(text)
            return _after(number if rule.form == "epoch_seconds" else number / 1000, rule.at)
        case "pattern":
            return _by_pattern(rule, text, zone)
    assert_never(rule.form)


def _after(seconds: float, place: str) -> datetime:
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        raise _Doubt(place, "message.far_epoch") from None


def _by_pattern(rule: TimeRule, text: str, zone: tzinfo) -> datetime:
    try:
        found = datetime.strptime(text, rule.pattern or "")  # noqa: DTZ007  the zone is given just below
        found = found if found.tzinfo is not None else found.replace(tzinfo=zone)
        # An offset that leads out of the calendar is found here and not by whoever reckons with it.
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _Doubt(rule.at, "message.not_of_pattern", pattern=rule.pattern or "") from None


def judge(mapping: EventMapping) -> tuple[Fault, ...]:
    """Find what is wrong with a mapping, each fault at its place in it; its zone is known elsewhere."""
    return tuple(_faults(mapping))


def _faults(mapping: EventMapping) -> Iterator[Fault]:
    for name in FIELDS:
        rule: FieldRule | None = getattr(mapping, name)
        if rule is not None:
            yield from _of_rule(rule, f"$.{name}")
    if mapping.only is not None and steps_of(mapping.only.at) is None:
        yield _not_a_place("$.only.at")
    yield from _of_time(mapping.occurred_at)
    yield from _of_words(mapping)
    rules = {name: getattr(mapping, name) for name in WHO}
    if not any(rules.values()):
        yield fault("$.participant_reference", "mapping.about_nobody")
    for name, rule in rules.items():
        if rule is not None and rule.at is None:
            yield fault(f"$.{name}.at", "mapping.fixed_person")
    if mapping.behavior is None and mapping.target is None:
        yield fault("$.behavior", "mapping.about_nothing")


def _of_rule(rule: FieldRule, place: str) -> Iterator[Fault]:
    if rule.at is None and rule.value is None:
        yield fault(place, "mapping.empty_rule")
    if rule.at is not None and steps_of(rule.at) is None:
        yield _not_a_place(f"{place}.at")
    if rule.at is None and rule.words:
        yield fault(f"{place}.words", "mapping.words_of_nothing")


def _not_a_place(pointer: str) -> Fault:
    return fault(pointer, "mapping.not_a_place")


def _of_time(rule: TimeRule) -> Iterator[Fault]:
    if steps_of(rule.at) is None:
        yield _not_a_place("$.occurred_at.at")
    if (rule.form == "pattern") != (rule.pattern is not None):
        yield fault("$.occurred_at.pattern", "mapping.pattern_unwanted")
    if rule.pattern is not None:
        given = re.findall(r"%(.?)", rule.pattern)
        if strange := sorted(set(given) - DIRECTIVES):
            known = " ".join(f"%{letter}" for letter in sorted(DIRECTIVES))
            yield fault("$.occurred_at.pattern", "mapping.directive", letter=strange[0], known=known)
        elif (
            len(given) != len(set(given)) or not {"Y", "m", "d"} <= set(given) or not {"H", "I"} & set(given)
        ):
            yield fault("$.occurred_at.pattern", "mapping.pattern_parts")
    if rule.zone is not None and rule.form != "pattern":
        yield fault("$.occurred_at.zone", "mapping.zone_unwanted")


def _of_words(mapping: EventMapping) -> Iterator[Fault]:
    """Words that no event can have: outcomes that the behavior has not, and behaviors that there are not."""
    behaviors = set(FIXED) if mapping.behavior is None else set(_said(mapping.behavior)) & set(FIXED)
    if mapping.behavior is not None:
        for place, word in _said_at(mapping.behavior, "$.behavior"):
            if word not in FIXED:
                yield fault(place, "mapping.behavior", word=word, known=", ".join(FIXED))
        if mapping.behavior.at is not None and not mapping.behavior.words:
            behaviors = set(FIXED)
    known = {outcome for behavior in behaviors for outcome in outcomes_of(_behavior(behavior))}
    for place, word in _said_at(mapping.outcome, "$.outcome"):
        if known and word not in known:
            yield fault(place, "mapping.outcome", word=word, known=", ".join(sorted(known)))


def _behavior(name: str) -> Behavior:
    return cast("Behavior", name)


def _said(rule: FieldRule) -> list[str]:
    return [word for _, word in _said_at(rule, "")]


def _said_at(rule: FieldRule, place: str) -> list[tuple[str, str]]:
    """The words that a rule itself says, with their places in it."""
    said = [] if rule.value is None else [(f"{place}.value", rule.value)]
    return said + [(f"{place}.words.{theirs}", ours) for theirs, ours in rule.words.items()]
