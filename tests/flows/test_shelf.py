"""The shelf holds what may be on it, counts its stock, and gives each code once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from schemas.proposals import WriteOff
from schemas.shelf import Coded, NewCodes, NewReward, Reward, RewardChange, StockChange, Stocked
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.perform import Done
from service.flows.shelf.rewards import (
    add_codes,
    add_reward,
    change_reward,
    change_stock,
    list_rewards,
    read_reward,
)
from service.flows.shelf.write_offs import approve_write_off

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene


def adding(reward: NewReward) -> Operation[Reward]:
    """Add a reward."""
    return lambda act: add_reward(act, reward)


def changing(reward: UUID, change: RewardChange, revision: int = 1) -> Operation[Reward]:
    """Change a reward."""
    return lambda act: change_reward(act, reward, change, revision)


def stocking(reward: UUID, change: int) -> Operation[Stocked]:
    """Change an item's stock, or propose to."""
    return lambda act: change_stock(act, reward, StockChange(change, "Counted again"))


def approving(stocked: Stocked) -> Operation[WriteOff]:
    """Approve what a write-off proposes."""
    write_off = stocked.write_off
    assert write_off is not None
    return lambda act: approve_write_off(act, write_off)


def coding(reward: UUID, *codes: str) -> Operation[Coded]:
    """Add codes."""
    return lambda act: add_codes(act, reward, NewCodes(codes))


async def test_a_reward_comes_back_as_added(scene: Scene) -> None:
    """An item without stock never runs out."""
    new = NewReward("Yoga mat", "points", 40, "item", "wellness", description="Blue")
    done = await scene.done(adding(new))
    read = await scene.done(lambda act: read_reward(act, done.value.id))
    assert (done.made, done.revision, read.revision) == ("created", 1, 1)
    assert read.value == done.value
    assert (read.value.stock, read.value.active, read.value.instant) == (None, True, False)


@pytest.mark.parametrize(
    ("name", "category", "places"),
    [
        ("Mug", "alcohol", ("$.category",)),
        ("Six beers", "drinks", ("$.name",)),
        ("Cigarros", "tobacco", ("$.category", "$.name")),
    ],
)
async def test_forbidden_rewards_are_refused_at_the_field_that_names_them(
    scene: Scene, name: str, category: str, places: tuple[str, ...]
) -> None:
    """Adding it and changing something into it are refused alike."""
    new = NewReward(name, "usd", 100, "item", category)
    assert await scene.refusal(adding(new)) == ("category_not_allowed", places)
    reward = await scene.reward()
    change = RewardChange(name=name, category=category)
    assert await scene.refusal(changing(reward.id, change)) == ("category_not_allowed", places)


async def test_a_change_of_what_somebody_else_changed_is_refused(scene: Scene) -> None:
    """Of ten people who read the same revision, one changes it; the stock is no part of the revision."""
    reward = await scene.reward(stock=3)
    await scene.value(stocking(reward.id, 1))
    changes = [RewardChange(price=price) for price in range(1, 11)]
    answers = await asyncio.gather(*(scene.ask(changing(reward.id, change)) for change in changes))
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert await scene.refusal(changing(reward.id, changes[0])) == ("precondition_failed", ())
    done = await scene.done(changing(reward.id, RewardChange(active=False, description=None), 2))
    assert (done.revision, done.value.active, done.value.stock) == (3, False, 4)


async def test_an_empty_change_keeps_the_revision(scene: Scene) -> None:
    """Saying what is so already changes nothing."""
    reward = await scene.reward()
    assert (await scene.done(changing(reward.id, RewardChange(price=reward.price)))).revision == 1


async def test_stock_never_falls_below_none(scene: Scene) -> None:
    """What is not there cannot be written off, however many propose it and approve it at once."""
    reward = await scene.reward(stock=10)
    assert await scene.refusal(stocking(reward.id, -11)) == ("out_of_stock", ("$.change",))
    proposed = await asyncio.gather(*(scene.value(stocking(reward.id, -1)) for _ in range(30)))
    assert (await scene.value(lambda act: read_reward(act, reward.id))).stock == 10
    answers = await asyncio.gather(*(scene.ask_another(approving(one)) for one in proposed))
    assert sum(isinstance(answer, Done) for answer in answers) == 10
    assert {answer.code for answer in answers if isinstance(answer, Refused)} == {"out_of_stock"}
    assert await scene.refusal(stocking(reward.id, -1)) == ("out_of_stock", ("$.change",))
    assert (await scene.value(lambda act: read_reward(act, reward.id))).stock == 0
    assert await scene.refusal(stocking(reward.id, 1_000_001)) == ("invalid", ("$.change",))


async def test_an_item_that_was_not_counted_is_counted_from_its_first_change(scene: Scene) -> None:
    """There are as many as the first change brings."""
    reward = await scene.reward()
    assert (await scene.value(stocking(reward.id, 5))).stock == 5


async def test_a_code_reward_s_stock_is_its_codes(scene: Scene) -> None:
    """It begins with none, is given at once, and takes no other stock."""
    reward = await scene.code_reward()
    assert (reward.stock, reward.instant) == (0, True)
    assert (await scene.value(coding(reward.id, "A-1", " A-2 "))).stock == 2
    assert await scene.refusal(stocking(reward.id, 1)) == ("invalid", ("$.change",))
    assert await scene.refusal(changing(reward.id, RewardChange(instant=False))) == (
        "invalid",
        ("$.instant",),
    )
    counted = NewReward("Card", "usd", 100, "code", "gift-cards", stock=3)
    assert await scene.refusal(adding(counted)) == ("invalid", ("$.stock",))


async def test_a_code_is_added_once_in_a_clinic(scene: Scene) -> None:
    """Codes known already are named by their places, and then none is added."""
    first, second = await scene.code_reward(), await scene.code_reward()
    await scene.value(coding(first.id, "A-1", "A-2"))
    known = ("codes_known", ("$.codes[1]", "$.codes[3]"))
    assert await scene.refusal(coding(second.id, "B-1", "A-2", "B-2", "B-1 ")) == known
    assert (await scene.value(lambda act: read_reward(act, second.id))).stock == 0
    assert await scene.refusal(coding(second.id, "B-1", "  ")) == ("invalid", ("$.codes[1]",))
    elsewhere = await scene.elsewhere()
    theirs = await elsewhere.code_reward()
    assert (await elsewhere.value(coding(theirs.id, "A-1"))).stock == 1


async def test_the_same_codes_added_ten_times_at_once_are_added_once(scene: Scene) -> None:
    """To one reward or to several, a code is in one place."""
    rewards = [await scene.code_reward() for _ in range(5)]
    asked = [scene.ask(coding(reward.id, "A-1", "A-2")) for reward in rewards * 2]
    answers = await asyncio.gather(*asked)
    assert sum(isinstance(answer, Done) for answer in answers) == 1


async def test_an_item_takes_no_codes_and_no_code_is_kept_in_plain(scene: Scene) -> None:
    """A code is as good as money."""
    item, reward = await scene.reward(), await scene.code_reward()
    assert await scene.refusal(coding(item.id, "A-1")) == ("invalid", ("$.codes",))
    await scene.value(coding(reward.id, "SECRET-CODE"))
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow("select code, code_index from reward_codes")
    assert row is not None
    assert b"SECRET" not in row["code"] + row["code_index"]


async def test_the_shelf_is_listed_by_what_is_offered(scene: Scene) -> None:
    """Newest first, by category and by whether it is on the shelf."""
    ticket, card = await scene.reward(), await scene.code_reward()
    await scene.value(changing(ticket.id, RewardChange(active=False)))
    whole = await scene.value(lambda act: list_rewards(act, Page()))
    active = await scene.value(lambda act: list_rewards(act, Page(), active=True))
    outings = await scene.value(lambda act: list_rewards(act, Page(), category="outings"))
    first = await scene.value(lambda act: list_rewards(act, Page(1)))
    rest = await scene.value(lambda act: list_rewards(act, Page(1, first.next_cursor)))
    assert [reward.id for reward in whole.items] == [card.id, ticket.id]
    assert [reward.id for reward in active.items] == [card.id]
    assert [reward.id for reward in outings.items] == [ticket.id]
    assert ([reward.id for reward in rest.items], rest.next_cursor) == ([ticket.id], None)
    assert await scene.refusal(lambda act: list_rewards(act, Page(1, "?"))) == ("invalid", ("cursor",))


async def test_a_reward_that_there_is_not_is_not_found(scene: Scene) -> None:
    """One of another clinic is as unknown as one that there never was."""
    theirs = await (await scene.elsewhere()).reward()
    for unknown in (uuid4(), theirs.id):
        deeds: list[Operation[Any]] = [
            changing(unknown, RewardChange()),
            stocking(unknown, 1),
            coding(unknown, "A"),
        ]
        for operation in deeds:
            assert await scene.refusal(operation) == ("not_found", ())
    assert await scene.refusal(lambda act: read_reward(act, theirs.id)) == ("not_found", ())
