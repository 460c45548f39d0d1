"""The main walk over HTTP, from a program to a redeemed reward."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from service.web.contract import examples
from tests import clock

if TYPE_CHECKING:
    from tests.web.conftest import Clinic


async def test_a_participant_earns_and_redeems(clinic: Clinic) -> None:
    """What a clinic does on its first day works end to end."""
    made = await clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    assert made.status_code == 201, made.text
    person = await clinic.post("/v1/participants", {"reference": "A-1", "name": "Sam"})
    assert person.status_code == 201, person.text
    who = person.json()["id"]
    start = (clock.now() - timedelta(days=20)).date().isoformat()
    enrolled = await clinic.post(
        "/v1/enrollments", {"participant": who, "program": "clinic-vouchers", "starts_on": start}
    )
    assert enrolled.status_code == 201, enrolled.text
    at = (clock.now() - timedelta(days=1)).isoformat()
    event = {
        "enrollment": enrolled.json()["id"],
        "target": "stimulant-negative",
        "outcome": "negative",
        "occurred_at": at,
    }
    receipt = await clinic.post("/v1/events", event, "integration")
    assert receipt.status_code == 201, receipt.text
    assert receipt.json()["total"] == [{"unit": "usd", "amount": 250}]
    balance = await clinic.get(f"/v1/participants/{who}/balance", "integration")
    assert balance.json()["balances"] == [
        {"unit": "usd", "available": 250, "held": 0, "given": 0, "earned": 250}
    ]
    reward = await clinic.post(
        "/v1/rewards", {"name": "Ticket", "unit": "usd", "price": 200, "kind": "item", "category": "leisure"}
    )
    assert reward.status_code == 201, reward.text
    redeemed = await clinic.post(
        "/v1/redemptions",
        {"participant": who, "reward": reward.json()["id"]},
        "front_desk",
        idempotency_key="r-1",
    )
    assert redeemed.status_code == 201, redeemed.text
    given = await clinic.client("front_desk").post(f"/v1/redemptions/{redeemed.json()['id']}/give")
    assert given.json()["status"] == "given", given.text
    statement = await clinic.get(f"/v1/participants/{who}/statement")
    assert len(statement.json()["items"]) == 3, statement.text
