"""Ids that sort by the time they were made."""

import os
import time

from asyncpg.pgproto.pgproto import UUID

RANDOM_BYTES = 10
DRAWN_AT_ONCE = 400
"""How many ids' random bytes are asked of the system at once: a call costs more than the id."""

_drawn: list[bytes] = []


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of Unix time in milliseconds, then 74 random bits."""
    if not _drawn:
        chance = os.urandom(RANDOM_BYTES * DRAWN_AT_ONCE)
        _drawn.extend(chance[at : at + RANDOM_BYTES] for at in range(0, len(chance), RANDOM_BYTES))
    tail = bytearray(_drawn.pop())
    tail[0] = 0x70 | tail[0] & 0x0F
    tail[2] = 0x80 | tail[2] & 0x3F
    return UUID((time.time_ns() // 1_000_000).to_bytes(6, "big") + tail)


# A forked process must not hand out the same ids as its parent.
os.register_at_fork(after_in_child=_drawn.clear)
