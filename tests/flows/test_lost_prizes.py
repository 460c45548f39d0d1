"""A prize that is lost, used or void is replaced or taken back as a redemption is, and the books hold."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from schemas.draws import GivePrize, Prize
from schemas.program import Bowl, Tier
from schemas.redemption_changes import NewPrizeReplacement, NewTakeBack
from schemas.shelf import NewCodes, NewReward, Reward
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.draws.prizes import give_prize, list_prizes, read_prize
from service.flows.perform import Done
from service.flows.screens.given import read_given
from service.flows.shelf.lost_prizes import replace_prize, take_back_prize
from service.flows.shelf.redemption_changes import list_redemption_changes
from service.flows.shelf.rewards import add_codes, add_reward
from tests.flows.changing import CODES, WHY, approving, left, limited, refusing, taxed
from tests.flows.drawing import drawing, enrolled

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.shelf import RewardKind
    from tests.flows.conftest import Operation, Scene

WORTH = 2500
PENS = Bowl("pens", (Tier("a pen", 3, category="learning"),))


def replacing(prize: UUID, *, another: bool = False) -> Operation[Prize]:
    """Replace a prize."""
    return lambda act: replace_prize(act, prize, NewPrizeReplacement(WHY, another))


def taking_back(prize: UUID, *, restock: bool = False) -> Operation[Prize]:
    """Take a prize back."""
    return lambda act: take_back_prize(act, prize, NewTakeBack(WHY, restock))


async def shelved(scene: Scene, kind: RewardKind = "code", worth: int | None = WORTH) -> Reward:
    """Put something on the shelf that a pen can be given as."""
    stock = 4 if kind == "item" else None
    new = NewReward("Card", "usd", 2500, kind, "learning", stock=stock, fair_value=worth)
    made = await scene.value(lambda act: add_reward(act, new))
    if kind == "item":
        return made
    return await scene.value(lambda act: add_codes(act, made.id, NewCodes(CODES[:4])))


async def given(scene: Scene, reward: Reward) -> Prize:
    """Let somebody win a pen and hand it over as a reward."""
    made = await enrolled(scene, bowl=PENS.name)
    await scene.value(drawing(made.participant, 1))
    (owed,) = (await scene.value(lambda act: list_prizes(act, Page(), participant=made.participant))).items
    return await scene.value(lambda act: give_prize(act, owed.id, GivePrize(reward.id)), "front_desk")


async def test_replaced_card_has_a_second_code_and_counts_once(scene: Scene) -> None:
    """Its first code is void, what it counts for stays, and whoever may see no codes sees none."""
    reward = await shelved(scene)
    first = await given(scene, reward)
    assert (first.code, await left(scene, reward.id)) == (CODES[0], 3)
    tax = await taxed(scene)
    replaced = await scene.value(replacing(first.id), "front_desk")
    assert (replaced.status, replaced.code, replaced.void_codes) == ("given", CODES[1], (CODES[0],))
    assert (replaced.given_at, replaced.given_by) == (first.given_at, first.given_by)
    assert (await taxed(scene), await left(scene, reward.id)) == (tax, 2)
    hidden = await scene.value(lambda act: read_prize(act, first.id), "auditor")
    assert (hidden.code, hidden.void_codes) == (None, ())
    (shown,) = (await scene.value(lambda act: read_given(act, first.participant), "front_desk")).prizes
    assert (shown.prize.code, shown.name, shown.waits) == (CODES[1], "Card", None)
    (change,) = (await scene.value(lambda act: list_redemption_changes(act, Page(), prize=first.id))).items
    assert (change.prize, change.redemption, change.amount, change.unit) == (first.id, None, WORTH, "usd")
    assert (change.participant, change.reward, change.alone) == (first.participant, reward.id, True)
    assert change in (await scene.value(lambda act: list_redemption_changes(act, Page()))).items


async def test_prize_that_is_taken_back_is_owed_and_can_be_given_again(scene: Scene) -> None:
    """It counts for nothing meanwhile, its code is void, and the next one is another."""
    reward = await shelved(scene)
    first = await given(scene, reward)
    back = await scene.value(taking_back(first.id), "front_desk")
    assert (back.status, back.reward, back.code, back.void_codes) == ("owed", None, None, (CODES[0],))
    assert await left(scene, reward.id) == 3
    again = await scene.value(lambda act: give_prize(act, first.id, GivePrize(reward.id)), "front_desk")
    assert (again.code, again.fair_value) == (CODES[1], WORTH)
    scene.clock.now += timedelta(minutes=1)
    assert (await scene.value(replacing(first.id))).code == CODES[2]
    assert (await scene.value(taking_back(first.id))).void_codes == CODES[:3]
    dear = await shelved(scene, "item", 2 * WORTH)
    last = await scene.value(lambda act: give_prize(act, first.id, GivePrize(dear.id)))
    assert (last.code, last.fair_value) == (None, 2 * WORTH)


@pytest.mark.parametrize(("restock", "after"), [(True, 4), (False, 3)])
async def test_item_goes_back_on_the_shelf_or_is_gone(scene: Scene, restock: bool, after: int) -> None:
    """A replacement takes a piece, and a piece that is taken back returns where that is said."""
    reward = await shelved(scene, "item")
    first = await given(scene, reward)
    await scene.value(taking_back(first.id, restock=restock))
    assert await left(scene, reward.id) == after
    await scene.value(lambda act: give_prize(act, first.id, GivePrize(reward.id)))
    await scene.value(replacing(first.id))
    assert await left(scene, reward.id) == after - 2


async def test_only_what_was_handed_over_is_changed(scene: Scene) -> None:
    """What is owed, unknown or of another clinic is refused; a code never goes back on the shelf."""
    reward = await shelved(scene)
    made = await enrolled(scene, bowl=PENS.name)
    await scene.value(drawing(made.participant, 1))
    (owed,) = (await scene.value(lambda act: list_prizes(act, Page()))).items
    elsewhere = await scene.elsewhere()
    theirs = await given(elsewhere, await shelved(elsewhere))
    for step in (replacing, taking_back):
        assert await scene.refusal(step(owed.id)) == ("not_given", ())
        for unknown in (uuid4(), theirs.id):
            assert await scene.refusal(step(unknown)) == ("not_found", ())
    await scene.value(lambda act: give_prize(act, owed.id, GivePrize(reward.id)))
    assert await scene.refusal(taking_back(owed.id, restock=True)) == ("invalid", ("$.restock",))


async def test_twenty_replacements_at_once_give_one_code(scene: Scene) -> None:
    """The other nineteen hear that it was replaced already; one that is meant gives another."""
    reward = await shelved(scene)
    first = await given(scene, reward)
    answers = await asyncio.gather(*(scene.ask(replacing(first.id)) for _ in range(20)))
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Refused)} == {"already_changed"}
    assert (await scene.value(replacing(first.id, another=True))).code == CODES[2]
    assert (await scene.value(replacing(first.id, another=True))).code == CODES[3]
    assert await scene.refusal(replacing(first.id, another=True)) == ("out_of_stock", ())


async def test_above_the_limit_of_worth_another_person_approves(scene: Scene) -> None:
    """All that one person replaced and took back that day counts together, redemptions and prizes alike."""
    await limited(scene, 2 * WORTH)
    reward = await shelved(scene)
    one, two, three = [await given(scene, reward) for _ in range(3)]
    assert (await scene.value(replacing(one.id), "front_desk")).code == CODES[3]
    assert (await scene.value(taking_back(two.id), "front_desk")).status == "owed"
    waits = await scene.done(taking_back(three.id), "front_desk")
    assert (waits.made, waits.value.status, waits.value.code) == ("proposed", "given", CODES[2])
    assert await scene.refusal(replacing(three.id)) == ("already_changed", ())
    assert await scene.refusal(approving(waits.value.change), "front_desk") == ("same_person", ())
    await scene.value(refusing(waits.value.change))
    asked = await scene.done(taking_back(three.id), "front_desk")
    done = await scene.value(approving(asked.value.change))
    assert (done.status, done.prize) == ("approved", three.id)
    assert (await scene.value(lambda act: read_prize(act, three.id))).status == "owed"
