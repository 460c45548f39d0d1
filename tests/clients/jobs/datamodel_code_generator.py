"""The main job with httpx and the models that datamodel-code-generator makes."""

import json
import os
from datetime import date, datetime
from typing import TypeVar

import httpx
from pydantic import BaseModel
from rewards_models import (
    BalanceSheet,
    Behavior,
    CorrectionKind,
    Enrollment,
    Ladder,
    NewCorrection,
    NewEnrollment,
    NewEvent,
    NewParticipant,
    NewRedemption,
    NewReward,
    OnFailure,
    Participant,
    Phase,
    Problem,
    Program,
    PublishedProgram,
    Receipt,
    Redemption,
    Reward,
    RewardKind,
    Statement,
    Target,
    Unit,
)

T = TypeVar("T", bound=BaseModel)

client = httpx.Client(
    base_url=os.environ["REWARDS_URL"], headers={"Authorization": f"Bearer {os.environ['REWARDS_KEY']}"}
)


def post(path: str, body: BaseModel | None, wanted: type[T], **headers: str) -> T:
    """Send a model, and read the answer as another."""
    content = None if body is None else body.model_dump_json(exclude_unset=True)
    named = {
        "Content-Type": "application/json",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return wanted.model_validate_json(client.post(path, content=content, headers=named).content)


def get(path: str, wanted: type[T]) -> T:
    """Read an answer as a model."""
    return wanted.model_validate_json(client.get(path).content)


person = post("/v1/participants", NewParticipant(reference="A-1042"), Participant)
earn = Ladder(type="ladder", start=250, step=125)
target = Target(
    name="negative-test",
    behavior=Behavior.test,
    phases=[Phase(weeks=[1, 12], earn=earn, on_failure=OnFailure(reset=True))],
)
program = Program(name="vouchers", title="Vouchers", unit=Unit.usd, weeks=12, targets=[target])
published = post("/v1/programs", program, PublishedProgram)
enrollment = post(
    "/v1/enrollments",
    NewEnrollment(
        participant=person.id, program=published.name, starts_on=date.fromisoformat(os.environ["STARTS_ON"])
    ),
    Enrollment,
)
event = NewEvent(
    outcome="positive",
    occurred_at=datetime.fromisoformat(os.environ["OCCURRED_AT"]),
    enrollment=enrollment.id,
    target="negative-test",
)
receipt = post("/v1/events", event, Receipt, Idempotency_Key="first")
correction = NewCorrection(kind=CorrectionKind.lab_overturn, reason="A false positive.", outcome="negative")
corrected = post(f"/v1/events/{receipt.event.id}/corrections", correction, Receipt)
mug = NewReward(name="Mug", unit=Unit.usd, price=200, kind=RewardKind.item, category="leisure")
reward = post("/v1/rewards", mug, Reward)
wanted = NewRedemption(participant=person.id, reward=reward.id)
held = post("/v1/redemptions", wanted, Redemption, Idempotency_Key="mug")
taken = post(f"/v1/redemptions/{held.id}/give", None, Redemption)
refused = post("/v1/redemptions", wanted, Problem, Idempotency_Key="another")
sheet = get(f"/v1/participants/{person.id}/balance", BalanceSheet)
statement = get(f"/v1/participants/{person.id}/statement?unit=usd", Statement)

print(
    json.dumps(
        {
            "recorded": [one.amount for one in receipt.total],
            "corrected": [one.amount for one in corrected.total],
            "statuses": [held.status.value, taken.status.value],
            "refused": refused.code.value,
            "balance": [[one.unit.value, one.available, one.held, one.given] for one in sheet.balances],
            "statement": [[one.cause.value, one.amount] for one in statement.items],
        }
    )
)
