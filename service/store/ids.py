"""Ids that sort by the time they were made."""

import os
import time

from asyncpg.pgproto.pgproto import UUID


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of Unix time in milliseconds, then 74 random bits."""
    stamp = time.time_ns() // 1_000_000
    tail = bytearray(os.urandom(10))
    tail[0] = 0x70 | tail[0] & 0x0F
    tail[2] = 0x80 | tail[2] & 0x3F
    return UUID(stamp.to_bytes(6, "big") + tail)
