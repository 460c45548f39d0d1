"""Display codes: six characters that a participant says aloud at the desk, such as `K7Q-4MX`."""

import re

ALPHABET = "34679CDFGHJKMNPQRTVWXY"
"""No two of these look alike, and there are no vowels, so that no code is a word."""

LENGTH = 6
HALF = 3
CHANCE_BYTES = 16
"""How much chance makes a code: 128 bits over 22**6 codes leave none likelier than another."""

_SIGN = "[^A-Za-z0-9]"
_CARD = re.compile(
    f"{_SIGN}c{_SIGN}[{ALPHABET}]{{8}}{_SIGN}([{ALPHABET}]{{3}}){_SIGN}?([{ALPHABET}]{{3}})\\s*$",
    re.IGNORECASE,
)


def display_code(chance: bytes) -> str:
    """The code that some chance makes."""
    rest = int.from_bytes(chance, "big")
    letters = []
    for _ in range(LENGTH):
        rest, place = divmod(rest, len(ALPHABET))
        letters.append(ALPHABET[place])
    return _written("".join(letters))


def display_code_spelling(typed: str) -> str:
    """A code as it is written, from one as it was typed: `k7q4mx` is `K7Q-4MX`."""
    return _written("".join(letter for letter in typed.upper() if letter.isalnum()))


def card_link(link: str, code: str) -> str:
    """The link of a card's QR code: the desk reads the person's code at its end, which no browser sends."""
    return f"{link}#{code}"


def code_on_card(scanned: str) -> str | None:
    """The person's code at the end of what was scanned from a card; none where it is no card's link.

    A scanner types as on an American keyboard, so the signs between the letters may be others.
    """
    found = _CARD.search(scanned)
    return None if found is None else _written("".join(found.groups()).upper())


def _written(letters: str) -> str:
    return f"{letters[:HALF]}-{letters[HALF:]}"
