"""One visit is one event, over every way into the API."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from service.web.contract import examples
from tests import clock

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

HIGGINS = Path(examples.__file__).parents[3] / "schemas" / "programs" / "higgins-1993-vouchers.yaml"
YAML = {"content-type": "application/yaml"}
NOW = clock.now().replace(microsecond=0)
VISIT = (NOW - timedelta(days=3)).replace(hour=17, minute=0, second=0)


async def enrolled(clinic: Clinic, reference: str = "H-1") -> str:
    """Enroll somebody in the vouchers of 1993, a week ago."""
    await clinic.client().post("/v1/programs", content=HIGGINS.read_bytes(), headers=YAML)
    person = (await clinic.post("/v1/participants", {"reference": reference})).json()["id"]
    starts_on = (VISIT.date() - timedelta(days=2)).isoformat()
    new = {"participant": person, "program": "higgins-1993-vouchers", "starts_on": starts_on}
    made = await clinic.post("/v1/enrollments", new)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def event(enrollment: str, minutes: int = 0, outcome: str = "negative", **also: Any) -> dict[str, Any]:  # noqa: ANN401
    """Make a test result some minutes after the visit began."""
    at = (VISIT + timedelta(minutes=minutes)).isoformat()
    return {
        "enrollment": enrollment,
        "target": "cocaine-negative",
        "outcome": outcome,
        "occurred_at": at,
        **also,
    }


async def test_late_result_by_a_former_number_finds_the_enrollment_that_was_closed(clinic: Clinic) -> None:
    """Each way in takes it, and a repeat is found; after the last day there is no enrollment for it."""
    enrollment = await enrolled(clinic)
    person = (await clinic.get(f"/v1/enrollments/{enrollment}")).json()["participant"]
    last = {"reason": "Finished", "on": (VISIT.date() + timedelta(days=1)).isoformat()}
    assert (await clinic.post(f"/v1/enrollments/{enrollment}/close", last)).status_code == 200
    known = await clinic.get(f"/v1/participants/{person}")
    changed = await clinic.client().patch(
        f"/v1/participants/{person}", json={"reference": "H-2"}, headers={"if-match": known.headers["etag"]}
    )
    assert changed.status_code == 200
    late = {"participant_reference": " h-1", "behavior": "test", "outcome": "negative"}
    first = await clinic.post("/v1/events", {**late, "occurred_at": VISIT.isoformat()})
    assert first.status_code == 201, first.text
    assert (first.json()["event"]["enrollment"], first.json()["event"]["participant"]) == (enrollment, person)
    batch = [{**late, "occurred_at": (VISIT + timedelta(days=days)).isoformat()} for days in (-1, 0, 2)]
    answer = (await clinic.post("/v1/events/batch", batch, "integration")).json()["results"]
    assert [one["status"] for one in answer] == [201, 200, 422]
    assert answer[2]["problem"]["code"] == "not_enrolled"
    listed = (await clinic.get("/v1/events", enrollment=enrollment)).json()["items"]
    assert len(listed) == 2


async def test_four_identical_results_are_one_event(clinic: Clinic) -> None:
    """The repeats answer 200 with the first receipt, without a reference and with others."""
    enrollment = await enrolled(clinic)
    answers = [await clinic.post("/v1/events", event(enrollment)) for _ in range(4)]
    answers.append(await clinic.post("/v1/events", event(enrollment, reference="lab-9")))
    assert [one.status_code for one in answers] == [201, 200, 200, 200, 200]
    assert len({one.text for one in answers}) == 1
    assert answers[0].json()["balances"][0]["available"] == 250


async def test_a_second_result_of_the_day_is_a_conflict_that_names_the_first(clinic: Clinic) -> None:
    """With `another` both stand."""
    enrollment = await enrolled(clinic)
    first = (await clinic.post("/v1/events", event(enrollment, outcome="positive", reference="lab-1"))).json()
    refused = await clinic.post("/v1/events", event(enrollment, 20))
    assert (refused.status_code, refused.json()["code"]) == (409, "already_recorded")
    named = refused.json()["event"]
    assert (named["id"], named["outcome"], named["reference"]) == (first["event"]["id"], "positive", "lab-1")
    assert named["recorded_by"] == first["event"]["recorded_by"]
    meant = await clinic.post("/v1/events", event(enrollment, 20, another=True))
    assert meant.status_code == 201
    assert meant.json()["event"]["another_of"] == first["event"]["id"]


@pytest.mark.parametrize("lines", [False, True])
async def test_a_batch_records_one_visit_once(clinic: Clinic, lines: bool) -> None:
    """As an array and as lines: created, found, refused and meant, each by itself."""
    enrollment = await enrolled(clinic)
    items = [
        event(enrollment),
        event(enrollment),
        event(enrollment, 4),
        event(enrollment, 5, another=True),
        event(enrollment, outcome="positive", corrects=True),
    ]
    body = "\n".join(map(json.dumps, items)) if lines else json.dumps(items)
    media = "application/x-ndjson" if lines else "application/json"
    answer = await clinic.client().post("/v1/events/batch", content=body, headers={"content-type": media})
    results = answer.json()["results"]
    assert [one["status"] for one in results] == [201, 200, 409, 201, 201]
    assert results[2]["problem"]["event"]["id"] == results[0]["receipt"]["event"]["id"]
    assert results[4]["receipt"]["event"]["id"] == results[0]["receipt"]["event"]["id"]


async def test_a_corrected_report_is_a_correction(clinic: Clinic) -> None:
    """Refused without `corrects`, with the way named; and for the front desk."""
    enrollment = await enrolled(clinic)
    await clinic.post("/v1/events", event(enrollment, reference="lab-1"))
    changed = event(enrollment, outcome="positive", reference="lab-1")
    refused = await clinic.post("/v1/events", changed)
    assert (refused.status_code, refused.json()["code"]) == (409, "reference_conflict")
    assert "corrects" in refused.json()["detail"]
    assert refused.json()["event"]["outcome"] == "negative"
    corrects = {**changed, "corrects": True}
    assert (await clinic.post("/v1/events", corrects, "front_desk")).status_code == 403
    done = await clinic.post("/v1/events", corrects, "integration")
    assert done.status_code == 201
    assert [one["overpaid"] for one in done.json()["adjustments"]] == [250]
    assert (await clinic.post("/v1/events", corrects, "integration")).status_code == 200


async def test_the_right_person_gets_the_reference_of_a_withdrawn_event(clinic: Clinic) -> None:
    """And a correction may name its event by the reference."""
    wrong, right = await enrolled(clinic, "H-1"), await enrolled(clinic, "H-2")
    await clinic.post("/v1/events", event(wrong, reference="lab-1"))
    withdrawal = {"kind": "entry_error", "reason": "The wrong person.", "reference": "lab-1"}
    done = await clinic.post("/v1/corrections", withdrawal)
    assert done.status_code == 201
    assert done.headers["location"] == f"/v1/events/{done.json()['event']['id']}"
    assert (await clinic.post("/v1/events", event(right, reference="lab-1"))).status_code == 201
    assert (await clinic.post("/v1/corrections", withdrawal, "front_desk")).status_code == 403
    unnamed = await clinic.post("/v1/corrections", {"kind": "entry_error", "reason": "Nothing."})
    assert (unnamed.status_code, unnamed.json()["errors"][0]["pointer"]) == (422, "$.reference")
    unknown = await clinic.post("/v1/corrections", {**withdrawal, "reference": "lab-7"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
