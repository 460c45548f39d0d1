"""Identifiers of people: a number and the system that gave it."""

from typing import Final, Self
from unicodedata import normalize

from msgspec import Struct

from service.core.spellings import near_spelling, number_spelling

OWN_SYSTEM: Final = "reference"
"""The system of the clinic's own references."""
BAR: Final = "|"
"""What stands between a system and its number where both are one text."""


class Number(Struct, frozen=True):
    """A number as it is kept, compared, and compared with what may be a slip.

    Two that have one `key` are the same number. The clinic's own are compared without their system: a
    reference that is written `LAB|7` is the number 7 of the system LAB.
    """

    system: str
    value: str
    key: str
    near: str

    @classmethod
    def of(cls, system: str, value: str) -> Self:
        """Spell a number of a system; both without blanks around them, in Unicode's form NFC."""
        system, value = (normalize("NFC", text).strip() for text in (system, value))
        if system.casefold() == OWN_SYSTEM:
            return cls(OWN_SYSTEM, value, number_spelling(value), near_spelling(value))
        return cls(system, value, number_spelling(f"{system}{BAR}{value}"), near_spelling(value))


def number_asked(text: str) -> str:
    """The number that somebody asks for as `system|value`; the clinic's own go without their system."""
    system, bar, value = text.partition(BAR)
    return value if bar and system.strip().casefold() == OWN_SYSTEM else text
