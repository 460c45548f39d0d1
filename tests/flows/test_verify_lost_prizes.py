"""`rewards verify` names every fault that is planted in replaced and taken-back prizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.draws import GivePrize
from service.flows.draws.prizes import give_prize
from tests.flows.changing import approving, limited
from tests.flows.test_lost_prizes import given, replacing, shelved, taking_back
from tests.flows.test_verify_changes import UNGUARDED, fault_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from asyncpg import Connection

    from tests.flows.conftest import Scene

GIVEN_AGAIN = (
    "update prizes set status = 'given', reward_id = (select reward_id from redemption_changes limit 1),"
    " given_at = won_at, given_by = participant_id where status = 'owed'"
)
FAULTS = (
    # the table that is changed and how, and the table that is named
    ("redemption_changes", "update redemption_changes set amount = 1 where alone", "redemption_changes"),
    ("redemption_changes", "update redemption_changes set counted = 1 where alone", "redemption_changes"),
    (
        "redemption_changes",
        "update redemption_changes set prize_id = clinic_id",
        "redemption_changes",
    ),
    ("redemption_changes", "update redemption_changes set code_ids = '{}' where alone", "redemption_changes"),
    ("redemption_changes", "delete from redemption_changes where not alone", "void_codes"),
    ("void_codes", "delete from void_codes", "prizes"),
    ("prizes", "update prizes set fair_value = fair_value * 2 where status = 'given'", "redemption_changes"),
    ("prizes", GIVEN_AGAIN, "prizes"),
    ("prizes", "update prizes set given_by = participant_id where status = 'given'", "prizes"),
    ("gifts", "delete from gifts where worth < 0", "gifts"),
)


@pytest.fixture
async def owner(own_database: str) -> AsyncIterator[Connection]:
    """Open the scene's database as its owner."""
    connection = await asyncpg.connect(own_database)
    yield connection
    await connection.close()


async def furnish(scene: Scene) -> None:
    """Replace a prize, and take two back by two persons, of which one is given again."""
    reward = await shelved(scene)
    one, two = [await given(scene, reward) for _ in range(2)]
    await scene.value(replacing(one.id), "front_desk")
    await limited(scene, 0)
    for again in (True, False):
        asked = await scene.value(taking_back(two.id), "front_desk")
        await scene.by_another(approving(asked.change))
        if again:
            await scene.value(lambda act: give_prize(act, two.id, GivePrize(reward.id)))


async def test_verify_names_a_change_of_a_prize_that_was_not_made_so(scene: Scene, owner: Connection) -> None:
    """Whatever is planted, the first fault that is named lies there; what is put back is clean again."""
    await furnish(scene)
    await owner.execute(UNGUARDED)
    assert await fault_in(scene) is None
    missed: dict[str, object] = {}
    for changed, fault, table in FAULTS:
        await owner.execute(f"create temporary table kept as select * from {changed}")  # noqa: S608  our own words
        done = await owner.execute(fault)
        found = await fault_in(scene)
        if done.endswith(" 0") or found is None or found.table != table or not found.ids:
            missed[fault] = (done, found)
        await owner.execute(f"delete from {changed}")  # noqa: S608  our own words
        await owner.execute(f"insert into {changed} select * from kept; drop table kept")  # noqa: S608
    assert missed == {}
    assert await fault_in(scene) is None
