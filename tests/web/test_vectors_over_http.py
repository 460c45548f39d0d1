"""Every vector and every published program comes out exactly, through HTTP, on a real database."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from schemas.cases import Case, CaseCorrection, Cases, TargetVisits
from schemas.program import Program
from service.core.authoring.programs import decode
from service.core.authoring.table import parse_run, spread

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted((ROOT / "schemas" / "programs").glob("*.yaml"))
ZONE = ZoneInfo("America/New_York")
STARTS_ON = date(2024, 1, 1)
"""A Monday and a January 1, so that calendar weeks and years agree with the program's."""


def moment(week: int, place: int) -> str:
    """Say when the visit at a place (from 0) of a program week happened: a day each, then hours."""
    day = STARTS_ON + timedelta(days=7 * (week - 1) + place % 7)
    return datetime.combine(day, time(8 + place // 7), ZONE).isoformat()


async def enroll(clinic: Clinic, program: str) -> str:
    """Enroll a new person in a program, and give the enrollment's id."""
    reference = f"P-{program}-{len(clinic.clients)}"
    person = (await clinic.post("/v1/participants", {"reference": reference})).json()["id"]
    asked = {"participant": person, "program": program, "starts_on": STARTS_ON.isoformat()}
    enrolled = await clinic.post("/v1/enrollments", asked, "front_desk")
    assert enrolled.status_code == 201, enrolled.text
    enrollment: str = enrolled.json()["id"]
    return enrollment


def vectors() -> list[Any]:
    """Read the shared vectors; none where they are not beside the checkout, which another test reports."""
    path = ROOT.parent / "shared" / "vectors" / "schedules.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["id"])
async def test_a_vector_comes_out_visit_by_visit(clinic: Clinic, vector: Any) -> None:  # noqa: ANN401  JSON
    """Base, bonus and total of each visit are those of the published schedule."""
    weeks = max(week for phase in vector["target"]["phases"] for week in phase["weeks"])
    name = vector["id"].replace("_", "-")
    program = {
        "name": name,
        "title": name,
        "unit": vector["unit"],
        "weeks": weeks,
        "targets": [vector["target"]],
    }
    made = await clinic.post("/v1/programs", program)
    assert made.status_code == 201, made.text
    enrollment = await enroll(clinic, name)
    places: Counter[int] = Counter()
    base, bonus, participant = [], [], ""
    for event in vector["events"]:
        at = moment(event["week"], places[event["week"]])
        places[event["week"]] += 1
        asked = {
            "enrollment": enrollment,
            "target": vector["target"]["name"],
            "outcome": event["outcome"],
            "occurred_at": at,
            "another": places[event["week"]] > 7,
        }
        answer = await clinic.post("/v1/events", asked, "integration")
        assert answer.status_code == 201, answer.text
        receipt = answer.json()
        assert receipt["event"]["week"] == event["week"]
        earned: Counter[str] = Counter()
        for award in receipt["awards"]:
            earned[award["kind"]] += award["amount"]
        participant = receipt["event"]["participant"]
        base.append(earned["base"])
        bonus.append(earned["bonus"])
    assert base == vector["expected"]["base"]
    assert bonus == vector["expected"]["bonus"]
    balances = (await clinic.get(f"/v1/participants/{participant}/balance")).json()["balances"]
    assert [(one["unit"], one["earned"]) for one in balances] == [
        (vector["unit"], vector["expected"]["total"])
    ]


def test_the_vectors_are_there(shared: Path) -> None:
    """A test over no vectors would hold without saying anything."""
    assert (shared / "vectors" / "schedules.json").is_file()
    assert len(vectors()) >= 9


def loaded(path: Path) -> tuple[bytes, tuple[Case, ...]]:
    """Read a program's document and its worked cases."""
    cases = msgspec.json.decode(path.with_name(f"{path.stem}.cases.json").read_bytes(), type=Cases)
    return path.read_bytes(), cases.cases


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
async def test_a_published_program_pays_its_cases(clinic: Clinic, path: Path) -> None:
    """Each worked case ends with its totals, and its corrections pay what it says; the perfect one too."""
    document, cases = loaded(path)
    yaml = {"content-type": "application/yaml"}
    made = await clinic.client().post("/v1/programs", content=document, headers=yaml)
    assert made.status_code == 201, made.text
    program = decode(document, yaml=True)
    assert isinstance(program, Program)
    seen = []
    for case in cases:
        if not all(is_laid(one) for one in case.visits):
            continue
        seen.append(case.name)
        person = (await clinic.post("/v1/participants", {"reference": f"{case.name}"})).json()["id"]
        asked = {
            "participant": person,
            "program": program.name,
            "starts_on": (STARTS_ON if case.starts_on is None else case.starts_on).isoformat(),
        }
        enrollment = (await clinic.post("/v1/enrollments", asked)).json()["id"]
        await walk(clinic, case, visits_of(case, program, enrollment), person)
        balance = await clinic.get(f"/v1/participants/{person}/balance")
        earned = {one["unit"]: one["earned"] for one in balance.json()["balances"] if one["earned"]}
        # What stays paid above the rules is earned too.
        above = sum(one.overpaid + one.unrecovered for one in case.corrections)
        due = {unit: total + above for unit, total in case.totals.items() if total}
        assert earned == due, case.name
    assert any("perfect" in name for name in seen)


Visit = tuple[str, int, dict[str, Any]]
"""A visit of a case as an event: its target, its number there from 1, and what is sent."""


def is_laid(visits: TargetVisits) -> bool:
    """Whether it is said when each visit was, or that they lie as the program expects them."""
    return isinstance(visits.outcomes, str) or all(one.occurred_at for one in visits.outcomes)


def visits_of(case: Case, program: Program, enrollment: str) -> list[Visit]:
    """Lay a case's visits over the weeks, in the order in which they happen."""
    visits: list[Visit] = []
    for one in case.visits:
        if not isinstance(one.outcomes, str):
            for number, told in enumerate(one.outcomes, start=1):
                event: dict[str, Any] = {
                    "enrollment": enrollment,
                    "target": one.target,
                    "outcome": told.outcome,
                    "occurred_at": told.occurred_at.isoformat() if told.occurred_at else "",
                    "quantity": told.quantity,
                }
                visits.append((one.target, number, event))
            continue
        outcomes = parse_run(one.outcomes)
        assert isinstance(outcomes, tuple)
        places: Counter[int] = Counter()
        for number, visit in enumerate(spread(program, one.target, outcomes), start=1):
            at = moment(visit.week, places[visit.week])
            places[visit.week] += 1
            event = {
                "enrollment": enrollment,
                "target": one.target,
                "outcome": visit.outcome,
                "occurred_at": at,
                "another": places[visit.week] > 7,
                "quantity": visit.quantity,
            }
            visits.append((one.target, number, event))
    return sorted(visits, key=lambda visit: visit[2]["occurred_at"])


async def walk(clinic: Clinic, case: Case, visits: list[Visit], person: str) -> None:
    """Send a case's visits in batches, and between them each correction when its time has come."""
    ids: dict[tuple[str, int], str] = {}
    waiting: list[Visit] = []
    for visit in visits:
        waiting.append(visit)
        for one in case.corrections:
            if (one.target, one.after) == visit[:2]:
                waiting = await send(clinic, waiting, ids)
                await correct(clinic, one, ids, person)
    await send(clinic, waiting, ids)
    for one in case.corrections:
        if one.after is None:
            await correct(clinic, one, ids, person)


async def send(clinic: Clinic, visits: list[Visit], ids: dict[tuple[str, int], str]) -> list[Visit]:
    """Send visits as one batch, and keep their ids; none are left to be sent."""
    if visits:
        answer = await clinic.post("/v1/events/batch", [event for _, _, event in visits])
        results = answer.json()["results"]
        assert {one["status"] for one in results} == {201}, answer.text[:2000]
        for (target, number, _), one in zip(visits, results, strict=True):
            ids[target, number] = one["receipt"]["event"]["id"]
    return []


async def correct(clinic: Clinic, told: CaseCorrection, ids: dict[tuple[str, int], str], person: str) -> None:
    """Spend what is to be spent, make one correction, and hold what it does against the case."""
    if told.spent:
        reward = {
            "name": "A book",
            "unit": "points",
            "price": told.spent,
            "kind": "item",
            "category": "leisure",
            "instant": True,
        }
        made = (await clinic.post("/v1/rewards", reward)).json()["id"]
        asked = {"participant": person, "reward": made}
        bought = await clinic.post("/v1/redemptions", asked, "another", idempotency_key=person)
        assert bought.status_code == 201, bought.text
    new = {"kind": told.kind, "reason": "As the case says."} | (
        {"outcome": told.outcome} if told.outcome else {}
    )
    event = ids[told.target, told.visit]
    answer = await clinic.post(f"/v1/events/{event}/corrections", new, "clinician")
    assert answer.status_code == 201, answer.text
    changed = answer.json()["adjustments"]
    did = [sum(one[what] for one in changed) for what in ("amount", "overpaid", "unrecovered")]
    assert did == [told.pays, told.overpaid, told.unrecovered], told
