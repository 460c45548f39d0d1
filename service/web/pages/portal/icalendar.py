"""Appointments as a calendar reads them: RFC 5545, whole days, and nothing of what they are for."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import Final

from service.flows.screens.calendar_feeds import Appointments

OCTETS_MAX: Final = 75
"""How long a line is at most, in octets without its break (RFC 5545, 3.1)."""
ASK_AGAIN: Final = "PT6H"


def as_icalendar(found: Appointments, *, called: str, one: str) -> bytes:
    """A calendar that is `called` so, each of whose days says `one`."""
    return "".join(f"{part}\r\n" for line in _lines(found, called, one) for part in folded(line)).encode()


def _lines(found: Appointments, called: str, one: str) -> Iterator[str]:
    stamp = f"{found.as_of.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Rewards//Appointments//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{escaped(called)}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{ASK_AGAIN}"
    for day, name in found.days:
        yield "BEGIN:VEVENT"
        yield f"UID:{name}@appointments.invalid"
        yield f"DTSTAMP:{stamp}"
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{escaped(one)}"
        yield "CLASS:PRIVATE"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def escaped(text: str) -> str:
    """A text as a value (RFC 5545, 3.3.11)."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, those after the first with a blank; no letter is cut in two."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > OCTETS_MAX:
            yield piece
            piece = " "
        piece += letter
    yield piece
