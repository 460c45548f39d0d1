"""Stock is written off by two persons, or not at all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import asyncpg
import pytest

from schemas.proposals import WriteOff
from schemas.shelf import NewRedemption, Reward, StockChange, Stocked
from service.core.cursors import Page
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.flows.perform import Again, Done, Once
from service.flows.shelf.redemptions import redeem
from service.flows.shelf.rewards import change_stock, read_reward
from service.flows.shelf.write_offs import (
    approve_write_off,
    list_write_offs,
    read_write_off,
    refuse_write_off,
)

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene

WHY = "Two were torn in the rain"


def stocking(reward: UUID, change: int) -> Operation[Stocked]:
    """Change an item's stock, or propose to."""
    return lambda act: change_stock(act, reward, StockChange(change, WHY))


def approving(write_off: UUID) -> Operation[WriteOff]:
    """Approve a write-off."""
    return lambda act: approve_write_off(act, write_off)


def refusing(write_off: UUID, reason: str | None = "They were found again") -> Operation[WriteOff]:
    """Refuse a write-off."""
    return lambda act: refuse_write_off(act, write_off, reason)


def reading(write_off: UUID) -> Operation[WriteOff]:
    """Read a write-off."""
    return lambda act: read_write_off(act, write_off)


async def proposed(scene: Scene, reward: Reward, pieces: int) -> UUID:
    """Propose to write off pieces, and give the write-off's id."""
    stocked = await scene.value(stocking(reward.id, -pieces))
    assert stocked.write_off is not None
    return stocked.write_off


async def left(scene: Scene, reward: Reward) -> int | None:
    """Give what is left of a reward."""
    return (await scene.value(lambda act: read_reward(act, reward.id))).stock


async def test_fewer_pieces_are_a_proposal_and_the_stock_stays(scene: Scene) -> None:
    """The answer is the reward as it stands, with what another person approves; more pieces come at once."""
    reward = await scene.reward(stock=5)
    done = await scene.done(stocking(reward.id, -2))
    assert (done.made, done.value.stock) == ("proposed", 5)
    assert done.value.write_off is not None
    assert await left(scene, reward) == 5
    write_off = await scene.value(reading(done.value.write_off))
    assert (write_off.reward, write_off.pieces, write_off.reason) == (reward.id, 2, WHY)
    assert (write_off.status, write_off.proposed_by) == ("proposed", scene.actor().id)
    more = await scene.done(stocking(reward.id, 1))
    assert (more.made, more.value.stock, more.value.write_off) == ("done", 6, None)


async def test_another_person_s_approval_takes_the_pieces(scene: Scene) -> None:
    """The change of the stock stands on record with its reason and its write-off."""
    reward = await scene.reward(stock=5)
    write_off = await proposed(scene, reward, 2)
    approved = await scene.by_another(approving(write_off))
    assert (approved.status, approved.settled_by) == ("approved", scene.another.id)
    assert await left(scene, reward) == 3
    assert await scene.value(reading(write_off)) == approved
    query = "select change, changed_by, write_off_id, reason from stock_changes where change < 0"
    async with scene.database.transaction(scene.clinic) as tx:
        (row,) = await tx.connection.fetch(query)
        reason = tx.cipher.open(scene.clinic, "stock_changes.reason", row["reason"])
    assert tuple(row)[:3] == (-2, scene.another.id, write_off)
    assert reason.decode() == WHY
    assert {"write_off.proposed", "write_off.approved", "stock.changed"} <= set(await scene.deeds())


async def test_the_proposer_of_a_write_off_cannot_settle_it(scene: Scene) -> None:
    """Neither way, and the database holds the same."""
    reward = await scene.reward(stock=5)
    write_off = await proposed(scene, reward, 2)
    for operation in (approving(write_off), refusing(write_off)):
        assert await scene.refusal(operation) == ("same_person", ())
    alone = "update write_offs set status = 'approved', settled_at = now(), settled_by = proposed_by"
    with pytest.raises(asyncpg.CheckViolationError, match="write_offs_settled_by_another_person"):
        async with scene.database.transaction(scene.clinic) as tx:
            await tx.connection.execute(alone)
    assert await left(scene, reward) == 5


async def test_the_database_takes_no_pieces_away_without_a_write_off(scene: Scene) -> None:
    """A change of the stock that nobody approved does not come on record."""
    await scene.reward(stock=5)
    alone = """
        insert into stock_changes
        (clinic_id, reward_id, stock_change_id, change, reason, changed_by, changed_at)
        select clinic_id, reward_id, gen_random_uuid(), -1, '', changed_by, now() from stock_changes
    """
    with pytest.raises(asyncpg.CheckViolationError, match="stock_changes_fewer_by_a_write_off"):
        async with scene.database.transaction(scene.clinic) as tx:
            await tx.connection.execute(alone)


async def test_a_refused_write_off_leaves_the_stock(scene: Scene) -> None:
    """It cannot be approved afterwards."""
    reward = await scene.reward(stock=5)
    write_off = await proposed(scene, reward, 2)
    refusal = await scene.by_another(refusing(write_off))
    assert (refusal.status, refusal.refusal) == ("refused", "They were found again")
    answer = await scene.ask_another(approving(write_off))
    assert isinstance(answer, Refused)
    assert answer.code == "already_settled"
    assert await left(scene, reward) == 5


async def test_fifty_approvals_of_a_write_off_at_once_take_its_pieces_once(scene: Scene) -> None:
    """The other forty-nine hear that it is settled; one key fifty times is answered the same."""
    reward = await scene.reward(stock=200)
    write_off = await proposed(scene, reward, 2)
    answers = await asyncio.gather(*(scene.ask_another(approving(write_off)) for _ in range(50)))
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Refused)} == {"already_settled"}
    assert await left(scene, reward) == 198
    other = await proposed(scene, reward, 2)
    once = Once("key-1", b"\1" * 32)
    answers = await asyncio.gather(*(scene.ask_another(approving(other), once) for _ in range(50)))
    assert sum(isinstance(answer, Again) for answer in answers) == 49
    assert await left(scene, reward) == 196


async def test_pieces_that_are_gone_meanwhile_are_not_written_off(scene: Scene) -> None:
    """What participants asked for comes first; the words say what is left and what to do."""
    who = (await scene.enrolled(welcome=5000)).participant
    reward = await scene.reward(500, stock=3)
    write_off = await proposed(scene, reward, 3)
    await scene.value(lambda act: redeem(act, NewRedemption(who, reward.id, 2)))
    answer = await scene.ask_another(approving(write_off))
    assert isinstance(answer, Refused)
    assert answer.code == "out_of_stock"
    assert "left (1)" in in_english(answer)
    assert await left(scene, reward) == 1
    assert await scene.refusal(stocking(reward.id, -2)) == ("out_of_stock", ("$.change",))
    await scene.by_another(approving(await proposed(scene, reward, 1)))
    assert await left(scene, reward) == 0


async def test_write_offs_and_redemptions_at_once_never_take_more_than_there_is(scene: Scene) -> None:
    """Ten pieces, thirty who want one: ten get it or lose it."""
    who = (await scene.enrolled(welcome=50_000)).participant
    reward = await scene.reward(500, stock=10)
    offs = [await proposed(scene, reward, 1) for _ in range(15)]
    answers = await asyncio.gather(
        *(scene.ask_another(approving(one)) for one in offs),
        *(scene.ask(lambda act: redeem(act, NewRedemption(who, reward.id))) for _ in range(15)),
    )
    assert sum(isinstance(answer, Done) for answer in answers) == 10
    assert await left(scene, reward) == 0


async def test_an_uncounted_reward_has_nothing_to_write_off(scene: Scene) -> None:
    """Nor has a code reward, whose stock is its codes."""
    item, card = await scene.reward(), await scene.code_reward()
    assert await scene.refusal(stocking(item.id, -1)) == ("out_of_stock", ("$.change",))
    assert await scene.refusal(stocking(card.id, -1)) == ("invalid", ("$.change",))


async def test_write_offs_are_listed_by_status_and_only_in_their_clinic(scene: Scene) -> None:
    """Newest first, page by page; another clinic's is as unknown as none."""
    reward = await scene.reward(stock=5)
    ids = [await proposed(scene, reward, 1) for _ in range(3)]
    await scene.by_another(approving(ids[0]))
    waiting = await scene.value(lambda act: list_write_offs(act, Page(), status="proposed"))
    whole = await scene.value(lambda act: list_write_offs(act, Page(2)))
    rest = await scene.value(lambda act: list_write_offs(act, Page(2, whole.next_cursor)))
    assert [item.id for item in waiting.items] == [ids[2], ids[1]]
    assert [item.id for item in (*whole.items, *rest.items)] == ids[::-1]
    assert await scene.refusal(lambda act: list_write_offs(act, Page(2, "?"))) == ("invalid", ("cursor",))
    elsewhere = await scene.elsewhere()
    theirs = await proposed(elsewhere, await elsewhere.reward(stock=5), 1)
    for unknown in (uuid4(), theirs):
        for operation in (approving(unknown), refusing(unknown), reading(unknown)):
            assert await scene.refusal(operation) == ("not_found", ())
