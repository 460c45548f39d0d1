"""The main job with the client that openapi-python-client makes."""

import json
import os
from datetime import date, datetime
from typing import TypeVar

from rewards_client import AuthenticatedClient
from rewards_client.api.balances import read_balance, read_statement
from rewards_client.api.corrections import correct_event
from rewards_client.api.enrollments import enroll_participant
from rewards_client.api.events import record_event
from rewards_client.api.participants import register_participant
from rewards_client.api.programs import publish_program
from rewards_client.api.redemptions import give_redemption, redeem_reward
from rewards_client.api.rewards import add_reward
from rewards_client.models import (
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

T = TypeVar("T")


def given(answer: object, wanted: type[T]) -> T:
    """Hold an answer against the shape that the client promises."""
    assert isinstance(answer, wanted), answer
    return answer


client = AuthenticatedClient(base_url=os.environ["REWARDS_URL"], token=os.environ["REWARDS_KEY"])
at = datetime.fromisoformat(os.environ["OCCURRED_AT"])

person = given(register_participant.sync(client=client, body=NewParticipant(reference="A-1042")), Participant)
target = Target(
    name="negative-test",
    behavior=Behavior.TEST,
    phases=[
        Phase(
            weeks=[1, 12], earn=Ladder(type_="ladder", start=250, step=125), on_failure=OnFailure(reset=True)
        )
    ],
)
program = Program(name="vouchers", title="Vouchers", unit=Unit.USD, weeks=12, targets=[target])
published = given(publish_program.sync(client=client, body=program), PublishedProgram)
assert isinstance(published.document.targets[0].phases[0].earn, Ladder)
start = date.fromisoformat(os.environ["STARTS_ON"])
enrollment = given(
    enroll_participant.sync(
        client=client, body=NewEnrollment(participant=person.id, program=published.name, starts_on=start)
    ),
    Enrollment,
)
event = NewEvent(outcome="positive", occurred_at=at, enrollment=enrollment.id, target="negative-test")
receipt = given(record_event.sync(client=client, body=event, idempotency_key="first"), Receipt)
correction = NewCorrection(kind=CorrectionKind.LAB_OVERTURN, reason="A false positive.", outcome="negative")
corrected = given(correct_event.sync(receipt.event.id, client=client, body=correction), Receipt)
reward = given(
    add_reward.sync(
        client=client,
        body=NewReward(name="Mug", unit=Unit.USD, price=200, kind=RewardKind.ITEM, category="leisure"),
    ),
    Reward,
)
wanted = NewRedemption(participant=person.id, reward=reward.id)
held = given(redeem_reward.sync(client=client, body=wanted, idempotency_key="mug"), Redemption)
taken = given(give_redemption.sync(held.id, client=client), Redemption)
refused = given(redeem_reward.sync(client=client, body=wanted, idempotency_key="another"), Problem)
sheet = given(read_balance.sync(person.id, client=client), BalanceSheet)
statement = given(read_statement.sync(person.id, client=client, unit=Unit.USD), Statement)

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
