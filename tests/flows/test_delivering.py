"""The worker delivers to many at once: each ends as promised, and none holds up another."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace
from redis.asyncio import Redis

from service.delivering import DeliveryLoop
from service.flows.notices.fan_out import keep_weeks
from service.outbound.addresses import Allowed
from service.outbound.post import WebhookClient
from service.scratch.nudge import CHANNEL
from service.scratch.wake import hear
from service.settings import Settings
from service.store.subscribers import URL
from tests.clock import now
from tests.flows.conftest import Scene
from tests.flows.subscribers import (
    SHORT,
    Worker,
    change,
    head,
    outcomes,
    rows,
    subscribe,
    tell_many,
)
from tests.outbound.receivers import Script, answer, answering, hanging, receiving, trickling

# A worker looks after all clinics of a database.
pytestmark = pytest.mark.usefixtures("own_database")

OK = answer(200, b"thanks")
SOON_S = 20.0
NOBODY = "redis://127.0.0.1:1/0"

ODD: dict[str, tuple[Script, str, str | None]] = {
    "fails": (answering(answer(500)), "failed", "status"),
    "redirects": (answering(answer(302, location="http://127.0.0.1:1/")), "failed", "redirect"),
    "hangs": (hanging, "failed", "read_time"),
    "trickles": (trickling(b"HTTP/1.1 500 No\r\nx-", b"a", 0.1), "failed", "deadline"),
    "lies": (
        answering(b"HTTP/1.1 500 No\r\ncontent-length: 9\r\n\r\nshort", then_close=True),
        "failed",
        "broken",
    ),
    "is gone": (answering(answer(410)), "gone", "gone"),
}
"""Receivers that do not take a notice, what is kept of their attempts, and why."""


@contextlib.asynccontextmanager
async def delivering(scene: Scene, settings: Settings, **changed: float) -> AsyncIterator[DeliveryLoop]:
    """Deliver as a worker does for as long as the block lasts."""
    stop = asyncio.Event()
    webhook_client = WebhookClient(SHORT, Allowed(loopback=True))
    running = DeliveryLoop(
        scene.database, replace(settings, **{"notice_poll_s": 0.1, **changed}), webhook_client.post, stop
    )
    task = asyncio.create_task(running.run())
    try:
        yield running
    finally:
        stop.set()
        running.wake.set()
        await task
        webhook_client.close()


async def until(true: Callable[[], bool]) -> float:
    """Wait until something is true, and give how many seconds that took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < SOON_S
        await asyncio.sleep(0.01)
    return time.monotonic() - begun


async def test_each_receiver_ends_as_promised_and_none_holds_up_the_healthy_one(
    scene: Scene, test_settings: Settings
) -> None:
    """Beside those that fail, redirect, hang, trickle, lie or are gone, a healthy one gets all at once."""
    scene.clock.now = now()
    async with contextlib.AsyncExitStack() as up:
        odd = {}
        for name, (script, _, _) in ODD.items():
            receiver = await up.enter_async_context(receiving(script))
            odd[name] = await subscribe(scene, receiver.url)
        healthy = await up.enter_async_context(receiving(answering(OK)))
        one = await subscribe(scene, healthy.url)
        await tell_many(scene, 40)
        async with delivering(scene, test_settings):
            await until(lambda: len(healthy.asked) == 40)
            hung = [outcome for _, outcome in await outcomes(scene, odd["hangs"])]
            # Those that hang are still out or were given up a moment ago; nobody waited for their 40.
            assert len(hung) <= 8
            await asyncio.sleep(SHORT.deadline_s + 0.5)
        for name, (_, outcome, why) in ODD.items():
            kept = await rows(
                scene,
                "select outcome, why from attempts where clinic_id = $1 and subscriber_id = $2",
                odd[name],
            )
            assert {(row["outcome"], row["why"]) for row in kept} == {(outcome, why)}, name
            assert (await head(scene, odd[name]))["leased_by"] is None
    assert sorted(await outcomes(scene, one)) == [(number, "delivered") for number in range(1, 41)]
    disabled = await rows(
        scene, "select subscriber_id from subscribers where clinic_id = $1 and status = 'disabled'"
    )
    assert [row["subscriber_id"] for row in disabled] == [odd["is gone"]]


async def test_dead_receivers_get_half_of_the_room_at_most(scene: Scene, test_settings: Settings) -> None:
    """However many are known to be silent, one that answers finds room."""
    scene.clock.now = now()
    async with receiving(hanging) as dead, receiving(answering(OK)) as healthy:
        for _ in range(12):
            await subscribe(scene, dead.url)
        await change(scene, "update subscriber_heads set silences = 3 where clinic_id = $1")
        one = await subscribe(scene, healthy.url)
        # It comes last by its number, and is taken first all the same.
        await change(
            scene,
            "update subscriber_heads set read_at = now() where subscriber_id = $2 and clinic_id = $1",
            one,
        )
        await tell_many(scene, 20)
        async with delivering(scene, test_settings, notice_subscribers_at_once=4):
            assert await until(lambda: len(healthy.asked) == 20) < SHORT.read_s * 6
            assert len(dead.asked) < 12 * 8


async def test_without_redis_all_is_delivered_and_with_it_at_once(
    scene: Scene, test_settings: Settings, redis: Redis
) -> None:
    """A nudge wakes the worker; where Redis is away the worker looks by itself."""
    scene.clock.now = now()
    stop = asyncio.Event()
    async with receiving(answering(OK)) as receiver:
        await subscribe(scene, receiver.url)
        async with delivering(scene, test_settings, notice_poll_s=30) as running:
            hearing = asyncio.create_task(hear(redis, running.wake, stop))
            await until(lambda: not running.wake.is_set())
            await asyncio.sleep(0.3)
            await tell_many(scene, 3)
            await redis.publish(CHANNEL, scene.clinic.bytes)
            assert await until(lambda: len(receiver.asked) == 3) < 5
            hearing.cancel()
        async with delivering(scene, test_settings) as running:
            nobody = Redis.from_url(NOBODY)
            hearing = asyncio.create_task(hear(nobody, running.wake, stop))
            await tell_many(scene, 3)
            await until(lambda: len(receiver.asked) == 6)
            stop.set()
            await hearing
            await nobody.aclose()


async def test_a_worker_told_to_stop_finishes_what_is_out_and_gives_its_leases_back(
    scene: Scene, test_settings: Settings
) -> None:
    """What it did not begin is there for the next worker, and nothing is sent twice."""
    scene.clock.now = now()
    async with receiving(answering(OK)) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell_many(scene, 400)
        async with delivering(scene, test_settings):
            await until(lambda: len(receiver.asked) >= 20)
        assert (await head(scene, one))["leased_by"] is None
        assert len(await outcomes(scene, one)) == len(receiver.asked)
        async with delivering(scene, test_settings):
            await until(lambda: len(receiver.asked) == 400)
    assert sorted(await outcomes(scene, one)) == [(number, "delivered") for number in range(1, 401)]


async def test_a_fault_of_ours_with_one_subscriber_is_logged_and_holds_up_nobody(
    scene: Scene, test_settings: Settings
) -> None:
    """One whose address cannot be decrypted is left alone for a while."""
    scene.clock.now = now()
    async with receiving(answering(OK)) as receiver:
        broken, _ = await subscribe(scene, receiver.url), await subscribe(scene, receiver.url)
        set_url = "update subscribers set url = $3 where clinic_id = $1 and subscriber_id = $2"
        await change(scene, set_url, broken, b"nonsense")
        await tell_many(scene, 5)
        async with delivering(scene, test_settings):
            await until(lambda: len(receiver.asked) == 5)
        assert await outcomes(scene, broken) == []
        await change(scene, set_url, broken, scene.database.cipher.seal(scene.clinic, URL, receiver.url))


async def weeks(scene: Scene) -> set[date]:
    """List the weeks that the log is kept in."""
    query = """select to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD') as week from pg_inherits
        where inhparent = 'notices'::regclass and inhrelid <> 'notices_beyond'::regclass
            and $1::uuid is not null"""
    return {row["week"] for row in await rows(scene, query)}


async def test_weeks_are_made_ahead_and_dropped_when_they_are_old_and_nobody_needs_them(scene: Scene) -> None:
    """A week in which an active subscriber has yet to be told something stays until it was."""
    keep = timedelta(days=90)
    scene.clock.now = datetime(2020, 1, 8, 12, tzinfo=UTC)
    await keep_weeks(scene.database, keep)
    this_week = date(2020, 1, 6)
    made = await weeks(scene)
    assert made >= {this_week + timedelta(weeks=ahead) for ahead in range(8)}
    assert not any(week < this_week - timedelta(weeks=14) for week in made)
    worker = Worker(scene)
    async with receiving(answering(answer(500), OK)) as receiver:
        await subscribe(scene, receiver.url)
        await tell_many(scene, 1)
        scene.clock.now += timedelta(days=120)
        await keep_weeks(scene.database, keep)
        # It is in the log and nobody has read it.
        assert this_week in await weeks(scene)
        (one,) = [
            row["subscriber_id"]
            for row in await rows(scene, "select * from subscribers where clinic_id = $1")
        ]
        await worker.deliver(one)
        await keep_weeks(scene.database, keep)
        assert this_week not in await weeks(scene)
        # Its delivery lies in a younger week and is tried again from there.
        scene.clock.now += timedelta(days=2)
        await worker.deliver(one)
    assert [outcome for _, outcome in await outcomes(scene, one)] == ["failed", "delivered"]


async def test_a_retry_keeps_its_week(scene: Scene) -> None:
    """What an active subscriber is to be sent again is there, however old; what is over goes."""
    worker = Worker(scene)
    scene.clock.now = datetime(2020, 1, 8, 12, tzinfo=UTC)
    await keep_weeks(scene.database, timedelta(days=90))
    async with receiving(answering(answer(500))) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell_many(scene, 1)
        await worker.deliver(one)
    scene.clock.now += timedelta(days=120)
    count = "select from deliveries where clinic_id = $1"
    await keep_weeks(scene.database, timedelta(days=90))
    assert len(await rows(scene, count)) == 1
    await change(scene, "delete from retries where clinic_id = $1")
    await keep_weeks(scene.database, timedelta(days=90))
    assert len(await rows(scene, count)) == 0


@pytest.mark.parametrize("kept_days", [14, 90])
async def test_rows_outside_weekly_partitions_are_kept_and_expire(scene: Scene, kept_days: int) -> None:
    """A worker that was away for months keeps no clinic from recording anything."""
    scene.clock.now = datetime(2020, 1, 8, 12, tzinfo=UTC)
    one = await subscribe(scene, "https://example.org/")
    await tell_many(scene, 3)
    await change(
        scene,
        "update subscribers set deleted_at = created_at where subscriber_id = $2 and clinic_id = $1",
        one,
    )
    await keep_weeks(scene.database, timedelta(days=kept_days))
    assert date(2020, 1, 6) in await weeks(scene)
    count = "select from notices where clinic_id = $1"
    assert len(await rows(scene, count)) == 3
    scene.clock.now += timedelta(days=kept_days + 7)
    await keep_weeks(scene.database, timedelta(days=kept_days))
    assert len(await rows(scene, count)) == 0
