"""Points are money too: what they buy counts at its fair value, against caps and in the year's report."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from schemas.shelf import NewCodes, NewReward, Redemption
from service.core.refusals import Amount, Refused
from service.core.words.refusals.catalog import for_people, in_english
from service.flows.ledger.caps import list_warnings
from service.flows.ledger.tax import tax_report
from service.flows.shelf.redemptions import cancel_redemption, give_redemption, read_redemption
from service.flows.shelf.rewards import add_codes, add_reward, read_reward
from tests.flows.conftest import MONDAY
from tests.flows.giving import ALL, bought, capped, card, credited, line, worth

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


@pytest.fixture(autouse=True)
async def ten_cents(scene: Scene) -> None:
    """Say what the tests below rely on: a point is worth ten cents."""
    await worth(scene, 10)


async def test_the_third_card_bought_with_points_does_not_pass_the_cap(scene: Scene) -> None:
    """Three cards of $25.00 under a cap of $50.00 a year: two are given, and the report says so."""
    who = await scene.participant()
    await credited(scene, who, 1000)
    cap, reward = await capped(scene), await card(scene)
    assert reward.fair_value == 2500
    assert not reward.fair_value_stated
    for _ in range(2):
        given = await bought(scene, who, reward)
        assert isinstance(given, Redemption)
        assert given.fair_value == 2500
    third = await bought(scene, who, reward)
    assert isinstance(third, Refused)
    assert (third.code, third.reason) == ("cap_reached", "cap_reached.none_year")
    assert third.values["cap"] == Amount(5000, "usd")
    for language in ("en", "es"):
        assert "50" in for_people(third, language)
    assert (await line(scene)).given == 5000
    reached = await scene.value(lambda act: list_warnings(act, cap.id, ALL))
    assert {one.percent for one in reached.items} == {80, 100}


async def test_a_refusal_says_what_is_left(scene: Scene) -> None:
    """So that somebody can choose something smaller, and nothing was taken from them."""
    who = await scene.participant()
    await credited(scene, who, 1000)
    await capped(scene, 6000)
    big, small = await card(scene, 400), await card(scene, 200)
    assert isinstance(await bought(scene, who, big), Redemption)
    refusal = await bought(scene, who, big)
    assert isinstance(refusal, Refused)
    assert refusal.values == {
        "worth": Amount(4000, "usd"),
        "cap": Amount(6000, "usd"),
        "left": Amount(2000, "usd"),
    }
    assert "$20.00" in in_english(refusal)
    assert isinstance(await bought(scene, who, small), Redemption)


async def test_money_and_points_share_the_room_of_a_cap(scene: Scene) -> None:
    """What points took is not there for money, and the other way round; what money bought counts once."""
    who = await scene.participant()
    await credited(scene, who, 1000)
    await capped(scene, 6000)
    assert isinstance(await bought(scene, who, await card(scene)), Redemption)
    paid = await credited(scene, who, 4000, "usd")
    assert (paid.paid, paid.clipped) == (3500, 500)
    for_money = await card(scene, 3500, "usd")
    assert isinstance(await bought(scene, who, for_money), Redemption)
    refusal = await bought(scene, who, await card(scene, 1))
    assert isinstance(refusal, Refused)
    found = await line(scene)
    assert (found.credited, found.in_kind, found.net, found.given) == (3500, 2500, 6000, 6000)


async def test_what_is_set_aside_takes_room_and_canceling_gives_it_back(scene: Scene) -> None:
    """A held card is reserved, so that nobody has two for the room of one."""
    who = await scene.participant()
    await credited(scene, who, 1000)
    await capped(scene, 2500)
    reward = await card(scene, instant=False)
    held = await bought(scene, who, reward)
    assert isinstance(held, Redemption)
    assert held.status == "held"
    assert (await scene.value(lambda act: tax_report(act, ALL, 2026))).items == ()
    assert isinstance(await bought(scene, who, reward), Refused)
    await scene.value(lambda act: cancel_redemption(act, held.id))
    again = await bought(scene, who, reward)
    assert isinstance(again, Redemption)
    await scene.value(lambda act: give_redemption(act, again.id))
    assert (await line(scene)).given == 2500


async def test_a_gift_counts_for_the_day_on_which_it_is_handed_over(scene: Scene) -> None:
    """Asked for in December and given in January, it counts for the new year; the old one has room again."""
    who = await scene.participant()
    scene.clock.now = datetime(2026, 12, 30, 20, tzinfo=UTC)
    await credited(scene, who, 1000)
    await capped(scene, 4000)
    reward = await card(scene, instant=False)
    held = await bought(scene, who, reward)
    assert isinstance(held, Redemption)
    scene.clock.now = datetime(2027, 1, 2, 20, tzinfo=UTC)
    await scene.value(lambda act: give_redemption(act, held.id))
    assert (await line(scene, 2027)).given == 2500
    assert isinstance(await bought(scene, who, reward), Refused)
    scene.clock.now = datetime(2026, 12, 31, 20, tzinfo=UTC)
    assert isinstance(await bought(scene, who, reward), Redemption)


async def test_handing_over_never_passes_the_cap_of_the_day(scene: Scene) -> None:
    """It stays set aside, and can be handed over when there is room, or canceled."""
    who = await scene.participant()
    await credited(scene, who, 1000)
    await capped(scene, 3000, "week")
    reward = await card(scene, instant=False)
    held = await bought(scene, who, reward)
    assert isinstance(held, Redemption)
    scene.clock.now = MONDAY + timedelta(days=7)
    await credited(scene, who, 1000, "usd")
    answer = await scene.ask(lambda act: give_redemption(act, held.id))
    assert isinstance(answer, Refused)
    assert answer.reason == "cap_reached.handed_over"
    assert (await scene.value(lambda act: read_redemption(act, held.id))).status == "held"
    scene.clock.now = MONDAY + timedelta(days=14)
    assert (await scene.value(lambda act: give_redemption(act, held.id))).status == "given"


async def test_two_at_once_never_share_the_last_room(scene: Scene) -> None:
    """Ten ask at the same moment for what there is room for once."""
    who = await scene.participant()
    await credited(scene, who, 5000)
    await capped(scene, 3000)
    reward = await card(scene)
    answers = await asyncio.gather(*(bought(scene, who, reward) for _ in range(10)))
    assert sum(isinstance(one, Redemption) for one in answers) == 1


async def test_a_funder_s_cap_counts_what_its_own_points_bought(scene: Scene) -> None:
    """Points are spent in the order earned, so the first card is the county's and the second the clinic's."""
    who = await scene.participant()
    await credited(scene, who, 250, funding="county")
    scene.clock.now = MONDAY + timedelta(hours=1)
    await credited(scene, who, 500)
    await capped(scene, 2500, funding="county")
    reward = await card(scene)
    for _ in range(3):
        assert isinstance(await bought(scene, who, reward), Redemption)
    await credited(scene, who, 250, funding="county")
    refusal = await bought(scene, who, reward)
    assert isinstance(refusal, Refused)
    assert refusal.reason == "cap_reached.none_year"


async def test_a_card_of_two_funders_counts_for_each_in_its_share(scene: Scene) -> None:
    """A hundred points of the county's and a hundred and fifty of the clinic's are $10.00 and $15.00."""
    who = await scene.participant()
    await credited(scene, who, 100, funding="county")
    scene.clock.now = MONDAY + timedelta(hours=1)
    await credited(scene, who, 150)
    await capped(scene, 1000, funding="county")
    assert isinstance(await bought(scene, who, await card(scene)), Redemption)
    assert (await credited(scene, who, 1, "usd", funding="county")).paid == 0


async def test_a_stated_fair_value_counts_whatever_it_costs(scene: Scene) -> None:
    """A card of $40.00 for 100 points is $40.00; one of $30.00 for $20.00 counts $10.00 beside the money."""
    who = await scene.participant()
    await credited(scene, who, 200)
    await credited(scene, who, 2000, "usd")
    await capped(scene, 5500)
    assert isinstance(await bought(scene, who, await card(scene, 2000, "usd", 3000)), Redemption)
    refusal = await bought(scene, who, await card(scene, 100, fair_value=4000))
    assert isinstance(refusal, Refused)
    assert refusal.values["left"] == Amount(2500, "usd")
    found = await line(scene)
    assert (found.credited, found.in_kind, found.net, found.given) == (2000, 1000, 3000, 3000)


async def test_a_refused_card_takes_no_code_and_no_stock(scene: Scene) -> None:
    """Nothing of a refusal is written."""
    who = await scene.participant()
    await credited(scene, who, 1000)
    await capped(scene, 2000)
    new = NewReward("Card", "points", 250, "code", "gift-cards")
    reward = await scene.value(lambda act: add_reward(act, new))
    await scene.value(lambda act: add_codes(act, reward.id, NewCodes(("GIFT-1",))))
    assert isinstance(await bought(scene, who, reward), Refused)
    assert (await scene.value(lambda act: read_reward(act, reward.id))).stock == 1
