"""The real histories of 3,560 people, imported in one file that is sorted by outcome."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from service.flows.perform import Done
from service.flows.setup.clinics import create_clinic
from service.flows.verify.verify import verify
from tests.bench import ctn0094
from tests.flows.conftest import Scene
from tests.flows.importing import ROOT, bring, publish

if TYPE_CHECKING:
    from service.store.database.pool import Database
    from tests.flows.conftest import Clock

VISITS = ROOT.parent / "shared" / "data" / "ctn0094-visits.csv"
EVENTS = 87_326
EARNED_CENTS = 34_977_850
DRAWS = 134_060


@pytest.mark.slow
@pytest.mark.seconds(90)
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not VISITS.is_file(), reason="the shared histories are not here")
async def test_real_histories_sorted_by_outcome_earn_what_they_earn_by_time(
    opened: tuple[Database, Clock],
) -> None:
    """$349,778.50 and 134,060 draws, and the books are right."""
    database, clock = opened
    clock.now = datetime(2026, 12, 1, 18, tzinfo=UTC)
    made = await create_clinic(database, "CTN", ctn0094.ZONE)
    assert isinstance(made, Done)
    scene = Scene(database, clock, made.value.id)
    for name in (ctn0094.CALIFORNIA, ctn0094.SESSIONS):
        await publish(scene, name)
    rows = sorted(ctn0094.rows(VISITS), key=lambda row: row[2])
    text = io.StringIO(newline="")
    csv.writer(text).writerows([ctn0094.COLUMNS, *rows])
    brought = await bring(scene, text.getvalue())
    assert (brought.counts.recorded, brought.counts.refused) == (EVENTS, 0)
    query = "select unit, sum(earned)::bigint as earned from balances where clinic_id = $1 group by unit"
    async with database.transaction(scene.clinic) as tx:
        found = {row["unit"]: row["earned"] for row in await tx.connection.fetch(query, scene.clinic)}
    assert found == {"usd": EARNED_CENTS, "draw": DRAWS}
    verdict = await verify(database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    assert verdict.fault is None
