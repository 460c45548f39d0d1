"""Groups over HTTP: made and changed, their members, and sessions that are recorded in one batch."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests import clock
from tests.web.desk import PROGRAM, expected_today, today
from tests.web.test_desk_groups import GROUP

if TYPE_CHECKING:
    import httpx

    from tests.web.conftest import Clinic

PLACE = {"program": PROGRAM["name"], "target": "group-session"}


def group(**also: Any) -> dict[str, Any]:  # noqa: ANN401  any JSON
    """Give a group whose attendance is recorded in the desk's program."""
    return {"name": {"en": "Mornings", "es": "Mañanas"}, "places": [PLACE], **also}


async def gathered(
    clinic: Clinic,
    **also: Any,  # noqa: ANN401
) -> tuple[str, list[dict[str, Any]]]:
    """Give a group with four members, who are expected today; the group's id, and them."""
    people = await expected_today(clinic)
    made = await clinic.post("/v1/groups", group(**also))
    assert made.status_code == 201, made.text
    own = made.json()["id"]
    for who in people:
        joined = await clinic.post(f"/v1/groups/{own}/members", {"participant": who["id"]}, "front_desk")
        assert joined.status_code == 201, joined.text
    return own, people


async def change(clinic: Clinic, path: str, body: dict[str, Any], tag: str) -> httpx.Response:
    """Change a group as a clinician, by its tag."""
    return await clinic.client("clinician").patch(path, json=body, headers={"if-match": tag})


def now() -> str:
    """Give this moment with its offset."""
    return clock.now().isoformat()


async def test_a_group_is_made_listed_changed_and_ended(clinic: Clinic) -> None:
    """What is left out of a change stays; one that meets no more is in no list of those that do."""
    await clinic.post("/v1/programs", PROGRAM)
    times = [{"weekday": day, "begins": "13:00", "minutes": 90} for day in ("thu", "mon")]
    made = await clinic.post("/v1/groups", group(times=times), "clinician")
    assert made.status_code == 201, made.text
    path = made.headers["location"]
    read = await clinic.get(path)
    assert [one["weekday"] for one in read.json()["times"]] == ["mon", "thu"]
    tag = read.headers["etag"]
    changed = await change(clinic, path, {"name": {"en": "Noon", "es": "Mediodía"}}, tag)
    assert (changed.status_code, changed.json()["name"]["es"]) == (200, "Mediodía")
    assert changed.json()["times"] == read.json()["times"]
    stale = await change(clinic, path, {"active": False}, tag)
    assert stale.json()["code"] == "precondition_failed"
    ended = await change(clinic, path, {"active": False}, "*")
    assert ended.status_code == 200, ended.text
    assert (await clinic.get("/v1/groups", active="true")).json()["items"] == []
    assert len((await clinic.get("/v1/groups")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("also", "where"),
    [
        ({"places": [{"program": "none-such", "target": "group-session"}]}, "$.places[0].program"),
        ({"places": [{"program": PROGRAM["name"], "target": "stimulant-test"}]}, "$.places[0].target"),
        ({"places": [PLACE, PLACE]}, "$.places[1].program"),
        (
            {"times": [{"weekday": "mon", "begins": "09:00", "minutes": 60}] * 2},
            "$.times[1].weekday",
        ),
        ({"leader": "019cb012-7d40-7000-8000-000000000007"}, "$.leader"),
    ],
)
async def test_a_group_that_could_record_nothing_is_refused_at_its_place(
    clinic: Clinic, also: dict[str, Any], where: str
) -> None:
    """A program that there is, a target of attendance in it, each once; a day once; a leader of the staff."""
    await clinic.post("/v1/programs", PROGRAM)
    refused = await clinic.post("/v1/groups", group(**also))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, where), refused.text


async def test_a_session_is_recorded_in_one_batch_each_with_their_own_receipt(clinic: Clinic) -> None:
    """Whoever came is paid by their own ladder, and whoever did not is on record as absent."""
    own, people = await gathered(clinic)
    words = ("attended", "attended", "late", "excused")
    session = {
        "occurred_at": now(),
        "attendance": [
            {"participant": who["id"], "outcome": word} for who, word in zip(people, words, strict=True)
        ],
    }
    answer = await clinic.post(f"/v1/groups/{own}/sessions", session, "front_desk")
    results = answer.json()["results"]
    assert [one["status"] for one in results] == [201] * 4, answer.text
    assert [one["receipt"]["event"]["participant"] for one in results] == [who["id"] for who in people]
    assert [[each["amount"] for each in one["receipt"]["total"]] for one in results[:2]] == [[2], [2]]
    read = (await clinic.get(f"/v1/groups/{own}/sessions")).json()
    assert {one["participant"]: one["outcome"] for one in read["seats"]} == {
        who["id"]: word for who, word in zip(people, words, strict=True)
    }
    again = await clinic.post(f"/v1/groups/{own}/sessions", session, "front_desk")
    assert [one["status"] for one in again.json()["results"]] == [200] * 4
    assert [one["receipt"] for one in again.json()["results"]] == [one["receipt"] for one in results]
    entries = (await clinic.get("/v1/audit", "auditor", deed="event.recorded")).json()["items"]
    assert len({entry["subject"] for entry in entries}) == len(entries)


async def test_who_has_an_event_of_the_day_is_named_and_keeps_nobody_out(clinic: Clinic) -> None:
    """One refusal stands at its own place; sent again as another, it is recorded beside the first."""
    own, people = await gathered(clinic)
    at = now()
    first = {"participant": people[0]["id"], "outcome": "late"}
    await clinic.post(f"/v1/groups/{own}/sessions", {"occurred_at": at, "attendance": [first]})
    both = [{"participant": who["id"], "outcome": "attended"} for who in people[:2]]
    answer = (await clinic.post(f"/v1/groups/{own}/sessions", {"occurred_at": at, "attendance": both})).json()
    problem = answer["results"][0]["problem"]
    assert (problem["code"], problem["event"]["outcome"]) == ("already_recorded", "late")
    assert answer["results"][1]["status"] == 201
    meant = [{**both[0], "another": True}]
    again = (await clinic.post(f"/v1/groups/{own}/sessions", {"occurred_at": at, "attendance": meant})).json()
    assert again["results"][0]["status"] == 201


async def test_only_members_and_only_once_are_in_a_session(clinic: Clinic) -> None:
    """Somebody else has a problem in their place, and one named twice stops it all."""
    own, people = await gathered(clinic)
    left = await clinic.client("front_desk").delete(f"/v1/groups/{own}/members/{people[3]['id']}")
    assert left.status_code == 200, left.text
    some = [{"participant": who["id"], "outcome": "attended"} for who in people[2:]]
    answer = (
        await clinic.post(f"/v1/groups/{own}/sessions", {"occurred_at": now(), "attendance": some})
    ).json()
    assert [one["status"] for one in answer["results"]] == [201, 404]
    twice = await clinic.post(
        f"/v1/groups/{own}/sessions", {"occurred_at": now(), "attendance": [some[0], some[0]]}
    )
    assert twice.json()["errors"][0]["pointer"] == "$.attendance[1].participant"
    gone = await clinic.client("front_desk").delete(f"/v1/groups/{own}/members/{people[3]['id']}")
    assert gone.status_code == 404


async def test_members_of_two_programs_are_recorded_each_in_their_own(clinic: Clinic) -> None:
    """A group has a place for each program; whoever is in none of them is not enrolled."""
    made = await clinic.post("/v1/programs", GROUP)
    assert made.status_code == 201, made.text
    other = {"program": GROUP["name"], "target": GROUP["targets"][0]["name"]}
    own, people = await gathered(clinic, places=[other, PLACE])
    moved = {"participant": people[0]["id"], "program": GROUP["name"], "starts_on": today().isoformat()}
    await clinic.post("/v1/enrollments", moved)
    alone = (await clinic.post("/v1/participants", {"reference": "MRN-9"})).json()["id"]
    await clinic.post(f"/v1/groups/{own}/members", {"participant": alone})
    read = (await clinic.get(f"/v1/groups/{own}/sessions")).json()
    targets = {one["participant"]: one["target"] for one in read["seats"]}
    assert targets[people[0]["id"]] == other["target"]
    assert targets[people[1]["id"]] == "group-session"
    assert targets[alone] is None
    asked = [{"participant": alone, "outcome": "attended"}]
    answer = await clinic.post(f"/v1/groups/{own}/sessions", {"occurred_at": now(), "attendance": asked})
    assert answer.json()["results"][0]["problem"]["code"] == "not_enrolled"


async def test_a_session_shows_who_was_in_the_group_on_its_day(clinic: Clinic) -> None:
    """Whoever joined after a day was over was not there, and a closed day is no meeting."""
    everyday = [
        {"weekday": day, "begins": "09:00", "minutes": 60}
        for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    ]
    own, people = await gathered(clinic, times=everyday)
    read = (await clinic.get(f"/v1/groups/{own}/sessions", on=today().isoformat())).json()
    assert (read["meets"], len(read["seats"])) == (True, len(people))
    before = (today() - timedelta(days=1)).isoformat()
    assert (await clinic.get(f"/v1/groups/{own}/sessions", on=before)).json()["seats"] == []
    closed = {"first_day": today().isoformat(), "last_day": today().isoformat(), "reason": "Snow"}
    await clinic.post("/v1/closures", closed)
    assert (await clinic.get(f"/v1/groups/{own}/sessions")).json()["meets"] is False
