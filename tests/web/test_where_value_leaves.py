"""Where value leaves, one person is not enough: nobody hands out what they made up alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import msgspec

from service.web.contract import examples
from tests import clock
from tests.web.conftest import assert_problem

if TYPE_CHECKING:
    from schemas.people import Role
    from tests.web.conftest import Clinic

PROGRAM = msgspec.to_builtins(examples.PROGRAM)
NOON = clock.now().replace(hour=20, minute=0, second=0, microsecond=0) - timedelta(days=1)


class Made:
    """A person somebody made up: enrolled, with visits, and a shelf of codes."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.who = self.enrollment = self.reward = ""

    async def enroll(self, days: int, role: Role = "front_desk") -> None:
        """Enroll somebody new from some days ago on, and put codes on the shelf."""
        post = self.clinic.post
        await post("/v1/programs", PROGRAM)
        shelf = {"name": "Card", "unit": "usd", "price": 100, "kind": "code", "category": "gift-cards"}
        self.reward = (await post("/v1/rewards", shelf)).json()["id"]
        await post(f"/v1/rewards/{self.reward}/codes", {"codes": [f"C-{no}" for no in range(300)]})
        self.who = (await post("/v1/participants", {"reference": "A-1"}, role)).json()["id"]
        starts_on = (clock.today() - timedelta(days=days)).isoformat()
        asked = {"participant": self.who, "program": PROGRAM["name"], "starts_on": starts_on}
        made = await post("/v1/enrollments", asked, role)
        assert made.status_code == 201, made.text
        self.enrollment = made.json()["id"]

    async def record(self, at: datetime, role: Role = "front_desk", outcome: str = "negative") -> str:
        """Record a test."""
        event = {"enrollment": self.enrollment, "target": "stimulant-negative", "outcome": outcome}
        made = await self.clinic.post("/v1/events", {**event, "occurred_at": at.isoformat()}, role)
        assert made.status_code == 201, made.text
        return str(made.json()["event"]["id"])

    async def redeem(self, role: Role = "front_desk", quantity: int = 1) -> httpx.Response:
        """Redeem a code by a role's key; it is given at once."""
        return await self._redeem(self.clinic.client(role), quantity)

    async def hand(self, who: str = "clinician") -> httpx.Response:
        """Hand a code out as a member of staff who is signed in."""
        return await self._redeem(self.clinic.person(who), 1)

    async def _redeem(self, client: httpx.AsyncClient, quantity: int) -> httpx.Response:
        asked = {"participant": self.who, "reward": self.reward, "quantity": quantity}
        return await client.post("/v1/redemptions", json=asked, headers={"idempotency-key": str(uuid4())})

    async def looks(self) -> dict[str, Any]:
        """Read what waits for a second look, and the looks."""
        return dict((await self.clinic.get(f"/v1/participants/{self.who}/second-looks")).json())


async def test_one_key_does_not_invent_a_person_and_take_the_code(clinic: Clinic) -> None:
    """Another person hands it out, no key, and has looked by that; then the first may hand out too."""
    made = Made(clinic)
    await made.enroll(60)
    for days in range(59, 1, -2):
        await made.record(NOON - timedelta(days=days))
    refusal = await made.redeem()
    assert_problem(refusal, 403, "second_person_needed")
    assert "colleague" in refusal.json()["detail"]
    looks = await made.looks()
    assert {one["kind"] for one in looks["waiting"]} == {"recorded_late", "recorded_much", "enrolled_late"}
    assert {one["by"] for one in looks["waiting"]} == {clinic.key_ids["front_desk"]}
    assert looks["items"] == []
    by_key = await made.redeem("clinician")
    assert_problem(by_key, 403, "second_person_needed")
    assert "a key is no person" in by_key.json()["detail"]
    assert (await made.looks())["items"] == []
    assert (await made.hand("clinician")).status_code == 201
    after = await made.looks()
    assert after["waiting"] == []
    assert [(one["looked_by"], one["deeds"]) for one in after["items"]] == [
        (clinic.staff_ids["clinician"], len(looks["waiting"]))
    ]
    assert (await made.redeem()).status_code == 201


async def test_everyday_work_asks_nobody(clinic: Clinic) -> None:
    """Who records today's visit hands out its reward at once."""
    made = Made(clinic)
    await made.enroll(7)
    await made.record(NOON)
    assert (await made.redeem()).status_code == 201
    assert await made.looks() == {"waiting": [], "items": []}


async def test_second_look_is_somebody_else_s(clinic: Clinic) -> None:
    """With a note that is kept, by a person and no key; afterwards whoever recorded hands out."""
    made = Made(clinic)
    await made.enroll(40)
    await made.record(NOON - timedelta(days=30))
    path = f"/v1/participants/{made.who}/second-looks"
    assert_problem(await clinic.post(path, {}, "front_desk"), 403, "same_person")
    assert_problem(await made.redeem(), 403, "second_person_needed")
    assert_problem(await clinic.post(path, {}, "clinician"), 403, "person_needed")
    assert_problem(await clinic.person("front_desk").post(path, json={}), 403, "same_person")
    look = await clinic.person("clinician").post(path, json={"note": "I have seen the sheets."})
    assert (look.status_code, look.json()["note"], look.json()["deeds"]) == (
        201,
        "I have seen the sheets.",
        2,
    )
    assert (await made.redeem()).status_code == 201


async def test_held_reward_is_asked_about_when_it_is_given(clinic: Clinic) -> None:
    """It may be set aside by anybody; nothing of it is given by whoever did it alone."""
    made = Made(clinic)
    await made.enroll(40)
    await made.record(NOON - timedelta(days=30))
    mug = {"name": "Mug", "unit": "usd", "price": 100, "kind": "item", "category": "leisure"}
    made.reward = (await clinic.post("/v1/rewards", mug)).json()["id"]
    held = (await made.redeem()).json()
    assert held["status"] == "held"
    path = f"/v1/redemptions/{held['id']}/give"
    assert_problem(await clinic.post(path, {}, "front_desk"), 403, "second_person_needed")
    assert_problem(await clinic.post(path, {}, "manager"), 403, "second_person_needed")
    assert (await clinic.person("manager").post(path)).json()["status"] == "given"


async def test_rules_are_the_clinic_s(clinic: Clinic) -> None:
    """A manager sets them, what is left out stays, and they hold at once."""
    made = Made(clinic)
    await made.enroll(3)
    await made.record(NOON - timedelta(days=1))
    path = "/v1/second-person-rules"
    first = (await clinic.get(path)).json()
    assert (first["record_within_days"], first["overturn_own"]) == (14, False)
    assert first["roles"] == ["front_desk", "clinician"]
    assert_problem(await clinic.post(path, {"overturn_own": True}, "clinician"), 403, "forbidden")
    strict = await clinic.post(path, {"record_within_days": 0})
    assert (strict.status_code, strict.json()["record_within_days"]) == (201, 0)
    assert strict.json()["enroll_within_days"] == 30
    assert_problem(await made.redeem(), 403, "second_person_needed")
    await clinic.post(path, {"record_within_days": None, "given_usd_max": 99})
    much = await made.redeem()
    assert_problem(much, 403, "second_person_needed")
    assert "$0.99" in much.json()["detail"]
    await clinic.post(path, {"given_usd_max": None})
    assert (await made.redeem()).status_code == 201


async def test_nobody_turns_their_own_result_into_a_success_alone(clinic: Clinic) -> None:
    """Neither by overturning it nor by withdrawing it later on; a colleague does it."""
    made = Made(clinic)
    await made.enroll(7)
    event = await made.record(NOON, "clinician", "positive")
    path = f"/v1/events/{event}/corrections"
    overturn = {"kind": "lab_overturn", "outcome": "negative", "reason": "The laboratory called."}
    assert_problem(await clinic.post(path, overturn, "clinician"), 403, "same_person")
    assert (await clinic.post(path, overturn, "manager")).status_code == 201
    down = {"kind": "lab_overturn", "outcome": "positive", "reason": "They called again."}
    assert (await clinic.post(path, down, "clinician")).status_code == 201
    await clinic.post("/v1/second-person-rules", {"overturn_own": True})
    assert (await clinic.post(path, overturn, "clinician")).status_code == 201


async def test_slip_of_the_hand_is_withdrawn_by_whoever_made_it(clinic: Clinic) -> None:
    """Within minutes; that is what undoing is for."""
    made = Made(clinic)
    await made.enroll(7)
    event = await made.record(NOON, "clinician", "positive")
    slip = {"kind": "entry_error", "reason": "The wrong button."}
    assert (await clinic.post(f"/v1/events/{event}/corrections", slip, "clinician")).status_code == 201


async def test_report_names_who_did_what_and_what_is_odd_first(clinic: Clinic) -> None:
    """Counts by person, and one person's deeds; an import's lines and a worker's misses are nobody's."""
    made = Made(clinic)
    await made.enroll(40)
    late = await made.record(NOON - timedelta(days=30))
    today = await made.record(NOON)
    assert (await made.hand()).status_code == 201
    slip = {"kind": "entry_error", "reason": "The wrong person."}
    await clinic.post(f"/v1/events/{late}/corrections", slip, "manager")
    report = (await clinic.get("/v1/reports/deeds", "auditor")).json()
    desk, manager = (clinic.key_ids[role] for role in ("front_desk", "manager"))
    clinician = clinic.staff_ids["clinician"]
    counts = {one["by"]: one for one in report["items"]}
    assert report["items"][0]["by"] == desk
    names = ("odd", "recorded", "late", "another", "corrected", "own", "given", "given_usd")
    assert [counts[desk][name] for name in names] == [1, 2, 1, 0, 0, 0, 0, 0]
    assert [counts[clinician][name] for name in names] == [0, 0, 0, 0, 0, 0, 1, 100]
    assert [counts[manager][name] for name in names] == [0, 0, 0, 0, 1, 0, 0, 0]
    own = (await clinic.get(f"/v1/reports/deeds/{desk}")).json()
    assert [(one["kind"], one["id"], one["odd"]) for one in own["items"]] == [
        ("recorded", late, ["late"]),
        ("recorded", today, []),
    ]
    (given,) = (await clinic.get(f"/v1/reports/deeds/{clinician}")).json()["items"]
    assert (given["kind"], given["participant"], given["amount"]) == ("given", made.who, 100)
    assert_problem(
        await clinic.get("/v1/reports/deeds", since="2026-01-01", until="2026-12-31"), 422, "invalid"
    )
    assert_problem(await clinic.get(f"/v1/reports/deeds/{made.who}"), 404, "not_found")
    assert_problem(await clinic.get("/v1/reports/deeds", "clinician"), 403, "forbidden")


async def test_one_person_empties_no_shelf_by_giving_and_taking_back(clinic: Clinic) -> None:
    """What was shown was handed out, and what one person takes back alone counts for the whole day."""
    await clinic.post("/v1/second-person-limits", {"unit": "usd", "amount": 300})
    made = Made(clinic)
    await made.enroll(3)
    await made.record(NOON - timedelta(days=1))
    statuses = []
    for _ in range(5):
        one = (await made.redeem()).json()
        path = f"/v1/redemptions/{one['id']}/take-back"
        taken = await clinic.post(path, {"reason": "It is void."}, "front_desk")
        statuses.append(taken.json()["status"])
        if statuses[-1] == "given":
            break
    assert statuses == ["canceled", "canceled", "canceled", "given"]
    await clinic.post("/v1/second-person-rules", {"given_usd_max": 400})
    assert_problem(await made.redeem(), 403, "second_person_needed")


async def test_correction_long_afterwards_waits_for_a_look(clinic: Clinic) -> None:
    """Missed visits that one person turns into successes are handed out by another one."""
    made = Made(clinic)
    await made.enroll(29)
    event = await made.record(NOON - timedelta(days=20), "manager", "positive")
    overturn = {"kind": "lab_overturn", "outcome": "negative", "reason": "The laboratory called."}
    corrected = await clinic.post(f"/v1/events/{event}/corrections", overturn, "clinician")
    assert corrected.status_code == 201, corrected.text
    (waiting,) = (await made.looks())["waiting"]
    assert (waiting["kind"], waiting["by"]) == ("recorded_late", clinic.key_ids["clinician"])
    assert_problem(await made.redeem("clinician"), 403, "second_person_needed")
    assert (await made.hand("front_desk")).status_code == 201


async def test_nobody_excuses_a_failure_that_they_recorded(clinic: Clinic) -> None:
    """It would keep the place on the ladder; a colleague does it."""
    made = Made(clinic)
    await made.enroll(7)
    event = await made.record(NOON, "clinician", "positive")
    excuse = {"kind": "excuse", "reason": "They had called."}
    path = f"/v1/events/{event}/corrections"
    assert_problem(await clinic.post(path, excuse, "clinician"), 403, "same_person")
    assert (await clinic.post(path, excuse, "manager")).status_code == 201


async def test_where_nothing_waits_no_look_is_written(clinic: Clinic) -> None:
    """A look covers what stands there, by number: nothing that is recorded afterwards."""
    made = Made(clinic)
    await made.enroll(29)
    path = f"/v1/participants/{made.who}/second-looks"
    for client in (clinic.client("front_desk"), clinic.another()):
        assert_problem(await client.post(path, json={}), 409, "already_settled")
    await made.record(NOON - timedelta(days=20))
    assert len((await made.looks())["waiting"]) == 1
    assert (await made.hand()).status_code == 201
    await made.record(NOON - timedelta(days=18))
    looks = await made.looks()
    assert (len(looks["waiting"]), len(looks["items"])) == (1, 1)


async def test_what_costs_little_and_is_worth_much_is_handed_out_up_to_its_worth(clinic: Clinic) -> None:
    """A dollar's card that is worth $100.00 leaves by one person twice a day, whatever was paid for it."""
    made = Made(clinic)
    await made.enroll(7)
    await made.record(NOON)
    shelf = {"name": "Phone", "unit": "usd", "price": 1, "kind": "item", "category": "fun", "instant": True}
    made.reward = (await clinic.post("/v1/rewards", {**shelf, "fair_value": 10_000})).json()["id"]
    assert (await made.redeem(quantity=2)).status_code == 201
    refusal = await made.redeem()
    assert_problem(refusal, 403, "second_person_needed")
    assert "$200.00" in refusal.json()["detail"]
    assert (await made.redeem("manager")).status_code == 201
