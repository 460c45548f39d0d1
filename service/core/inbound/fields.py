"""The fields of one message, read by the rules of a mapping's kind: values, numbers of people, and times."""

from datetime import datetime
from typing import Final

from schemas.ids import Id
from schemas.mapping import EventMapping, FieldRule, MessageMapping, TimeRule
from service.core.inbound.moments import Read, Unclear, read_time
from service.core.inbound.paths import Part, each, first_at
from service.core.inbound.said import Zones
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
from service.core.refusals import refused

YEAR_LEAST: Final = 1901
YEAR_MOST: Final = 2199
"""The years in which an event can lie; beyond them lies a slip of somebody's program."""
NUMBERS_MAX: Final = 20
"""How many numbers of one person are looked for."""


def judge_year(at: datetime, place: str) -> None:
    """Doubt a time that no event can have."""
    if not YEAR_LEAST <= at.year <= YEAR_MOST:
        raise DoubtError.of(
            refused("invalid.message_year", place, at=place, least=YEAR_LEAST, most=YEAR_MOST)
        )


class Fields:
    """One message that is read by one kind of a mapping; `message` names what has no reference."""

    def __init__(self, mapping: EventMapping, kind: MessageMapping, zones: Zones, message: Id) -> None:
        """Read by a kind; `zones` are of times without an offset."""
        self.mapping = mapping
        self.kind = kind
        self.zones = zones
        self.message = message

    def time(self, rule: TimeRule, part: Part) -> Read | None:
        """The time that a rule gives; None where nothing stands at its place."""
        place, text = text_at(rule.at, part)
        if text is None:
            return None
        read = read_time(rule, text, self.zones.of(rule.zone))
        if isinstance(read, Unclear):
            raise DoubtError(place, read.reason, **read.values)
        judge_year(read.at, place)
        return read

    def numbers(self, part: Part, rule: FieldRule | None = None) -> tuple[str, ...]:
        """The numbers of the person whom a part is about, or those that another rule gives."""
        rule = rule or self.kind.participant_reference
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

    def field(self, rule: FieldRule, part: Part) -> tuple[str, str | None]:
        """What a rule gives, in our words, with the place where it stands."""
        if rule.at is None:
            return "$", rule.value
        place, found = text_at(rule.at, part)
        if found is None:
            return place, rule.value
        return place, self._ours(rule, found, place) if rule.words else found

    def place_of(self, name: str) -> str:
        """The first place that the rule of a field names."""
        rule = getattr(self.kind, name)
        places = each(None if rule is None else rule.at)
        return places[0] if places else "$"


def _number(one: Number, systems: dict[str, str]) -> str | None:
    """A number as our records have it; None where its system is not among those that the mapping names."""
    if not systems:
        return one.value
    for name in one.systems:
        ours = systems.get(name.strip().casefold())
        if ours is not None:
            return f"{ours}|{one.value}" if ours.strip() else one.value
    return None
