"""Days, program weeks and calendar periods in the clinic's own time zone."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal, assert_never

from schemas.program import Period


def local_day(at: datetime, zone: tzinfo) -> date:
    """The day on the clinic's wall clock: 23:30 on a Sunday belongs to that Sunday."""
    return at.astimezone(zone).date()


def on_the_clock(wall: datetime, zone: tzinfo) -> datetime | Literal["skipped", "twice"]:
    """A time of the zone's clocks, or which it is where they skip it or show it twice."""
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall:
        return "skipped"
    return "twice"


def day_end(day: date, zone: tzinfo) -> datetime:
    """The moment (UTC) at which a local day is over: the clinic's next midnight, whatever its clocks do."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def program_week(day: date, starts_on: date) -> int:
    """The program week of a day, from 1; days before the start give 0 or less."""
    return (day - starts_on).days // 7 + 1


def period_key(per: Period, day: date, fact_no: int) -> int:
    """A number that is the same for two days exactly when they lie in the same period.

    Calendar weeks begin on Monday: day 1 of the proleptic calendar was one.
    """
    match per:
        case "event":
            return fact_no
        case "day":
            return day.toordinal()
        case "week":
            return (day.toordinal() - 1) // 7
        case "month":
            return day.year * 12 + day.month
        case "year":
            return day.year
        case "enrollment":
            return 0
        case _ as unreachable:
            assert_never(unreachable)
