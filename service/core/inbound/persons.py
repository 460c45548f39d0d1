"""Who somebody is, as another system says it: the fields that a mapping names, merges, and deaths."""

from typing import Final, cast

import msgspec

from schemas.languages import OWN
from schemas.mapping import FieldRule, PersonRule
from schemas.people import Email, Name, Phone
from service.core.inbound.fields import Fields
from service.core.inbound.paths import Part, each
from service.core.inbound.said import Person
from service.core.inbound.values import DoubtError, text_at, word_of
from service.core.shape_faults import shape_fault

DECEASED: Final = "deceased"
"""The word that a death is told by."""


def person(fields: Fields, rule: PersonRule, part: Part) -> Person:
    """Read what a message says of a person; what a mapping does not name is not read."""
    numbers = fields.numbers(part)
    if not numbers:
        raise DoubtError(fields.place_of("participant_reference"), "message.nobody")
    former = () if rule.former is None else fields.numbers(part, rule.former)
    if rule.former is not None and not former:
        raise DoubtError(each(rule.former.at)[0], "message.nobody")
    is_deceased = _word(rule.deceased, part) == DECEASED
    died = None
    if is_deceased and rule.deceased_on is not None:
        read = fields.time(rule.deceased_on, part)
        died = None if read is None else read.at
    language = _word(rule.language, part)
    return Person(
        numbers,
        _name(rule, part),
        _shaped(fields, rule.phone, part, Phone),
        _shaped(fields, rule.email, part, Email),
        language if language in OWN else None,
        rule.makes,
        former,
        rule.merges == "do",
        is_deceased,
        died,
    )


def _name(rule: PersonRule, part: Part) -> str | None:
    parts = [text for at in rule.name if (text := text_at(at, part)[1]) is not None]
    name = " ".join(" ".join(parts).split())
    return _of(Name, name, each(rule.name[0])[0]) if name else None


def _shaped(fields: Fields, rule: FieldRule | None, part: Part, shape: object) -> str | None:
    if rule is None:
        return None
    place, text = fields.field(rule, part)
    return None if text is None else _of(shape, text.strip(), place)


def _of(shape: object, text: str, place: str) -> str:
    try:
        return cast("str", msgspec.convert(text, shape))
    except msgspec.ValidationError as error:
        found = shape_fault(error)
        raise DoubtError(place, found.reason, **found.values) from None


def _word(rule: FieldRule | None, part: Part) -> str | None:
    """Our word for what stands there; None where nothing does, or a word that says nothing to us."""
    if rule is None or rule.at is None:
        return None
    text = text_at(rule.at, part)[1]
    return None if text is None else word_of(rule.words, text)
