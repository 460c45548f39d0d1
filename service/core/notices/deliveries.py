"""Outcomes of one delivery attempt, as values, and the reading of `Retry-After`."""

import re
from datetime import UTC, datetime
from typing import Final, Literal

from msgspec import Struct

RETRY_AFTER_S_MAX: Final = 86_400
"""How long a receiver can put us off by `Retry-After`, in seconds: a day, which is also the longest wait."""

Failure = Literal[
    "status",
    "redirect",
    "name_unknown",
    "connect",
    "connect_time",
    "tls",
    "read_time",
    "deadline",
    "broken",
    "malformed",
    "request_too_large",
]
"""Why an attempt failed.

`status` and `redirect` were answered, with a status that is not 2xx. The others were not: the name has no
address; no connection came about, at all or in time; the certificate is not the name's or nobody vouches
for it; nothing was heard for too long; the whole took too long; the connection broke before the answer; the
answer is not HTTP; the notice is larger than we send.
"""

Barred = Literal[
    "loopback",
    "private",
    "link_local",
    "shared",
    "metadata",
    "multicast",
    "documentation",
    "reserved",
    "plain_http",
    "url",
]
"""Why a receiver is not spoken to: the kind of its IP address, or that its URL is not one that we take."""


class Delivered(Struct, frozen=True):
    """The receiver answered 2xx after `ms` milliseconds; `first_bytes` are the first of its answer's body."""

    status: int
    ms: int
    first_bytes: bytes = b""


class Failed(Struct, frozen=True):
    """The receiver did not take it; `status` where it answered, `retry_after_s` where it put us off."""

    why: Failure
    ms: int
    status: int | None = None
    retry_after_s: float | None = None
    first_bytes: bytes = b""


class Gone(Struct, frozen=True):
    """The receiver answered 410: it wants no more notices, now or later."""

    ms: int
    first_bytes: bytes = b""


class Refused(Struct, frozen=True):
    """We did not post, because `address` (an IP address; empty where it did not come to one) is barred."""

    why: Barred
    address: str
    ms: int = 0


Outcome = Delivered | Failed | Gone | Refused

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CLOCK: Final = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
_DAY: Final = r"(?P<day>\d\d)"
_MONTH: Final = r"(?P<month>[A-Z][a-z]{2})"
_HTTP_DATES: Final = (
    re.compile(
        rf"(?a)[A-Z][a-z]{{2}}, (?P<day>\d\d) (?P<month>[A-Z][a-z]{{2}}) (?P<year>\d{{4}}) {_CLOCK} GMT"
    ),
    re.compile(
        rf"(?a)[A-Z][a-z]{{5,8}}, (?P<day>\d\d)-(?P<month>[A-Z][a-z]{{2}})-(?P<year>\d\d) {_CLOCK} GMT"
    ),
    re.compile(
        rf"(?a)[A-Z][a-z]{{2}} (?P<month>[A-Z][a-z]{{2}}) (?P<day>[ \d]\d) {_CLOCK} (?P<year>\d{{4}})"
    ),
)
"""The three forms of a date in HTTP (RFC 9110, 5.6.7): today's, that of RFC 850, and that of asctime."""


def retry_after_s(text: str, at: datetime) -> float | None:
    """How many seconds a `Retry-After` (RFC 9110, 10.2.3) asks for, seen at `at`; None where it says nothing.

    Whole seconds or a date; never less than 0 and never more than `RETRY_AFTER_S_MAX`.
    """
    text = text.strip(" \t")
    if re.fullmatch(r"[0-9]+", text):
        # A number of a thousand digits is one that is too long, and takes no time to see through.
        return float(min(int(text.lstrip("0")[:12] or "0"), RETRY_AFTER_S_MAX))
    for form in _HTTP_DATES:
        found = form.fullmatch(text)
        if found is not None:
            when = _date(found.groupdict(), at)
            return None if when is None else min(max((when - at).total_seconds(), 0.0), RETRY_AFTER_S_MAX)
    return None


def _date(part: dict[str, str], at: datetime) -> datetime | None:
    if part["month"] not in _MONTHS:
        return None
    year = int(part["year"])
    if len(part["year"]) < len("2026"):
        # Two digits, and RFC 9110 says that more than 50 years ahead means the century before.
        year += at.year - at.year % 100
        year -= 100 if year > at.year + 50 else 0
    month, day = _MONTHS.index(part["month"]) + 1, int(part["day"])
    # A leap second is written as 60; the second before it is near enough.
    second = min(int(part["second"]), 59)
    try:
        return datetime(year, month, day, int(part["hour"]), int(part["minute"]), second, tzinfo=UTC)
    except ValueError:
        return None
