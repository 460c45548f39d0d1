"""What a point is worth is dated, and a reward's fair value is stated or follows from its price."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from schemas.shelf import NewReward, Redemption, Reward, RewardChange
from service.flows.ledger.points_worth import list_points_worth
from service.flows.shelf.redemptions import give_redemption
from service.flows.shelf.rewards import add_reward, change_reward, list_rewards, read_reward
from tests.flows.conftest import TODAY
from tests.flows.giving import ALL, bought, card, credited, line, worth

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


@pytest.fixture(autouse=True)
async def ten_cents(scene: Scene) -> None:
    """Say what the tests below rely on: a point is worth ten cents."""
    await worth(scene, 10)


async def test_a_fair_value_is_stated_changed_and_left_to_the_price_again(scene: Scene) -> None:
    """A price in money is its own worth; one in points is what the clinic says of them today."""
    reward = await card(scene)

    async def changed(fair_value: int | None) -> Reward:
        now = await scene.done(lambda act: read_reward(act, reward.id))
        change = RewardChange(fair_value=fair_value)
        return await scene.value(lambda act: change_reward(act, reward.id, change, now.revision or 0))

    after = await changed(2000)
    assert (after.fair_value, after.fair_value_stated) == (2000, True)
    await worth(scene, 20)
    assert (await scene.value(lambda act: read_reward(act, reward.id))).fair_value == 2000
    after = await changed(None)
    assert (after.fair_value, after.fair_value_stated) == (5000, False)
    listed = await scene.value(lambda act: list_rewards(act, ALL))
    assert [one.fair_value for one in listed.items] == [5000]
    assert (await card(scene, 700, "usd")).fair_value == 700


async def test_what_costs_draws_is_added_with_its_fair_value(scene: Scene) -> None:
    """Draws have no price in money, so nothing else could say what it is worth."""
    new = NewReward("Card", "draw", 3, "item", "gift-cards")
    assert await scene.refusal(lambda act: add_reward(act, new)) == ("invalid", ("$.fair_value",))
    assert (await card(scene, 3, "draw", 2500)).fair_value == 2500


async def test_the_worth_of_a_day_is_the_latest_said_for_it(scene: Scene) -> None:
    """Dated and never overwritten: of two for one day the newest holds; one of a later day waits for it."""
    later = TODAY + timedelta(days=30)
    await worth(scene, 50, later)
    await worth(scene, 12, None)
    await worth(scene, 11, TODAY - timedelta(days=400))
    page = await scene.value(lambda act: list_points_worth(act, ALL))
    assert [one.amount for one in page.items] == [11, 12, 50, 10]
    days = (TODAY - timedelta(days=401), TODAY - timedelta(days=1), TODAY, later)
    held = []
    for day in days:
        found = await scene.value(partial(list_points_worth, page=ALL, on=day))
        held.append([one.amount for one in found.items])
    assert held == [[], [11], [12], [50]]
    assert (await card(scene, 10)).fair_value == 120
    assert (await scene.deeds()).count("points_worth.set") == 4


async def test_a_worth_is_kept_as_it_was_when_something_was_asked_for(scene: Scene) -> None:
    """Held at ten cents a point and given at twenty, it is what it was."""
    who = await scene.participant()
    await credited(scene, who, 250)
    held = await bought(scene, who, await card(scene, instant=False))
    assert isinstance(held, Redemption)
    await worth(scene, 20)
    assert (await scene.value(lambda act: give_redemption(act, held.id))).fair_value == 2500
    assert (await line(scene)).given == 2500
