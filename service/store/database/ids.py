"""Ids that sort by the time they were made, those of one process exactly."""

import os
import time

from asyncpg.pgproto.pgproto import UUID

RANDOM_BYTES = 10
DRAWN_AT_ONCE = 400
"""How many ids' random bytes are asked of the system at once: a call costs more than the id."""
COUNTS = 0x1000
"""How many ids one millisecond has room for; the next one borrows from the millisecond after it."""
START_MASK = 0x07FF
"""A millisecond's first count is by chance in the lower half, so that there is room above it."""

_drawn: list[bytes] = []
_last = 0
"""The milliseconds and the count of the last id, as one number."""


def new_id() -> UUID:
    """A UUIDv7: 48 bits of Unix time in milliseconds, a count of 12 bits, and 62 random bits.

    The count (RFC 9562, 6.2, method 1) keeps those of one millisecond in order, so that what one operation
    writes is listed as it was written; a clock that is set back does not bring them out of it.
    """
    global _last  # noqa: PLW0603  what is handed out by a process is a matter of the whole process
    if not _drawn:
        chance = os.urandom(RANDOM_BYTES * DRAWN_AT_ONCE)
        _drawn.extend(chance[at : at + RANDOM_BYTES] for at in range(0, len(chance), RANDOM_BYTES))
    tail = bytearray(_drawn.pop())
    begun = (time.time_ns() // 1_000_000) * COUNTS  # noqa: TID251  ids need an order and no time
    _last = _last + 1 if begun <= _last else begun + (int.from_bytes(tail[:2], "big") & START_MASK)
    milliseconds, count = divmod(_last, COUNTS)
    tail[0] = 0x70 | count >> 8
    tail[1] = count & 0xFF
    tail[2] = 0x80 | tail[2] & 0x3F
    return UUID(milliseconds.to_bytes(6, "big") + tail)


# A forked process must not hand out the same ids as its parent.
os.register_at_fork(after_in_child=_drawn.clear)
