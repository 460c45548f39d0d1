"""Passwords: what is good enough, and how one that we make up is written.

As NIST SP 800-63B has it: length and not composition, and nothing that everybody guesses first.
"""

import re
from typing import Final

from service.core.refusals import Refused, refused
from service.core.spellings import name_spelling

LETTERS_MIN: Final = 12
LETTERS_MAX: Final = 200
TRIES_MAX: Final = 5
"""How many wrong passwords in a row an account takes before it rests."""
REST_MINUTES: Final = 15

ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""No two of these look alike on paper."""
GROUPS: Final = 4
GROUP_LETTERS: Final = 5
CHANCE_BYTES: Final = 32
"""How much chance makes a password up: its letters hold 99 bits of it."""

COMMON: Final = frozenset({
    "password", "passwort", "welcome", "letmein", "qwerty", "qwertyuiop", "asdfghjkl", "iloveyou",
    "administrator", "admin", "changeme", "secret", "sunshine", "princess", "football", "baseball",
    "superman", "trustno", "monkey", "dragon", "master", "login", "clinic", "rewards", "recovery", "hospital",
    "summer", "winter", "spring", "autumn", "abc", "abcdefghijkl", "contrasena", "contraseña", "bienvenido",
    "correcthorsebatterystaple", "test", "testing",
})  # fmt: skip  # table: words that are compared, and read as a whole
"""Words that alone, repeated, or with numbers around them are guessed first."""
RUNS: Final = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
    "qazwsxedcrfvtgbyhnujm",
)


_WORDS: Final = re.compile(r"[^\W\d_]+")
LEFT_MIN: Final = 6
"""How many letters a password has besides the words that are known of whoever chooses it."""
WORD_MIN: Final = 4
"""The shortest of such words: what is shorter is in too many passwords."""


def weakness(password: str, email: str, *about: str | None, is_breached: bool = False) -> Refused | None:
    """Why a password is not taken; None where it is good enough.

    `about` are texts that everybody knows of whoever chooses it: their name, and the clinic's. The password
    `is_breached` where it is among those that were stolen most.
    """
    if len(password) < LETTERS_MIN:
        return refused("invalid.password_short", "$.password", letters=LETTERS_MIN)
    if len(password) > LETTERS_MAX:
        return refused("invalid.password_long", "$.password", letters=LETTERS_MAX)
    if _is_common(password.casefold(), email.casefold()):
        return refused("invalid.password_common", "$.password")
    if _is_about(password, email, *about):
        return refused("invalid.password_about_you", "$.password")
    return refused("invalid.password_breached", "$.password") if is_breached else None


def made_up(chance: bytes) -> str:
    """A password that some chance makes, easy to copy from paper: `k7qmx-2hbnw-...`."""
    rest = int.from_bytes(chance, "big")
    letters = []
    for _ in range(GROUPS * GROUP_LETTERS):
        rest, place = divmod(rest, len(ALPHABET))
        letters.append(ALPHABET[place])
    text = "".join(letters)
    return "-".join(text[at : at + GROUP_LETTERS] for at in range(0, len(text), GROUP_LETTERS))


def _is_about(password: str, *texts: str | None) -> bool:
    """Whether hardly anything is left of a password without the words of some texts, digits and signs."""
    known = {word for text in texts if text is not None for word in _WORDS.findall(name_spelling(text))}
    left = "".join(letter for letter in name_spelling(password) if letter.isalpha())
    whole = left
    for word in sorted((one for one in known if len(one) >= WORD_MIN), key=len, reverse=True):
        left = left.replace(word, "")
    return left != whole and len(left) < LEFT_MIN


def _is_common(password: str, email: str) -> bool:
    own, _, domain = email.partition("@")
    if password in {email, own, domain} or password.strip("0123456789!?.-_ @#$*") in {own, email}:
        return True
    if len(set(password)) < LETTERS_MIN // 3 or any(password in run for run in RUNS):
        return True
    plain = "".join(letter for letter in password if letter.isalpha())
    return any(plain and plain == word * (len(plain) // len(word)) for word in COMMON)
