"""The front desk over HTTP: what is listed, recorded once, undone by its own hand alone, and found."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests import clock, tls
from tests.web.desk import csrf_of, expected_today, tap
from tests.web.manage import signed_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.web.conftest import Clinic, Server


async def seat(server: Server, clinic: Clinic, role: str = "front_desk") -> httpx.AsyncClient:
    """Give somebody's browser at the desk, signed in."""
    token = await signed_in(server, clinic.id, role)
    return httpx.AsyncClient(
        base_url=server.url, cookies={"cmr_session": token}, timeout=30, verify=tls.CONTEXT
    )


@pytest.fixture
async def people(clinic: Clinic) -> list[dict[str, Any]]:
    """Give four people who are expected today."""
    return await expected_today(clinic)


@pytest.fixture
async def desk(server: Server, clinic: Clinic) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser of the front desk's."""
    async with await seat(server, clinic) as client:
        yield client


async def events_of(clinic: Clinic, person: str) -> list[dict[str, Any]]:
    """Give what is on record of somebody, newest first."""
    items: list[dict[str, Any]] = (await clinic.get("/v1/events", participant=person)).json()["items"]
    return items


async def test_the_list_shows_who_is_expected_and_what_the_next_success_is_worth(
    desk: httpx.AsyncClient, people: list[dict[str, Any]]
) -> None:
    """Nobody's result is in the list, also once it is on record."""
    page = await desk.get("/desk")
    assert page.status_code == 200
    assert "4 expected, 0 done" in page.text
    assert page.text.count("$10.00") == 4
    who = people[0]
    answer = await desk.post(
        f"/desk/people/{who['id']}/record", data=tap(csrf_of(page), who["enrollment"], "positive")
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk?person={who['id']}")
    listed = await desk.get("/desk/list")
    assert "Positive" not in listed.text
    assert "Came" in listed.text


async def test_a_form_sent_twice_records_once(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """A second click, a reload and another outcome from the same form: the first one stands."""
    who, page = people[0], await desk.get("/desk")
    form = tap(csrf_of(page), who["enrollment"], "negative")
    for _ in range(3):
        answer = await desk.post(f"/desk/people/{who['id']}/record", data=form)
        assert answer.status_code == 303
    other = await desk.post(f"/desk/people/{who['id']}/record", data={**form, "outcome": "positive"})
    assert other.status_code == 422
    assert [one["outcome"] for one in await events_of(clinic, who["id"])] == ["negative"]
    shown = await desk.get(f"/desk?person={who['id']}")
    assert "+$10.00" in shown.text
    assert "$11.50" in shown.text


async def test_a_queued_record_keeps_the_time_of_its_tap(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """The time between the tap and the sending is believed; the device's clock, here a day behind, is not."""
    who, page = people[0], await desk.get("/desk")
    slow = clock.now() - timedelta(days=1)
    form = tap(
        csrf_of(page),
        who["enrollment"],
        "negative",
        tapped_at=(slow - timedelta(seconds=2)).isoformat(),
        sent_at=slow.isoformat(),
    )
    await desk.post(f"/desk/people/{who['id']}/record", data=form)
    (event,) = await events_of(clinic, who["id"])
    waited = clock.now() - datetime.fromisoformat(event["occurred_at"])
    assert timedelta(seconds=2) <= waited < timedelta(minutes=1)


async def test_an_undo_reverses_every_transfer_and_deletes_no_row(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """The row is to be recorded again; a second undo of the same says that it is done."""
    who, page = people[0], await desk.get("/desk")
    csrf = csrf_of(page)
    await desk.post(f"/desk/people/{who['id']}/record", data=tap(csrf, who["enrollment"], "negative"))
    (event,) = await events_of(clinic, who["id"])
    undo = f"/desk/people/{who['id']}/undo/{event['id']}"
    assert (await desk.post(undo, data={"csrf": csrf})).status_code == 303
    again = await desk.post(undo, data={"csrf": csrf})
    assert again.status_code == 422
    assert "already" in again.text
    (event,) = await events_of(clinic, who["id"])
    assert event["withdrawn"] is True
    balances = (await clinic.get(f"/v1/participants/{who['id']}/balance")).json()["balances"]
    assert [one["available"] for one in balances] in ([], [0])
    assert "4 expected, 0 done" in (await desk.get("/desk")).text


async def test_undoing_another_person_s_or_a_corrected_event_is_refused(
    server: Server, desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """A colleague's event stays, a corrected one too, and so does one of the API."""
    who, page = people[0], await desk.get("/desk")
    csrf = csrf_of(page)
    await desk.post(f"/desk/people/{who['id']}/record", data=tap(csrf, who["enrollment"], "positive"))
    (event,) = await events_of(clinic, who["id"])
    undo = f"/desk/people/{who['id']}/undo/{event['id']}"
    async with await seat(server, clinic, "manager") as colleague:
        theirs = await colleague.get("/desk")
        assert (await colleague.post(undo, data={"csrf": csrf_of(theirs)})).status_code == 422
    overturn = {"kind": "lab_overturn", "outcome": "negative", "reason": "The laboratory says so."}
    assert (await clinic.post(f"/v1/events/{event['id']}/corrections", overturn)).status_code == 201
    assert (await desk.post(undo, data={"csrf": csrf})).status_code == 422
    (event,) = await events_of(clinic, who["id"])
    assert event["outcome"] == "negative"


async def test_people_are_found_by_parts_of_their_name_and_by_card(
    desk: httpx.AsyncClient, people: list[dict[str, Any]]
) -> None:
    """Accents and capitals do not matter, nor does the hyphen of a code; no name is in an address."""
    csrf = csrf_of(await desk.get("/desk"))
    for typed in ("lop", "mar lopez", "MRN-0", people[0]["display_code"].replace("-", "").lower()):
        found = await desk.post("/desk/find", data={"csrf": csrf, "q": typed}, headers={"hx-request": "true"})
        assert "Maria Lopez" in found.text, typed
        assert "James" not in found.text
    found = await desk.post("/desk/find", data={"csrf": csrf, "q": "angst"})
    assert "Zoë Ångström" in found.text
    none = await desk.post("/desk/find", data={"csrf": csrf, "q": "nobody at all"})
    assert "No one found" in none.text


async def test_another_clinic_finds_and_opens_nobody_of_this_one(
    server: Server, other: Clinic, people: list[dict[str, Any]]
) -> None:
    """By search, by id, by recording: as if they did not exist."""
    who = people[0]
    async with await seat(server, other) as stranger:
        page = await stranger.get("/desk")
        assert "Nobody is expected today" in page.text
        csrf = csrf_of(page)
        assert "Maria" not in (await stranger.post("/desk/find", data={"csrf": csrf, "q": "maria"})).text
        assert (await stranger.get(f"/desk/people/{who['id']}/panel")).status_code == 404
        form = tap(csrf, who["enrollment"], "negative")
        assert (await stranger.post(f"/desk/people/{who['id']}/record", data=form)).status_code == 404


async def test_an_auditor_has_no_desk(server: Server, clinic: Clinic) -> None:
    """They read in Manage."""
    async with await seat(server, clinic, "auditor") as auditor:
        assert (await auditor.get("/desk")).status_code == 403


async def test_a_second_visit_of_the_day_is_asked_about(
    desk: httpx.AsyncClient, server: Server, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """A clinician's open form meets what the front desk recorded: who, what and when, and the two ways on."""
    who, page = people[0], await desk.get("/desk")
    await desk.post(
        f"/desk/people/{who['id']}/record", data=tap(csrf_of(page), who["enrollment"], "positive")
    )
    (first,) = await events_of(clinic, who["id"])
    async with await seat(server, clinic, "clinician") as other:
        form = tap(csrf_of(await other.get("/desk")), who["enrollment"], "negative")
        asked = await other.post(f"/desk/people/{who['id']}/record", data=form)
        assert asked.status_code == 409
        assert "recorded Positive on" in asked.text
        assert "Is Negative another visit of that day?" in asked.text
        assert f"/desk/people/{who['id']}#e-{first['id']}" in asked.text
        assert f'id="e-{first["id"]}"' in (await other.get(f"/desk/people/{who['id']}")).text
        assert len(await events_of(clinic, who["id"])) == 1
        meant = await other.post(f"/desk/people/{who['id']}/record", data={**form, "another": "true"})
        assert meant.status_code == 303
    second, _ = await events_of(clinic, who["id"])
    assert (second["outcome"], second["another_of"]) == ("negative", first["id"])


async def test_the_front_desk_is_sent_to_a_clinician_for_a_correction(
    desk: httpx.AsyncClient, people: list[dict[str, Any]]
) -> None:
    """It may record another, and correct nothing."""
    who, page = people[0], await desk.get("/desk")
    address = f"/desk/people/{who['id']}/record"
    await desk.post(address, data=tap(csrf_of(page), who["enrollment"], "positive"))
    asked = await desk.post(address, data=tap(csrf_of(page), who["enrollment"], "negative"))
    assert asked.status_code == 409
    assert "ask a clinician to correct it" in asked.text
    assert "#e-" not in asked.text
    assert 'name="another" value="true"' in asked.text
