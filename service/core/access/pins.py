"""PINs: six digits, and not those that everybody tries first."""

from typing import Final

DIGITS: Final = 6
DIFFERENT_MIN: Final = 3
RISING: Final = "01234567890"
KEYPAD: Final = frozenset(
    {"147258", "258369", "159753", "147369", "789456", "456789", "123654", "142536", "102030"}
)
"""Ways over a keypad that are among the commonest PINs of all."""


def is_pin(text: str) -> bool:
    """Whether a text is six digits."""
    return len(text) == DIGITS and text.isascii() and text.isdigit()


def is_easy(pin: str) -> bool:
    """Whether a PIN is one that somebody would guess: a row, a repeat, a mirror, or hardly any digits."""
    back = pin[::-1]
    half, third = DIGITS // 2, DIGITS // 3
    return (
        len(set(pin)) < DIFFERENT_MIN
        or pin in RISING
        or back in RISING
        or pin == back
        or pin[:half] == pin[half:]
        or pin == pin[:third] * 3
        or all(pin[at] == pin[at + 1] for at in range(0, DIGITS, 2))
        or pin in KEYPAD
    )
