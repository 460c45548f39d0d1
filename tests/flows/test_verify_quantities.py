"""Hours that somebody changed in the books are found, and those of a target that counts none."""

from __future__ import annotations

import asyncpg
import pytest

from tests.flows.conftest import Scene
from tests.flows.test_quantities import record, working
from tests.flows.test_verify_visits import fault_in


@pytest.mark.parametrize(
    "planted", ["update events set quantity = 1000", "update events set quantity = null"]
)
async def test_changed_hours_are_found(scene: Scene, planting: asyncpg.Connection, planted: str) -> None:
    """They are part of what the event is known by."""
    enrollment = await working(scene)
    await record(scene, enrollment.id, 7.75)
    assert await fault_in(scene) is None
    await planting.execute(planted)
    found = await fault_in(scene)
    assert found is not None
    assert (found.table, found.expected.startswith("digest")) == ("events", True)
