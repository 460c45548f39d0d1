"""Sign-in codes: eight characters that open the portal once, such as `K7Q4-M9XD`."""

from datetime import datetime, timedelta
from typing import Final, Literal

from service.core.access.display_codes import ALPHABET

CodeKind = Literal["printed", "sent"]
"""A code on paper, and one in a text or a mail."""

LENGTH: Final = 8
HALF: Final = 4

TERMS: Final[dict[CodeKind, timedelta]] = {"printed": timedelta(hours=24), "sent": timedelta(minutes=10)}
"""How long a code can be used."""

INVITATION_LASTS: Final = timedelta(days=3)
"""How long a member of staff has to choose a password by their link."""

WINDOW: Final = timedelta(minutes=10)
"""Tries at signing in are counted in windows of this length."""


def sign_in_code(chance: bytes) -> str:
    """The code that 16 bytes of chance make."""
    rest = int.from_bytes(chance, "big")
    letters = []
    for _ in range(LENGTH):
        rest, place = divmod(rest, len(ALPHABET))
        letters.append(ALPHABET[place])
    return _written("".join(letters))


def sign_in_code_spelling(typed: str) -> str:
    """A code as it is written, from one as it was typed: `k7q4 m9xd` is `K7Q4-M9XD`."""
    return _written("".join(letter for letter in typed.upper() if letter.isalnum())[: LENGTH + 1])


def window_of(at: datetime) -> datetime:
    """When the window began in which a moment lies."""
    return datetime.fromtimestamp(
        at.timestamp() // WINDOW.total_seconds() * WINDOW.total_seconds(), at.tzinfo
    )


def _written(letters: str) -> str:
    return f"{letters[:HALF]}-{letters[HALF:]}"
