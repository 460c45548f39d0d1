"""The clock of the service: the machine's, shifted by CLOCK_OFFSET_S in a test or a rehearsal.

Every process takes from it every time that is recorded, compared, shown or signed: events and days, sessions
and codes, leases and retries, audit entries, the timestamps of webhooks. Durations are measured with
`time.monotonic`.

Four things keep to the machine's clock. Log lines are read beside those of other programs. Ids need an order
and no time. An id token of an identity provider and a receiver's `Retry-After` are compared with a clock that
is not ours.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

Clock = Callable[[], datetime]
"""Tells the time, in UTC."""


def machine_clock() -> datetime:
    """Tell the machine's time, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  the one place where it is read


def clock_of(offset_s: int) -> Clock:
    """Give the clock that is ahead of the machine's by an offset in seconds, behind it if negative."""
    if offset_s == 0:
        return machine_clock
    offset = timedelta(seconds=offset_s)
    return lambda: machine_clock() + offset


def warn_if_shifted(offset_s: int) -> None:
    """Log a warning, at the start of a process that serves or works, where its clock is not the machine's."""
    if offset_s != 0:
        structlog.get_logger("service.clock").warning("clock_shifted", offset_s=offset_s)
