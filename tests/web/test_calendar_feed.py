"""Somebody's own calendar: a secret address, days alone, in words that tell nothing, and ended at once."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import httpx

from service.flows.screens.calendar_feeds import Appointments
from service.web.pages.portal.icalendar import as_icalendar, escaped, folded
from tests import tls
from tests.web.entering import browser_of, sent
from tests.web.portal import someone

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


async def asked(url: str) -> httpx.Response:
    """Ask for a calendar as a phone does, without a session."""
    async with httpx.AsyncClient(verify=tls.CONTEXT) as phone:
        return await phone.get(url)


async def test_an_address_gives_days_and_nothing_of_what_they_are_for(server: Server, clinic: Clinic) -> None:
    """The days are those of the API; a second address ends the first, and ending it ends all."""
    who = await someone(server, clinic, language="es")
    (own_one,) = (await clinic.get("/v1/enrollments", participant=who.id)).json()["items"]
    visits = (await clinic.get(f"/v1/enrollments/{own_one['id']}/visits")).json()["items"]
    days = {one["due_on"].replace("-", "") for one in visits if one["status"] in {"expected", "came"}}
    async with browser_of(server, cmr_session=who.token) as own:
        made = await sent(own, "/portal/calendar", "/portal/calendar")
        first = re.search(r"http[^<\s]+/calendar/[0-9a-f]+\.ics", made.text)
        assert first is not None
        answer = await asked(first[0])
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
        found = set(re.findall(r"DTSTART;VALUE=DATE:(\d{8})", answer.text))
        assert found
        assert found <= days
        assert set(re.findall(r"SUMMARY:(.*)\r\n", answer.text)) == {"Cita"}
        for told in ("test", "steps", "negativ", "P-1", who.id, "clinic"):
            assert told.casefold() not in answer.text.casefold(), told
        assert first[0] not in (await own.get("/portal/calendar")).text
        second = await sent(own, "/portal/calendar", "/portal/calendar")
        assert (await asked(first[0])).status_code == 404
        again = re.search(r"http[^<\s]+/calendar/[0-9a-f]+\.ics", second.text)
        assert again is not None
        assert (await asked(again[0])).status_code == 200
        ended = await sent(own, "/portal/calendar", "/portal/calendar/end")
        assert ended.headers["location"] == "/portal/calendar?done=ended"
        assert (await asked(again[0])).status_code == 404


async def test_no_calendar_is_made_on_the_clinic_s_tablet(server: Server, clinic: Clinic) -> None:
    """There the address would stay for the next person to see."""
    who = await someone(server, clinic, kind="kiosk")
    async with browser_of(server, cmr_session=who.token) as tablet:
        page = (await tablet.get("/portal/calendar")).text
        assert '<form method="post" action="/portal/calendar"' not in page
        assert (await sent(tablet, "/portal/calendar", "/portal/calendar")).status_code == 403


async def test_what_is_no_address_is_not_there(server: Server, clinic: Clinic) -> None:
    """Of another clinic, of none, or cut short."""
    for token in ("0" * 72, clinic.id.replace("-", "") + "0" * 40, "short"):
        assert (await asked(f"{server.url}/calendar/{token}.ics")).status_code == 404


def test_lines_are_folded_by_the_standard() -> None:
    """At most 75 octets, unfolded to what they were, no letter cut in two; every line ends in CRLF."""
    line = "SUMMARY:" + "Cita ñandú " * 20
    pieces = [*folded(line)]
    assert max(len(piece.encode()) for piece in pieces) <= 75
    assert pieces[0] + "".join(piece.removeprefix(" ") for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"
    at = datetime(2026, 3, 2, 17, tzinfo=UTC)
    found = Appointments("en", ((date(2026, 3, 31), "abc"),), at)
    lines = as_icalendar(found, called="Appointments", one="Appointment").decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTAMP:20260302T170000Z" in lines
    assert [one for one in lines if one.startswith(("DTSTART", "DTEND"))] == [
        "DTSTART;VALUE=DATE:20260331",
        "DTEND;VALUE=DATE:20260401",
    ]
    assert not any("\n" in one for one in lines)
