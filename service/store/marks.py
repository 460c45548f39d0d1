"""Keyed marks of what somebody gets in by: what was written into the database by itself has none that fits.

A mark is a keyed hash (HMAC-SHA256, cut) of the secret as it is kept, of whose it is and of what it opens.
"""

import hmac
from typing import Final

from service.store.database.pool import Tx

LETTERS: Final = 32


def mark_of(tx: Tx, field: str, *said: object) -> str:
    """The mark of a secret in a field; `said` is what it holds, the same each time."""
    return tx.cipher.blind(tx.clinic, field, "|".join(map(str, said))).hex()[:LETTERS]


def fits(mark: str, kept: str | None) -> bool:
    """Whether a kept mark is the right one."""
    return kept is not None and hmac.compare_digest(mark, kept)
