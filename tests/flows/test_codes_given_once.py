"""A code is given once: what was redeemed is no prize, and a prize is not redeemed, twice over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.draws import GivePrize
from schemas.shelf import NewCodes, NewRedemption, NewReward, Reward
from service.flows.draws.prizes import give_prize
from service.flows.perform import Act, Done
from service.flows.shelf.redemptions import redeem
from service.flows.shelf.rewards import add_codes, add_reward
from service.store import rewards
from tests.flows.drawing import drawing, enrolled
from tests.flows.giving import credited

if TYPE_CHECKING:
    from uuid import UUID

    from tests.flows.conftest import Scene


async def cards(scene: Scene, *codes: str) -> Reward:
    """Put codes on the shelf that can be prizes too."""
    new = NewReward("Card", "usd", 100, "code", "learning")
    made = await scene.value(lambda act: add_reward(act, new))
    return await scene.value(lambda act: add_codes(act, made.id, NewCodes(codes)))


async def won(scene: Scene) -> tuple[UUID, UUID]:
    """Let somebody who has money win a prize from the shelf."""
    made = await enrolled(scene, 1, "pens")
    drawn = await scene.value(drawing(made.participant, 1))
    (prize,) = [one.prize.id for one in drawn.draws if one.prize is not None]
    await credited(scene, made.participant, 1000, "usd")
    return made.participant, prize


async def left_for(scene: Scene, reward: Reward, *, prize: bool) -> int:
    """How many codes the shelf would still give, whatever its stock says; nothing of it is kept."""

    async def operation(act: Act) -> Done[int]:
        if prize:
            found = [await rewards.take_code_for_prize(act, reward.id, act.new_id())]
            return Done(sum(one is not None for one in found))
        return Done(len(await rewards.take_codes(act, reward.id, act.new_id(), 5)))

    async with scene.database.transaction(scene.clinic) as tx:
        await tx.connection.execute("savepoint before")
        done = await operation(Act(tx, scene.actor()))
        await tx.connection.execute("rollback to savepoint before")
    return done.value


async def test_a_code_that_was_a_prize_is_not_redeemed(scene: Scene) -> None:
    """Nor given as another prize."""
    _, prize = await won(scene)
    reward = await cards(scene, "GIFT-1")
    assert await left_for(scene, reward, prize=False) == 1
    await scene.value(lambda act: give_prize(act, prize, GivePrize(reward.id)))
    assert await left_for(scene, reward, prize=False) == 0
    assert await left_for(scene, reward, prize=True) == 0


async def test_a_code_that_was_redeemed_is_no_prize(scene: Scene) -> None:
    """Nor redeemed again."""
    who, _ = await won(scene)
    reward = await cards(scene, "GIFT-1")
    assert await left_for(scene, reward, prize=True) == 1
    await scene.value(lambda act: redeem(act, NewRedemption(who, reward.id)))
    assert await left_for(scene, reward, prize=True) == 0
    assert await left_for(scene, reward, prize=False) == 0


@pytest.mark.parametrize(("given", "again"), [("redemption_id", "prize_id"), ("prize_id", "redemption_id")])
async def test_the_database_gives_no_code_both_ways(scene: Scene, given: str, again: str) -> None:
    """Whatever a query says: the constraint knows it too."""
    reward = await cards(scene, "GIFT-1")
    async with scene.database.transaction(scene.clinic) as tx:
        await tx.connection.execute("savepoint before")
        await tx.connection.execute(
            f"update reward_codes set {given} = $1 where reward_id = $1",  # noqa: S608 -- our own word
            reward.id,
        )
        with pytest.raises(asyncpg.CheckViolationError) as refusal:
            await tx.connection.execute(
                f"update reward_codes set {again} = $1 where reward_id = $1",  # noqa: S608 -- our own word
                reward.id,
            )
        await tx.connection.execute("rollback to savepoint before")
    assert refusal.value.constraint_name == "reward_codes_given_once"
