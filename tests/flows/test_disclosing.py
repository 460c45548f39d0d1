"""Nothing leaves without a consent that holds when it is sent, and what may have been read is on record."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from schemas.consents import NewConsent
from service.flows.people.consents import give_consent, revoke_consent
from service.store.database.ids import new_id
from tests.flows.conftest import Scene
from tests.flows.subscribers import Worker, award, change, outcomes, replay, rows, subscribe, tell
from tests.outbound.receivers import PostedRequest, answer, answering, receiving

OK = answer(200, b"thanks")


def sequences(asked: list[PostedRequest]) -> list[int]:
    """Read the numbers of what a receiver was sent."""
    return [msgspec.json.decode(one.body)["data"]["sequence"] for one in asked]


async def test_a_consent_revoked_after_queueing_stops_what_was_queued(scene: Scene) -> None:
    """What is not about anybody goes on; what was withheld can be replayed once a consent is there."""
    worker = Worker(scene)
    who = await scene.participant()
    async with receiving(answering(OK)) as receiver:
        one = await subscribe(scene, receiver.url, consent_required=True)
        today = scene.clock.now.date()
        new = NewConsent(who, one, "To see what was earned", today)
        consent = (await scene.value(lambda act: give_consent(act, new))).id
        await tell(scene, award(1, who))
        await worker.deliver(one)
        await tell(scene, award(2, who), award(3))
        # Numbered and made ready, and then no more than that.
        worker.stop.set()
        await worker.deliver(one)
        worker.stop.clear()
        await scene.value(lambda act: revoke_consent(act, consent))
        await worker.deliver(one)
        assert sorted(sequences(receiver.asked)) == [1, 3]
        assert await outcomes(scene, one) == [(1, "delivered"), (2, "withheld"), (3, "delivered")]
        assert await rows(scene, "select from retries where clinic_id = $1") == []
        again = (await scene.value(lambda act: give_consent(act, new))).id
        await replay(scene, one)
        await worker.deliver(one)
        assert sorted(sequences(receiver.asked)) == [1, 1, 2, 3, 3]
        scene.clock.now += timedelta(days=1)
        await tell(scene, award(4, who))
        await worker.deliver(one)
    assert (await outcomes(scene, one))[-1] == (4, "withheld")
    disclosed = await rows(
        scene,
        "select participant_id, consent_id from disclosures where clinic_id = $1 order by disclosure_id",
    )
    assert [(row["participant_id"], row["consent_id"]) for row in disclosed] == [
        (who, consent),
        (who, again),
        (who, again),
    ]


async def test_every_possible_disclosure_is_on_record(scene: Scene) -> None:
    """A receiver that answers 500 has read the notice; one that does not take the connection has not."""
    worker = Worker(scene)
    who = new_id()
    async with receiving(answering(answer(500))) as receiver:
        port = receiver.port
        one = await subscribe(scene, receiver.url)
        await tell(scene, award(1, who))
        await worker.deliver(one)
    await change(scene, "update retries set due_at = $2 where clinic_id = $1", scene.clock.now)
    await worker.deliver(one)
    assert port
    kept = await rows(scene, "select why from attempts where clinic_id = $1 order by attempt_no")
    assert [row["why"] for row in kept] == ["status", "connect"]
    assert len(await rows(scene, "select from disclosures where clinic_id = $1")) == 1
