"""Expected visits over HTTP: the day's list, one enrollment's visits, closures, ends and transfers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests import clock
from tests.web.conftest import assert_problem

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

PROGRAM: dict[str, Any] = {
    "name": "daily",
    "title": "Daily",
    "unit": "usd",
    "weeks": 4,
    "targets": [
        {
            "name": "group",
            "behavior": "attendance",
            "visits": {"per_week": 7, "missed_after_hours": 24},
            "phases": [{"weeks": [1, 4], "earn": {"type": "flat", "amount": 100}}],
        }
    ],
}


def day(number: int) -> str:
    """Give a day of the clinic's, counted from today."""
    return (clock.today() + timedelta(days=number)).isoformat()


@pytest.fixture
async def people(clinic: Clinic) -> list[dict[str, Any]]:
    """Enroll three people who are expected every day, since three days ago."""
    await clinic.post("/v1/programs", PROGRAM)
    enrolled = []
    for number in range(3):
        who = (await clinic.post("/v1/participants", {"reference": f"A-{number}"})).json()["id"]
        new = {"participant": who, "program": "daily", "starts_on": day(-3), "ends_on": day(20)}
        answer = await clinic.post("/v1/enrollments", new, "front_desk")
        assert answer.json()["ends_on"] == day(20)
        enrolled.append(answer.json())
    return enrolled


async def test_the_desk_sees_who_is_expected_today_and_who_came(
    clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """Page by page, with what the next visit is worth; every participant shown is in the audit trail."""
    at = clock.now().isoformat()
    came = {"enrollment": people[1]["id"], "target": "group", "outcome": "attended", "occurred_at": at}
    event = (await clinic.post("/v1/events", came)).json()["event"]["id"]
    first = await clinic.get("/v1/visits", "front_desk", limit=2)
    assert first.json()["day"] == day(0)
    link = first.headers["link"].partition(">")[0].removeprefix("<")
    rest = await clinic.client("front_desk").get(link)
    items = [*first.json()["items"], *rest.json()["items"]]
    assert [(one["enrollment"], one["status"], one["event"]) for one in items] == [
        (people[0]["id"], "expected", None),
        (people[1]["id"], "came", event),
        (people[2]["id"], "expected", None),
    ]
    assert {(one["due_on"], one["next"][0]["amount"]) for one in items} == {(day(0), 100)}
    assert rest.json()["next_cursor"] is None
    audit = (await clinic.get("/v1/audit", "auditor", participant=people[2]["participant"])).json()["items"]
    assert audit[0]["deed"] == "visits.listed"
    assert audit[0]["detail"] == {"day": day(0)}


async def test_one_enrollment_s_visits_are_read_past_and_ahead(
    clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """Up to its planned end; a closed day is listed as closed."""
    closure = await clinic.post(
        "/v1/closures", {"first_day": day(2), "last_day": day(3), "reason": "Holiday"}
    )
    assert (closure.status_code, closure.json()["excused"]) == (201, 0)
    path = f"/v1/enrollments/{people[0]['id']}/visits"
    whole = (await clinic.get(path, "clinician")).json()
    assert (whole["since"], whole["until"], len(whole["items"])) == (day(-3), day(20), 24)
    some = (await clinic.get(path, "clinician", since=day(1), until=day(4))).json()
    assert [one["status"] for one in some["items"]] == ["expected", "closed", "closed", "expected"]
    assert_problem(await clinic.get(path, since=day(0), until=day(400)), 422, "invalid")
    assert_problem(await clinic.get("/v1/visits", day="1066-10-14"), 422, "invalid")
    back = await clinic.client().delete(f"/v1/closures/{closure.json()['id']}")
    assert back.status_code == 200
    assert (await clinic.get("/v1/closures")).json()["items"] == []


async def test_a_single_visit_is_called_off_and_not_moved_to_a_day_that_has_one(
    clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """The desk plans; an auditor reads alone, and a scheduler sends its appointments to a source."""
    path = f"/v1/enrollments/{people[0]['id']}"
    off = {"target": "group", "due_on": day(2), "reason": "asked"}
    done = await clinic.post(f"{path}/planned-visits", off, "front_desk")
    assert done.status_code == 201, done.text
    assert (done.json()["due_on"], done.json()["day"], done.json()["laid_on"]) == (day(2), None, day(2))
    items = (await clinic.get(f"{path}/visits", since=day(1), until=day(3))).json()["items"]
    assert [one["status"] for one in items] == ["expected", "canceled", "expected"]
    back = {"target": "group", "due_on": day(3), "day": day(2), "reason": "asked"}
    moved = await clinic.post(f"{path}/planned-visits", back, "clinician")
    assert (moved.status_code, moved.json()["day"]) == (201, day(2))
    taken = {"target": "group", "due_on": day(2), "day": day(4), "reason": "asked"}
    assert_problem(await clinic.post(f"{path}/planned-visits", taken), 422, "invalid")
    words = {"target": "group", "due_on": day(2), "reason": "She had a baby."}
    assert_problem(await clinic.post(f"{path}/planned-visits", words), 422, "invalid")
    for role in ("auditor", "integration"):
        assert_problem(await clinic.post(f"{path}/planned-visits", off, role), 403, "forbidden")


async def test_a_transfer_answers_with_both_enrollments(clinic: Clinic, people: list[dict[str, Any]]) -> None:
    """`Location` leads to the one that goes on; the same key answers the same again."""
    await clinic.post("/v1/programs", {**PROGRAM, "name": "step-down"})
    path = f"/v1/enrollments/{people[0]['id']}/transfer"
    body = {"program": "step-down", "on": day(0), "reason": "Four weeks done"}
    done = await clinic.post(path, body, "front_desk", idempotency_key="t")
    assert done.status_code == 201
    opened = done.json()["opened"]
    assert done.headers["location"] == f"/v1/enrollments/{opened['id']}"
    assert (done.json()["closed"]["closed_on"], opened["starts_on"]) == (day(0), day(1))
    again = await clinic.post(path, body, "front_desk", idempotency_key="t")
    assert (again.json(), again.headers["location"]) == (done.json(), done.headers["location"])
    assert again.headers["idempotent-replayed"] == "true"
    assert_problem(await clinic.post(path, body), 409, "enrollment_closed")
    starts_on = (await clinic.get(done.headers["location"])).json()["starts_on"]
    assert date.fromisoformat(starts_on) > clock.today()
