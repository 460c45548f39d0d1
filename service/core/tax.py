"""The tax office's thresholds: dated data, and what they say of a calendar year of payment."""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

from msgspec import Struct

FIRST_THRESHOLDS = ((1901, 60_000), (2026, 200_000))
"""Thresholds of a new clinic, by the year from which it holds, in cents: US reporting of other income was
due from $600 for payments to 2025 and is due from $2,000 for payments from 2026 on (26 U.S.C. 6041(a))."""


class Threshold(Struct, frozen=True):
    """How much is to be reported for payments from a calendar year on, in cents."""

    from_year: int
    amount: int


def threshold_of(year: int, thresholds: Iterable[Threshold]) -> int:
    """The threshold of a year, in cents: that of the latest year up to it, or nothing before the first."""
    known = [one for one in thresholds if one.from_year <= year]
    return max(known, key=lambda one: one.from_year).amount if known else 0


def year_of_payment(year: int, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first moment of a calendar year on the clinic's clock, and the first moment after it."""
    first, after = (datetime(one, 1, 1, tzinfo=zone) for one in (year, year + 1))
    return first.astimezone(UTC), after.astimezone(UTC)
