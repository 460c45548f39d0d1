"""Somebody departs, dies or is erased while a provider is to deliver: it ends once, with its money exact."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schemas.erasures import NewErasure
from schemas.people import Holding, ParticipantStatus
from schemas.providers import ProviderName
from service.core.inbound.presets import ADT
from service.flows.people.erasures import approve_erasure, propose_erasure
from tests.flows.ordering import STAND_INS, Ordering, accounts
from tests.flows.test_departures import changed, status
from tests.flows.test_feeds import became, feed
from tests.flows.test_feeds import changed as said_otherwise
from tests.flows.test_people_of_feeds import A04
from tests.flows.test_planned_visits import holds

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

NAMES: tuple[ProviderName, ...] = ("tremendous", "tango", "giftbit")
GONE: tuple[ParticipantStatus, ...] = ("left", "moved", "deceased")


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


async def ordered(shop: Ordering) -> tuple[UUID, UUID]:
    """Somebody with $100, of whom a card of $25 is on order and not sent yet; and the redemption."""
    who = (await shop.scene.enrolled(welcome=10_000)).participant
    asked = await shop.redeem(who, (await shop.reward(2500)).id)
    return who, asked.id


@pytest.mark.parametrize("gone", GONE)
@pytest.mark.parametrize("held", ["keep", "release"])
async def test_an_order_that_was_not_sent_is_canceled_and_never_sent(
    shop: Ordering, gone: ParticipantStatus, held: Holding
) -> None:
    """Its value is theirs or the clinic's, as the clinic said; the provider hears nothing of it."""
    who, asked = await ordered(shop)
    await changed(shop.scene, who, status(gone, held))
    kept = 10_000 if held == "keep" else 0
    assert await shop.status(asked) == "canceled"
    assert (await accounts(shop.scene, who))[:3] == (kept, 0, 0)
    await shop.later(hours=2)
    assert (shop.there.orders, await shop.status(asked)) == ({}, "canceled")
    assert await holds(shop.scene)
    await changed(shop.scene, who, status("active"))
    assert (await accounts(shop.scene, who))[:3] == (10_000, 0, 0)
    assert await holds(shop.scene)


async def test_one_that_waits_for_money_is_canceled_too(shop: Ordering) -> None:
    """It was not sent: nothing there would ever know of it."""
    who, asked = await ordered(shop)
    shop.there.balance = 100
    await shop.round()
    assert await shop.status(asked) == "awaiting_funds"
    await changed(shop.scene, who, status("deceased", "release"))
    assert await shop.status(asked) == "canceled"
    shop.there.balance = 100_000
    await shop.later(hours=1)
    assert (shop.there.orders, (await accounts(shop.scene, who))[:3]) == ({}, (0, 0, 0))
    assert await holds(shop.scene)


@pytest.mark.parametrize("held", ["keep", "release"])
async def test_what_was_delivered_meanwhile_stays_delivered(shop: Ordering, held: Holding) -> None:
    """It was ordered, and we did not hear of it before they were gone."""
    who, asked = await ordered(shop)
    shop.there.order_faults.append("lost_after")
    await shop.round()
    assert await shop.status(asked) == "awaiting_provider"
    await changed(shop.scene, who, status("deceased", held))
    assert await shop.settled(asked) == "given"
    kept = 7500 if held == "keep" else 0
    assert (await accounts(shop.scene, who))[:3] == (kept, 0, 2500)
    assert shop.there.orders[str(asked)].state == "delivered"
    assert await holds(shop.scene)


@pytest.mark.parametrize("held", ["keep", "release"])
async def test_what_fails_afterwards_follows_the_clinics_word(shop: Ordering, held: Holding) -> None:
    """An order of which nothing was known comes back an hour later: to them, or on to the clinic."""
    who, asked = await ordered(shop)
    shop.there.order_faults.append("lost_before")
    await shop.round()
    await changed(shop.scene, who, status("left", held))
    await changed(shop.scene, who, status("deceased", held))
    assert await shop.settled(asked) == "failed"
    assert (await accounts(shop.scene, who))[:3] == (10_000 if held == "keep" else 0, 0, 0)
    assert await holds(shop.scene)
    await changed(shop.scene, who, status("active"))
    assert (await accounts(shop.scene, who))[:3] == (10_000, 0, 0)
    assert await holds(shop.scene)


async def test_what_is_paid_back_afterwards_is_released_part_by_part(shop: Ordering) -> None:
    """Delivered before they died; then a part of it is paid back, and then the rest."""
    if shop.name != "tremendous":
        pytest.skip("Tremendous alone tells of refunds of a part")
    who, asked = await ordered(shop)
    assert await shop.settled(asked) == "given"
    await changed(shop.scene, who, status("deceased", "release"))
    shop.there.refund(str(asked), 1000)
    await shop.later(days=1, minutes=1)
    assert (await accounts(shop.scene, who))[:3] == (0, 0, 1500)
    assert await holds(shop.scene)
    shop.there.settle(str(asked), "canceled")
    await shop.later(days=1, minutes=1)
    assert await shop.status(asked) == "reversed"
    assert (await accounts(shop.scene, who))[:3] == (0, 0, 0)
    assert await holds(shop.scene)


@pytest.mark.parametrize("fault", ["lost_after", "lost_before"])
async def test_an_erasure_leaves_an_order_to_its_end(shop: Ordering, fault: str) -> None:
    """Its words go; what was on order is given or comes back, as it would have."""
    who, asked = await ordered(shop)
    shop.there.order_faults.append(fault)  # type: ignore[arg-type]
    await shop.round()
    new = NewErasure("They asked for it.")
    made = await shop.scene.value(lambda act: propose_erasure(act, who, new))
    await shop.scene.by_another(lambda act: approve_erasure(act, made.id))
    is_given = fault == "lost_after"
    assert await shop.settled(asked) == ("given" if is_given else "failed")
    assert (await accounts(shop.scene, who))[:3] == ((7500, 0, 2500) if is_given else (10_000, 0, 0))
    assert await holds(shop.scene)


async def test_a_record_system_that_says_so_cancels_what_was_not_sent(scene: Scene) -> None:
    """Nobody pressed anything: the order is canceled all the same, and the value kept."""
    there = await STAND_INS["tremendous"]().start()
    shop = await Ordering(scene, "tremendous", there).begin()
    who = (await scene.enrolled("88-20", welcome=10_000)).participant
    scene.clock.now = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    one = await feed(scene, ADT)
    asked = await shop.redeem(who, (await shop.reward(2500)).id)
    died = said_otherwise(
        A04, ("A04^ADT_A01|B1", "A08^ADT_A01|B3"), ("|U\r", "|U" + "|" * 21 + "20261118|Y\r")
    )
    assert [effect.kind for effect in (await became(one, died)).effects] == ["changed"]
    assert await shop.status(asked.id) == "canceled"
    assert (await accounts(scene, who))[:3] == (10_000, 0, 0)
    assert await holds(scene)
    shop.client.close()
    await there.stop()
