"""Work that loses a race is done again, and nothing else is."""

from __future__ import annotations

import asyncpg
import pytest

from service.flows.retry import LOST, TRIES_MAX, retried


class Work:
    """Work that raises so often before it ends well."""

    def __init__(self, error: type[Exception], failures: int) -> None:
        self.error = error
        self.failures = failures
        self.tries = 0

    async def __call__(self) -> int:
        """Raise, or tell which try it is."""
        self.tries += 1
        if self.tries <= self.failures:
            raise self.error
        return self.tries


@pytest.mark.parametrize("error", LOST)
async def test_a_lost_race_is_run_again(error: type[Exception]) -> None:
    """After a deadlock, or where somebody took a unique key first, the last try counts too."""
    assert await retried(Work(error, TRIES_MAX - 1)) == TRIES_MAX


async def test_races_lost_for_ever_end_with_the_last_error() -> None:
    """Whoever asked hears of it."""
    work = Work(asyncpg.DeadlockDetectedError, TRIES_MAX)
    with pytest.raises(asyncpg.DeadlockDetectedError):
        await retried(work)
    assert work.tries == TRIES_MAX


async def test_what_is_no_lost_race_is_raised_at_once() -> None:
    """A check that refuses a row would refuse it again."""
    work = Work(asyncpg.CheckViolationError, 1)
    with pytest.raises(asyncpg.CheckViolationError):
        await retried(work)
    assert work.tries == 1
