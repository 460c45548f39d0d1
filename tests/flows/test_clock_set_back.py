"""A machine's clock that is set back puts nothing in the trail before what was told of earlier."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from service.clock import SteadyClock
from tests.flows.subscribers import rows

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def test_the_trail_goes_on_in_time_though_the_clock_is_set_back(scene: Scene) -> None:
    """An hour back, in the middle of the work of a process: each entry is later than the one before it."""
    passed = [0.0]
    scene.database.clock = SteadyClock(scene.clock, lambda: passed[0])
    try:
        for number in range(6):
            if number == 3:
                scene.clock.now -= timedelta(hours=1)
            scene.clock.now += timedelta(seconds=10)
            passed[0] += 10
            await scene.participant(f"C-{number}")
    finally:
        scene.database.clock = scene.clock
    told = await rows(
        scene,
        "select at from audit where clinic_id = $1 and deed = 'participant.registered' order by seq",
    )
    times = [row["at"] for row in told]
    assert len(times) == 6
    assert times == sorted(set(times))
