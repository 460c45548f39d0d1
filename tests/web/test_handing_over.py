"""Handing over: what was given to whom is said, and a slip of the hand is undone by whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.web.desk import expected_today
from tests.web.manage import Manage, manage

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

__all__ = ["manage"]


async def held(clinic: Clinic) -> tuple[dict[str, Any], str]:
    """Give somebody with a mug that waits for them, and its redemption."""
    who = (await expected_today(clinic))[0]
    at = (await clinic.get(f"/v1/enrollments/{who['enrollment']}")).json()["opened_at"]
    event = {"enrollment": who["enrollment"], "target": "stimulant-test", "outcome": "negative"}
    assert (await clinic.post("/v1/events", {**event, "occurred_at": at})).status_code == 201
    new = {"name": "Mug", "unit": "usd", "price": 900, "kind": "item", "category": "home", "stock": 3}
    reward = (await clinic.post("/v1/rewards", new)).json()["id"]
    wanted = {"participant": who["id"], "reward": reward}
    asked = await clinic.post("/v1/redemptions", wanted, idempotency_key=uuid4().hex)
    return who, asked.json()["id"]


async def given(manage: Manage, redemption: str, role: str = "front_desk") -> str:
    """Hand it over, and give the page that says so."""
    done = await manage.post(f"/desk/handover/{redemption}/give", {}, role)
    assert done.status_code == 303, done.text
    return (await manage.get(done.headers["location"], role)).text


async def test_what_was_just_given_to_whom_is_said_and_undone(manage: Manage, clinic: Clinic) -> None:
    """It waits again for the same person at the same price, with the piece back in the stock."""
    who, redemption = await held(clinic)
    page = await given(manage, redemption)
    assert "Given: Mug, to Maria Lopez." in page
    assert f"/desk/handover/{redemption}/undo" in page
    undone = await manage.post(f"/desk/handover/{redemption}/undo", {}, "front_desk")
    shown = (await manage.get(undone.headers["location"], "front_desk")).text
    assert "Undone. It waits to be handed over again." in shown
    waits = (await clinic.get("/v1/redemptions", status="held")).json()["items"]
    assert [(one["participant"], one["amount"]) for one in waits] == [(who["id"], 900)]
    balance = (await clinic.get(f"/v1/participants/{who['id']}/balance")).json()["balances"]
    assert [(one["available"], one["held"], one["given"]) for one in balance if one["unit"] == "usd"] == [
        (100, 900, 0)
    ]
    assert (await clinic.get("/v1/rewards")).json()["items"][0]["stock"] == 2
    again = await manage.post(f"/desk/handover/{redemption}/undo", {}, "front_desk")
    assert again.status_code == 409


async def test_nobody_undoes_what_another_gave(manage: Manage, clinic: Clinic) -> None:
    """It is neither offered nor done."""
    _, redemption = await held(clinic)
    await given(manage, redemption, "manager")
    page = (await manage.get(f"/desk/handover?done=given&of={redemption}", "front_desk")).text
    assert f"/desk/handover/{redemption}/undo" not in page
    assert (await manage.post(f"/desk/handover/{redemption}/undo", {}, "front_desk")).status_code == 403


async def test_what_takes_two_to_take_back_is_not_undone_by_one(manage: Manage, clinic: Clinic) -> None:
    """Above the clinic's limit nothing moves, and the page says what to do instead."""
    _, redemption = await held(clinic)
    await clinic.post("/v1/second-person-limits", {"unit": "usd", "amount": 100})
    await given(manage, redemption)
    refused = await manage.post(f"/desk/handover/{redemption}/undo", {}, "front_desk")
    assert refused.status_code == 403
    assert "Nobody takes back so much alone here" in refused.text
    assert (await clinic.get(f"/v1/redemptions/{redemption}")).json()["status"] == "given"
    assert (await clinic.get("/v1/redemption-changes", redemption=redemption)).json()["items"] == []
