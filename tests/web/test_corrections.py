"""Corrections over HTTP: who may, what is answered, and that order and repetition change nothing."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

PROGRAM: dict[str, Any] = {
    "name": "california",
    "title": "Recovery Incentives",
    "unit": "usd",
    "weeks": 24,
    "targets": [
        {
            "name": "test",
            "behavior": "test",
            "limit": {"per_week": 2},
            "phases": [
                {
                    "weeks": [1, 24],
                    "earn": {"type": "ladder", "start": 1000, "step": 150, "every": 2, "max": 2650},
                    "on_failure": {"reset": True, "recovery": {"after": 2, "pays": "next", "to": "due"}},
                }
            ],
        }
    ],
}


def at(visit: int) -> str:
    """Tell when a visit, counted from 1 and two a week, happens."""
    day = 7 * ((visit - 1) // 2) + 3 * ((visit - 1) % 2)
    month, day = divmod(4 + day, 28)
    return f"2026-{month + 1:02}-{day + 1:02}T18:00:00Z"


async def enrolled(clinic: Clinic) -> str:
    """Enroll somebody from January 5, 2026 on."""
    assert (await clinic.post("/v1/programs", PROGRAM)).status_code in {200, 201}
    person = (await clinic.post("/v1/participants", {"reference": "P-1"})).json()["id"]
    new = {"participant": person, "program": "california", "starts_on": "2026-01-05"}
    enrollment: str = (await clinic.post("/v1/enrollments", new)).json()["id"]
    return enrollment


async def record(clinic: Clinic, enrollment: str, visit: int, outcome: str) -> dict[str, Any]:
    """Record one visit."""
    event = {"enrollment": enrollment, "target": "test", "outcome": outcome, "occurred_at": at(visit)}
    answer = await clinic.post("/v1/events", {**event, "reference": f"visit-{visit}"}, "front_desk")
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


OVERTURN = {"kind": "lab_overturn", "outcome": "negative", "reason": "The lab confirmed a false positive."}


async def test_a_positive_at_visit_9_overturned_after_visit_11_pays_29_50(clinic: Clinic) -> None:
    """In whatever order the visits were posted: the next negative is worth $17.50."""
    enrollment = await enrolled(clinic)
    outcomes = {visit: "positive" if visit == 9 else "negative" for visit in range(1, 12)}
    order = list(outcomes)
    random.Random(7).shuffle(order)
    receipts = {visit: await record(clinic, enrollment, visit, outcomes[visit]) for visit in order}
    address = f"/v1/events/{receipts[9]['event']['id']}/corrections"
    answer = await clinic.post(address, OVERTURN, "clinician")
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/events/{receipts[9]['event']['id']}"
    receipt = answer.json()
    assert receipt["event"]["outcome"] == "negative"
    assert receipt["event"]["recorded_outcome"] == "positive"
    assert [one["after"] - one["before"] for one in receipt["adjustments"]] == [1600, 600, 750]
    assert sum(one["amount"] for one in receipt["adjustments"]) <= 2950
    assert receipt["outlook"][0]["next"] == [{"unit": "usd", "amount": 1750}]
    assert receipt["balances"][0]["available"] >= 1000 * 2 + 1150 * 2 + 1300 * 2 + 1450 * 2 + 1600 * 2 + 1750
    again = await clinic.post(address, OVERTURN, "clinician")
    assert (again.status_code, again.json()["code"]) == (409, "already_corrected")


async def test_posted_in_order_the_overturn_pays_exactly_29_50(clinic: Clinic) -> None:
    """No more was paid before than the rules said, so the difference is paid whole."""
    enrollment = await enrolled(clinic)
    receipts = [
        await record(clinic, enrollment, visit, "positive" if visit == 9 else "negative")
        for visit in range(1, 12)
    ]
    answer = await clinic.post(
        f"/v1/events/{receipts[8]['event']['id']}/corrections", OVERTURN, "manager", idempotency_key="a"
    )
    assert answer.json()["total"] == [{"unit": "usd", "amount": 2950}]
    repeated = await clinic.post(
        f"/v1/events/{receipts[8]['event']['id']}/corrections", OVERTURN, "manager", idempotency_key="a"
    )
    assert repeated.headers["idempotent-replayed"] == "true"
    assert repeated.json() == answer.json()


async def test_only_those_who_correct_the_record_may(clinic: Clinic) -> None:
    """A front desk, an auditor and an integration are refused, and a faulty body is named at its place."""
    enrollment = await enrolled(clinic)
    event = (await record(clinic, enrollment, 1, "positive"))["event"]["id"]
    for role in ("front_desk", "auditor", "integration"):
        answer = await clinic.post(f"/v1/events/{event}/corrections", OVERTURN, role)
        assert answer.status_code == 403
    blank = {**OVERTURN, "reason": " "}
    answer = await clinic.post(f"/v1/events/{event}/corrections", blank, "clinician")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "$.reason")
    shown = (await clinic.get(f"/v1/events/{event}")).json()
    assert "corrections" not in shown
    await clinic.post(f"/v1/events/{event}/corrections", OVERTURN, "clinician")
    shown = (await clinic.get(f"/v1/events/{event}")).json()
    assert [one["reason"] for one in shown["corrections"]] == [OVERTURN["reason"]]
    assert shown["event"]["effect"] == "success"


async def test_an_enrollment_moves_to_a_newer_version_with_a_preview(clinic: Clinic) -> None:
    """The preview and the operation say the same; only the operation pays."""
    enrollment = await enrolled(clinic)
    await record(clinic, enrollment, 1, "negative")
    target = PROGRAM["targets"][0]
    earn = {"type": "ladder", "start": 2000, "step": 150, "every": 2}
    newer = {**PROGRAM, "targets": [{**target, "phases": [{**target["phases"][0], "earn": earn}]}]}
    assert (await clinic.post("/v1/programs", newer)).json()["version"] == 2
    body = {"version": 2, "reason": "The county raised the first step."}
    address = f"/v1/enrollments/{enrollment}/move"
    preview = (await clinic.client().post(address, params={"dry_run": "true"}, json=body)).json()
    assert preview["is_preview"] is True
    assert preview["total"] == [{"unit": "usd", "amount": 1000}]
    done = (await clinic.post(address, body)).json()
    assert done["adjustments"] == preview["adjustments"]
    assert done["balances"][0]["available"] == 2000
    assert (await clinic.get(f"/v1/enrollments/{enrollment}")).json()["version"] == 2


async def test_note_is_added_to_an_event_once_and_read_again(clinic: Clinic) -> None:
    """By whoever records; the same words are answered with the first addition."""
    enrollment = await enrolled(clinic)
    path = f"/v1/events/{(await record(clinic, enrollment, 1, 'negative'))['event']['id']}/additions"
    first = await clinic.post(path, {"note": "Typed up by Ana."}, "front_desk")
    assert first.status_code == 201
    again = await clinic.post(path, {"note": "Typed up by Ana."}, "clinician")
    assert (again.status_code, again.json()) == (200, first.json())
    assert (await clinic.post(path, {}, "front_desk")).status_code == 422
    assert (await clinic.get(path)).json() == {"items": [first.json()]}
