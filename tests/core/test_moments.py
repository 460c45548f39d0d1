"""Times of tables: every form that means one moment is that moment, and what could mean two is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.refusals import Refused
from service.core.sheets.moments import Times, read_day, read_moment

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
MONTH_FIRST = Times("month/day/year", LOS_ANGELES)
DAY_FIRST = Times("day/month/year", LOS_ANGELES)
YEAR_FIRST = Times("year-month-day", LOS_ANGELES)
PLAIN = Times("offset", LOS_ANGELES)
THAT = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)
"""Half past nine in Los Angeles."""
FIRST = datetime(1901, 1, 2)  # noqa: DTZ001  hypothesis asks for bounds without a zone
LAST = datetime(2199, 12, 30)  # noqa: DTZ001  the same


def reason(text: str, times: Times = MONTH_FIRST) -> str:
    """Say why a text is no moment."""
    why = read_moment(text, times, "Collected")
    assert isinstance(why, Refused), f"{text!r} is {why}"
    return why.reason.removeprefix("invalid.")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T09:30:00-08:00",
        "2026-03-02 09:30:00-08:00",
        "2026-03-02T09:30-0800",
        "2026-03-02T17:30:00Z",
        "2026-03-02T17:30:00.000000000Z",
        "20260302093000-0800",
        "20260302T173000Z",
        "Mon Mar 2 2026 09:30:00 GMT-0800 (Pacific Standard Time)",
        "Mon, 02 Mar 2026 09:30:00 -0800",
        "March 2, 2026 9:30 AM PST",
        "2 de marzo de 2026 09:30 UTC-8",
    ],
)
def test_time_with_its_offset_is_taken_whatever_was_chosen(text: str) -> None:
    """It can mean one moment only."""
    for times in (PLAIN, MONTH_FIRST, DAY_FIRST, YEAR_FIRST):
        assert read_moment(text, times, "Collected") == THAT


@pytest.mark.parametrize(
    "text",
    [
        "3/2/2026 9:30 AM",
        "03/02/2026 09:30",
        "3/2/26 9:30am",
        "3/2/2026, 9:30:00 a. m.",
        "3-2-2026 09:30",
        "46083.395833",
        "46083.3958333333",
        "46083.3958",
        "2026-03-02 09:30:00",
        "2026-03-02T09:30",
        "2026/3/2 9:30",
        "202603020930",
        "20260302093000",
        "02-Mar-26 9:30",
        "Mon Mar 2 09:30:00 2026",
        "March 2nd, 2026 at 9:30 a.m.",
        "lunes 2 de marzo de 2026 a las 9:30",
        " 3/2/2026\u00a09:30 AM ",
    ],
)
def test_time_of_the_chosen_form_is_of_the_chosen_zone(text: str) -> None:
    """All that can mean one moment once the order and the zone are known is that moment."""
    assert read_moment(text, MONTH_FIRST, "Collected") == THAT


def test_order_of_day_and_month_is_never_guessed() -> None:
    """The same text is another day by another choice, and none without one."""
    text = "3/2/2026 09:30"
    assert read_moment(text, DAY_FIRST, "Collected") == datetime(2026, 2, 3, 17, 30, tzinfo=UTC)
    assert reason(text, PLAIN) == "time_order"
    assert reason(text, YEAR_FIRST) == "time_not_of_form"
    # Not even where only one order can be.
    assert reason("25/3/2026 09:30", MONTH_FIRST) == "time_none"
    assert reason("25/3/2026 09:30", PLAIN) == "time_order"
    assert reason("02-Mar-26 9:30", YEAR_FIRST) == "time_not_of_form"


def test_date_alone_is_refused_or_noon_as_chosen() -> None:
    """In every form, the number of a day and eight digits among them."""
    noon = Times("month/day/year", LOS_ANGELES, date_alone="noon")
    for text in ("2026-03-02", "3/2/2026", "46083", "46083.0", "20260302", "2-Mar-2026"):
        assert reason(text) == "time_date_alone"
        assert read_moment(text, noon, "Collected") == datetime(2026, 3, 2, 20, tzinfo=UTC)


def test_number_of_seconds_is_refused_or_taken_as_chosen() -> None:
    """Seconds and milliseconds since 1970, told by their digits."""
    unix = Times("month/day/year", LOS_ANGELES, unix=True)
    for text in ("1772472600", "1772472600000", "1772472600.0"):
        assert reason(text) == reason(text, PLAIN) == "time_unix"
        assert read_moment(text, unix, "Collected") == THAT


def test_hours_that_the_clocks_skip_or_show_twice_are_refused_by_name() -> None:
    """Unless the offset is given, which says which of the two it is."""
    assert reason("3/8/2026 2:30 AM") == "time_skipped"
    assert reason("11/1/2026 1:30 AM") == "time_twice"
    for text, hour in (("11/1/2026 1:30 AM PDT", 8), ("11/1/2026 1:30 -08:00", 9)):
        assert read_moment(text, MONTH_FIRST, "x") == datetime(2026, 11, 1, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Tue Mar 2 2026 09:30", "time_weekday"),
        ("3/2/2026 13:30 PM", "time_none"),
        ("3/2/2026 24:00", "time_none"),
        ("3/2/2026 9:60", "time_none"),
        ("13/2/2026 9:30", "time_none"),
        ("2/30/2026 9:30", "time_none"),
        ("3/2/2026 9", "time_none"),
        ("3/2/2026 9:30 +15:00", "time_none"),
        ("9:30", "time_none"),
        ("soon", "time_none"),
        ("3/2-2026 9:30", "time_none"),
        ("9" * 200, "time_none"),
    ],
)
def test_text_that_contradicts_itself_is_no_time(text: str, why: str) -> None:
    """Nothing is made up for it."""
    assert reason(text) == why


def test_pattern_of_ones_own_reads_what_it_says() -> None:
    """With its offset where it has one, else in the zone."""
    packed = Times("pattern", LOS_ANGELES, "%m-%d-%y_%H%M")
    assert read_moment("03-02-26_0930", packed, "x") == THAT
    assert read_moment("2026-03-02T09:30:00-08:00", packed, "x") == THAT
    assert reason("3/2/2026 9:30", packed) == "time_not_of_form"
    assert read_moment("2026 061 0930-0800", Times("pattern", LOS_ANGELES, "%Y %j %H%M%z"), "x") == THAT


def test_days_are_read_by_the_same_choice() -> None:
    """A spreadsheet's midnight is its day."""
    for text in (
        "3/2/2026",
        "2026-03-02",
        "46083",
        "2026-03-02 00:00:00",
        "3/2/2026 12:00:00 AM",
        "2-Mar-26",
    ):
        assert read_day(text, MONTH_FIRST, "Starts") == date(2026, 3, 2)
    assert isinstance(read_day("3/2/2026", PLAIN, "Starts"), Refused)
    assert isinstance(read_day("3/2/2026 9:30", MONTH_FIRST, "Starts"), Refused)


@given(st.datetimes(FIRST, LAST), st.integers(-14 * 60, 14 * 60))
def test_any_moment_is_read_back_from_every_form_with_an_offset(at: datetime, minutes: int) -> None:
    """To the second."""
    at = at.replace(microsecond=0)
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    meant = (at - timedelta(minutes=minutes)).replace(tzinfo=UTC)
    for form in ("%Y-%m-%dT%H:%M:%S", "%Y%m%d%H%M%S", "%a %b %d %Y %H:%M:%S GMT", "%d-%b-%Y %I:%M:%S %p "):
        text = f"{at.strftime(form)}{sign}{hours:02}{rest:02}"
        assert read_moment(text, PLAIN, "x") == meant


@given(st.text(max_size=100), st.sampled_from([PLAIN, MONTH_FIRST, DAY_FIRST, YEAR_FIRST]))
def test_any_text_is_a_moment_or_refused(text: str, times: Times) -> None:
    """Never an error."""
    assert isinstance(read_moment(text, times, "x"), datetime | Refused)
    assert isinstance(read_day(text, times, "x"), date | Refused)
