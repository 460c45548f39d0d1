"""A clock that jumps, forward and back: nothing is lost or there twice, and the trail keeps its order."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from service.flows.verify.verify import verify
from tests.faults.conftest import bearer
from tests.faults.load import Load

if TYPE_CHECKING:
    from tests.faults.conftest import Ground

pytestmark = pytest.mark.slow

HOUR = 3600
JUMPS = (0, HOUR, -HOUR, 26 * HOUR, 0)
"""By how many seconds the clock of each process is off, which takes the place of the one before it."""
EVENTS = 20
"""How many events are acknowledged under each clock."""
TRAIL = """
    select told.seq, told.at, fact.event_id
    from audit as told
    join events as fact on fact.clinic_id = told.clinic_id and fact.recording_id = told.subject_id
    where told.clinic_id = $1 and told.deed = 'events.recorded'
    order by told.seq
"""


async def test_a_clock_that_jumps_loses_nothing_and_leaves_the_trail_in_order(stood: Ground) -> None:
    """A process cannot know what time the one before it told: the trail goes by its numbers, and is whole."""
    clinic = await stood.clinic("http://nowhere.invalid")
    load: Load | None = None
    for jump in JUMPS:
        async with stood.served(CLOCK_OFFSET_S=str(jump)) as served:
            if load is None:
                load = await asyncio.to_thread(Load, served.url, bearer(clinic), name="jumps")
            else:
                load.client.base_url = served.url
                load.start()
            try:
                await asyncio.to_thread(load.wait_for, EVENTS)
            finally:
                await asyncio.to_thread(load.stop)
            assert (load.refused, await asyncio.to_thread(load.faults)) == ([], [])
    assert load is not None
    await asyncio.to_thread(load.client.close)
    async with stood.database.transaction(UUID(clinic.id)) as tx:
        told = await tx.connection.fetch(TRAIL, UUID(clinic.id))
    times = [row["at"] for row in told]
    assert times != sorted(times), "the clock did jump"
    place = {row["event_id"]: row["seq"] for row in told}
    assert len(place) == len(load.receipts)
    for enrollment, model in load.models.items():
        theirs = [UUID(load.receipts[one][1]["event"]["id"]) for one in model.references]
        assert theirs == sorted(theirs, key=place.__getitem__), enrollment
    verdict = await verify(stood.database, UUID(clinic.id), lambda _what, _count: None)
    assert verdict is not None
    assert verdict.fault is None
    await clinic.close()
