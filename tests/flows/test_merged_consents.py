"""A consent holds for the chart that it was given for, whoever that chart leads to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from schemas.consents import NewConsent
from service.flows.people.consents import give_consent
from tests.flows.conftest import MONDAY
from tests.flows.merging import DAY, merged, two
from tests.flows.subscribers import Worker, outcomes, subscribe
from tests.outbound.receivers import answer, answering, receiving

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

TYPES = ["event.recorded", "balance.changed"]


async def told(scene: Scene, one: UUID) -> list[str]:
    """What became of each attempt, in the order of their notices."""
    return [how for _, how in await outcomes(scene, one)]


async def test_survivor_is_told_of_as_far_as_each_chart_s_consent_goes(scene: Scene) -> None:
    """Events of the chart that consented go out, under the survivor's id; those of the other do not."""
    worker = Worker(scene)
    kept, other = await two(scene)
    async with receiving(answering(answer(200, b"thanks"))) as receiver:
        one = await subscribe(scene, receiver.url, TYPES, consent_required=True)
        new = NewConsent(other.participant, one, "To see what was earned")
        await scene.value(lambda act: give_consent(act, new))
        await merged(scene, kept.participant, other.participant, closes=(kept.id,))
        receiver.asked.clear()
        await scene.record(other.id, "negative", MONDAY)
        await scene.record(kept.id, "negative", MONDAY + DAY)
        await worker.deliver(one)
        bodies = [json.loads(asked.body) for asked in receiver.asked]
        events = [body["data"] for body in bodies if body["type"] == "event.recorded"]
        assert [(event["enrollment"], event["participant"]) for event in events] == [
            (str(other.id), str(kept.participant))
        ]
        assert not [body for body in bodies if body["type"] == "balance.changed"]
        again = NewConsent(kept.participant, one, "Both charts")
        await scene.value(lambda act: give_consent(act, again))
        receiver.asked.clear()
        await scene.record(kept.id, "negative", MONDAY + 2 * DAY)
        await worker.deliver(one)
        assert {json.loads(asked.body)["type"] for asked in receiver.asked} >= {"event.recorded"}
    assert "withheld" in await told(scene, one)
