"""Times and days as tables write them: read by the form that somebody chose once, and never guessed.

A text that means one moment whatever was chosen (RFC 3339, its kin, a month in letters with an offset) is
always taken. What hangs on the order of day and month, or on a zone, is taken where that was chosen.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from msgspec import Struct

from service.core.calendar import on_the_clock
from service.core.refusals import Refused, refused
from service.core.sheets.calendar_words import NAMES, OFFSETS, month_of, weekday_of
from service.core.sheets.mapping import DateAlone, TimeForm

TEXT_MAX: Final = 80
"""The longest text of a time, in characters."""
SHOWN_MAX: Final = 48
CENTURY: Final = 69
"""Years of two digits from this on are of the last century, as POSIX has it."""
SERIAL_LEAST: Final = 367
SERIAL_MOST: Final = 109_575
"""Days since 1899-12-30, as spreadsheets count them (1901 to 2199)."""
NOON: Final = time(12)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SERIAL_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet's days have no zone
_BARE: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?")
_NUMBER: Final = re.compile(r"\d{1,13}(?:\.\d{1,15})?")
_OFFSET: Final = r"(?P<zone>z|(?:utc|gmt)?[+-]\d{1,2}(?::?\d\d)?|" + "|".join(OFFSETS) + ")"
_CLOCK: Final = re.compile(
    r"(?P<date>.*?\d)(?:\s*,?\s+(?:at\s+|a\s+las?\s+)?|\s*[t_]\s*)"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?)?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\.?)?"
    r"(?:\s*" + _OFFSET + r")?(?:\s+(?P<year>\d{4}))?"
)
_COMPACT: Final = re.compile(
    r"(?P<date>\d{8})[t ]?(?P<hour>\d\d)(?P<minute>\d\d)(?:(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?"
    r"(?P<half>)(?:\s*" + _OFFSET + r")?(?P<year>)"
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})()(\d\d)(\d\d)")
_THREE: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)")
_NAMED: Final = re.compile(
    rf"(?:(?P<weekday>[a-z]+)\.?,?\s+)?(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|º)?(?:\s+de\s+|[-/ .]\s*)"
    rf"(?P<m1>{NAMES})(?:\s+del?\s+|[-/ .,]\s*)(?P<y1>\d{{4}}|\d\d)"
    rf"|(?P<m2>{NAMES})[-/ .]\s*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|[-/ ]\s*)(?P<y2>\d{{4}})"
    rf"|(?P<y3>\d{{4}})[-/ .](?P<m3>{NAMES})[-/ .](?P<d3>\d{{1,2}}))"
)


class Times(Struct, frozen=True):
    """How the times of a table are written."""

    form: TimeForm
    zone: tzinfo
    pattern: str | None = None
    date_alone: DateAlone = "refused"
    unix: bool = False


class _Unclear(Exception):  # noqa: N818  carries a refusal to the two readers, and leaves this file by no other way
    def __init__(self, reason: str, **values: str) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values


def read_moment(text: str, times: Times, column: str) -> datetime | Refused:
    """The one moment that a text means, in UTC; else why it means none, or more than one."""
    try:
        return _moment(_plain(text), text, times).astimezone(UTC)
    except _Unclear as doubt:
        return refused(doubt.reason, column=column, text=text[:SHOWN_MAX], **doubt.values)
    except (ValueError, OverflowError):
        return refused("invalid.time_none", column=column, text=text[:SHOWN_MAX])


def read_day(text: str, times: Times, column: str) -> date | Refused:
    """The one day that a text means; a time of day is taken where it is midnight."""
    try:
        plain = _plain(text)
        if times.form == "pattern" and (found := _by_pattern(text, times)) is not None:
            return found.date()
        if _NUMBER.fullmatch(plain) and "." not in plain and _is_serial(plain, times):
            return (_SERIAL_ZERO + timedelta(days=int(plain))).date()
        clock = _CLOCK.fullmatch(plain)
        if clock is not None and not (clock["zone"] or clock["year"]) and _time_of(clock) == time():
            plain = clock["date"]
        return _date(plain, times.form)
    except _Unclear as doubt:
        return refused(doubt.reason, column=column, text=text[:SHOWN_MAX], **doubt.values)
    except (ValueError, OverflowError):
        return refused("invalid.day_none", column=column, text=text[:SHOWN_MAX])


def _plain(text: str) -> str:
    """A text in small letters, with single blanks and without a zone's long name at its end."""
    if len(text) > TEXT_MAX:
        raise _Unclear("invalid.time_none")
    return re.sub(r"\s*\([^()]*\)$", "", " ".join(text.casefold().split()))


def _moment(plain: str, text: str, times: Times) -> datetime:
    if times.form == "pattern" and (found := _by_pattern(text, times)) is not None:
        return found if found.tzinfo is not None else _local(found, times.zone)
    if _NUMBER.fullmatch(plain) and not _is_calendar(plain):
        return _of_number(plain, times)
    clock = _COMPACT.fullmatch(plain) or _CLOCK.fullmatch(plain)
    if clock is None:
        day = _date(plain, times.form)
        if times.date_alone == "refused":
            raise _Unclear(
                "invalid.time_offset_form" if times.form == "offset" else "invalid.time_date_alone"
            )
        return _local(datetime.combine(day, NOON), times.zone)
    words = f"{clock['date']} {clock['year']}" if clock["year"] else clock["date"]
    day, at = _date(words, times.form), _time_of(clock)
    if clock["zone"] is not None:
        return datetime.combine(day, at, _offset(clock["zone"]))
    if times.form == "offset":
        raise _Unclear("invalid.time_offset" if _BARE.fullmatch(plain) else "invalid.time_offset_form")
    return _local(datetime.combine(day, at), times.zone)


def _by_pattern(text: str, times: Times) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), times.pattern or "")  # noqa: DTZ007  its zone is given by whoever asks
    except (ValueError, re.error):
        return None


def _is_calendar(digits: str) -> bool:
    """Whether a number is a year, month and day written together, perhaps with a time of day."""
    return len(digits) in {8, 12} and digits.isdecimal() and digits[:2] in {"19", "20", "21"}


def _of_number(plain: str, times: Times) -> datetime:
    whole, _, part = plain.partition(".")
    if len(whole) in {10, 13}:
        if not times.unix:
            raise _Unclear("invalid.time_unix")
        seconds = float(plain) if len(whole) == 10 else float(plain) / 1000  # noqa: PLR2004
        return _EPOCH + timedelta(seconds=seconds)
    if times.form == "offset":
        raise _Unclear("invalid.time_offset_form")
    if not _is_serial(plain, times):
        raise _Unclear("invalid.time_none")
    day = _SERIAL_ZERO + timedelta(days=int(whole))
    if not part.strip("0"):
        if times.date_alone == "refused":
            raise _Unclear("invalid.time_date_alone")
        return _local(datetime.combine(day.date(), NOON), times.zone)
    return _local(day + _of_day(part), times.zone)


def _is_serial(plain: str, times: Times) -> bool:
    whole = plain.partition(".")[0]
    return (
        times.form != "offset"
        and len(whole) <= len(str(SERIAL_MOST))
        and SERIAL_LEAST <= int(whole) < SERIAL_MOST
    )


def _of_day(part: str) -> timedelta:
    """A part of a day: the whole minute that its digits may mean, else the nearest second."""
    seconds = int(part) * 86_400 / 10 ** len(part)
    slack = 86_400 / 10 ** len(part)
    minute = round(seconds / 60) * 60
    return timedelta(seconds=minute if abs(minute - seconds) <= slack else round(seconds))


def _time_of(clock: re.Match[str]) -> time:
    hour, half = int(clock["hour"]), clock["half"]
    if clock["minute"] is None and not half:
        raise _Unclear("invalid.time_none")
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004  the hours of a half of the day
            raise _Unclear("invalid.time_none")
        hour = hour % 12 + (12 if half == "p" else 0)
    micros = int((clock["part"] or "").ljust(6, "0")[:6])
    return time(hour, int(clock["minute"] or 0), int(clock["second"] or 0), micros)


def _offset(zone: str) -> tzinfo:
    bare = zone.removeprefix("utc").removeprefix("gmt")
    if bare in {"", "z"}:
        return UTC
    if bare in OFFSETS:
        return timezone(timedelta(hours=OFFSETS[bare]))
    digits = bare[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))  # noqa: PLR2004
    if hours > 14 or minutes > 59:  # noqa: PLR2004  no place on earth is further from UTC
        raise _Unclear("invalid.time_none")
    turned = -1 if bare[0] == "-" else 1
    return timezone(turned * timedelta(hours=hours, minutes=minutes))


def _date(words: str, form: TimeForm) -> date:
    if found := _YEAR_FIRST.fullmatch(words):
        year, month, day = (found[1], found[3], found[4]) if found[1] else (found[5], found[7], found[8])
        return date(int(year), int(month), int(day))
    if found := _NAMED.fullmatch(words):
        return _named(found, form)
    if found := _THREE.fullmatch(words):
        first, second, year = int(found[1]), int(found[3]), found[4]
        match form:
            case "month/day/year":
                return date(_year(year), first, second)
            case "day/month/year":
                return date(_year(year), second, first)
            case "year-month-day" if len(year) == 2:  # noqa: PLR2004
                return date(_year(found[1]), second, int(year))
            case "offset":
                raise _Unclear("invalid.time_order")
            case _:
                raise _Unclear("invalid.time_not_of_form", form=form)
    raise _Unclear("invalid.time_offset_form" if form == "offset" else "invalid.time_none")


def _named(found: re.Match[str], form: TimeForm) -> date:
    year = found["y1"] or found["y2"] or found["y3"]
    if len(year) == 2 and form == "year-month-day":  # noqa: PLR2004
        # The first of its numbers may be the year then.
        raise _Unclear("invalid.time_not_of_form", form=form)
    month = month_of(found["m1"] or found["m2"] or found["m3"])
    day = date(_year(year), month, int(found["d1"] or found["d2"] or found["d3"]))
    if found["weekday"] is not None and weekday_of(found["weekday"]) != day.weekday():
        raise _Unclear("invalid.time_weekday")
    return day


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= CENTURY else 2000)  # noqa: PLR2004


def _local(at: datetime, zone: tzinfo) -> datetime:
    """A time of the zone's clocks; refused where they skip it, or show it twice."""
    found = on_the_clock(at, zone)
    if isinstance(found, str):
        raise _Unclear("invalid.time_twice" if found == "twice" else "invalid.time_skipped", zone=str(zone))
    return found
