"""Dates as FHIR searches say them: each is a part of time, with which moments and periods are compared.

The prefixes and what they hold against are those of https://hl7.org/fhir/R4/search.html#date.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from msgspec import Struct

EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2201, 1, 1, tzinfo=UTC)
_WHEN = re.compile(
    r"(eq|ne|gt|lt|ge|le|sa|eb)?"
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6})[0-9]*)?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?"
)


class Bound(Struct, frozen=True):
    """A part of time that is compared with, from `low` until before `high`."""

    prefix: str
    low: datetime
    high: datetime

    def holds(self, start: datetime, end: datetime) -> bool:
        """Whether a period fits; a moment is one that ends where it starts."""
        is_within = self.low <= start and (end <= self.high if end > start else start < self.high)
        is_later = end > self.high or start >= self.high
        is_earlier = start < self.low
        match self.prefix:
            case "gt":
                return is_later
            case "ge":
                return is_later or is_within or end >= self.high
            case "lt":
                return is_earlier
            case "le":
                return is_earlier or is_within
            case "sa":
                return start >= self.high
            case "eb":
                return end <= self.low and start < self.low
            case "ne":
                return not is_within
            case _:
                return is_within


def bound_of(text: str, zone: tzinfo) -> Bound | None:
    """The part of time that a date stands for: a year, a month, a day, a minute, or less."""
    found = _WHEN.fullmatch(text)
    if found is None:
        return None
    prefix, year, month, day, hour, minute, second, fraction, offset = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        if not EARLIEST.year <= first.year < LATEST.year:
            return Bound(prefix or "eq", *((EARLIEST,) * 2 if first.year < EARLIEST.year else (LATEST,) * 2))
        if hour is None:
            low, high = (datetime.combine(one, time(), zone) for one in (first, _after(first, month, day)))
        else:
            own = zone if offset is None else datetime.fromisoformat(f"2000-01-01T00:00:00{offset}").tzinfo
            micros = int((fraction or "").ljust(6, "0"))
            moment = time(int(hour), int(minute), int(second or 0), micros)
            low = datetime.combine(first, moment, own)
            high = low.astimezone(UTC) + _step(second, fraction)
    except (ValueError, OverflowError):
        return None
    return Bound(prefix or "eq", low.astimezone(UTC), high.astimezone(UTC))


def _after(first: date, month: str | None, day: str | None) -> date:
    if day is not None:
        return first + timedelta(days=1)
    if month is None or first.month == 12:  # noqa: PLR2004  December
        return date(first.year + 1, 1, 1)
    return date(first.year, first.month + 1, 1)


def _step(second: str | None, fraction: str | None) -> timedelta:
    if second is None:
        return timedelta(minutes=1)
    return timedelta(microseconds=10 ** (6 - min(len(fraction or ""), 6)))
