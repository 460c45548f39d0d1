"""The tests' clock: that of the services they start, shifted alike by CLOCK_OFFSET_S.

`pytest --clock 2028-02-29T00:30-08:00` sets it, so that the tests run as if it were then.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from service.clock import clock_of, machine_clock

SETTING: Final = "CLOCK_OFFSET_S"
CLINIC_ZONE: Final = ZoneInfo("America/New_York")
"""The time zone of most tests' clinics."""


def offset_s() -> int:
    """Tell how far the tests' clock is ahead of the machine's, in seconds."""
    return int(os.environ.get(SETTING, "0"))


def setting() -> dict[str, str]:
    """Give the setting by which a service has the tests' clock; nothing where it is the machine's."""
    return {SETTING: os.environ[SETTING]} if SETTING in os.environ else {}


def offset_s_to(instant: datetime) -> int:
    """Tell how far ahead of the machine's a clock is that shows an instant now."""
    return round((instant - machine_clock()).total_seconds())


def now() -> datetime:
    """Tell the time, in UTC, as the services under test do."""
    return clock_of(offset_s())()


def earlier_today(zone: ZoneInfo = CLINIC_ZONE) -> datetime:
    """Give the time half an hour ago, or the clinic's last midnight where that is nearer."""
    midnight = datetime.combine(today(zone), time(), zone).astimezone(UTC)
    return max(now() - timedelta(minutes=30), midnight)


def today(zone: ZoneInfo = CLINIC_ZONE) -> date:
    """Tell the day at a clinic."""
    return now().astimezone(zone).date()


def shifted(program: str) -> str:
    """Give a program of the documentation, which reads the machine's clock, as one that reads the tests'."""
    if offset_s() == 0:
        return program
    ahead = f"timestamp() + {offset_s()}"
    read = {
        "t.date.today()": f"t.date.fromtimestamp(t.datetime.now().{ahead})",
        "datetime.now(UTC)": f"datetime.fromtimestamp(datetime.now(UTC).{ahead}, UTC)",
    }
    found = [reading for reading in read if reading in program]
    assert found, "the program reads the clock in no way that is known here"
    for reading in found:
        program = program.replace(reading, read[reading])
    return program
