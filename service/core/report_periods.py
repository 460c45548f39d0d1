"""The days of a saved report, and the days on which a mail says that it is ready."""

from datetime import date, timedelta
from typing import Final, assert_never

from schemas.people import Role
from schemas.saved_reports import Beside, MailEvery, SavedPeriod

READERS: Final[tuple[Role, ...]] = ("manager", "auditor")
"""Roles that may read reports, and so be told of one by mail."""
EIGHT_WEEKS: Final = timedelta(days=55)
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
MONTHS: Final = 12
QUARTER: Final = 3

Days = tuple[date, date]
"""The first and the last of some days."""


def days_of_period(period: SavedPeriod, today: date, given: Days | None = None) -> Days:
    """The days that a period is about on a day; `given` are those of `days`."""
    match period:
        case "days":
            if given is None:
                raise AssertionError("days of the calendar are given")
            return given
        case "eight_weeks":
            return today - EIGHT_WEEKS, today
        case "last_week":
            monday = today - today.weekday() * DAY
            return monday - WEEK, monday - DAY
        case "last_month":
            return _months_before(today.replace(day=1), 1)
        case "last_quarter":
            return _months_before(_quarter_of(today), QUARTER)
        case "last_year":
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
        case "this_year":
            return date(today.year, 1, 1), today
        case _:
            assert_never(period)


def days_beside(days: Days, beside: Beside) -> Days:
    """The days that stand beside some: as many just before, or the same ones a year before."""
    since, until = days
    match beside:
        case "before":
            return since - (until - since) - DAY, since - DAY
        case "year_before":
            return _a_year_before(since), _a_year_before(until)
        case _:
            assert_never(beside)


def next_mail(every: MailEvery, after: date) -> date:
    """The first day after one on which a mail goes out."""
    match every:
        case "week":
            return after - after.weekday() * DAY + WEEK
        case "month":
            return _months_later(after.replace(day=1), 1)
        case "quarter":
            return _months_later(_quarter_of(after), QUARTER)
        case _:
            assert_never(every)


def _quarter_of(day: date) -> date:
    return date(day.year, (day.month - 1) // QUARTER * QUARTER + 1, 1)


def _months_later(first: date, months: int) -> date:
    number = first.year * MONTHS + first.month - 1 + months
    return date(number // MONTHS, number % MONTHS + 1, 1)


def _months_before(first: date, months: int) -> Days:
    return _months_later(first, -months), first - DAY


def _a_year_before(day: date) -> date:
    """The same day of the year before; of February 29 the day before March."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 3, 1) - DAY
