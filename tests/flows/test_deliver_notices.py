"""What was told reaches each subscriber at least once, in its order, signed; what fails is tried again."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import msgspec
from standardwebhooks import Webhook
from svix import Webhook as Svix

from schemas.notices import PART_2_NOTICE, DrawMade, Ping
from service.clock import machine_clock
from service.core.notices.telling import Notice
from service.core.notices.waits import NOTICE_ATTEMPTS_MAX, WAITS_S
from service.store.database.ids import new_id
from service.store.subscribers import SECRET as SECRET_FIELD
from tests.flows.conftest import Scene
from tests.flows.subscribers import (
    OTHER_SECRET,
    SECRET,
    Worker,
    award,
    change,
    head,
    outcomes,
    replay,
    rows,
    subscribe,
    tell,
    tell_many,
)
from tests.outbound.receivers import PostedRequest, answer, answering, receiving

OK = answer(200, b"thanks")


def sequences(asked: list[PostedRequest]) -> list[int]:
    """Read the numbers of what a receiver was sent."""
    return [msgspec.json.decode(one.body)["data"]["sequence"] for one in asked]


async def statuses(scene: Scene) -> list[str]:
    """What became of each delivery, as its row says."""
    found = await rows(scene, "select status from deliveries where clinic_id = $1 order by sequence")
    return [row["status"] for row in found]


async def test_notices_are_delivered_once_in_order_with_the_part_2_notice(scene: Scene) -> None:
    """One at a time is out here, so that the order at the receiver is that of sending."""
    worker = Worker(scene, posts_max=1)
    who = new_id()
    async with receiving(answering(OK)) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell(
            scene, award(1, who), Notice("draw.made", DrawMade(new_id(), new_id(), 1), who), award(2, who)
        )
        await tell_many(scene, 20, who)
        assert await worker.deliver(one)
        await worker.deliver(one)
    assert sequences(receiver.asked) == list(range(1, 23))
    sent = msgspec.json.decode(receiver.asked[0].body)
    assert set(sent) == {"type", "timestamp", "data"}
    assert (sent["type"], sent["timestamp"]) == ("award.posted", "2026-03-02T17:00:00Z")
    assert set(sent["data"]) == {"award", "kind", "unit", "amount", "participant", "sequence", "notice"}
    assert (sent["data"]["participant"], sent["data"]["notice"]) == (str(who), PART_2_NOTICE)
    assert await outcomes(scene, one) == [(number, "delivered") for number in range(1, 23)]
    stands = await head(scene, one)
    assert (stands["sequence"], stands["tried_sequence"], stands["leased_by"]) == (22, 22, None)


async def test_signatures_are_those_that_others_verify(scene: Scene) -> None:
    """Both secrets sign for a day after a rotation, and then the new one alone."""
    scene.clock.now = machine_clock()
    worker = Worker(scene)
    async with receiving(answering(OK)) as receiver:
        one = await subscribe(scene, receiver.url)
        async with scene.database.transaction(scene.clinic) as tx:
            await tx.connection.execute(
                """update subscribers set old_secret = $3, old_secret_until = $4
                where clinic_id = $1 and subscriber_id = $2""",
                scene.clinic,
                one,
                tx.cipher.seal(scene.clinic, SECRET_FIELD, OTHER_SECRET),
                tx.now + timedelta(hours=24),
            )
        await tell(scene, award())
        await worker.deliver(one)
        scene.clock.now += timedelta(hours=24)
        await tell(scene, award())
        await worker.deliver(one)
    rotating, later = receiver.asked
    for secret in (SECRET, OTHER_SECRET):
        assert Webhook(secret).verify(rotating.body, rotating.headers)["type"] == "award.posted"
        # This one gives nothing back, and raises where it does not hold.
        Svix(secret).verify(rotating.body, rotating.headers)
    assert [len(one.headers["webhook-signature"].split(" ")) for one in (rotating, later)] == [2, 1]
    (kept,) = await rows(
        scene, "select delivery_id::text from deliveries where clinic_id = $1 and sequence = 1"
    )
    assert rotating.headers["webhook-id"] == kept["delivery_id"]


async def test_a_ping_goes_to_its_subscriber_alone_whatever_its_types(scene: Scene) -> None:
    """The other subscriber of the same clinic hears nothing of it."""
    worker = Worker(scene)
    async with receiving(answering(OK)) as mine, receiving(answering(OK)) as other:
        one, two = await subscribe(scene, mine.url), await subscribe(scene, other.url)
        await tell(scene, Notice("test.ping", Ping(one), subscriber=one))
        await worker.deliver(one)
        await worker.deliver(two)
    assert [msgspec.json.decode(asked.body)["type"] for asked in mine.asked] == ["test.ping"]
    assert other.asked == []


async def test_a_failing_notice_is_retried_for_three_days_then_dead_and_replayable(scene: Scene) -> None:
    """Each wait is as long as the standard says, a fifth more or less; the id is the same each time."""
    worker = Worker(scene)
    answers = [answer(500, b"no")] * NOTICE_ATTEMPTS_MAX + [OK]
    async with receiving(answering(*answers)) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell(scene, award())
        await worker.deliver(one)
        for wait_s in WAITS_S[1:]:
            (row,) = await rows(scene, "select due_at from retries where clinic_id = $1")
            assert abs((row["due_at"] - scene.clock.now).total_seconds() - wait_s) <= wait_s * 0.2
            seen = len(receiver.asked)
            assert await statuses(scene) == ["failed"]
            scene.clock.now = row["due_at"] - timedelta(seconds=0.1)
            await worker.deliver(one)
            assert len(receiver.asked) == seen
            scene.clock.now = row["due_at"]
            await worker.deliver(one)
            assert len(receiver.asked) == seen + 1
        assert await rows(scene, "select from retries where clinic_id = $1") == []
        scene.clock.now += timedelta(days=30)
        await worker.deliver(one)
        assert len(receiver.asked) == NOTICE_ATTEMPTS_MAX
        assert await statuses(scene) == ["dead"]
        await replay(scene, one)
        await worker.deliver(one)
    assert await statuses(scene) == ["delivered"]
    assert [outcome for _, outcome in await outcomes(scene, one)] == ["failed"] * 10 + ["delivered"]
    assert len({asked.headers["webhook-id"] for asked in receiver.asked}) == 1
    kept = await rows(scene, "select why, status, answer from attempts where clinic_id = $1 order by at")
    assert [(row["why"], row["status"]) for row in kept] == [("status", 500)] * 10 + [(None, 200)]
    assert b"thanks" not in kept[-1]["answer"]
    opened = scene.database.cipher.open(scene.clinic, "attempts.answer", kept[-1]["answer"])
    assert opened == b"thanks"


async def test_a_failing_notice_holds_up_no_later_one(scene: Scene) -> None:
    """The first one is refused again and again, and all others are there meanwhile."""
    worker = Worker(scene, posts_max=1)
    async with receiving(answering(answer(500), OK)) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell_many(scene, 5)
        await worker.deliver(one)
        assert sequences(receiver.asked) == [1, 2, 3, 4, 5]
        assert (await head(scene, one))["tried_sequence"] == 5
        scene.clock.now += timedelta(seconds=7)
        await worker.deliver(one)
    assert sequences(receiver.asked) == [1, 2, 3, 4, 5, 1]
    assert await rows(scene, "select from retries where clinic_id = $1") == []


async def test_two_workers_send_no_first_attempt_twice(scene: Scene) -> None:
    """One of them has the subscriber in hand, and the others find nothing to do."""
    workers = [Worker(scene) for _ in range(4)]
    async with receiving(answering(OK)) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell_many(scene, 60)
        took = await asyncio.gather(*(worker.deliver(one) for worker in workers))
        await asyncio.gather(*(worker.deliver(one) for worker in workers))
    assert any(took)
    assert sorted(sequences(receiver.asked)) == list(range(1, 61))


async def test_a_dead_worker_s_deliveries_are_sent_after_its_lease(scene: Scene) -> None:
    """It had numbered all and tried the third: that one is not sent again, and nothing is left out."""
    dead, worker = Worker(scene), Worker(scene)
    async with receiving(answering(OK)) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell_many(scene, 5)
        dead.stop.set()
        await dead.deliver(one)
        assert receiver.asked == []
        await change(
            scene,
            """insert into attempts (clinic_id, subscriber_id, sequence, attempt_no, at, outcome, took_ms)
            values ($1, $2, 3, 1, $3, 'delivered', 1)""",
            one,
            scene.clock.now,
        )
        await change(
            scene,
            """update subscriber_heads set leased_by = $3, leased_until = $4
            where clinic_id = $1 and subscriber_id = $2""",
            one,
            new_id(),
            scene.clock.now + timedelta(seconds=15),
        )
        assert not await worker.deliver(one)
        scene.clock.now += timedelta(seconds=15)
        assert await worker.deliver(one)
    assert sorted(sequences(receiver.asked)) == [1, 2, 4, 5]
    assert (await head(scene, one))["tried_sequence"] == 5


async def test_a_disabled_subscriber_is_sent_what_was_kept_once_it_is_enabled(scene: Scene) -> None:
    """Meanwhile its notices are numbered, so that they can be looked at and replayed."""
    worker = Worker(scene)
    set_status = """update subscribers
        set status = $3, disabled_why = $4, disabled_at = $5, revision = revision + 1
        where clinic_id = $1 and subscriber_id = $2"""
    async with receiving(answering(OK)) as receiver:
        one = await subscribe(scene, receiver.url)
        await change(scene, set_status, one, "disabled", "by_hand", scene.clock.now)
        await tell_many(scene, 3)
        await worker.deliver(one)
        assert receiver.asked == []
        assert (await head(scene, one))["sequence"] == 3
        await change(scene, set_status, one, "active", None, None)
        await worker.deliver(one)
    assert sorted(sequences(receiver.asked)) == [1, 2, 3]


async def test_a_receiver_that_is_gone_is_disabled_and_that_is_on_the_trail(scene: Scene) -> None:
    """Nothing more is sent to it; what it did not take is kept, and can be replayed when it is enabled."""
    worker = Worker(scene, posts_max=1)
    async with receiving(answering(answer(410), OK)) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell_many(scene, 3)
        await worker.deliver(one)
        await worker.deliver(one)
        assert sequences(receiver.asked) == [1]
        (kept,) = await rows(scene, "select status, disabled_why from subscribers where clinic_id = $1")
        assert (kept["status"], kept["disabled_why"]) == ("disabled", "gone")
        assert "subscribers.disabled" in await scene.deeds()
        enable = """update subscribers set status = 'active', disabled_why = null, disabled_at = null
            where clinic_id = $1 and subscriber_id = $2"""
        await change(scene, enable, one)
        await worker.deliver(one)
        assert sequences(receiver.asked) == [1, 2, 3]
        await replay(scene, one)
        await worker.deliver(one)
    assert sequences(receiver.asked) == [1, 2, 3, 1, 2, 3]


async def test_an_expired_notice_is_dead_until_replayed(scene: Scene) -> None:
    """Only a long pause can make a notice so old; it uses up no attempt meanwhile."""
    worker = Worker(scene)
    async with receiving(answering(answer(500), OK)) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell(scene, award())
        await worker.deliver(one)
        scene.clock.now += timedelta(days=5)
        await worker.deliver(one)
        assert (len(receiver.asked), worker.dead) == (1, 1)
        await replay(scene, one)
        await worker.deliver(one)
    assert [outcome for _, outcome in await outcomes(scene, one)] == ["failed", "delivered"]


async def test_a_deleted_subscriber_is_not_taken_in_hand(scene: Scene) -> None:
    """Deleting stops at once."""
    worker = Worker(scene)
    one: UUID = await subscribe(scene, "https://example.org/")
    await tell(scene, award())
    await change(
        scene,
        "update subscribers set deleted_at = $3 where clinic_id = $1 and subscriber_id = $2",
        one,
        scene.clock.now,
    )
    assert not await worker.deliver(one)
