"""A merge that the books do not bear out is found, whatever part of it was tampered with."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import asyncpg
import pytest
from asyncpg import Connection

from service.flows.verify.verify import verify
from tests.flows.conftest import MONDAY
from tests.flows.merging import DAY, merged, two, unmerged
from tests.flows.test_verify_second_persons import UNGUARDED

if TYPE_CHECKING:
    from schemas.verdicts import BookFault
    from tests.flows.conftest import Scene

FAULTS = [
    # what is planted, and the table that is named
    ("update merges set merged_by = gen_random_uuid()", "merges"),
    ("delete from merges", "merges"),
    ("update merges set ended_id = survivor_id, survivor_id = ended_id", "transfers"),
    ("update unmerges set undone_by = merged_by", "unmerges"),
    ("update unmerges set undone_at = undone_at - interval '1 day'", "unmerges"),
    ("delete from unmerges", "transfers"),
    ("update transfers set amount = amount + 1 where cause = 'merge' and source = 'merged'", "transfers"),
    ("delete from transfers where cause = 'merge'", "balances"),
    ("update transfers set cause_id = gen_random_uuid() where cause = 'merge'", "merges"),
    (
        "update participants set survivor_id = null, survived_since = null where survivor_id is not null",
        "participants",
    ),
    ("update participants set has_merged = false where survivor_id is null", "participants"),
    (
        "update enrollments set participant_id = chart_id, chart_id = null where chart_id is not null",
        "enrollments",
    ),
    (
        (
            "update balances set available = 1, earned = 1 where participant_id in "
            "(select participant_id from participants where survivor_id is not null)"
        ),
        "balances",
    ),
]


@pytest.fixture
async def owner(scene: Scene, own_database: str) -> AsyncIterator[Connection]:
    """Open the scene's database as its owner."""
    connection = await asyncpg.connect(own_database)
    await connection.execute("select set_config('app.clinic', $1, false)", str(scene.clinic))
    yield connection
    await connection.close()


async def fault_in(scene: Scene) -> BookFault | None:
    """Give the first fault that is named in the scene's books."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    return verdict.fault


async def test_verify_names_each_fault_planted_in_merges(scene: Scene, owner: Connection) -> None:
    """One merge holds and one was undone; what is put back is clean again."""
    kept, other = await two(scene)
    third = await scene.participant("P-3")
    await scene.record(kept.id, "negative", MONDAY)
    await scene.record(other.id, "negative", MONDAY)
    await scene.record(other.id, "negative", MONDAY + DAY)
    await merged(scene, kept.participant, other.participant)
    await merged(scene, third, kept.participant)
    await unmerged(scene, third)
    # Only now: what is added up by the day is kept by triggers.
    await owner.execute(UNGUARDED)
    assert await fault_in(scene) is None
    missed: dict[str, object] = {}
    for fault, table in FAULTS:
        changed = re.search(r"(?:update|delete from) (\w+)", fault)
        assert changed
        await owner.execute(f"create temporary table kept as select * from {changed[1]}")  # noqa: S608  our own words
        done = await owner.execute(fault)
        found = await fault_in(scene)
        if done.endswith(" 0") or found is None or found.table != table or not found.ids:
            missed[fault] = (done, found)
        await owner.execute(f"delete from {changed[1]}")  # noqa: S608  our own words
        await owner.execute(f"insert into {changed[1]} select * from kept; drop table kept")  # noqa: S608
    assert missed == {}
    assert await fault_in(scene) is None
