"""The demo's people came when they were expected, so its worker calls nobody missing who was there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from service.core.actors import SYSTEM, Actor
from service.core.cursors import Page
from service.demo.afterwards import ABSENT
from service.demo.arranged import BUDGETS
from service.demo.clinic import make_clinic
from service.flows.ledger.budgets import list_budgets
from service.flows.perform import Done, perform
from service.flows.visits.record_missed import record_missed
from service.store.database.ids import new_id
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


async def test_the_demo_s_pages_of_budgets_homework_and_reminders_have_something_to_show(
    opened: tuple[Database, Clock],
) -> None:
    """Something is spent of each budget, and none is amiss; one sheet waits, and one person said yes."""
    database, clock = opened
    clock.now = datetime(2026, 11, 23, 18, tzinfo=UTC)
    made = await make_clinic(database)
    manager = Actor(made.clinic, new_id(), "manager")
    budgets = await perform(database, manager, lambda act: list_budgets(act, Page()))
    assert isinstance(budgets, Done)
    assert [one.status for one in budgets.value.items] == ["well"] * len(BUDGETS)
    assert all(one.spent > 0 for one in budgets.value.items)
    async with database.transaction(made.clinic) as tx:
        waiting = await tx.connection.fetchval("select count(*) from submissions where status = 'waiting'")
        said = await tx.connection.fetch("select channel, how from reminder_leaves")
    assert waiting == 1
    assert [tuple(row) for row in said] == [("text", "staff")]
