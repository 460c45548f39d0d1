"""A queue of five hundred orders with an account that takes one call a second, and what goes on beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from service.core.orders import CALLS_APART_S
from service.flows.providers.ordering import serve_account
from tests.flows.ordering import STAND_INS, Ordering, accounts

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

ORDERS = 500
PRICE = 500
BESIDE_EVERY = 25
"""After how many turns of the queue somebody redeems beside it."""
BESIDE_S_MAX = 5.0


class Seconds:
    """A clock that is turned by whoever waits, with the scene's beside it; meanwhile something is done."""

    def __init__(self, scene: Scene, meanwhile: Callable[[], Awaitable[None]]) -> None:
        self.now = 1000.0
        self.waits = 0
        self._scene = scene
        self._meanwhile = meanwhile

    def __call__(self) -> float:
        """Tell the time, in seconds."""
        return self.now

    async def wait(self, some: float) -> None:
        """Turn the clocks on, and now and then do what is to be done meanwhile."""
        self.waits += 1
        if self.waits % BESIDE_EVERY == 0:
            await self._meanwhile()
        self.now += some
        self._scene.clock.now += timedelta(seconds=some)


@pytest.mark.seconds(6)
async def test_five_hundred_orders_drain_at_one_a_second_and_hold_nothing_else_up(scene: Scene) -> None:
    """Each is ordered once, in its second; the same person's redemptions elsewhere are given meanwhile."""
    there, beside = STAND_INS["tango"](), STAND_INS["tremendous"]()
    there.balance = 2 * ORDERS * PRICE
    await there.start()
    await beside.start()
    tango = await Ordering(scene, "tango", there).begin()
    quick = await Ordering(scene, "tremendous", beside).begin()
    try:
        who = (await scene.enrolled(welcome=1_000_000)).participant
        card, other = await tango.reward(PRICE), await quick.reward(1000)
        for _ in range(ORDERS):
            await tango.redeem(who, card.id)
        waiting: list[int] = []

        async def redeem_beside() -> None:
            async with asyncio.timeout(BESIDE_S_MAX):
                asked = await quick.redeem(who, other.id)
                await quick.round()
                assert await quick.status(asked.id) == "given"
            waiting.append(ORDERS - len(there.orders))

        seconds = Seconds(scene, redeem_beside)
        there.seconds = seconds
        there.calls.clear()
        config = replace(tango.config(apart_s=dict(CALLS_APART_S)), wait=seconds.wait, seconds=seconds)
        steps = await serve_account(scene.database, config, scene.clinic, tango.account, asyncio.Event())
    finally:
        tango.client.close()
        quick.client.close()
        await there.stop()
        await beside.stop()
    assert steps >= ORDERS
    moments = [moment for moment, method, _ in there.calls if method == "POST"]
    assert len(moments) == len(there.orders) == ORDERS
    assert {one.times for one in there.orders.values()} == {1}
    every = sorted(moment for moment, _, _ in there.calls)
    assert min(later - earlier for earlier, later in pairwise(every)) >= 1.0 - 1e-6
    # No second goes by in which none is ordered.
    assert moments[-1] - moments[0] == pytest.approx(ORDERS - 1, abs=1.0)
    # All along the queue, not only when it was over.
    assert len(waiting) >= ORDERS // BESIDE_EVERY - 1
    assert waiting[0] > ORDERS - 2 * BESIDE_EVERY
    spent = ORDERS * PRICE + len(waiting) * 1000
    assert await accounts(scene, who) == (1_000_000 - spent, 0, spent, 1_000_000)
