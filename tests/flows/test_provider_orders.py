"""What a provider delivers is ordered once, and its money is exact, whatever the provider does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from schemas.providers import ProviderName
from schemas.shelf import NewRedemption
from service.flows.shelf.redemptions import cancel_redemption, redeem
from tests.flows.conftest import Scene
from tests.flows.ordering import STAND_INS, Ordering, accounts

NAMES: tuple[ProviderName, ...] = ("tremendous", "tango", "giftbit")


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


async def somebody(shop: Ordering, cents: int = 10_000) -> UUID:
    """Give somebody with money to spend."""
    return (await shop.scene.enrolled(welcome=cents)).participant


async def test_a_reward_is_ordered_and_given_as_a_link(shop: Ordering) -> None:
    """Its price is set aside until the link is there; then it is shown to those who hand it over."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    assert (asked.status, asked.link) == ("ordered", None)
    assert await accounts(shop.scene, who) == (7500, 2500, 0, 10_000)
    assert await shop.settled(asked.id) == "given"
    read = await shop.read(asked.id)
    assert read.link == shop.there.orders[str(asked.id)].link
    assert (read.settled_by, read.refunded) == (asked.requested_by, 0)
    assert await accounts(shop.scene, who) == (7500, 0, 2500, 10_000)
    assert shop.there.orders[str(asked.id)].face == 2500
    assert shop.there.balance == 97_500


@pytest.mark.parametrize("fault", ["lost_after", "503_after", "garbage"])
async def test_what_may_have_been_ordered_is_looked_up_and_never_ordered_again(
    shop: Ordering, fault: str
) -> None:
    """It was ordered, and we did not hear of it: one order there, and its link here."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    shop.there.order_faults.append(fault)  # type: ignore[arg-type]
    assert await shop.settled(asked.id) == "given"
    one = shop.there.orders[str(asked.id)]
    assert (one.times, len(shop.there.orders), shop.there.balance) == (1, 1, 97_500)
    assert (await shop.read(asked.id)).link == one.link


@pytest.mark.parametrize("fault", ["lost_before", "503_before"])
async def test_an_order_that_never_arrived_fails_after_an_hour_and_is_not_sent_again(
    shop: Ordering, fault: str
) -> None:
    """It may still arrive, so nothing is said for an hour; then the price is available again."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    shop.there.order_faults.append(fault)  # type: ignore[arg-type]
    await shop.round()
    await shop.later(minutes=50)
    assert await shop.status(asked.id) == "awaiting_provider"
    assert await shop.settled(asked.id) == "failed"
    assert shop.there.orders == {}
    orders = [call for call in shop.there.calls if call[1] == "POST"]
    assert len(orders) == 1
    assert await accounts(shop.scene, who) == (10_000, 0, 0, 10_000)


async def test_a_provider_that_is_busy_is_left_alone_and_then_gets_the_order(shop: Ordering) -> None:
    """429 did nothing: the order waits as long as it was told to, and is sent then."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    shop.there.retry_after = "120"
    shop.there.order_faults.append("429")
    await shop.round()
    assert await shop.status(asked.id) == "ordered"
    assert await shop.later(seconds=100) == 0
    assert await shop.settled(asked.id) == "given"
    assert shop.there.orders[str(asked.id)].times == 1


async def test_refused_credentials_keep_the_order_waiting(shop: Ordering) -> None:
    """A wrong key loses nobody their reward: it is given once the key is right again."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    shop.there.order_faults.append("denied")
    await shop.round()
    known = await shop.known()
    assert (await shop.status(asked.id), known.fault) == ("ordered", "denied")
    assert known.shut_until is not None
    assert await shop.settled(asked.id) == "given"


async def test_a_server_that_is_gone_keeps_the_order_waiting_and_its_circuit_opens(shop: Ordering) -> None:
    """No connection came about, so nothing was ordered: it is sent once there is one again."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    port = int(shop.there.url.rsplit(":", 1)[1])
    await shop.there.stop()
    for _ in range(10):
        await shop.later(seconds=40)
    known = await shop.known()
    assert (await shop.status(asked.id), known.fault) == ("ordered", "unreachable")
    assert known.shut_until is not None
    await shop.there.start(port)
    assert await shop.settled(asked.id) == "given"
    assert shop.there.orders[str(asked.id)].times == 1


async def test_a_rejected_order_returns_the_price(shop: Ordering) -> None:
    """Its provider does not take it: it failed, and the price is available again."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    shop.there.rejects = True
    assert await shop.settled(asked.id) == "failed"
    assert await accounts(shop.scene, who) == (10_000, 0, 0, 10_000)


async def test_an_order_waits_for_money_and_is_given_once_it_is_there(shop: Ordering) -> None:
    """Somebody else spent what the account held: it waits, and nobody has to ask again."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    shop.there.balance = 2499
    await shop.round()
    assert await shop.status(asked.id) == "awaiting_funds"
    assert await accounts(shop.scene, who) == (7500, 2500, 0, 10_000)
    # What is known to be too little is asked about before anything is sent in vain.
    sent = [call for call in shop.there.calls if call[1] == "POST"]
    await shop.later(minutes=11)
    await shop.later(minutes=6)
    assert [call for call in shop.there.calls if call[1] == "POST"] == sent
    shop.there.balance = 2500
    assert await shop.settled(asked.id) == "given"


async def test_too_little_money_refuses_before_ordering_and_warns(shop: Ordering) -> None:
    """What is on order counts as spent; an account that holds less than its warning is low."""
    who, card = await somebody(shop), await shop.reward(2500)
    shop.there.balance = 4000
    await shop.later(minutes=11)
    assert (await shop.known()).is_low
    await shop.redeem(who, card.id)
    refusal = await shop.scene.refusal(lambda act: redeem(act, NewRedemption(who, card.id)))
    assert refusal[0] == "out_of_stock"
    assert await accounts(shop.scene, who) == (7500, 2500, 0, 10_000)


async def test_what_was_given_counts_as_spent_until_the_account_is_asked_again(shop: Ordering) -> None:
    """Nobody is promised the money that a gift of this minute has used up."""
    who, card = await somebody(shop), await shop.reward(2500)
    shop.there.balance = 4000
    await shop.later(minutes=11)
    asked = await shop.redeem(who, card.id)
    await shop.round()
    assert await shop.settled(asked.id) == "given"
    assert (await shop.known()).balance == 1500
    refusal = await shop.scene.refusal(lambda act: redeem(act, NewRedemption(who, card.id)))
    assert refusal[0] == "out_of_stock"


async def test_one_that_is_pending_there_waits_and_may_fail(shop: Ordering) -> None:
    """It is asked about again and again, less and less often; what fails there returns the price here."""
    if shop.name == "giftbit":
        pytest.skip("Giftbit says pending by having no gift yet, and has no failed ones")
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    shop.there.state = "pending"
    await shop.round()
    assert await shop.status(asked.id) == "awaiting_provider"
    await shop.later(minutes=5)
    shop.there.settle(str(asked.id), "failed")
    assert await shop.settled(asked.id) == "failed"
    assert await accounts(shop.scene, who) == (10_000, 0, 0, 10_000)


async def test_what_was_given_and_is_canceled_there_is_reversed_by_the_daily_match(shop: Ordering) -> None:
    """The match names what it found, and what we are behind with is looked up at once."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    assert await shop.settled(asked.id) == "given"
    shop.there.settle(str(asked.id), "canceled")
    await shop.later(days=1, minutes=1)
    assert await shop.status(asked.id) == "reversed"
    read = await shop.read(asked.id)
    assert (read.refunded, read.link) == (2500, None)
    assert await accounts(shop.scene, who) == (10_000, 0, 0, 10_000)
    assert (await shop.known()).differences == 1
    await shop.later(days=1, minutes=1)
    assert (await shop.known()).differences == 0


async def test_an_order_is_canceled_before_it_is_sent(shop: Ordering) -> None:
    """Nothing leaves, and the price is available again."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    done = await shop.scene.value(lambda act: cancel_redemption(act, asked.id), "front_desk")
    assert done.status == "canceled"
    await shop.later(hours=1)
    assert shop.there.orders == {}
    assert await accounts(shop.scene, who) == (10_000, 0, 0, 10_000)


async def test_a_given_one_is_called_back_by_a_manager_where_the_provider_does_that(shop: Ordering) -> None:
    """Tremendous and Giftbit cancel what was not used; Tango has no such call, and it stays given."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    assert await shop.settled(asked.id) == "given"
    assert (await shop.scene.refusal(lambda act: cancel_redemption(act, asked.id), "front_desk"))[0]
    await shop.scene.value(lambda act: cancel_redemption(act, asked.id))
    await shop.round()
    expected = "given" if shop.name == "tango" else "reversed"
    assert await shop.status(asked.id) == expected
    back = 0 if shop.name == "tango" else 2500
    assert await accounts(shop.scene, who) == (7500 + back, 0, 2500 - back, 10_000)


async def test_one_that_is_called_back_while_its_end_is_unknown_is_canceled_once_it_is_known(
    shop: Ordering,
) -> None:
    """Its answer was lost: it is looked up, found delivered, and then its provider is asked to cancel it."""
    who, card = await somebody(shop), await shop.reward(2500)
    asked = await shop.redeem(who, card.id)
    shop.there.order_faults.append("lost_after")
    await shop.round()
    assert await shop.status(asked.id) == "awaiting_provider"
    await shop.scene.value(lambda act: cancel_redemption(act, asked.id), "front_desk")
    for _ in range(5):
        await shop.later(minutes=1)
    assert await shop.status(asked.id) == ("given" if shop.name == "tango" else "reversed")
    assert (await shop.known()).waiting == 0


async def test_a_participant_without_the_money_orders_nothing(shop: Ordering) -> None:
    """What costs more than they have never reaches a provider."""
    who, card = await somebody(shop, 2499), await shop.reward(2500)
    refusal = await shop.scene.refusal(lambda act: redeem(act, NewRedemption(who, card.id)))
    assert refusal[0] == "insufficient_balance"
    two = await shop.scene.refusal(lambda act: redeem(act, NewRedemption(who, card.id, 2)))
    assert two == ("invalid", ("$.quantity",))
    await shop.later(minutes=1)
    assert shop.there.orders == {}
