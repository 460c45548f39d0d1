"""Display codes: six characters that a participant says aloud at the desk, such as `K7Q-4MX`."""

ALPHABET = "34679CDFGHJKMNPQRTVWXY"
"""No two of these look alike, and there are no vowels, so that no code is a word."""

LENGTH = 6
HALF = 3
CHANCE_BYTES = 16
"""How much chance makes a code: 128 bits over 22**6 codes leave none likelier than another."""


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


def _written(letters: str) -> str:
    return f"{letters[:HALF]}-{letters[HALF:]}"
