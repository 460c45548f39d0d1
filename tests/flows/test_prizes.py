"""A prize from the shelf is owed until a reward of its category is handed over, once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from schemas.draws import GivePrize, Prize
from schemas.shelf import NewCodes, NewReward, Reward, RewardChange
from service.core.cursors import Page
from service.core.refusals import Refused, refused
from service.flows.draws.prizes import give_prize, list_prizes, read_prize
from service.flows.perform import Done
from service.flows.screens.deeds import read_deeds
from service.flows.shelf.rewards import add_codes, add_reward, change_reward
from tests.flows.drawing import balances, drawing, enrolled, reading

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene


def giving(prize: UUID, reward: UUID) -> Operation[Prize]:
    """Give a prize."""
    return lambda act: give_prize(act, prize, GivePrize(reward))


async def on_shelf(scene: Scene, category: str, stock: int) -> Reward:
    """Put an item of a category on the shelf."""
    new = NewReward(f"Something of {category}", "usd", 100, "item", category, stock=stock)
    return await scene.value(lambda act: add_reward(act, new))


async def test_a_prize_from_the_shelf_is_owed_until_a_reward_of_its_category_is_given(scene: Scene) -> None:
    """It is given once, from what is in stock, and moves no balance."""
    made = await enrolled(scene, 3, "pens")
    drawn = await scene.value(drawing(made.participant, 3))
    assert [(one.prize.category, one.prize.status) for one in drawn.draws if one.prize] == [
        ("learning", "owed")
    ] * 3
    owed = (await scene.value(lambda act: list_prizes(act, Page(), status="owed"))).items
    assert [one.index for one in owed] == [2, 1, 0]
    pen = await on_shelf(scene, "learning", stock=1)
    mug = await on_shelf(scene, "household", stock=1)
    assert await scene.refusal(giving(owed[0].id, mug.id)) == ("category_mismatch", ("$.reward",))
    assert await scene.refusal(giving(owed[0].id, uuid4())) == ("unknown_reward", ("$.reward",))
    assert (await scene.refusal(giving(uuid4(), pen.id)))[0] == "not_found"
    given = await scene.value(giving(owed[0].id, pen.id), "front_desk")
    assert (given.status, given.reward, given.given_at) == ("given", pen.id, scene.clock.now)
    assert (await scene.refusal(giving(owed[0].id, pen.id)))[0] == "already_settled"
    assert await scene.refusal(giving(owed[1].id, pen.id)) == ("out_of_stock", ("$.reward",))
    assert await balances(scene, made.participant) == {"draw": (0, 3)}
    left = await scene.value(
        lambda act: list_prizes(act, Page(), status="owed", participant=made.participant)
    )
    assert [one.id for one in left.items] == [owed[1].id, owed[2].id]
    shown = await scene.value(reading(drawn.id))
    assert [one.prize.status for one in shown.draws if one.prize] == ["owed", "owed", "given"]


async def test_a_prize_can_be_a_code_which_is_given_once(scene: Scene) -> None:
    """Those who hand codes over see it again; a list and an auditor do not."""
    made = await enrolled(scene, 2, "pens")
    drawn = await scene.value(drawing(made.participant, 2))
    first, second = (one.prize.id for one in drawn.draws if one.prize)
    new = NewReward("E-book", "usd", 100, "code", "learning")
    reward = await scene.value(lambda act: add_reward(act, new))
    await scene.value(lambda act: add_codes(act, reward.id, NewCodes(("BOOK-1",))))
    given = await scene.value(giving(first, reward.id))
    assert given.code == "BOOK-1"
    assert (await scene.refusal(giving(second, reward.id)))[0] == "out_of_stock"
    assert (await scene.value(lambda act: read_prize(act, first), "front_desk")).code == "BOOK-1"
    assert (await scene.value(lambda act: read_prize(act, first), "auditor")).code is None
    listed = await scene.value(lambda act: list_prizes(act, Page(), status="given"))
    assert [one.code for one in listed.items] == [None]


async def test_the_last_pen_is_given_once_however_many_ask(scene: Scene) -> None:
    """Two owed prizes and one piece: one of them waits."""
    people = [await enrolled(scene, 1, "pens") for _ in range(5)]
    owed = []
    for one in people:
        drawn = await scene.value(drawing(one.participant, 1))
        owed += [slip.prize.id for slip in drawn.draws if slip.prize]
    pen = await on_shelf(scene, "learning", stock=1)
    answers = await asyncio.gather(*(scene.ask(giving(prize, pen.id)) for prize in owed))
    assert sum(isinstance(one, Done) for one in answers) == 1
    assert [one.code for one in answers if isinstance(one, Refused)] == ["out_of_stock"] * 4


async def test_who_put_a_reward_among_the_small_prizes_gives_it_to_nobody(scene: Scene) -> None:
    """Neither what is expensive leaves as a small prize by one person, nor by a key; a colleague gives it."""
    made = await enrolled(scene, 2, "pens")
    drawn = await scene.value(drawing(made.participant, 2))
    first, second = (one.prize.id for one in drawn.draws if one.prize)
    phone = await on_shelf(scene, "electronics", 2)
    moved = RewardChange(category="learning")
    await scene.value(lambda act: change_reward(act, phone.id, moved, 1))
    answer = await scene.ask(giving(first, phone.id))
    assert answer == refused("second_person_needed.category")
    assert (await scene.by_another(giving(first, phone.id))).status == "given"
    await scene.by_another(lambda act: change_reward(act, phone.id, moved, 2))
    assert (await scene.value(giving(second, phone.id))).status == "given"


async def test_prizes_count_by_their_worth_on_the_day_of_whoever_gives_them(scene: Scene) -> None:
    """Beyond $250.00 to one participant somebody else gives them, and the report of deeds names them."""
    made = await enrolled(scene, 3, "pens")
    drawn = await scene.value(drawing(made.participant, 3))
    owed = [one.prize.id for one in drawn.draws if one.prize]
    new = NewReward("Tablet", "usd", 12_500, "item", "learning", stock=9)
    tablet = await scene.value(lambda act: add_reward(act, new))
    for prize in owed[:2]:
        await scene.value(giving(prize, tablet.id), "front_desk")
    assert await scene.refusal(giving(owed[2], tablet.id), "front_desk") == ("second_person_needed", ())
    await scene.value(giving(owed[2], tablet.id), "clinician")
    report = await scene.value(lambda act: read_deeds(act, None, None))
    [own] = [one for one in report.items if one.by == scene.actor("front_desk").id]
    assert (own.given, own.given_usd) == (2, 25_000)
