"""Openings over HTTP: who may, what each step answers, and that what is asked is read strictly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.web.conftest import assert_problem

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

PATH = "/v1/openings"


async def asked(clinic: Clinic, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Register somebody, and give the body of an opening of theirs."""
    who = (await clinic.post("/v1/participants", {"reference": "A-1"})).json()["id"]
    told = {"participant": who, "unit": "usd", "as_of": "2026-01-31", "reason": "From the old system"}
    return {**told, "available": 2000, "paid_before": 13_000, **more}


async def test_one_manager_proposes_and_another_approves(clinic: Clinic) -> None:
    """The whole walk; a repeat with the same key answers the same."""
    body = await asked(clinic)
    made = await clinic.post(PATH, body, idempotency_key="open-1")
    told = made.json()
    one = f"{PATH}/{told['id']}"
    assert (made.status_code, made.headers["location"], told["status"]) == (201, one, "proposed")
    again = await clinic.post(PATH, body, idempotency_key="open-1")
    assert (again.headers["idempotent-replayed"], again.content) == ("true", made.content)
    assert_problem(await clinic.post(PATH, body), 409, "opening_stands")
    assert_problem(await clinic.client().post(f"{one}/approve"), 403, "same_person")
    another = clinic.another()
    approved = (await another.post(f"{one}/approve")).json()
    assert approved["balances"] == [
        {"unit": "usd", "available": 2000, "held": 0, "given": 13_000, "earned": 15_000}
    ]
    assert (await clinic.get(one, "front_desk")).json() == {**approved, "balances": []}
    listed = (await clinic.get(PATH, "auditor", status="approved")).json()["items"]
    assert [item["id"] for item in listed] == [told["id"]]
    (line,) = (await clinic.get("/v1/reports/tax", year=2026)).json()["items"]
    assert (line["net"], line["brought_over"]) == (15_000, 15_000)
    withdrawn = (await another.post(f"{one}/withdraw", json={"reason": "Of another person"})).json()
    assert (withdrawn["status"], withdrawn["unrecovered"]) == ("withdrawn", 0)
    assert withdrawn["balances"][0]["earned"] == 0


async def test_what_is_asked_is_read_strictly(clinic: Clinic) -> None:
    """Only managers propose; unknown fields, negative sums and days ahead are refused."""
    body = await asked(clinic)
    for role in ("front_desk", "clinician", "auditor", "integration"):
        assert_problem(await clinic.post(PATH, body, role), 403, "forbidden")
    for wrong in ({"taxable": False}, {"available": -1}, {"as_of": "2999-01-01"}, {"reason": ""}):
        assert_problem(await clinic.post(PATH, {**body, **wrong}), 422, "invalid")
