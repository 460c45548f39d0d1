"""Lost, used or void rewards over HTTP: who may, what is answered, and that it happens once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.web.conftest import assert_problem

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

WHY = {"reason": "Used by a stranger"}


async def a_card(clinic: Clinic) -> dict[str, Any]:
    """Give somebody a card of $25.00 out of three, paid by a manual award of $40.00."""
    made = {"name": "Card", "unit": "usd", "price": 2500, "kind": "code", "category": "gift-cards"}
    reward = (await clinic.post("/v1/rewards", made)).json()["id"]
    codes = [f"CARD-000{number}" for number in range(3)]
    await clinic.post(f"/v1/rewards/{reward}/codes", {"codes": codes})
    who = (await clinic.post("/v1/participants", {"reference": "A-1"})).json()["id"]
    award = {"participant": who, "unit": "usd", "amount": 4000, "reason": "Helped others"}
    proposed = await clinic.post("/v1/manual-awards", award, "clinician", idempotency_key=str(uuid4()))
    await clinic.post(f"/v1/manual-awards/{proposed.json()['id']}/approve", {}, "another")
    asked = {"participant": who, "reward": reward}
    answer = await clinic.post("/v1/redemptions", asked, "front_desk", idempotency_key=str(uuid4()))
    return dict(answer.json())


async def test_desk_replaces_a_used_card(clinic: Clinic) -> None:
    """The second code is answered, the first is void, and neither balance nor tax changes."""
    one = await a_card(clinic)
    path, tax = f"/v1/redemptions/{one['id']}", "/v1/reports/tax"
    balance = f"/v1/participants/{one['participant']}/balance"
    before = (await clinic.get(balance)).json()["balances"], (await clinic.get(tax)).json()["items"]
    answer = await clinic.post(f"{path}/replace", WHY, "front_desk", idempotency_key="lost-1")
    told = answer.json()
    assert (answer.status_code, told["status"], told["code"]) == (200, "given", "CARD-0001")
    assert (told["codes"], told["void_codes"], told["amount"]) == (["CARD-0001"], ["CARD-0000"], 2500)
    again = await clinic.post(f"{path}/replace", WHY, "front_desk", idempotency_key="lost-1")
    assert (again.headers["idempotent-replayed"], again.content) == ("true", answer.content)
    assert_problem(await clinic.post(f"{path}/replace", WHY, "front_desk"), 409, "already_changed")
    assert ((await clinic.get(balance)).json()["balances"], (await clinic.get(tax)).json()["items"]) == before
    read = (await clinic.get(path, "front_desk")).json()
    assert (read["code"], read["void_codes"], read["change"]) == ("CARD-0001", ["CARD-0000"], None)
    (change,) = (await clinic.get("/v1/redemption-changes", redemption=one["id"])).json()["items"]
    assert (change["id"], change["kind"], change["alone"]) == (told["change"], "replacement", True)
    assert (await clinic.get(f"/v1/redemption-changes/{change['id']}", "auditor")).json() == change


async def test_desk_takes_a_void_card_back(clinic: Clinic) -> None:
    """Its price is available again; a second time there is nothing left to take back."""
    one = await a_card(clinic)
    path = f"/v1/redemptions/{one['id']}"
    answer = await clinic.post(f"{path}/take-back", WHY, "front_desk")
    told = answer.json()
    assert (answer.status_code, told["status"], told["code"]) == (200, "canceled", None)
    assert told["void_codes"] == ["CARD-0000"]
    balance = (await clinic.get(f"/v1/participants/{one['participant']}/balance")).json()["balances"]
    assert balance == [{"unit": "usd", "available": 4000, "held": 0, "given": 0, "earned": 4000}]
    assert_problem(await clinic.post(f"{path}/take-back", WHY), 409, "already_settled")
    statement = (await clinic.get(f"/v1/participants/{one['participant']}/statement")).json()["items"]
    assert statement[0]["sentence"] == "Card was taken back, and $25.00 is yours to use again."


async def test_above_the_limit_the_answer_is_202_and_another_person_approves(clinic: Clinic) -> None:
    """The proposal has its address, and whoever made it does not approve it."""
    one = await a_card(clinic)
    path = f"/v1/redemptions/{one['id']}"
    limit = await clinic.post("/v1/second-person-limits", {"unit": "usd", "amount": 2000})
    assert (limit.status_code, limit.json()["amount"]) == (201, 2000)
    listed = (await clinic.get("/v1/second-person-limits", "auditor")).json()["items"]
    assert [one["amount"] for one in listed] == [2000, 10_000, 10]
    answer = await clinic.post(f"{path}/replace", WHY)
    told = answer.json()
    assert (answer.status_code, told["code"], told["void_codes"]) == (202, "CARD-0000", [])
    change = f"/v1/redemption-changes/{told['change']}"
    assert answer.headers["location"] == change
    for step in ("approve", "refuse"):
        assert_problem(await clinic.client().post(f"{change}/{step}"), 403, "same_person")
    another = clinic.another()
    approved = (await another.post(f"{change}/approve")).json()
    assert (approved["status"], approved["alone"]) == ("approved", False)
    assert (await clinic.get(path)).json()["code"] == "CARD-0001"


async def test_what_is_asked_is_read_strictly(clinic: Clinic) -> None:
    """A reason is needed, unknown fields are refused, and so is who may not hand rewards over."""
    one = await a_card(clinic)
    for step in ("replace", "take-back"):
        path = f"/v1/redemptions/{one['id']}/{step}"
        assert_problem(await clinic.post(path, {}), 422, "invalid")
        assert_problem(await clinic.post(path, {**WHY, "amount": 1}), 422, "invalid")
        for role in ("auditor", "integration"):
            assert_problem(await clinic.post(path, WHY, role), 403, "forbidden")
