"""The main job with the Python client that openapi-generator makes."""

import json
import os
from datetime import date, datetime

import rewards_client as made

configuration = made.Configuration(host=os.environ["REWARDS_URL"], access_token=os.environ["REWARDS_KEY"])
client = made.ApiClient(configuration)

person = made.ParticipantsApi(client).register_participant(made.NewParticipant(reference="A-1042"))
target = made.Target(
    name="negative-test",
    behavior=made.Behavior.TEST,
    phases=[
        made.Phase(
            weeks=[1, 12],
            earn=made.Earn(made.Ladder(type="ladder", start=250, step=125)),
            on_failure=made.OnFailure(reset=True),
        )
    ],
)
program = made.Program(
    name="vouchers", title=made.ProgramTitle("Vouchers"), unit=made.Unit.USD, weeks=12, targets=[target]
)
published = made.ProgramsApi(client).publish_program(program)
enrollment = made.EnrollmentsApi(client).enroll_participant(
    made.NewEnrollment(
        participant=person.id, program=published.name, starts_on=date.fromisoformat(os.environ["STARTS_ON"])
    )
)
event = made.NewEvent(
    outcome="positive",
    occurred_at=datetime.fromisoformat(os.environ["OCCURRED_AT"]),
    enrollment=enrollment.id,
    target="negative-test",
)
receipt = made.EventsApi(client).record_event(event, idempotency_key="first")
corrected = made.CorrectionsApi(client).correct_event(
    receipt.event.id,
    made.NewCorrection(kind=made.CorrectionKind.LAB_OVERTURN, reason="A false positive.", outcome="negative"),
)
reward = made.RewardsApi(client).add_reward(
    made.NewReward(name="Mug", unit=made.Unit.USD, price=200, kind=made.RewardKind.ITEM, category="leisure")
)
wanted = made.NewRedemption(participant=person.id, reward=reward.id)
redemptions = made.RedemptionsApi(client)
held = redemptions.redeem_reward("mug", wanted)
taken = redemptions.give_redemption(held.id)
try:
    redemptions.redeem_reward("another", wanted)
except made.exceptions.UnprocessableEntityException as error:
    refused = error.data
sheet = made.BalancesApi(client).read_balance(person.id)
statement = made.BalancesApi(client).read_statement(person.id, unit=made.Unit.USD)

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
