"""Lists of providers that are never whole, and what no list has any more."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from service.core.orders import Unsure
from service.outbound.providers.calls import PAGES_MAX, paged
from service.outbound.providers.opening import provider_of
from tests.flows.conftest import Scene
from tests.flows.ordering import ACCESS, STAND_INS, Ordering, accounts
from tests.flows.test_provider_orders import NAMES, somebody


@pytest.fixture(params=NAMES)
async def shop(scene: Scene, request: pytest.FixtureRequest) -> AsyncIterator[Ordering]:
    """Give an account with each provider in turn."""
    there = await STAND_INS[request.param]().start()
    made = Ordering(scene, request.param, there)
    try:
        yield await made.begin()
    finally:
        made.client.close()
        await there.stop()


async def test_a_refund_after_the_months_that_are_matched_is_learned_all_the_same(shop: Ordering) -> None:
    """Nobody tells of it and no list has it: some of the older orders are looked up each day."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    assert await shop.settled(asked.id) == "given"
    await shop.later(days=120)
    shop.there.settle(str(asked.id), "canceled")
    await shop.later(days=1, minutes=1)
    assert await shop.status(asked.id) == "reversed"
    assert await accounts(shop.scene, who) == (10_000, 0, 0, 10_000)


async def test_a_list_that_begins_anew_at_each_page_gives_the_account_back(shop: Ordering) -> None:
    """A server that sends full pages for ever keeps no lease: the match is tried again later."""
    shop.there.begins_anew = True
    shop.there.calls.clear()
    assert await shop.later(days=1, minutes=1) >= 1
    pages = [path for _, _, path in shop.there.calls if path.startswith(("/orders", "/gifts"))]
    assert len(pages) == 2
    assert (await shop.known()).fault == "unreadable"


async def test_a_list_without_an_end_is_asked_for_so_many_pages() -> None:
    """And pages of a list that ends are put together, whatever their number."""
    asked: list[int] = []

    async def page(seen: int) -> list[int]:
        asked.append(seen)
        return list(range(seen, seen + 10))

    assert await paged(page, 10) == Unsure("unreadable")
    assert asked == list(range(0, 10 * PAGES_MAX, 10))

    async def ending(seen: int) -> list[int]:
        return list(range(seen, min(seen + 10, 25)))

    assert await paged(ending, 10) == list(range(25))


async def test_a_reference_that_is_an_address_leads_nowhere_else(scene: Scene) -> None:
    """What a provider calls an order stands in the path as one part, whatever it is."""
    there = await STAND_INS["tremendous"]().start()
    made = await Ordering(scene, "tremendous", there).begin()
    provider = provider_of(ACCESS["tremendous"], there.url, made.client, _at_once)
    there.calls.clear()
    await provider.look_up("x", "R1/../../funding_sources?a=b")
    assert [path.partition("?")[0] for _, _, path in there.calls] == [
        "/orders/R1%2F..%2F..%2Ffunding_sources%3Fa%3Db"
    ]
    made.client.close()
    await there.stop()


async def _at_once() -> None:
    """Wait for no turn."""
