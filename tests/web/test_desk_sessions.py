"""A group's session at the desk over HTTP, without a script: one form, one press, each with their receipt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.web.desk import csrf_of, today
from tests.web.test_desk_groups import GROUP
from tests.web.test_desk_recording import seat
from tests.web.test_groups_over_http import gathered, now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.web.conftest import Clinic, Server

EVERY_DAY = [
    {"weekday": day, "begins": "00:00", "minutes": 60}
    for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
]


@pytest.fixture
async def desk(server: Server, clinic: Clinic) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser of the front desk's."""
    async with await seat(server, clinic) as client:
        yield client


def form_of(shown: httpx.Response, **marks: str) -> list[tuple[str, str]]:
    """Give the session's form as it stands, with other marks for some people by their ids."""
    fields = [("csrf", csrf_of(shown))]
    for line in re.findall(r'name="seat" value="([^"]+)"', shown.text):
        person, *_, once = line.split()
        fields += [("seat", line), (f"o.{once}", marks.get(person, "attended"))]
    return fields


async def press(desk: httpx.AsyncClient, path: str, fields: list[tuple[str, str]]) -> httpx.Response:
    """Send a form as a browser does."""
    body = urlencode(fields)
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return await desk.post(path, content=body, headers=kind)


async def events_of(clinic: Clinic, person: dict[str, Any]) -> list[dict[str, Any]]:
    """Give what is on record of somebody."""
    found = await clinic.get("/v1/events", participant=person["id"])
    return list(found.json()["items"])


async def test_one_press_records_everybody_present_unless_marked(
    desk: httpx.AsyncClient, clinic: Clinic
) -> None:
    """The day's list leads to the session; who is marked late is late, and each receipt stands there."""
    own, people = await gathered(clinic, times=EVERY_DAY)
    listed = await desk.get("/desk/groups")
    assert "0 of 4 recorded" in listed.text
    shown = await desk.get(f"/desk/groups/{own}")
    assert shown.status_code == 200, shown.text
    assert shown.text.count('value="attended" checked') == len(people)
    sent = await press(desk, f"/desk/groups/{own}", form_of(shown, **{people[1]["id"]: "late"}))
    assert sent.status_code == 303, sent.text
    after = await desk.get(sent.headers["location"])
    assert "4 recorded." in after.text
    assert after.text.count("+2 draws") == 3
    assert 'id="mark"' not in after.text
    outcomes = [(await events_of(clinic, who))[0]["outcome"] for who in people]
    assert outcomes == ["attended", "late", "attended", "attended"]
    assert "4 of 4 recorded" in (await desk.get("/desk/groups")).text


async def test_the_same_press_again_records_nobody_twice(desk: httpx.AsyncClient, clinic: Clinic) -> None:
    """Its answer was lost, so it is sent again, and once more a person at a time from the desk's list."""
    own, people = await gathered(clinic)
    fields = form_of(await desk.get(f"/desk/groups/{own}"))
    for _ in range(2):
        assert (await press(desk, f"/desk/groups/{own}", fields)).status_code == 303
    line = next(value for name, value in fields if name == "seat" and value.startswith(people[0]["id"]))
    _, enrollment, target, once = line.split()
    alone = {"enrollment": enrollment, "target": target, "once": once, "outcome": "attended"}
    tap = await desk.post(f"/desk/people/{people[0]['id']}/record", data={**alone, "csrf": fields[0][1]})
    assert tap.status_code == 303, tap.text
    assert [len(await events_of(clinic, who)) for who in people] == [1] * 4


async def test_who_was_recorded_meanwhile_is_named_and_asked_about(
    desk: httpx.AsyncClient, clinic: Clinic
) -> None:
    """Everybody else is recorded; a second visit takes another press that says so."""
    own, people = await gathered(clinic)
    shown = await desk.get(f"/desk/groups/{own}")
    first = {"participant": people[2]["id"], "outcome": "late"}
    at = {"occurred_at": now(), "attendance": [first]}
    await clinic.post(f"/v1/groups/{own}/sessions", at)
    sent = await press(desk, f"/desk/groups/{own}", form_of(shown))
    assert sent.status_code == 409
    question = sent.text.partition('class="note question"')[2].partition("</form>")[0]
    assert people[2]["name"] in question
    assert "3 recorded." in sent.text
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', question)
    again = await press(desk, f"/desk/groups/{own}", fields)
    assert again.status_code == 303, again.text
    assert sorted(one["outcome"] for one in await events_of(clinic, people[2])) == ["attended", "late"]


async def test_who_is_left_open_is_not_recorded(desk: httpx.AsyncClient, clinic: Clinic) -> None:
    """An empty mark is none, and the person can be recorded later."""
    own, people = await gathered(clinic)
    shown = await desk.get(f"/desk/groups/{own}")
    await press(desk, f"/desk/groups/{own}", form_of(shown, **{people[0]["id"]: ""}))
    assert await events_of(clinic, people[0]) == []
    assert (await desk.get(f"/desk/groups/{own}")).text.count('class="seat"') == 1


async def test_a_record_of_a_session_is_undone_there(desk: httpx.AsyncClient, clinic: Clinic) -> None:
    """Who pressed takes one back within minutes, and stays on the session's screen."""
    own, people = await gathered(clinic)
    await press(desk, f"/desk/groups/{own}", form_of(await desk.get(f"/desk/groups/{own}")))
    event = (await events_of(clinic, people[0]))[0]["id"]
    shown = await desk.get(f"/desk/groups/{own}")
    done = await desk.post(
        f"/desk/groups/{own}/undo/{event}", data={"csrf": csrf_of(shown), "on": today().isoformat()}
    )
    assert done.headers["location"].startswith(f"/desk/groups/{own}?undone=true")
    assert (await events_of(clinic, people[0]))[0]["withdrawn"] is True
    assert (await desk.get(f"/desk/groups/{own}")).text.count('class="seat"') == 1


async def test_a_line_that_is_none_of_ours_records_nobody(desk: httpx.AsyncClient, clinic: Clinic) -> None:
    """A form that was tampered with is refused whole."""
    own, people = await gathered(clinic)
    fields = form_of(await desk.get(f"/desk/groups/{own}"))
    broken = [
        *fields,
        ("seat", f"{people[0]['id']} nonsense group-session {'0' * 32}"),
        ("o." + "0" * 32, "x"),
    ]
    assert (await press(desk, f"/desk/groups/{own}", broken)).status_code == 400
    assert await events_of(clinic, people[0]) == []


async def test_names_from_the_hat_follow_on_the_same_screen(desk: httpx.AsyncClient, clinic: Clinic) -> None:
    """Once who came is recorded, half of them are drawn there, one name at a time."""
    await clinic.post("/v1/programs", GROUP)
    place = {"program": GROUP["name"], "target": GROUP["targets"][0]["name"]}
    own, people = await gathered(clinic, places=[place])
    for who in people:
        joined = {"participant": who["id"], "program": GROUP["name"], "starts_on": today().isoformat()}
        await clinic.post("/v1/enrollments", joined)
    shown = await desk.get(f"/desk/groups/{own}")
    assert 'id="names"' not in shown.text
    marks = {people[3]["id"]: "absent"}
    after = await desk.get(
        (await press(desk, f"/desk/groups/{own}", form_of(shown, **marks))).headers["location"]
    )
    assert "3 people in the hat" in after.text
    part = after.text.partition('id="names"')[2].partition("</form>")[0]
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', part)
    drawn = await press(desk, f"/desk/groups/{own}/hat", fields)
    assert drawn.status_code == 303, drawn.text
    stage = await desk.get(drawn.headers["location"])
    assert "Name 1 of 2" in stage.text
    assert "Draw slips for" in stage.text
    assert "Name 2 of 2" in (await desk.get(f"/desk/groups/{own}", params={"open": 2})).text


async def test_a_roster_names_everybody_with_room_to_sign(desk: httpx.AsyncClient, clinic: Clinic) -> None:
    """It says clinic, group and day first, and that it may not be passed on."""
    own, people = await gathered(clinic)
    shown = await desk.get(f"/desk/groups/{own}/roster")
    assert [who["name"] in shown.text for who in people] == [True] * 4
    assert "42 CFR part 2" in shown.text
