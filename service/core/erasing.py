"""What stands where words of somebody were erased: a mark, with the keyed hash that a digest was made of."""

from collections.abc import Iterable
from typing import Final

ERASED: Final = "[erased]"
"""What stands in place of words."""
HASH_LETTERS: Final = 64


def tomb(keyed: bytes) -> str:
    """What stands in place of words of which a digest was made: the mark and their keyed hash (32 bytes)."""
    return f"{ERASED} {keyed.hex()}"


def kept_hash(words: bytes) -> bytes | None:
    """The keyed hash in such a mark; None in any other words."""
    mark, _, letters = words.partition(b" ")
    if mark != ERASED.encode() or len(letters) != HASH_LETTERS:
        return None
    try:
        return bytes.fromhex(letters.decode("ascii"))
    except ValueError:
        return None


def as_read(words: str) -> str:
    """Words as people read them: of such a mark its hash is left out, which says nothing to anybody."""
    return words if kept_hash(words.encode()) is None else ERASED


def fitting(digest: bytes, made: Iterable[bytes]) -> bytes:
    """Of several digests the one on record, else the first: words that look like a mark may be only words."""
    found = list(made)
    return digest if digest in found else found[0]
