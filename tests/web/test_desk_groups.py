"""The desk over HTTP: a known person's programs, names for a group, and what the list says of the day."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from tests.web.desk import PROGRAM, csrf_of, expected_today, tap, today
from tests.web.test_desk_recording import seat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.web.conftest import Clinic, Server

GROUP: dict[str, Any] = {
    "name": "evening-group",
    "title": "Evening <b>group</b>",
    "unit": "usd",
    "weeks": 12,
    "targets": [
        {
            "name": "evening-group",
            "behavior": "attendance",
            "visits": {"per_week": 7},
            "hat": {"draws": 2},
            "phases": [{"weeks": [1, 12], "earn": {"type": "ladder", "start": 100, "step": 25, "max": 400}}],
        }
    ],
}


@pytest.fixture
async def people(clinic: Clinic) -> list[dict[str, Any]]:
    """Give four people who are expected today, and a second program."""
    made = await clinic.post("/v1/programs", GROUP)
    assert made.status_code == 201, made.text
    return await expected_today(clinic)


@pytest.fixture
async def desk(server: Server, clinic: Clinic) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser of the front desk's."""
    async with await seat(server, clinic) as client:
        yield client


async def enrolled(clinic: Clinic, person: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give somebody's enrollments by their program."""
    found = (await clinic.get("/v1/enrollments", participant=person["id"])).json()["items"]
    return {one["program"]: one for one in found}


async def join(desk: httpx.AsyncClient, person: dict[str, Any], csrf: str) -> None:
    """Enroll somebody in the group since today, at the desk."""
    form = {
        "csrf": csrf,
        "once": uuid4().hex,
        "program": GROUP["name"],
        "starts_on": today().isoformat(),
        "sure": "true",
    }
    done = await desk.post(f"/desk/people/{person['id']}/enroll", data=form)
    assert done.status_code == 303, done.text


async def test_a_known_person_is_enrolled_in_a_second_program_once(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """A program in which they are already is not offered; a slip is told at its field and keeps the rest."""
    who = people[0]
    where = f"/desk/people/{who['id']}/enroll"
    asked = await desk.get(where)
    assert "Evening &lt;b&gt;group&lt;/b&gt;" in asked.text
    assert PROGRAM["title"] not in asked.text
    form = {
        "csrf": csrf_of(asked),
        "once": uuid4().hex,
        "program": GROUP["name"],
        "starts_on": "soon",
        "funding": "grant-7",
        "sure": "true",
    }
    slip = await desk.post(where, data=form)
    assert slip.status_code == 422
    assert 'id="starts_on-fault"' in slip.text
    assert 'value="grant-7"' in slip.text
    form["starts_on"] = today().isoformat()
    done = [await desk.post(where, data=form, follow_redirects=True) for _ in range(2)]
    assert ["Enrolled." in one.text for one in done] == [True, True]
    assert (await enrolled(clinic, who))[GROUP["name"]]["funding"] == "grant-7"
    again = await desk.post(where, data={**form, "once": uuid4().hex})
    assert again.status_code == 409
    assert 'id="program-fault"' in again.text


async def test_a_transfer_closes_one_enrollment_and_opens_the_next(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """Both or neither, once; another person's enrollment is not there."""
    who, other = people[:2]
    where = f"/desk/people/{who['id']}/enrollments/{who['enrollment']}/move"
    asked = await desk.get(where)
    assert f'<option value="{PROGRAM["name"]}"' not in asked.text
    form = {
        "csrf": csrf_of(asked),
        "once": uuid4().hex,
        "program": GROUP["name"],
        "on": today().isoformat(),
        "reason": "Step down.",
        "starts_on": today().isoformat(),
        "sure": "true",
    }
    slip = await desk.post(where, data=form)
    assert slip.status_code == 422
    assert 'id="starts_on-fault"' in slip.text
    assert set(await enrolled(clinic, who)) == {PROGRAM["name"]}
    form["starts_on"] = ""
    crossed = f"/desk/people/{other['id']}/enrollments/{who['enrollment']}/move"
    assert (await desk.get(crossed)).status_code == 404
    assert (await desk.post(crossed, data=form)).status_code == 404
    done = [await desk.post(where, data=form, follow_redirects=True) for _ in range(2)]
    assert ["Moved on." in one.text for one in done] == [True, True]
    own = await enrolled(clinic, who)
    assert own[PROGRAM["name"]]["closed_on"] == today().isoformat()
    assert own[GROUP["name"]]["starts_on"] == (today() + timedelta(days=1)).isoformat()


async def test_names_are_drawn_once_for_a_session_and_opened_one_by_one(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """Half of those who came; no name and nothing of who is not open stands in the page."""
    asked = await desk.get("/desk/hats")
    csrf = csrf_of(await desk.get("/desk"))
    assert "No one is recorded as present yet." in asked.text
    for who in people:
        await join(desk, who, csrf)
    own = {who["id"]: (await enrolled(clinic, who))[GROUP["name"]]["id"] for who in people}
    for who, outcome in zip(people, ("attended", "attended", "attended", "absent"), strict=True):
        form = tap(csrf, own[who["id"]], outcome, target=GROUP["name"])
        assert (await desk.post(f"/desk/people/{who['id']}/record", data=form)).status_code in {200, 303}
    asked = await desk.get("/desk/hats")
    assert "3 people in the hat" in asked.text
    form = {
        "csrf": csrf,
        "once": uuid4().hex,
        "program": GROUP["name"],
        "target": GROUP["name"],
        "on": today().isoformat(),
    }
    drawn = [await desk.post("/desk/hats", data=form) for _ in range(2)]
    assert {one.status_code for one in drawn} == {303}
    assert drawn[0].headers["location"] == drawn[1].headers["location"]
    (hat,) = (await clinic.get("/v1/hats")).json()["items"]
    codes = {own[who["id"]]: who["display_code"] for who in people}
    first, second = (codes[one["enrollment"]] for one in hat["names"])
    page = await desk.get(drawn[0].headers["location"])
    assert "Name 1 of 2" in page.text
    assert first in page.text
    assert second not in page.text
    assert not any(who["name"] in page.text for who in people)
    last = await desk.get(drawn[0].headers["location"] + "?open=2")
    assert second in last.text
    assert "Maria Lopez" in last.text
    other = await desk.post("/desk/hats", data={**form, "once": uuid4().hex})
    assert other.status_code == 409
    assert "See who was drawn" in other.text
    assert "Names were drawn for this session already. See below" in other.text
    early = await desk.post("/desk/hats", data={**form, "on": (today() + timedelta(days=1)).isoformat()})
    assert early.status_code == 422


async def test_the_tab_says_how_much_waits_to_be_handed_over(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """Nothing stands there while nothing waits."""
    who = people[0]
    first = await desk.get("/desk")
    assert 'id="handovers"></span>' in first.text
    form = tap(csrf_of(first), who["enrollment"], "negative")
    await desk.post(f"/desk/people/{who['id']}/record", data=form)
    reward = {"name": "Bus pass", "unit": "usd", "price": 300, "kind": "item", "category": "travel"}
    made = (await clinic.post("/v1/rewards", reward)).json()["id"]
    new = {"participant": who["id"], "reward": made}
    await clinic.post("/v1/redemptions", new, idempotency_key=uuid4().hex)
    for path in ("/desk", "/desk/handover"):
        assert 'id="handovers">1</span>' in (await desk.get(path)).text
    assert 'data-handovers="1"' in (await desk.get("/desk/list")).text


async def test_a_row_says_each_id_once(desk: httpx.AsyncClient, people: list[dict[str, Any]]) -> None:
    """Hundreds of people are a list that a slow line takes, so what can be recorded is said once for all."""
    text = (await desk.get("/desk")).text
    for person in people:
        assert (text.count(person["id"]), text.count(person["enrollment"])) == (1, 1)
    kinds = re.search(r'data-kinds="([^"]*)"', text)
    assert kinds is not None
    places = re.search(rf'data-places="{people[0]["enrollment"]} ([0-9]+)', text)
    assert places is not None
    assert kinds[1].split(";")[int(places[1])].startswith("stimulant-test test")


async def test_a_person_recorded_as_missed_is_not_shown_as_seen(
    desk: httpx.AsyncClient, people: list[dict[str, Any]]
) -> None:
    """Their row is done and says so, without a time of coming."""
    who = people[0]
    csrf = csrf_of(await desk.get("/desk"))
    for target, outcome in (("stimulant-test", "missed"), ("group-session", "absent")):
        form = tap(csrf, who["enrollment"], outcome, target=target)
        await desk.post(f"/desk/people/{who['id']}/record", data=form)
    row = re.search(rf'href="/desk\?person={who["id"]}".*?</a>', (await desk.get("/desk")).text, re.DOTALL)
    assert row is not None
    assert "Came" not in row[0]
    assert "recorded" in row[0]
