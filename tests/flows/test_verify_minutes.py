"""Minutes that somebody changed in the books are found, on the event and on its correction."""

from __future__ import annotations

import asyncpg
import pytest

from schemas.corrections import NewCorrection
from service.flows.visits.corrections import correct_event
from tests.flows.conftest import Scene
from tests.flows.test_minutes import attending, came
from tests.flows.test_verify_visits import fault_in


@pytest.mark.parametrize(
    ("planted", "table"),
    [
        ("update events set minutes = 170", "events"),
        ("update events set minutes = null", "events"),
        ("update corrections set minutes = 170", "corrections"),
    ],
)
async def test_changed_minutes_are_found(
    scene: Scene, planting: asyncpg.Connection, planted: str, table: str
) -> None:
    """They are part of what an event, and a correction, is known by."""
    enrollment = await attending(scene)
    first = await came(scene, enrollment.id, 180)
    other = NewCorrection("minutes", "It ended early.", minutes=120)
    await scene.value(lambda act: correct_event(act, first.event.id, other))
    assert await fault_in(scene) is None
    await planting.execute(planted)
    found = await fault_in(scene)
    assert found is not None
    assert (found.table, found.expected.startswith("digest")) == (table, True)
