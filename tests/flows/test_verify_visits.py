"""A fault planted in what is on record of missed visits is found where it lies."""

from __future__ import annotations

import asyncpg
import pytest

from schemas.verdicts import BookFault
from schemas.visits import NewClosure
from service.flows.verify.verify import verify
from service.flows.visits.closures import enter_closure
from service.flows.visits.record_missed import record_missed
from tests.flows.conftest import MONDAY, TODAY, Scene
from tests.flows.test_missed import at, came, enrolled

FAULTS = [
    # what is planted, and the table that is named
    ("update events set expected_on = expected_on + 1 where expected_on is not null", "events"),
    ("update events set expected_on = null where expected_on is not null", "events"),
    ("update events set expected_on = '2026-03-03' where reference is null", "events"),
    ("update events set recorded_by = gen_random_uuid() where expected_on is not null", "events"),
    (
        "update events set recorded_by = uuid_in('00000000000000000000000000000001') where reference is null",
        "events",
    ),
    ("update events set reference = 'missed:x' where reference is null", "events"),
    ("update events set reference = reference || '1' where expected_on = '2026-03-06'", "events"),
    ("update events set reference = null where expected_on = '2026-03-06'", "events"),
    ("update visit_checks set through = '2026-03-11'", "visit_checks"),
    ("update visit_checks set checked_at = checked_at - interval '3 days'", "visit_checks"),
    ("update visit_checks set next_at = next_at + interval '1 second'", "visit_checks"),
    ("update visit_checks set next_at = null", "visit_checks"),
    ("delete from visit_checks", "visit_checks"),
    ("delete from closures", "events"),
]


async def fault_in(scene: Scene) -> BookFault | None:
    """Verify the clinic."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    return verdict.fault


async def history(scene: Scene) -> None:
    """Let somebody come on Monday, miss Friday, and have Wednesday off."""
    enrollment = await enrolled(scene)
    await came(scene.database, scene, enrollment.id, MONDAY)
    closed = NewClosure(TODAY.replace(day=4), TODAY.replace(day=4), "Holiday")
    await scene.value(lambda act: enter_closure(act, closed))
    scene.clock.now = at(7)
    await record_missed(scene.database, scene.clinic)


@pytest.mark.parametrize(("planted", "table"), FAULTS)
async def test_a_fault_in_what_is_on_record_of_visits_is_found(
    scene: Scene, planting: asyncpg.Connection, planted: str, table: str
) -> None:
    """Events that are not due, another's word for them, markers that went too far, and what was left out."""
    await history(scene)
    assert await fault_in(scene) is None
    assert not (await planting.execute(planted)).endswith(" 0")
    found = await fault_in(scene)
    assert found is not None
    assert found.table == table
    assert found.ids


async def test_a_missed_visit_that_was_left_out_is_found(scene: Scene, planting: asyncpg.Connection) -> None:
    """A marker that went on without its event names the visit that nobody recorded."""
    await history(scene)
    await enrolled(scene, "P-2")
    await planting.execute(
        "update visit_checks set through = '2026-03-02', checked_at = $1, next_at = $1 where through is null",
        at(7),
    )
    found = await fault_in(scene)
    assert found is not None
    assert (found.table, found.expected) == ("events", "1 missed visit(s) of target 0 on 2026-03-02")


@pytest.mark.parametrize(
    "planted",
    [
        "update corrections set closure_id = null",
        "update closures set first_day = first_day - 7, last_day = last_day - 7",
    ],
)
async def test_a_fault_in_what_a_closure_excused_is_found(
    scene: Scene, planting: asyncpg.Connection, planted: str
) -> None:
    """An excuse without its closure would count, and a closure of other days excuses nothing."""
    await enrolled(scene)
    scene.clock.now = at(2)
    await record_missed(scene.database, scene.clinic)
    await scene.value(lambda act: enter_closure(act, NewClosure(TODAY, TODAY, "Snow")))
    assert await fault_in(scene) is None
    assert (await planting.execute(planted)).endswith(" 1")
    found = await fault_in(scene)
    assert found is not None
    assert found.table == "corrections"
