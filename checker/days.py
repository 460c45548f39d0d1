"""Days on the clinic's wall clock, program weeks, and the calendar periods of caps and limits."""

from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_A_WEEK: Final = 7


def zone_of(name: str, packed: Path) -> tzinfo:
    """A time zone as this machine knows it, and where it knows none as it was put into the pack."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        with packed.open("rb") as file:
            return ZoneInfo.from_file(file, name)


def moment(text: str) -> datetime:
    """A moment from ISO 8601, which says its distance from UTC."""
    return datetime.fromisoformat(text)


def day_of(at: datetime, zone: tzinfo) -> date:
    """The day on the clinic's wall clock."""
    return at.astimezone(zone).date()


def week_of(day: date, starts_on: date) -> int:
    """The program week of a day, counted from 1 on the start day."""
    return (day - starts_on).days // DAYS_A_WEEK + 1


def period(per: str, day: date, fact_no: int) -> str:
    """The name of the calendar period that a day falls in; a week begins on Monday.

    Raises KeyError for a period that there is not.
    """
    year, week, _ = day.isocalendar()
    return {
        "event": f"fact {fact_no}",
        "day": day.isoformat(),
        "week": f"{year} week {week}",
        "month": f"{day:%Y-%m}",
        "year": f"{day:%Y}",
        "enrollment": "all",
    }[per]
