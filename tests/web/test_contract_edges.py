"""What once was wrong at the edges of the contract, and must stay right."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from service.web.api.routes import ROUTES
from tests import clock

if TYPE_CHECKING:
    from service.web.http.route import Route
    from tests.web.conftest import Clinic

START = (clock.now() - timedelta(days=200)).replace(hour=18, minute=0, second=0, microsecond=0)


def program(**also: Any) -> dict[str, Any]:  # noqa: ANN401 -- any part of a program document
    """Make a program of flat 10.00 with a reset, two tests a week, and a year's cap of 50.00."""
    target = {
        "name": "test",
        "behavior": "test",
        "limit": {"per_week": 2},
        "retest_minutes": 120,
        "phases": [
            {"weeks": [1, 12], "earn": {"type": "flat", "amount": 1000}, "on_failure": {"reset": True}}
        ],
    }
    document = {"name": "edges", "title": "Edges", "unit": "usd", "weeks": 12, "targets": [target]}
    return document | {"caps": [{"per": "enrollment", "amount": 5000}]} | also


async def enroll(clinic: Clinic, reference: str = "E-1", **also: str) -> tuple[str, str]:
    """Publish the program and enroll somebody; gives the participant's id and the enrollment's."""
    await clinic.post("/v1/programs", program())
    person = (await clinic.post("/v1/participants", {"reference": reference, **also})).json()["id"]
    asked = {"participant": person, "program": "edges", "starts_on": START.date().isoformat()}
    return person, (await clinic.post("/v1/enrollments", asked)).json()["id"]


def visit(enrollment: str, day: float, outcome: str = "negative", **also: str) -> dict[str, str]:
    """Make the event of a day of the enrollment."""
    at = (START + timedelta(days=day)).isoformat()
    return {
        "enrollment": enrollment,
        "target": "test",
        "outcome": outcome,
        "occurred_at": at,
        **also,
    }


async def available(clinic: Clinic, person: str) -> int:
    """Read what a participant has in cents."""
    sheet = (await clinic.get(f"/v1/participants/{person}/balance")).json()
    return sum(balance["available"] for balance in sheet["balances"])


@pytest.mark.parametrize("together", [True, False], ids=["one batch", "one by one"])
async def test_visits_recorded_newest_first_are_paid_up_to_the_cap_and_the_weekly_limit(
    clinic: Clinic, together: bool
) -> None:
    """Three tests a week for four weeks, the last one first: two a week count, and 50.00 is the most."""
    person, enrollment = await enroll(clinic)
    visits = [visit(enrollment, 7 * week + day) for week in range(4) for day in (0, 2, 4)]
    if together:
        await clinic.post("/v1/events/batch", visits[::-1])
    else:
        for one in visits[::-1]:
            answer = await clinic.post("/v1/events", one)
            assert answer.status_code == 201, answer.text
    assert await available(clinic, person) == 5000
    listed = (await clinic.get("/v1/events", enrollment=enrollment, limit=200)).json()["items"]
    assert len(listed) == 12


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        ("reference", "E-1"),
        ("name", "ana núñez"),
        ("phone", "+1 555 010 1234"),
        ("email", "ANA@example.org"),
        ("display_code", None),
    ],
)
async def test_a_participant_is_found_by_each_identifying_field(
    clinic: Clinic, wanted: str, value: str | None
) -> None:
    """However it is spelled; and nobody is found by what belongs to nobody."""
    new = {
        "reference": "E-1",
        "name": "Ana Núñez",
        "phone": "+1 (555) 010-1234",
        "email": "ana@example.org",
    }
    made = (await clinic.post("/v1/participants", new)).json()
    await clinic.post("/v1/participants", {"reference": "E-2"})
    asked = {wanted: value or made["display_code"]}
    found = (await clinic.client().get("/v1/participants", params=asked)).json()
    assert [one["id"] for one in found["items"]] == [made["id"]]
    nobody = (await clinic.client().get("/v1/participants", params={wanted: "HHH-HHH"})).json()
    assert nobody.get("items", []) == []


async def test_a_phone_may_begin_with_its_area_code_in_parentheses(clinic: Clinic) -> None:
    """The commonest way to write one in the United States."""
    answer = await clinic.post("/v1/participants", {"reference": "E-1", "phone": "(555) 010-1234"})
    assert answer.status_code == 201


async def test_a_recorded_event_says_where_it_is(clinic: Clinic) -> None:
    """201 has a Location, and the repeat by key too."""
    _, enrollment = await enroll(clinic)
    body = visit(enrollment, 1)
    first = await clinic.post("/v1/events", body, Idempotency_Key="one")
    again = await clinic.post("/v1/events", body, Idempotency_Key="one")
    assert first.headers["location"] == f"/v1/events/{first.json()['event']['id']}"
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replayed"] == "true"


async def test_a_batch_s_key_is_for_that_batch_alone(clinic: Clinic) -> None:
    """The same batch replays, another one under its key is refused as a whole, and so is a single event."""
    person, enrollment = await enroll(clinic)
    first = await clinic.post("/v1/events/batch", [visit(enrollment, 1)], Idempotency_Key="b")
    again = await clinic.post("/v1/events/batch", [visit(enrollment, 1)], Idempotency_Key="b")
    assert again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true"
    longer = [visit(enrollment, 1), visit(enrollment, 2)]
    for path, body in (("/v1/events/batch", longer), ("/v1/events", visit(enrollment, 2))):
        other = await clinic.post(path, body, Idempotency_Key="b")
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_conflict")
    assert await available(clinic, person) == 1000


async def test_an_event_answers_the_effect_that_it_has_now(clinic: Clinic) -> None:
    """A dilute test was a failure until a valid retest took its place."""
    _, enrollment = await enroll(clinic)
    dilute = (await clinic.post("/v1/events", visit(enrollment, 1, "dilute"))).json()["event"]
    assert dilute["effect"] == "failure"
    await clinic.post("/v1/events", visit(enrollment, 1 + 1 / 24))
    now = (await clinic.get(f"/v1/events/{dilute['id']}")).json()["event"]
    assert now["effect"] == "neutral"


async def test_a_receipt_speaks_the_participant_s_language_unless_another_is_asked_for(
    clinic: Clinic,
) -> None:
    """Spanish by itself, English on request."""
    _, enrollment = await enroll(clinic, language="es")
    own = (await clinic.post("/v1/events", visit(enrollment, 1))).json()
    assert "siguiente" in own["outlook"][0]["sentence"]
    asked = (await clinic.post("/v1/events", visit(enrollment, 8), Accept_Language="en")).json()
    assert "next" in asked["outlook"][0]["sentence"]


async def test_a_closed_enrollment_has_an_empty_outlook(clinic: Clinic) -> None:
    """Its outlook promises nothing, and says that all stays."""
    _, enrollment = await enroll(clinic)
    await clinic.post("/v1/events", visit(enrollment, 1))
    last = (START + timedelta(days=3)).date().isoformat()
    await clinic.post(f"/v1/enrollments/{enrollment}/close", {"reason": "moved", "on": last})
    (ahead,) = (await clinic.get(f"/v1/enrollments/{enrollment}/outlook")).json()["outlook"]
    assert ahead["next"] == []
    assert ahead["sentence"] == "You are no longer in this program. Everything you earned is still yours."


async def test_an_enrollment_is_open_until_its_last_day_is_over(clinic: Clinic) -> None:
    """Closed as of a day to come, it is still what an event by participant and behavior means."""
    _, enrollment = await enroll(clinic)
    ahead = (clock.now() + timedelta(days=30)).date().isoformat()
    await clinic.post(f"/v1/enrollments/{enrollment}/close", {"reason": "discharge", "on": ahead})
    event = {"participant_reference": "E-1", "behavior": "test", "outcome": "negative"}
    at = (START + timedelta(days=3)).isoformat()
    assert (await clinic.post("/v1/events", event | {"occurred_at": at})).status_code == 201


async def test_publishing_warns_of_what_is_hardly_meant(clinic: Clinic) -> None:
    """A recovery without a reset is allowed and has no effect: the answer says so at its place."""
    document = program(name="hardly-meant")
    recovery = {"after": 2, "pays": "next", "to": "due"}
    document["targets"][0]["phases"][0]["on_failure"] = {"recovery": recovery}
    answer = (await clinic.post("/v1/programs", document)).json()
    pointers = [warning["pointer"] for warning in answer["warnings"]]
    assert "$.targets[0].phases[0].on_failure.recovery" in pointers


@pytest.mark.parametrize("route", [one for one in ROUTES if one.bodiless], ids=lambda one: one.name)
def test_body_that_may_be_left_out_asks_for_nothing(route: Route) -> None:
    """Every field of it has a default: an empty body is answered like an empty object."""
    assert route.body_type is not None
    assert route.body_type() == msgspec.json.decode(b"{}", type=route.body_type)
