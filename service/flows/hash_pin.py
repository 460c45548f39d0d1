"""Hash a PIN and compare one with its hash, by argon2id with OWASP's parameters, beside the event loop."""

import asyncio
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


async def hash_pin(pin: str) -> str:
    """Hash a PIN under a new salt."""
    return await asyncio.to_thread(HASHER.hash, pin)


async def is_right(pin_hash: str | None, pin: str) -> bool:
    """Whether a PIN is the one that was hashed; without a hash it takes as long, and it is not."""
    return await asyncio.to_thread(_compare, pin_hash, pin)


def _compare(pin_hash: str | None, pin: str) -> bool:
    try:
        HASHER.verify(pin_hash or _nobody_s(), pin)
    except (VerificationError, InvalidHashError):
        return False
    return pin_hash is not None


@cache
def _nobody_s() -> str:
    return HASHER.hash("")
