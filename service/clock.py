"""The clock of the service: the machine's, shifted by CLOCK_OFFSET_S in a test or a rehearsal.

Every process takes from it every time that is recorded, compared, shown or signed: events and days, sessions
and codes, leases and retries, audit entries, the timestamps of webhooks. Durations are measured with
`time.monotonic`.

Four things keep to the machine's clock. Log lines are read beside those of other programs. Ids need an order
and no time. An id token of an identity provider and a receiver's `Retry-After` are compared with a clock that
is not ours.

The machine's clock may be set back. What is told of afterwards would lie before what was told of before; so
within a process the time never goes back: it goes on at half its pace until the machine's is not behind it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

Clock = Callable[[], datetime]
"""Tells the time, in UTC."""


def machine_clock() -> datetime:
    """Tell the machine's time, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  the one place where it is read


class SteadyClock:
    """A clock that never goes back, whatever happens to the one that it follows."""

    def __init__(self, followed: Clock, elapsed: Callable[[], float] = time.monotonic) -> None:
        """Follow a clock; `elapsed` gives seconds that only ever grow."""
        self._followed = followed
        self._elapsed = elapsed
        self._told = followed()
        self._at = elapsed()

    def __call__(self) -> datetime:
        """Tell the time."""
        at = self._elapsed()
        self._told = max(self._followed(), self._told + timedelta(seconds=(at - self._at) / 2))
        self._at = at
        return self._told


def clock_of(offset_s: int) -> Clock:
    """Give the clock that is ahead of the machine's by an offset in seconds, behind it if negative.

    It never goes back while the process lives.
    """
    offset = timedelta(seconds=offset_s)
    return SteadyClock(lambda: machine_clock() + offset if offset else machine_clock())


def warn_if_shifted(offset_s: int) -> None:
    """Log a warning, at the start of a process that serves or works, where its clock is not the machine's."""
    if offset_s != 0:
        structlog.get_logger("service.clock").warning("clock_shifted", offset_s=offset_s)
