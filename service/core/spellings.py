"""One spelling of names, numbers and addresses, so that a look-up finds them however typed."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

US_DIGITS = 10
US_PREFIX = "1"
LOOK_ALIKES: Final = {"o": "0", "i": "1", "l": "1", "s": "5", "b": "8", "z": "2"}
"""Letters that are read as digits, and digits that are read as letters, where they stand after a digit."""

_WORDS: Final = re.compile(r"[^\W_]+")
_PARTS: Final = re.compile(r"[0-9]+|[^0-9]+")
_FIRST_OS: Final = re.compile(r"^o+(?=[0-9])")


def name_spelling(name: str) -> str:
    """A name without accents, capitals or extra blanks: `  José  PÉREZ` is found as `jose perez`."""
    apart = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


def phone_spelling(phone: str) -> str:
    """The digits of a phone number; the United States' own prefix may be there or not."""
    digits = "".join(digit for digit in phone if digit in "0123456789")
    if len(digits) == US_DIGITS + 1 and digits.startswith(US_PREFIX):
        return digits[1:]
    return digits


def email_spelling(email: str) -> str:
    """An address without capitals: the part before the @ is read so by every mail service in use."""
    return email.strip().casefold()


def number_spelling(number: str) -> str:
    """A person's number as it is compared: without capitals or blanks around it, in Unicode's form NFC.

    `system|value` stands for the number of another system than the clinic's own; blanks around the bar do
    not count.
    """
    system, bar, value = unicodedata.normalize("NFC", number).partition("|")
    return unicodedata.normalize("NFC", f"{system.strip()}{bar}{value.strip()}".casefold())


def near_spelling(number: str) -> str:
    """A person's number by which slips meet: `0004711`, `4711` and `471l` are one, as are `A-42` and `a042`.

    It is without capitals, separators and the zeros that a group of digits begins with; a letter after a
    digit that looks like one is that digit.
    """
    parts: list[str] = []
    for word in _WORDS.findall(unicodedata.normalize("NFKC", number).casefold()):
        digits = _FIRST_OS.sub("0", word)
        plain = "".join(_alike(digits))
        parts += (part.lstrip("0") or "0" if part.isdecimal() else part for part in _PARTS.findall(plain))
    return "-".join(parts)


def _alike(word: str) -> Iterator[str]:
    """The letters of a word, each that stands after a digit as the digit that it looks like."""
    last = ""
    for letter in word:
        last = LOOK_ALIKES.get(letter, letter) if last.isdecimal() else letter
        yield last
