"""Work that waits, at the desk: who slips, what is to be handed over and approved, by role."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tests import clock
from tests.web.desk import PROGRAM, ZONE, expected_today, today
from tests.web.manage import Manage, manage
from tests.web.test_groups_over_http import group

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

__all__ = ["manage"]


async def came(clinic: Clinic, who: dict[str, Any], days_ago: int, outcome: str) -> str:
    """Record a session of somebody some days ago, at noon, or now; gives the event's id."""
    noon = datetime.combine(today() - timedelta(days=days_ago), time(12), ZONE)
    at = noon if days_ago else clock.now()
    event = {
        "enrollment": who["enrollment"],
        "target": "group-session",
        "outcome": outcome,
        "occurred_at": at.isoformat(),
    }
    answer = await clinic.post("/v1/events", event)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["event"]["id"])


async def long_since(clinic: Clinic) -> list[dict[str, Any]]:
    """Give four people who were enrolled twenty days ago."""
    await clinic.post("/v1/programs", PROGRAM)
    people = []
    for number in range(4):
        person = (
            await clinic.post("/v1/participants", {"reference": f"W-{number}", "name": f"Slip {number}"})
        ).json()
        begun = (today() - timedelta(days=20)).isoformat()
        new = {"participant": person["id"], "program": PROGRAM["name"], "starts_on": begun}
        enrolled = await clinic.post("/v1/enrollments", new)
        people.append({**person, "enrollment": enrolled.json()["id"]})
    return people


async def test_people_who_slip_are_listed_until_they_come(manage: Manage, clinic: Clinic) -> None:
    """Two misses in a row, or a week without a visit; one miss is none, nor is one that was excused."""
    regular, twice, quiet, excused = await long_since(clinic)
    for who in (regular, twice, excused):
        await came(clinic, who, 3, "attended")
    await came(clinic, quiet, 9, "attended")
    await came(clinic, regular, 2, "absent")
    for who in (twice, excused):
        await came(clinic, who, 2, "absent")
    await came(clinic, twice, 1, "absent")
    last = await came(clinic, excused, 1, "absent")
    excuse = {"kind": "excuse", "reason": "In hospital."}
    corrected = await clinic.post(f"/v1/events/{last}/corrections", excuse, "clinician")
    assert corrected.status_code == 201
    shown = (await manage.get("/desk/work", "front_desk")).text
    assert [who["name"] in shown for who in (regular, twice, quiet, excused)] == [False, True, True, False]
    await came(clinic, twice, 0, "attended")
    await came(clinic, quiet, 0, "attended")
    after = (await manage.get("/desk/work", "front_desk")).text
    assert [who["name"] in after for who in (twice, quiet)] == [False, False]


async def test_each_role_sees_the_work_that_it_does(manage: Manage, clinic: Clinic) -> None:
    """The desk hands over, a clinician sees consents that end, and a manager approves and restocks."""
    people = await expected_today(clinic)
    reward = {"name": "Mug", "unit": "usd", "price": 1, "kind": "item", "category": "home", "stock": 2}
    await clinic.post("/v1/rewards", reward)
    award = {"participant": people[0]["id"], "unit": "usd", "amount": 100, "reason": "Helped others."}
    await clinic.post("/v1/manual-awards", award, "clinician", idempotency_key="a")
    told = {"url": "https://receiver.example.org/", "types": ["award.posted"]}
    subscriber = (await clinic.post("/v1/subscribers", told)).json()["id"]
    ends = (today() + timedelta(days=5)).isoformat()
    consent = {
        "participant": people[1]["id"],
        "subscriber": subscriber,
        "purpose": "Shared care.",
        "expires_on": ends,
    }
    assert (await clinic.post("/v1/consents", consent)).status_code == 201
    pages = {
        role: (await manage.get("/desk/work", role)).text for role in ("front_desk", "clinician", "manager")
    }
    assert {role: "Mug" in text for role, text in pages.items()} == {
        "front_desk": False,
        "clinician": False,
        "manager": True,
    }
    assert {role: people[1]["name"] in text for role, text in pages.items()} == {
        "front_desk": False,
        "clinician": True,
        "manager": True,
    }
    assert {role: "/manage/approvals" in text for role, text in pages.items()} == {
        "front_desk": False,
        "clinician": True,
        "manager": True,
    }


async def test_where_nothing_waits_the_list_says_so(manage: Manage) -> None:
    """A new clinic has nothing to do here."""
    assert "Nothing waits for you now." in (await manage.get("/desk/work", "front_desk")).text


async def test_the_work_of_one_leader_is_that_of_their_groups_people(manage: Manage, clinic: Clinic) -> None:
    """Whoever leads a group sees their own people alone where they ask for it."""
    theirs, other, *_ = await long_since(clinic)
    leader = clinic.staff_ids["clinician"]
    places = [{"program": PROGRAM["name"], "target": "group-session"}]
    new = group(leader=leader, places=places)
    own = (await clinic.post("/v1/groups", new)).json()["id"]
    assert (await clinic.post(f"/v1/groups/{own}/members", {"participant": theirs["id"]})).status_code == 201
    every = (await manage.get("/desk/work", "front_desk")).text
    assert f'href="/desk/work?of={leader}"' in every
    assert [f"/desk/people/{one['id']}" in every for one in (theirs, other)] == [True, True]
    some = (await manage.get(f"/desk/work?of={leader}", "front_desk")).text
    assert [f"/desk/people/{one['id']}" in some for one in (theirs, other)] == [True, False]
