"""Times of a message: read in precise forms only, so that none can be read in two ways."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final, assert_never

import msgspec
from msgspec import Struct

from schemas.events import Moment
from schemas.mapping import TimeRule
from service.core.calendar import on_the_clock
from service.core.refusals import Fault, Value, fault

DIRECTIVES: Final = {
    "Y": r"(?P<Y>[0-9]{4})",
    "m": r"(?P<m>[0-9]{2})",
    "d": r"(?P<d>[0-9]{2})",
    "H": r"(?P<H>[0-9]{2})",
    "I": r"(?P<I>[0-9]{2})",
    "M": r"(?P<M>[0-9]{2})",
    "S": r"(?P<S>[0-9]{2})",
    "f": r"(?P<f>[0-9]{1,6})",
    "p": r"(?P<p>[AaPp]\.?[Mm]\.?)",
    "z": r"(?P<z>[Zz]|[+-][0-9]{2}:?[0-9]{2})",
}
"""What each directive of a pattern reads; one digit is enough where other signs stand on both sides."""
NOON: Final = time(12)
OFFSET_MAX: Final = timedelta(hours=14)
"""No place on earth is further from UTC."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"-?[0-9]{1,17}(?:\.[0-9]{1,9})?")
_HL7 = re.compile(
    r"(?P<Y>[0-9]{4})(?:(?P<m>[0-9]{2})(?:(?P<d>[0-9]{2})(?:(?P<H>[0-9]{2})(?:(?P<M>[0-9]{2})(?:(?P<S>[0-9]{2})"
    r"(?:\.(?P<f>[0-9]{1,6}))?)?)?)?)?)?(?P<z>[+-][0-9]{4})?"
)
_FHIR = re.compile(
    r"(?P<Y>[0-9]{4})(?:-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2})(?:T(?P<H>[0-9]{2}):(?P<M>[0-9]{2})"
    r"(?::(?P<S>[0-9]{2})(?:\.(?P<f>[0-9]{1,9}))?)?(?P<z>Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?"
)


class Read(Struct, frozen=True):
    """A moment of a message; `day_alone` where it said the day and no time, so that noon stands for it."""

    at: datetime
    day_alone: bool = False


class Unclear(Struct, frozen=True):
    """Why a text is no moment, as a reason of the catalog."""

    reason: str
    values: dict[str, Value] = {}


def read_time(rule: TimeRule, text: str, zone: tzinfo) -> Read | Unclear:
    """The moment that a text means by a rule; `zone` is the one of times without an offset."""
    match rule.form:
        case "rfc3339":
            try:
                return Read(msgspec.convert(text, Moment))
            except msgspec.ValidationError:
                return Unclear("message.not_rfc3339")
        case "epoch_seconds" | "epoch_milliseconds":
            if not _NUMBER.fullmatch(text):
                return Unclear("message.not_epoch")
            number = float(text)
            return _after(number if rule.form == "epoch_seconds" else number / 1000)
        case "hl7":
            return _of(_HL7.fullmatch(text), zone, Unclear("message.not_hl7_time"))
        case "fhir":
            return _of(_FHIR.fullmatch(text), zone, Unclear("message.not_fhir_time"))
        case "pattern":
            pattern = rule.pattern or ""
            if any(faults_of_pattern(pattern, "")):
                # On record from before such patterns were refused.
                return Unclear("message.pattern_of_two_meanings", {"pattern": pattern})
            found = _compiled(pattern).fullmatch(text)
            return _of(found, zone, Unclear("message.not_of_pattern", {"pattern": pattern}))
    assert_never(rule.form)


def _after(seconds: float) -> Read | Unclear:
    try:
        return Read(_EPOCH + timedelta(seconds=seconds))
    except OverflowError:
        return Unclear("message.far_epoch")


def _of(found: re.Match[str] | None, zone: tzinfo, otherwise: Unclear) -> Read | Unclear:
    if found is None:
        return otherwise
    said = found.groupdict()
    if said.get("d") is None:
        return Unclear("message.no_day")
    try:
        day = date(int(said["Y"]), int(said["m"]), int(said["d"]))
        clock = _clock(said)
        if said.get("z") and clock is not None:
            return Read(datetime.combine(day, clock, _offset(said["z"])).astimezone(UTC))
    except (ValueError, OverflowError):
        return otherwise
    at = on_the_clock(datetime.combine(day, NOON if clock is None else clock), zone)
    if isinstance(at, str):
        reason = "message.time_twice" if at == "twice" else "message.time_skipped"
        return Unclear(reason, {"zone": str(zone)})
    try:
        return Read(at.astimezone(UTC), clock is None)
    except OverflowError:
        return otherwise


def _clock(said: dict[str, str | None]) -> time | None:
    hour = said.get("H")
    if hour is None and said.get("I") is not None:
        half = int(said["I"] or "")
        if not 1 <= half <= 12:  # noqa: PLR2004  the hours of a half of the day
            raise ValueError
        hour = str(half % 12 + (12 if (said["p"] or "").lower().startswith("p") else 0))
    if hour is None:
        return None
    micros = int((said.get("f") or "").ljust(6, "0")[:6])
    second = int(said.get("S") or 0)
    return time(int(hour), int(said.get("M") or 0), second, micros)


def _offset(written: str) -> timezone:
    if written in {"Z", "z"}:
        return UTC
    digits = written[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    length = timedelta(hours=hours, minutes=minutes)
    if length > OFFSET_MAX or minutes > 59:  # noqa: PLR2004  minutes of an hour
        raise ValueError
    return timezone(-length if written[0] == "-" else length)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    """The expression of a sound pattern."""
    parts = re.split(r"%(.)", pattern)
    written = [re.escape(parts[0])]
    for place in range(1, len(parts), 2):
        letter, after = parts[place], parts[place + 1]
        before_is_apart = place == 1 or parts[place - 1] != ""
        after_is_apart = after != "" or place + 2 >= len(parts)
        read = DIRECTIVES[letter]
        if letter in "mdHI" and before_is_apart and after_is_apart:
            read = read.replace("{2}", "{1,2}")
        written += [read, re.escape(after)]
    return re.compile("".join(written))


def faults_of_pattern(pattern: str, place: str) -> Iterator[Fault]:
    """What is wrong with a pattern: parts that are not read, and what could be read in two ways."""
    parts = re.split(r"%(.?)", pattern)
    given, around = parts[1::2], parts[0::2]
    if strange := sorted(set(given) - set(DIRECTIVES)):
        known = " ".join(f"%{letter}" for letter in sorted(DIRECTIVES))
        yield fault(place, "mapping.directive", letter=strange[0], known=known)
        return
    has = set(given)
    is_whole = {"Y", "m", "d"} <= has and (not has & set("MSfpz") or has & {"H", "I"})
    if len(given) != len(has) or not is_whole or ("S" in has and "M" not in has):
        yield fault(place, "mapping.pattern_parts")
    elif ("I" in has) != ("p" in has) or {"H", "I"} <= has:
        yield fault(place, "mapping.pattern_half_days")
    elif any(character.isdigit() for text in around for character in text):
        yield fault(place, "mapping.pattern_digits")
    elif "f" in has and not _fraction_is_apart(given, around):
        yield fault(place, "mapping.pattern_fraction")


def _fraction_is_apart(given: list[str], around: list[str]) -> bool:
    place = given.index("f")
    follows = given[place + 1] if place + 1 < len(given) and around[place + 1] == "" else "z"
    return around[place].endswith((".", ",")) and given[place - 1 : place] == ["S"] and follows in "zp"
