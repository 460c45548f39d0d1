"""The demo's people came when they were expected, so its worker calls nobody missing who was there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from service.core.actors import SYSTEM
from service.demo.afterwards import ABSENT
from service.demo.clinic import make_clinic
from service.flows.visits.record_missed import record_missed
from service.store.database.pool import Database
from tests.flows.conftest import Clock


@pytest.mark.parametrize("weekday", range(7))
async def test_the_demo_s_worker_finds_nobody_missing(opened: tuple[Database, Clock], weekday: int) -> None:
    """On whatever weekday the demo is started, its history has no miss but its own."""
    database, clock = opened
    clock.now = datetime(2026, 11, 23, 18, tzinfo=UTC) + timedelta(days=weekday)
    made = await make_clinic(database)
    await record_missed(database, made.clinic)
    async with database.transaction(made.clinic) as tx:
        rows = await tx.connection.fetch(
            "select p.reference from events as e inner join participants as p "
            "using (clinic_id, participant_id) where e.recorded_by = $1",
            SYSTEM,
        )
    # At least one visit that stands as missed, and one on the day on which the clinic was closed.
    assert {row["reference"] for row in rows} == {ABSENT}
    assert len(rows) >= 2
