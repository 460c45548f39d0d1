"""A fault planted by hand among the words added to events is found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.events import NewAddition
from service.flows.verify.verify import verify
from service.flows.visits.additions import add_to_event
from tests.flows.conftest import MONDAY

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


@pytest.mark.parametrize(
    "fault",
    [
        "update event_additions set digest = sha256('')",
        "update event_additions set note = evidence",
        "update event_additions set note = null",
        "update event_additions set event_id = (select max(event_id::text)::uuid from events)",
        "delete from event_additions",
        "update event_additions set addition_id = gen_random_uuid()",
    ],
)
async def test_planted_fault_is_found(scene: Scene, planting: asyncpg.Connection, fault: str) -> None:
    """Whatever of an addition was changed, moved or taken away."""
    enrollment = await scene.enrolled()
    event = (await scene.record(enrollment.id, "negative", MONDAY)).event.id
    other = MONDAY.replace(day=3)
    scene.clock.now = other
    await scene.record(enrollment.id, "negative", other)
    new = NewAddition("A note.", "LAB-55")
    await scene.value(partial(add_to_event, event_id=event, new=new))
    before = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert before is not None
    assert before.fault is None
    await planting.execute(fault)
    after = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert after is not None
    assert after.fault is not None
    assert after.fault.table == "event_additions"
