"""Caps and the tax report through HTTP: set, met, ended, told of, and reported."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tests import clock

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

HIGGINS = Path(__file__).resolve().parents[2] / "schemas" / "programs" / "higgins-1993-vouchers.yaml"
CAP = {"per": "year", "unit": "usd", "amount": 75_000, "starts_on": "2024-01-01", "reason": "The county."}
MONDAY = datetime(2024, 3, 4, 15, tzinfo=UTC)
VISITS = [MONDAY + timedelta(weeks=week, days=day) for week in range(12) for day in (0, 2, 4)]


async def enrolled(clinic: Clinic, **more: object) -> tuple[str, str]:
    """Publish the schedule of 1993 with something more, and enroll somebody in it."""
    document: dict[str, Any] = msgspec.yaml.decode(HIGGINS.read_bytes())
    assert (await clinic.post("/v1/programs", document | more)).status_code == 201
    person = (await clinic.post("/v1/participants", {"reference": "P-1"})).json()["id"]
    new = {"participant": person, "program": document["name"], "starts_on": "2024-03-04"}
    return person, (await clinic.post("/v1/enrollments", new)).json()["id"]


async def record(clinic: Clinic, enrollment: str, at: datetime) -> dict[str, Any]:
    """Record a negative test."""
    event = {
        "enrollment": enrollment,
        "target": "cocaine-negative",
        "outcome": "negative",
        "occurred_at": at.isoformat(),
    }
    answer = await clinic.post("/v1/events", event, "front_desk")
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_750_dollars_a_year_in_the_program_itself_come_out_in_any_order(clinic: Clinic) -> None:
    """Visit 31 is paid $31.25 of $40.00, those after it nothing, though they were recorded shuffled."""
    person, enrollment = await enrolled(clinic, caps=[{"per": "year", "amount": 75_000}])
    order = list(VISITS)
    random.Random(11).shuffle(order)
    ids = {at: (await record(clinic, enrollment, at))["event"]["id"] for at in order}
    sums = []
    for at in VISITS:
        awards = (await clinic.get(f"/v1/events/{ids[at]}")).json()["awards"]
        sums.append(sum(award["amount"] for award in awards))
    assert (sum(sums[:30]), sums[30], sums[31:]) == (71_875, 3125, [0] * 5)
    balance = (await clinic.get(f"/v1/participants/{person}/balance")).json()["balances"]
    assert [(one["unit"], one["available"]) for one in balance] == [("usd", 75_000)]


async def test_a_clinic_cap_is_set_reached_notified_and_ended(clinic: Clinic) -> None:
    """The same $750 a year as the clinic's own: visit 31 is clipped, and who came to it is listed."""
    made = await clinic.post("/v1/caps", CAP)
    assert made.status_code == 201
    cap = made.json()
    assert made.headers["location"] == f"/v1/caps/{cap['id']}"
    assert (await clinic.get(made.headers["location"], "auditor")).json() == cap
    assert (await clinic.get("/v1/caps", "front_desk", on="2024-06-01")).json()["items"] == [cap]
    assert (await clinic.get("/v1/caps", on="2023-12-31")).json()["items"] == []
    person, enrollment = await enrolled(clinic)
    receipts = [await record(clinic, enrollment, at) for at in VISITS[:32]]
    assert [sum(award["amount"] for award in one["awards"]) for one in receipts[29:]] == [4875, 3125, 0]
    assert receipts[30]["awards"][0]["clipped"] == 875
    assert receipts[30]["awards"][0]["reasons"][1]["code"] == "cap:year"
    told = (await clinic.get(f"/v1/caps/{cap['id']}/warnings")).json()["items"]
    assert [(one["participant"], one["period"], one["percent"]) for one in told] == [
        (person, "2024", 100),
        (person, "2024", 80),
    ]
    end = {"on": "2099-12-31"}
    assert (await clinic.post(f"/v1/caps/{cap['id']}/end", end)).json()["ends_on"] == "2099-12-31"
    again = await clinic.post(f"/v1/caps/{cap['id']}/end", end)
    assert (again.status_code, again.json()["code"]) == (409, "cap_ended")
    late = await clinic.post("/v1/caps", CAP | {"ends_on": "2023-12-31"})
    assert (late.status_code, late.json()["errors"][0]["pointer"]) == (422, "$.ends_on")


async def test_the_tax_report_says_who_was_paid_in_a_year(clinic: Clinic) -> None:
    """By the year of the payment, whatever year the visit was in; a new threshold holds at once."""
    year = clock.today().year
    person, enrollment = await enrolled(clinic)
    await record(clinic, enrollment, VISITS[0])
    now = (await clinic.get("/v1/reports/tax", "auditor", year=year)).json()
    assert [(line["participant"], line["net"], line["reached"]) for line in now["items"]] == [
        (person, 250, False)
    ]
    assert (await clinic.get("/v1/reports/tax", year=2024)).json()["items"] == []
    assert (await clinic.get("/v1/reports/tax", "front_desk", year=year)).status_code == 403
    made = await clinic.post("/v1/tax-thresholds", {"from_year": year, "amount": 250})
    assert made.status_code == 201
    assert (await clinic.get("/v1/tax-thresholds", "auditor")).json()["items"][0] == made.json()
    reached = (await clinic.get("/v1/reports/tax", year=year, reached="true")).json()
    assert [line["threshold"] for line in reached["items"]] == [250]


@pytest.mark.parametrize("far", ["0001-01-01", "9999-12-31"])
async def test_a_cap_until_the_last_calendar_day_is_accepted(clinic: Clinic, far: str) -> None:
    """Neither a new one nor the end of one is so far off that a calendar cannot hold it."""
    cap = (await clinic.post("/v1/caps", CAP)).json()["id"]
    for change in ({"starts_on": far}, {"ends_on": far}):
        answer = await clinic.post("/v1/caps", CAP | change)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    ended = await clinic.post(f"/v1/caps/{cap}/end", {"on": far})
    assert (ended.status_code, ended.json()["errors"][0]["pointer"]) == (422, "$.on")


async def test_a_cap_does_not_end_before_it_begins(clinic: Clinic) -> None:
    """One that is set ahead is ended on its first day or later."""
    cap = (await clinic.post("/v1/caps", CAP | {"starts_on": "2150-01-01"})).json()["id"]
    early = await clinic.post(f"/v1/caps/{cap}/end", {"on": "2149-12-31"})
    assert (early.status_code, early.json()["errors"][0]["pointer"]) == (422, "$.on")
    assert (await clinic.post(f"/v1/caps/{cap}/end", {"on": "2150-01-01"})).status_code == 200


async def test_three_cards_bought_with_points_do_not_pass_a_cap_in_money(clinic: Clinic) -> None:
    """Two of $25.00 fit in $50.00; the third is refused, later money finds no room, the report says so."""
    points = {"type": "flat", "amount": 250}
    target = {"name": "test", "behavior": "test", "phases": [{"weeks": [1, 12], "earn": points}]}
    program = {"name": "points", "title": "Points", "unit": "points", "weeks": 12, "targets": [target]}
    assert (await clinic.post("/v1/programs", program)).status_code == 201
    person = (await clinic.post("/v1/participants", {"reference": "P-1"})).json()["id"]
    today = clock.today()
    start = today - timedelta(days=10)
    new = {"participant": person, "program": "points", "starts_on": start.isoformat()}
    enrollment = (await clinic.post("/v1/enrollments", new)).json()["id"]
    for day in range(1, 5):
        event = {"enrollment": enrollment, "target": "test", "outcome": "negative"}
        event["occurred_at"] = (clock.now() - timedelta(days=day)).isoformat()
        assert (await clinic.post("/v1/events", event, "front_desk")).status_code == 201
    worth = {"amount": 10, "unit": "usd", "starts_on": start.isoformat()}
    assert (await clinic.post("/v1/points-worth", worth, "clinician")).status_code == 403
    assert (await clinic.post("/v1/points-worth", worth)).status_code == 201
    cap = (await clinic.post("/v1/caps", {**CAP, "amount": 5000})).json()["id"]
    card = {"name": "Card", "unit": "points", "price": 250, "kind": "item", "category": "gift-cards"}
    reward = (await clinic.post("/v1/rewards", {**card, "instant": True})).json()
    assert reward["fair_value"] == 2500
    asked = {"participant": person, "reward": reward["id"]}
    answers = [
        await clinic.post("/v1/redemptions", asked, "front_desk", idempotency_key=f"card-{number}")
        for number in range(3)
    ]
    assert [one.status_code for one in answers] == [201, 201, 422]
    problem = answers[2].json()
    assert problem["code"] == "cap_reached"
    assert "$50.00" in problem["detail"]
    award = {"participant": person, "unit": "usd", "amount": 500, "reason": "Helped others"}
    made = await clinic.post("/v1/manual-awards", award, "clinician", idempotency_key="by-hand")
    paid = (await clinic.post(f"/v1/manual-awards/{made.json()['id']}/approve", None, "another")).json()
    assert (paid["paid"], paid["clipped"]) == (0, 500)
    (line,) = (await clinic.get(f"/v1/reports/tax?year={today.year}")).json()["items"]
    assert (line["in_kind"], line["net"], line["given"]) == (5000, 5000, 5000)
    warnings = (await clinic.get(f"/v1/caps/{cap}/warnings")).json()["items"]
    assert sorted(one["percent"] for one in warnings) == [80, 100]
