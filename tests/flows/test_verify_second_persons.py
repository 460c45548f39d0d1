"""What one person did in place of two is found in the books, and so is value or stock that does not agree."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import asyncpg
import pytest
from asyncpg import Connection

from schemas.proposals import NewManualAward
from schemas.shelf import StockChange
from service.flows.ledger.manual_awards import approve_manual_award, propose_manual_award, refuse_manual_award
from service.flows.shelf.rewards import change_stock
from service.flows.shelf.write_offs import approve_write_off, refuse_write_off
from service.flows.verify.verify import verify

if TYPE_CHECKING:
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
    ":approved": "(select manual_award_id from manual_awards where status = 'approved')",
    ":refused": "(select manual_award_id from manual_awards where status = 'refused')",
    ":proposed": "(select manual_award_id from manual_awards where status = 'proposed')",
    ":stranger": "(select participant_id from participants where reference = 'P-2')",
}
"""Words for rows that faults are planted in."""

FAULTS = [
    # what is planted, and the table that is named
    ("delete from transfers where cause = 'manual'", "manual_awards"),
    ("update transfers set amount = amount + 1 where cause = 'manual'", "transfers"),
    ("update transfers set day = day - 1 where cause = 'manual'", "transfers"),
    ("update transfers set funding = 'nobody' where cause = 'manual'", "transfers"),
    ("update transfers set enrollment_id = null where cause = 'manual'", "transfers"),
    ("update transfers set cause_id = :proposed where cause = 'manual'", "transfers"),
    ("update transfers set cause_id = :refused where cause = 'manual'", "transfers"),
    ("update transfers set cause_id = gen_random_uuid() where cause = 'manual'", "transfers"),
    (
        (
            "insert into transfers select clinic_id, participant_id, unit, gen_random_uuid(), source, "
            "destination, amount, cause, cause_id, enrollment_id, fact_no, at, day, funding "
            "from transfers where cause = 'manual'"
        ),
        "transfers",
    ),
    ("update manual_awards set amount = amount - 1 where manual_award_id = :approved", "manual_awards"),
    ("update manual_awards set paid = paid + 1 where manual_award_id = :approved", "manual_awards"),
    ("update manual_awards set amount = 9, paid = 9 where manual_award_id = :approved", "transfers"),
    ("update manual_awards set funding = 'state' where manual_award_id = :approved", "transfers"),
    ("update manual_awards set paid = null where manual_award_id = :approved", "manual_awards"),
    ("update manual_awards set paid = amount, clipped = 0 where manual_award_id = :refused", "manual_awards"),
    ("update manual_awards set settled_by = proposed_by where manual_award_id = :approved", "manual_awards"),
    ("update manual_awards set proposed_by = settled_by where manual_award_id = :refused", "manual_awards"),
    ("update manual_awards set settled_by = null where manual_award_id = :approved", "manual_awards"),
    ("update manual_awards set settled_at = now() where manual_award_id = :proposed", "manual_awards"),
    ("update manual_awards set status = 'proposed' where manual_award_id = :approved", "manual_awards"),
    (
        "update manual_awards set participant_id = :stranger where manual_award_id = :approved",
        "manual_awards",
    ),
    ("update manual_awards set participant_id = gen_random_uuid() where status = 'refused'", "manual_awards"),
    ("update manual_awards set enrollment_id = gen_random_uuid() where status = 'approved'", "manual_awards"),
    ("delete from manual_awards where manual_award_id = :approved", "transfers"),
    ("delete from manual_awards where manual_award_id = :proposed", "manual_awards"),
    ("update manual_awards set amount = amount + 1 where manual_award_id = :proposed", "manual_awards"),
    ("update manual_awards set unit = 'points' where manual_award_id = :refused", "manual_awards"),
    (
        "update manual_awards set proposed_by = participant_id where manual_award_id = :approved",
        "manual_awards",
    ),
    (
        "update manual_awards set settled_by = participant_id where manual_award_id = :refused",
        "manual_awards",
    ),
    (
        "update manual_awards set proposed_at = now() where manual_award_id = :approved",
        "manual_awards",
    ),
    ("update write_offs set settled_by = proposed_by where status = 'approved'", "write_offs"),
    ("update write_offs set pieces = pieces + 1 where status = 'approved'", "write_offs"),
    ("update write_offs set reward_id = gen_random_uuid() where status = 'approved'", "write_offs"),
    (
        (
            "update write_offs set status = 'approved', settled_at = now(), settled_by = reward_id "
            "where status = 'proposed'"
        ),
        "write_offs",
    ),
    ("update write_offs set status = 'refused' where status = 'approved'", "write_offs"),
    ("update write_offs set pieces = pieces + 1 where status = 'proposed'", "write_offs"),
    ("update write_offs set proposed_by = reward_id where status = 'approved'", "write_offs"),
    ("update write_offs set settled_by = reward_id where status = 'refused'", "write_offs"),
    ("delete from write_offs where status = 'refused'", "write_offs"),
    ("delete from write_offs where status = 'approved'", "stock_changes"),
    ("delete from stock_changes where change < 0", "write_offs"),
    ("update stock_changes set change = change - 1 where change < 0", "write_offs"),
    ("update stock_changes set write_off_id = null where change < 0", "write_offs"),
    ("update stock_changes set taken_alone = true, write_off_id = null where change < 0", "write_offs"),
    (
        (
            "insert into stock_changes select clinic_id, reward_id, gen_random_uuid(), -1, reason, "
            "changed_by, changed_at from stock_changes where change > 0"
        ),
        "stock_changes",
    ),
    ("update rewards set stock = stock + 1", "rewards"),
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
    """Make a manual award and a write-off in each status."""
    enrollment = await scene.enrolled()
    await scene.participant("P-2")
    award = NewManualAward(enrollment.participant, "usd", 500, "Helped others", "county", enrollment.id)
    awards = [(await scene.value(lambda act: propose_manual_award(act, award))).id for _ in range(3)]
    await scene.by_another(lambda act: approve_manual_award(act, awards[0]))
    await scene.by_another(lambda act: refuse_manual_award(act, awards[1], "Not now"))
    reward = await scene.reward(stock=9)
    change = StockChange(-2, "Torn")
    made = [(await scene.value(lambda act: change_stock(act, reward.id, change))).write_off for _ in range(3)]
    first, second, _ = [one for one in made if one is not None]
    await scene.by_another(lambda act: approve_write_off(act, first))
    await scene.by_another(lambda act: refuse_write_off(act, second, None))


async def test_verify_names_a_step_taken_by_one_person_alone(scene: Scene, owner: Connection) -> None:
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


async def test_stock_changes_before_write_offs_existed_are_clean(scene: Scene, owner: Connection) -> None:
    """It stays on record as what one person did, and counts."""
    await scene.reward(stock=9)
    await owner.execute(
        "insert into stock_changes select clinic_id, reward_id, gen_random_uuid(), -1, reason, changed_by, "
        "changed_at, null, true from stock_changes; update rewards set stock = stock - 1"
    )
    assert await fault_in(scene) is None
