"""A receiver that asks for quiet, or is dead, is left alone; what waits for it uses up no attempt."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from tests.flows.conftest import Scene
from tests.flows.subscribers import Worker, head, subscribe, tell_many
from tests.outbound.receivers import PostedRequest, answer, answering, hanging, receiving

OK = answer(200, b"thanks")


def sequences(asked: list[PostedRequest]) -> list[int]:
    """Read the numbers of what a receiver was sent."""
    return [msgspec.json.decode(one.body)["data"]["sequence"] for one in asked]


@pytest.mark.parametrize("asked_s", [1, 3600])
async def test_a_receiver_that_asks_for_quiet_is_left_alone_for_as_long(scene: Scene, asked_s: int) -> None:
    """429 with Retry-After: nothing else of its notices is sent before, and all of them after."""
    worker = Worker(scene, posts_max=1)
    async with receiving(answering(answer(429, retry_after=str(asked_s)), OK)) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell_many(scene, 3)
        await worker.deliver(one)
        await worker.deliver(one)
        assert sequences(receiver.asked) == [1]
        for _ in range(20):
            scene.clock.now += timedelta(seconds=asked_s * 1.2 + 6)
            await worker.deliver(one)
    assert sorted(set(sequences(receiver.asked))) == [1, 2, 3]
    assert len(receiver.asked) == 4


async def test_the_circuit_of_a_dead_receiver_opens_and_one_probe_closes_it(scene: Scene) -> None:
    """A dead receiver costs one post now and then; once it answers, everything that waited is sent."""
    worker = Worker(scene)
    async with receiving(hanging) as receiver:
        one, port = await subscribe(scene, receiver.url), receiver.port
        await tell_many(scene, 30)
        await worker.deliver(one)
        assert len(receiver.asked) == 8
        stands = await head(scene, one)
        assert (stands["circuit"], stands["tried_sequence"], stands["leased_by"]) == ("open", 8, None)
        await worker.deliver(one)
        assert len(receiver.asked) == 8
        scene.clock.now = stands["paused_until"]
        await worker.deliver(one)
        assert len(receiver.asked) == 9
        assert (await head(scene, one))["circuit"] == "open"
    async with receiving(answering(OK), port=port) as receiver:
        scene.clock.now += timedelta(minutes=10)
        await worker.deliver(one)
        assert sorted(sequences(receiver.asked)) == list(range(1, 31))
        assert (await head(scene, one))["circuit"] == "closed"
