"""The demo's people came when they were expected, so its worker calls nobody missing who was there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from service.core.actors import SYSTEM
from service.demo.clinic import make_clinic
from service.flows.record_missed import record_missed
from service.store.database import Database
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
            "select program, expected_on, target, starts_on, closed_on from events inner join enrollments "
            "using (clinic_id, enrollment_id) where recorded_by = $1",
            SYSTEM,
        )
    assert [tuple(row) for row in rows] == []
