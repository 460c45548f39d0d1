"""The desk's other pages over HTTP: somebody new, handing over, drawing, and one person's page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from service.core.access.display_codes import card_link
from tests.web.desk import PROGRAM, csrf_of, expected_today, tap, today
from tests.web.test_desk_recording import events_of, seat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.web.conftest import Clinic, Server


@pytest.fixture
async def people(clinic: Clinic) -> list[dict[str, Any]]:
    """Give four people who are expected today."""
    return await expected_today(clinic)


@pytest.fixture
async def desk(server: Server, clinic: Clinic) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser of the front desk's."""
    async with await seat(server, clinic) as client:
        yield client


async def test_a_newly_admitted_person_is_on_the_desk_s_list(
    desk: httpx.AsyncClient, people: list[dict[str, Any]]
) -> None:
    """A slip is told at its field with what was typed kept; the form sent twice adds one person."""
    form = {
        "csrf": csrf_of(await desk.get("/desk/new")),
        "once": uuid4().hex,
        "reference": people[0]["reference"],
        "name": "Nina Novak",
        "program": PROGRAM["name"],
        "starts_on": today().isoformat(),
        "language": "es",
        "sure": "true",
    }
    slip = await desk.post("/desk/new", data={**form, "phone": "not a phone"})
    assert slip.status_code == 422
    assert 'id="phone-fault"' in slip.text
    assert 'value="Nina Novak"' in slip.text
    taken = await desk.post("/desk/new", data=form)
    assert taken.status_code == 409
    assert 'id="reference-fault"' in taken.text
    form |= {"reference": "MRN-99", "once": uuid4().hex}
    added = [await desk.post("/desk/new", data=form) for _ in range(2)]
    assert [one.status_code for one in added] == [303, 303]
    assert added[0].headers["location"] == added[1].headers["location"]
    page = await desk.get(added[0].headers["location"])
    assert "Added and enrolled" in page.text
    assert "5 expected" in page.text
    found = await desk.post("/desk/find", data={"csrf": form["csrf"], "q": "nov"})
    assert "Nina Novak" in found.text


async def test_a_card_that_is_scanned_opens_its_person_and_leaves_their_code(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """Typed by a scanner into the search without a script; the card's own code still signs in."""
    who = people[1]
    csrf = csrf_of(await desk.get("/desk"))
    made = (await clinic.post(f"/v1/participants/{who['id']}/code", {})).json()
    scanned = card_link(made["url"], who["display_code"])
    found = await desk.post("/desk/find", data={"csrf": csrf, "q": scanned})
    assert (found.status_code, found.headers["location"]) == (303, f"/desk?person={who['id']}")
    other = await desk.post("/desk/find", data={"csrf": csrf, "q": card_link(made["url"], "XXX-XXX")})
    assert "No one found" in other.text
    async with httpx.AsyncClient(base_url=desk.base_url) as theirs:
        entered = csrf_of(await theirs.get("/sign-in/code"))
        used = await theirs.post("/sign-in/code", data={"csrf": entered, "code": made["code"]})
        assert (used.status_code, used.headers["location"]) == (303, "/portal")


async def test_a_held_redemption_is_given_or_canceled_once(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """Both say what became of it; what is settled is not settled again."""
    who = people[0]
    csrf = csrf_of(await desk.get("/desk"))
    assert "Nothing waits" in (await desk.get("/desk/handover")).text
    await desk.post(f"/desk/people/{who['id']}/record", data=tap(csrf, who["enrollment"], "negative"))
    reward = {"name": "Bus pass", "unit": "usd", "price": 300, "kind": "item", "category": "travel"}
    made = (await clinic.post("/v1/rewards", reward)).json()["id"]
    ids = []
    for _ in range(2):
        asked = await clinic.post(
            "/v1/redemptions", {"participant": who["id"], "reward": made}, idempotency_key=uuid4().hex
        )
        assert asked.status_code == 201, asked.text
        ids.append(asked.json()["id"])
    page = await desk.get("/desk/handover")
    assert page.text.count("<b>Bus pass") == 2
    assert "Maria Lopez" in page.text
    given = await desk.post(f"/desk/handover/{ids[0]}/give", data={"csrf": csrf}, follow_redirects=True)
    assert "Given: Bus pass, to Maria Lopez." in given.text
    canceled = await desk.post(f"/desk/handover/{ids[1]}/cancel", data={"csrf": csrf}, follow_redirects=True)
    assert "Canceled." in canceled.text
    again = await desk.post(f"/desk/handover/{ids[0]}/cancel", data={"csrf": csrf})
    assert again.status_code == 409
    shown = await desk.get(f"/desk/people/{who['id']}")
    assert "$7.00" in shown.text


async def test_slips_are_drawn_once_and_opened_one_by_one(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """A slip that is not open is not in the page; the same form draws no second time."""
    who = people[0]
    csrf = csrf_of(await desk.get("/desk"))
    form = tap(csrf, who["enrollment"], "attended", target="group-session")
    await desk.post(f"/desk/people/{who['id']}/record", data=form)
    asked = await desk.get(f"/desk/draw/{who['id']}")
    assert 'value="2"' in asked.text
    drawing = {"csrf": csrf, "count": "2", "once": uuid4().hex}
    drawn = [await desk.post(f"/desk/draw/{who['id']}", data=drawing) for _ in range(2)]
    assert {one.headers["location"] for one in drawn} == {drawn[0].headers["location"]}
    record = (await clinic.get(f"/v1/participants/{who['id']}/draws")).json()["items"]
    assert len(record) == 1
    first = await desk.get(drawn[0].headers["location"])
    assert "Slip 1 of 2" in first.text
    assert re.search(r"No\. \d+", first.text)
    assert first.text.count("not opened yet") == 1
    assert "Slip 2 of 2" in (await desk.get(drawn[0].headers["location"] + "?open=2")).text
    more = await desk.post(f"/desk/draw/{who['id']}", data={**drawing, "once": uuid4().hex})
    assert more.status_code == 422
    assert "Maria" not in first.text


async def test_a_clinician_corrects_on_the_page_and_the_front_desk_does_not(
    server: Server, desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """The visit stays on record; whoever may not correct is not offered it either."""
    who = people[0]
    csrf = csrf_of(await desk.get("/desk"))
    await desk.post(f"/desk/people/{who['id']}/record", data=tap(csrf, who["enrollment"], "positive"))
    (event,) = await events_of(clinic, who["id"])
    where = f"/desk/people/{who['id']}/events/{event['id']}/correct"
    correction = {"kind": "lab_overturn", "outcome": "negative", "reason": "The laboratory says so."}
    assert "Correct the record" not in (await desk.get(f"/desk/people/{who['id']}")).text
    assert (await desk.post(where, data={"csrf": csrf, **correction})).status_code == 403
    async with await seat(server, clinic, "clinician") as clinician:
        csrf = csrf_of(await clinician.get(f"/desk/people/{who['id']}"))
        none = await clinician.post(where, data={"csrf": csrf, "kind": "lab_overturn"})
        assert none.status_code == 422
        done = await clinician.post(where, data={"csrf": csrf, **correction}, follow_redirects=True)
        assert "Corrected." in done.text
        assert "$10.00" in done.text


async def test_an_enrollment_ends_on_the_page_with_its_reason(
    desk: httpx.AsyncClient, people: list[dict[str, Any]]
) -> None:
    """Nobody is expected after it; a second end is refused in words."""
    who = people[0]
    csrf = csrf_of(await desk.get("/desk"))
    where = f"/desk/people/{who['id']}/enrollments/{who['enrollment']}/close"
    form = {"csrf": csrf, "on": today().isoformat(), "reason": "Moved away."}
    ended = await desk.post(where, data=form, follow_redirects=True)
    assert "Ended, and on record." in ended.text
    assert (await desk.post(where, data=form)).status_code == 409


async def test_details_are_changed_over_the_revision_that_was_read(
    desk: httpx.AsyncClient, people: list[dict[str, Any]]
) -> None:
    """Of two forms the second is told to read again, and the former reference goes on finding the person."""
    at = f"/desk/people/{people[0]['id']}/details"
    shown = await desk.get(at)
    found = re.search(r'name="revision" value="(\d+)"', shown.text)
    assert found is not None
    form = {
        "csrf": csrf_of(shown),
        "revision": found[1],
        "reference": "NEW-1",
        "name": "Ann Lee",
        "language": "es",
    }
    assert (await desk.post(at, data=form)).headers["location"] == f"{at}?done=changed"
    stale = await desk.post(at, data={**form, "name": "Bea Lee"})
    assert (stale.status_code, "Ann Lee" in stale.text, "Bea Lee" in stale.text) == (412, True, False)
    search = {"csrf": form["csrf"], "q": people[0]["reference"]}
    assert "Ann Lee" in (await desk.post("/desk/find", data=search)).text


async def test_a_near_match_is_asked_about_before_a_second_chart_is_made(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """The question names the person; said to be another, they are added."""
    assert people
    await clinic.post("/v1/participants", {"reference": "0004711", "name": "Zoe Zane"})
    form = {
        "csrf": csrf_of(await desk.get("/desk/new")),
        "once": uuid4().hex,
        "reference": "4711",
        "program": PROGRAM["name"],
        "starts_on": today().isoformat(),
        "language": "en",
        "sure": "true",
    }
    asked = await desk.post("/desk/new", data=form)
    assert ("Zoe Zane" in asked.text, "Is it one of these people?" in asked.text) == (True, True)
    assert (await desk.post("/desk/new", data={**form, "another": "true"})).status_code == 303


async def test_number_is_added_with_the_days_of_its_use(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """A former number has its last day; one that ends before it begins is told at its field."""
    at = f"/desk/people/{people[0]['id']}"
    number = {"csrf": csrf_of(await desk.get(f"{at}/details")), "system": "LAB", "value": "88-16"}
    days = {"from": "2024-05-01", "to": "2025-02-28"}
    turned = await desk.post(f"{at}/identifiers", data={**number, "from": days["to"], "to": days["from"]})
    assert (turned.status_code, 'id="to-fault"' in turned.text) == (422, True)
    assert (f'value="{days["to"]}"' in turned.text, 'value="88-16"' in turned.text) == (True, True)
    assert (await desk.post(f"{at}/identifiers", data={**number, **days})).status_code == 303
    known = (await clinic.client("manager").get("/v1/participants?identifier=lab|88-16")).json()["items"][0]
    made = next(one for one in known["identifiers"] if one["system"] == "LAB")
    assert {name: made[name] for name in days} == days
    shown = (await desk.get(f"{at}/details")).text
    assert "Since May 1, 2024" in shown
    assert "Not used since Feb 28, 2025" in shown


async def test_notes_of_a_visit_are_shown_with_it_those_added_later_too(
    desk: httpx.AsyncClient, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """What was written with the visit, and the laboratory's number that came a day later."""
    who = people[0]
    csrf = csrf_of(await desk.get("/desk"))
    form = tap(csrf, who["enrollment"], "negative", note="Took a while")
    await desk.post(f"/desk/people/{who['id']}/record", data=form)
    (event,) = await events_of(clinic, who["id"])
    added = await clinic.post(f"/v1/events/{event['id']}/additions", {"evidence": "LAB-7781"})
    assert added.status_code == 201
    shown = (await desk.get(f"/desk/people/{who['id']}")).text
    assert "Note: Took a while<" in shown
    assert re.search("Evidence: LAB-7781 · added Today", shown)


async def test_the_front_desk_adds_numbers_and_says_nobody_is_gone(
    desk: httpx.AsyncClient, server: Server, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """A number is added and ended by anybody at the desk; a clinician withdraws it and says who left."""
    who = people[0]["id"]
    at = f"/desk/people/{who}"
    csrf = csrf_of(await desk.get(f"{at}/details"))
    number = {"csrf": csrf, "system": "LAB", "value": "88-16"}
    assert (await desk.post(f"{at}/identifiers", data=number)).status_code == 303
    other = await desk.post(f"/desk/people/{people[1]['id']}/identifiers", data=number)
    assert (other.status_code, 'id="value-fault"' in other.text) == (409, True)
    known = (await clinic.client("manager").get("/v1/participants?identifier=lab|88-16")).json()["items"][0]
    made = next(one["id"] for one in known["identifiers"] if one["system"] == "LAB")
    assert (await desk.post(f"{at}/identifiers/{made}/end", data={"csrf": csrf})).status_code == 303
    gone = {"csrf": csrf, "status": "left", "revision": "1", "held": "keep"}
    assert (await desk.post(f"{at}/status", data=gone)).status_code == 403
    async with await seat(server, clinic, "clinician") as clinician:
        shown = await clinician.get(f"{at}/details")
        csrf = csrf_of(shown)
        assert (
            await clinician.post(f"{at}/identifiers/{made}/withdraw", data={"csrf": csrf})
        ).status_code == 303
        found = re.findall(r'name="revision" value="(\d+)"', (await clinician.get(f"{at}/details")).text)
        gone = {**gone, "csrf": csrf, "revision": found[-1], "status_on": today().isoformat()}
        assert (await clinician.post(f"{at}/status", data=gone)).status_code == 303
        assert "Left" in (await clinician.get(at)).text
