"""Lost prizes over HTTP and at the desk: replaced, taken back, and by another person above a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests import clock
from tests.web.conftest import assert_problem
from tests.web.desk import today
from tests.web.manage import Manage, manage

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

__all__ = ["manage"]

WHY = {"reason": "Used by a stranger"}
PROGRAM: dict[str, Any] = {
    "name": "bowl",
    "title": "Bowl",
    "unit": "usd",
    "weeks": 12,
    "bowls": [{"name": "cards", "tiers": [{"name": "a card", "slips": 3, "category": "gift-cards"}]}],
    "targets": [
        {
            "name": "tests",
            "behavior": "test",
            "phases": [{"weeks": [1, 12], "earn": {"type": "draws", "start": 1, "step": 0, "bowl": "cards"}}],
        }
    ],
}


@pytest.fixture
async def won(clinic: Clinic) -> dict[str, Any]:
    """Let somebody win a card out of three, and hand it over."""
    assert (await clinic.post("/v1/programs", PROGRAM)).status_code == 201
    made = {"name": "Card", "unit": "usd", "price": 2500, "kind": "code", "category": "gift-cards"}
    reward = (await clinic.post("/v1/rewards", made)).json()["id"]
    codes = [f"CARD-000{number}" for number in range(3)]
    await clinic.post(f"/v1/rewards/{reward}/codes", {"codes": codes})
    who = (await clinic.post("/v1/participants", {"reference": "A-1", "name": "Maria Lopez"})).json()["id"]
    new = {"participant": who, "program": "bowl", "starts_on": today().isoformat()}
    enrollment = (await clinic.post("/v1/enrollments", new)).json()["id"]
    event = {"enrollment": enrollment, "target": "tests", "outcome": "negative"}
    at = clock.now().isoformat()
    assert (await clinic.post("/v1/events", {**event, "occurred_at": at})).status_code == 201
    drawn = await clinic.post(f"/v1/participants/{who}/draws", {"count": 1}, idempotency_key=uuid4().hex)
    assert drawn.status_code == 201, drawn.text
    (owed,) = (await clinic.get("/v1/prizes", participant=who)).json()["items"]
    given = await clinic.post(f"/v1/prizes/{owed['id']}/give", {"reward": reward}, "front_desk")
    assert (given.status_code, given.json()["code"]) == (200, "CARD-0000")
    return dict(given.json())


async def test_prize_is_replaced_once_and_taken_back(clinic: Clinic, won: dict[str, Any]) -> None:
    """The same request gives the same answer, and the change is read under its address."""
    path = f"/v1/prizes/{won['id']}"
    answer = await clinic.post(f"{path}/replace", WHY, "front_desk", idempotency_key="lost-1")
    told = answer.json()
    assert (answer.status_code, told["code"], told["void_codes"]) == (200, "CARD-0001", ["CARD-0000"])
    again = await clinic.post(f"{path}/replace", WHY, "front_desk", idempotency_key="lost-1")
    assert (again.headers["idempotent-replayed"], again.content) == ("true", answer.content)
    assert_problem(await clinic.post(f"{path}/replace", WHY, "front_desk"), 409, "already_changed")
    (change,) = (await clinic.get("/v1/redemption-changes", prize=won["id"])).json()["items"]
    assert (change["id"], change["prize"], change["redemption"]) == (told["change"], won["id"], None)
    back = await clinic.post(f"{path}/take-back", WHY, "front_desk")
    assert (back.status_code, back.json()["status"], back.json()["code"]) == (200, "owed", None)
    assert_problem(await clinic.post(f"{path}/take-back", WHY), 409, "not_given")
    assert_problem(await clinic.post(f"{path}/replace", WHY, "auditor"), 403, "forbidden")
    assert_problem(await clinic.post(f"/v1/prizes/{uuid4()}/replace", WHY), 404, "not_found")
    assert_problem(await clinic.post(f"{path}/replace", {"reason": ""}), 422, "invalid")


async def test_desk_replaces_and_takes_back_a_prize(
    manage: Manage, clinic: Clinic, won: dict[str, Any]
) -> None:
    """The page shows its code, the void one after a replacement, and asks before a second one that day."""
    page = f"/desk/people/{won['participant']}/rewards"
    form = f"/desk/people/{won['participant']}/prizes/{won['id']}"
    shown = (await manage.get(page, "front_desk")).text
    assert "CARD-0000" in shown
    assert f'action="{form}/replace"' in shown
    done = await manage.post(f"{form}/replace", {**WHY, "once": str(uuid4())}, "front_desk")
    assert done.status_code == 303, done.text
    shown = (await manage.get(done.headers["location"], "front_desk")).text
    assert '<s class="num">CARD-0000</s>' in shown
    assert '<b class="num">CARD-0001</b>' in shown
    second = await manage.post(f"{form}/replace", {**WHY, "once": str(uuid4())}, "front_desk")
    assert second.status_code == 409
    assert 'name="another" value="yes" required' in second.text
    meant = {**WHY, "another": "yes", "once": str(uuid4())}
    assert (await manage.post(f"{form}/replace", meant, "front_desk")).status_code == 303
    back = await manage.post(f"{form}/take-back", {**WHY, "once": str(uuid4())}, "front_desk")
    after = (await manage.get(back.headers["location"], "front_desk")).text
    assert "The prize can be handed over again." in after
    assert "Maria Lopez" in (await manage.get("/desk/handover", "front_desk")).text
    owed = (await clinic.get("/v1/prizes", status="owed")).json()["items"]
    assert [one["id"] for one in owed] == [won["id"]]


async def test_above_the_limit_a_manager_approves_it_on_the_page(
    manage: Manage, clinic: Clinic, won: dict[str, Any]
) -> None:
    """What waits is named with the reward and what it is worth; nothing changes until then."""
    await clinic.post("/v1/second-person-limits", {"unit": "usd", "amount": 2000})
    form = f"/desk/people/{won['participant']}/prizes/{won['id']}"
    asked = await manage.post(f"{form}/take-back", {**WHY, "once": str(uuid4())}, "front_desk")
    assert asked.headers["location"].endswith("?done=proposed")
    waits = (await manage.get("/manage/approvals")).text
    assert "Take back 1: Card" in waits
    assert "$25.00" in waits
    (change,) = (await clinic.get("/v1/redemption-changes", status="proposed")).json()["items"]
    done = await manage.post(f"/manage/approvals/changes/{change['id']}/approve", {})
    assert done.status_code == 303, done.text
    assert (await clinic.get(f"/v1/prizes/{won['id']}")).json()["status"] == "owed"
