"""Which brands of a provider may be given: refused with words, and left out of what somebody is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from schemas.brand_rules import NewBrandRule
from schemas.shelf import NewRedemption
from service.flows.screens.ahead import read_offered
from service.flows.shelf.brands import list_brand_rules, set_brand_rule
from service.flows.shelf.redemptions import redeem
from tests.flows.ordering import STAND_INS, Ordering
from tests.flows.test_provider_orders import somebody

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.flows.conftest import Scene


@pytest.fixture
async def shop(scene: Scene) -> AsyncIterator[Ordering]:
    """Give an account with a provider."""
    there = await STAND_INS["tremendous"]().start()
    made = Ordering(scene, "tremendous", there)
    try:
        yield await made.begin()
    finally:
        made.client.close()
        await there.stop()


async def test_what_a_rule_leaves_out_is_hidden_and_refused_until_it_is_allowed(shop: Ordering) -> None:
    """What is no provider's stays; the newest rule of a program holds, and only for whoever is in it."""
    scene = shop.scene
    who, card = await somebody(shop), await shop.reward(2500)
    ticket = await scene.reward()
    name = next(one.name for one in shop.products.values() if one.id == shop.product)
    shelf = {one.id for one in (await scene.value(partial(read_offered, participant_id=who))).enough_for}
    assert shelf == {card.id, ticket.id}
    await scene.value(partial(set_brand_rule, new=NewBrandRule(brands=("No such brand",))))
    shown = await scene.value(partial(read_offered, participant_id=who))
    assert {one.id for one in (*shown.enough_for, *shown.too_dear)} == {ticket.id}
    refusal = await scene.refusal(lambda act: redeem(act, NewRedemption(who, card.id)))
    assert refusal == ("reward_not_offered", ("$.reward",))
    assert (await scene.balance(who)).held == 0
    await scene.value(partial(set_brand_rule, new=NewBrandRule(brands=(name.upper(),))))
    programs = await scene.value(list_brand_rules)
    assert [one.program for one in programs.items] == [None]
    assert (await shop.redeem(who, card.id)).status == "ordered"


async def test_a_rule_of_a_program_that_there_is_not_is_refused(shop: Ordering) -> None:
    """And another clinic has none of ours."""
    wrong = NewBrandRule("nowhere", ("Restaurants",))
    refusal = await shop.scene.refusal(partial(set_brand_rule, new=wrong))
    assert refusal == ("unknown_program", ("$.program",))
    await shop.scene.value(partial(set_brand_rule, new=NewBrandRule(categories=("Restaurants",))))
    elsewhere = await shop.scene.elsewhere()
    assert (await elsewhere.value(list_brand_rules)).items == ()
