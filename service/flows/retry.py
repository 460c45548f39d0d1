"""Work in one transaction is tried again where another one was first."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import asyncpg

from service.store.charts import ChartsMovedError

T = TypeVar("T")

LOST: Final = (
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.UniqueViolationError,
    ChartsMovedError,
)
"""A race that was lost: the next try waits for the lock, or sees what was taken or merged meanwhile."""
TRIES_MAX: Final = 5
BACKOFF_S_MAX: Final = 0.05


async def retried(work: Callable[[], Awaitable[T]]) -> T:
    """Do work that is one transaction, at most `TRIES_MAX` times, until it loses no race.

    Raises what the last try raised, and at once whatever is not a lost race.
    """
    for _ in range(TRIES_MAX - 1):
        try:
            return await work()
        except LOST:
            await asyncio.sleep(random.uniform(0, BACKOFF_S_MAX))  # noqa: S311  spreads retries, guards nothing
    return await work()
