"""Hash passwords with argon2id, beside the event loop and a few at a time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's advice: 19 MiB, two passes, one lane; some tens of milliseconds."""
_THREADS: Final = ThreadPoolExecutor(2, "passwords")
"""Two at once: more would only take memory and the time of everybody else."""
_NOBODYS: Final = HASHER.hash("nobody's password, so that an unknown address takes as long as a known one")


async def hash_password(password: str) -> str:
    """What is kept of a password."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, HASHER.hash, password)


async def is_password(kept: str | None, password: str) -> bool:
    """Whether this is the password; takes as long where there is none."""
    right = await asyncio.get_running_loop().run_in_executor(_THREADS, _verified, kept or _NOBODYS, password)
    return right and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a password was hashed by weaker parameters than today's."""
    return HASHER.check_needs_rehash(kept)


def _verified(kept: str, password: str) -> bool:
    try:
        return HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
