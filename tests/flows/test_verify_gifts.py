"""What was given in kind is worked out again, and a fault planted in it by hand is found where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.draws import GivePrize
from schemas.shelf import NewReward
from service.flows.draws.prizes import give_prize
from service.flows.shelf.redemptions import cancel_redemption
from service.flows.shelf.rewards import add_reward
from service.flows.verify.verify import verify
from tests.flows.drawing import drawing, enrolled
from tests.flows.giving import bought, capped, card, credited, worth

if TYPE_CHECKING:
    from schemas.verdicts import BookFault
    from tests.flows.conftest import Scene

FAULTS = [
    # what is planted, and the table that is named
    ("update gifts set worth = worth + 1 where cause = 'prize'", "gifts"),
    ("update gifts set worth = worth - 1 where worth > 1 and cause = 'redemption'", "gifts"),
    ("update gifts set spent = spent - 1 where spent > 0", "gifts"),
    ("update gifts set day = day - 1 where worth > 0 and cause = 'redemption'", "gifts"),
    ("update gifts set cause_id = gen_random_uuid() where cause = 'prize'", "gifts"),
    ("update gifts set participant_id = gen_random_uuid()", "gifts"),
    ("delete from gifts where worth < 0", "gifts"),
    ("delete from gifts", "gifts"),
    ("update gifts set funding = null where funding is not null", "cap_totals"),
    ("update redemptions set fair_value = fair_value + 1 where status = 'given'", "gifts"),
    ("update redemptions set fair_value = null where status = 'given' and unit = 'usd'", "gifts"),
    ("update prizes set fair_value = 1 where fair_value is not null", "gifts"),
    ("update cap_totals set amount = amount - 1", "cap_totals"),
    ("update points_worth set amount = 1", "points_worth"),
    ("update points_worth set starts_on = starts_on - 1", "points_worth"),
    ("delete from audit where deed = 'points_worth.set'", "audit"),
]


@pytest.fixture
async def given(scene: Scene) -> Scene:
    """Give a clinic where points, money and a draw bought something, and something was canceled."""
    await worth(scene, 10)
    made = await enrolled(scene, 1, "pens")
    await credited(scene, made.participant, 500, funding="state")
    await credited(scene, made.participant, 2000, "usd")
    await capped(scene, 9000)
    await capped(scene, 9000, funding="state")
    drawn = await scene.value(drawing(made.participant, 1))
    (prize,) = [one.prize.id for one in drawn.draws if one.prize is not None]
    new = NewReward("Pen", "usd", 100, "item", "learning")
    pen = await scene.value(lambda act: add_reward(act, new))
    await scene.value(lambda act: give_prize(act, prize, GivePrize(pen.id)))
    await bought(scene, made.participant, await card(scene))
    await bought(scene, made.participant, await card(scene, 1000, "usd", 1500))
    held = await bought(scene, made.participant, await card(scene, 100, instant=False))
    await scene.value(lambda act: cancel_redemption(act, held.id))  # type: ignore[union-attr]  # it is held
    return scene


async def fault(scene: Scene) -> BookFault | None:
    """Verify the clinic."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    return verdict.fault


async def test_a_fault_planted_in_gifts_is_found(given: Scene, own_database: str) -> None:
    """Whatever is changed, the first fault that is named lies there; what is put back is clean again."""
    owner = await asyncpg.connect(own_database)
    missed: dict[str, object] = {}
    try:
        for table in ("gifts", "points_worth", "redemptions", "prizes", "cap_totals"):
            for row in await owner.fetch(
                "select conname from pg_constraint where conrelid = $1::regclass and contype in ('c', 'f')",
                table,
            ):
                await owner.execute(f'alter table {table} drop constraint "{row["conname"]}"')
        for planted, table in FAULTS:
            changed = planted.split()[1] if planted.startswith("update") else planted.split()[2]
            await owner.execute(f"create temporary table kept as select * from {changed}")  # noqa: S608
            done = await owner.execute(planted)
            found = await fault(given)
            if done.endswith(" 0") or found is None or found.table != table or not found.ids:
                missed[planted] = (done, found)
            await owner.execute(f"delete from {changed}")  # noqa: S608
            await owner.execute(f"insert into {changed} select * from kept; drop table kept")  # noqa: S608
    finally:
        await owner.close()
    assert missed == {}
    assert await fault(given) is None
