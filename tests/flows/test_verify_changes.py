"""A replacement or taking back that its redemption, the limit or the trail does not bear out is found."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from functools import partial
from typing import TYPE_CHECKING

import asyncpg
import pytest
from asyncpg import Connection

from schemas.redemption_changes import NewReplacement, NewSecondPersonLimit, NewTakeBack
from schemas.shelf import NewCodes, NewRedemption
from service.flows.shelf.lost_rewards import replace_redemption, take_back_redemption
from service.flows.shelf.redemption_changes import approve_redemption_change, refuse_redemption_change
from service.flows.shelf.redemptions import give_redemption, redeem
from service.flows.shelf.rewards import add_codes
from service.flows.shelf.second_person_limits import set_second_person_limit
from service.flows.verify.verify import verify

if TYPE_CHECKING:
    from schemas.shelf import Redemption
    from schemas.verdicts import BookFault
    from tests.flows.conftest import Scene

UNGUARDED = """
do $$
declare
    guard record;
begin
    for guard in select conrelid::regclass as guarded, conname from pg_constraint
        where contype in ('f', 'c') and conislocal and connamespace = 'public'::regnamespace
    loop
        execute format('alter table %s drop constraint %I', guard.guarded, guard.conname);
    end loop;
    for guard in select tgrelid::regclass as guarded, tgname from pg_trigger where not tgisinternal
    loop
        execute format('alter table %s disable trigger %I', guard.guarded, guard.tgname);
    end loop;
end
$$
"""

ONE = {
    ":alone": (
        "redemption_change_id = (select redemption_change_id from redemption_changes "
        "where alone and cardinality(code_ids) > 0)"
    ),
    ":item": (
        "redemption_change_id = (select redemption_change_id from redemption_changes "
        "where alone and cardinality(code_ids) = 0)"
    ),
    ":back": (
        "(select redemption_id from redemption_changes where kind = 'take_back' and status = 'approved')"
    ),
}
"""Words for rows that faults are planted in."""

FAULTS = [
    # what is planted, and the table that is named
    (
        "update redemption_changes set alone_max = 1 where :alone",
        "redemption_changes",
    ),
    ("update redemption_changes set amount = 1 where :alone", "redemption_changes"),
    ("update redemption_changes set counted = 1 where :alone", "redemption_changes"),
    (
        "update redemption_changes set quantity = 2 where :alone",
        "redemption_changes",
    ),
    (
        "update redemption_changes set unit = 'points' where :alone",
        "redemption_changes",
    ),
    (
        "update redemption_changes set settled_by = redemption_id where :alone",
        "redemption_changes",
    ),
    ("update redemption_changes set settled_by = proposed_by where not alone", "redemption_changes"),
    ("update redemption_changes set redemption_id = gen_random_uuid()", "redemption_changes"),
    ("update redemption_changes set reason = ''", "redemption_changes"),
    ("update redemption_changes set proposed_at = now() where status = 'proposed'", "redemption_changes"),
    ("update redemption_changes set kind = 'replacement' where status = 'proposed'", "redemption_changes"),
    ("update redemption_changes set status = 'proposed' where status = 'refused'", "redemption_changes"),
    ("delete from redemption_changes where status = 'refused'", "redemption_changes"),
    ("delete from redemption_changes where status = 'proposed'", "redemption_changes"),
    ("delete from redemption_changes where kind = 'take_back' and status = 'approved'", "redemptions"),
    (
        "delete from redemption_changes where kind = 'replacement' and cardinality(code_ids) > 0",
        "redemptions",
    ),
    ("update redemption_changes set code_ids = '{}' where kind = 'replacement'", "redemption_changes"),
    (
        ("update redemption_changes set code_ids = array[redemption_change_id] where :alone"),
        "void_codes",
    ),
    (
        (
            "update redemptions set fair_value = quantity * 90000 where redemption_id in "
            "(select redemption_id from redemption_changes where alone)"
        ),
        "redemption_changes",
    ),
    ("delete from void_codes", "redemptions"),
    ("update redemptions set status = 'given' where redemption_id = :back", "redemptions"),
    (
        ("update transfers set destination = 'held' where source = 'given' and cause_id = :back"),
        "redemptions",
    ),
    ("delete from transfers where source = 'given' and cause_id = :back", "redemptions"),
    ("update stock_changes set change = -7 where redemption_change_id is not null", "stock_changes"),
    (
        "update stock_changes set changed_by = reward_id where redemption_change_id is not null",
        "stock_changes",
    ),
    (
        (
            "update stock_changes set redemption_change_id = gen_random_uuid() "
            "where redemption_change_id is not null"
        ),
        "stock_changes",
    ),
    ("delete from stock_changes where :item", "rewards"),
    ("update second_person_limits set amount = amount + 1", "second_person_limits"),
    ("update second_person_limits set set_by = clinic_id", "second_person_limits"),
]


@pytest.fixture
async def owner(own_database: str) -> AsyncIterator[Connection]:
    """Open the scene's database as its owner."""
    connection = await asyncpg.connect(own_database)
    yield connection
    await connection.close()


async def fault_in(scene: Scene) -> BookFault | None:
    """Find the first fault of the scene's clinic."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _more: None)
    assert verdict is not None
    return verdict.fault


async def furnish(scene: Scene) -> None:
    """Replace a card and a mug, take another card back by two persons, and leave one change waiting."""
    who = (await scene.enrolled(welcome=20_000)).participant
    reward = await scene.code_reward(1000)
    codes = tuple(f"CODE-{number}" for number in range(9))
    await scene.value(lambda act: add_codes(act, reward.id, NewCodes(codes)))
    mug = await scene.reward(500, stock=9)

    async def given(one: NewRedemption) -> Redemption:
        made = await scene.value(lambda act: redeem(act, one))
        return (
            made if made.status == "given" else await scene.value(lambda act: give_redemption(act, made.id))
        )

    replacement = NewReplacement("Used by a stranger")
    cards = [await given(NewRedemption(who, reward.id)) for _ in range(4)]
    broken = await given(NewRedemption(who, mug.id))
    await scene.value(lambda act: replace_redemption(act, cards[0].id, replacement))
    await scene.value(lambda act: replace_redemption(act, broken.id, replacement))
    await scene.value(lambda act: set_second_person_limit(act, NewSecondPersonLimit("usd", 0)))
    back = NewTakeBack("The shop closed")
    asked = [
        await scene.value(partial(take_back_redemption, redemption_id=one.id, new=back)) for one in cards[1:]
    ]
    first, second, _ = [one.change for one in asked if one.change is not None]
    await scene.by_another(lambda act: approve_redemption_change(act, first))
    await scene.by_another(lambda act: refuse_redemption_change(act, second, None))


async def test_verify_names_a_change_that_was_not_made_so(scene: Scene, owner: Connection) -> None:
    """Whatever is planted, the first fault that is named lies there; what is put back is clean again."""
    await furnish(scene)
    # Only now: what is added up by the day is kept by triggers.
    await owner.execute(UNGUARDED)
    assert await fault_in(scene) is None
    missed: dict[str, object] = {}
    for written, table in FAULTS:
        fault = written
        for word, row in ONE.items():
            fault = fault.replace(word, row)
        changed = re.search(r"(?:update|delete from|insert into) (\w+)", fault)
        assert changed
        await owner.execute(f"create temporary table kept as select * from {changed[1]}")  # noqa: S608  our own words
        done = await owner.execute(fault)
        found = await fault_in(scene)
        if done.endswith(" 0") or found is None or found.table != table or not found.ids:
            missed[written] = (done, found)
        await owner.execute(f"delete from {changed[1]}")  # noqa: S608  our own words
        await owner.execute(f"insert into {changed[1]} select * from kept; drop table kept")  # noqa: S608
    assert missed == {}
    assert await fault_in(scene) is None
