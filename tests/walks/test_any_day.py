"""The demo keeps its promises and the walks end well on any day and at any hour, whenever they are run."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import httpx
import pytest
from msgspec.structs import replace

from service.app import create_app
from service.commands.ground import open_database
from service.core.actors import SYSTEM
from service.demo import clinic as demo_clinic
from service.demo.afterwards import ABSENT
from service.demo.clinic import DemoClinic, make_clinic
from service.flows.verify.verify import verify
from service.flows.visits.record_missed import record_missed
from tests import clock
from tests.walks import test_demo_clinic as promised
from tests.walks.conftest import Demo
from tests.web.test_limits_keys_and_stores import running

if TYPE_CHECKING:
    from service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
ZONE: Final = ZoneInfo(demo_clinic.ZONE)
HOURS: Final = (time(0, 30), time(23, 30))
DAYS: Final = (
    # A whole week; on its Saturday the demo's closure fell on a Monday that a walk was about.
    *(date(2026, 11, 23) + timedelta(days=number) for number in range(7)),
    date(2026, 12, 31),
    # The clocks go forward, and back.
    date(2027, 3, 14),
    date(2027, 11, 7),
    date(2028, 2, 29),
)
WALKED: Final = (
    datetime(2026, 11, 28, 0, 30, tzinfo=ZONE),
    datetime(2026, 12, 31, 23, 30, tzinfo=ZONE),
    datetime(2027, 3, 14, 23, 30, tzinfo=ZONE),
    datetime(2027, 11, 7, 0, 30, tzinfo=ZONE),
    datetime(2028, 2, 29, 0, 30, tzinfo=ZONE),
)
"""When whole walks are taken: a whole demo with its processes costs as much as ten that are only made."""
WALKS: Final = ("test_demo_clinic.py", "test_first_hour.py", "test_import.py", "test_missed.py")
PROMISES: Final[tuple[Callable[[Demo], None], ...]] = (
    promised.test_the_demo_enrolls_somebody_in_each_published_program,
    promised.test_the_history_has_a_reset_a_recovery_a_cap_draws_and_a_closed_enrollment,
    promised.test_the_shelf_has_codes_low_stock_and_open_redemptions,
    promised.test_the_record_was_corrected_in_each_way_and_each_has_its_reason,
    promised.test_nobody_came_while_the_clinic_was_closed,
    promised.test_the_demo_has_budgets_homework_that_waits_and_somebody_to_remind,
    promised.test_a_missed_visit_was_recorded_by_the_service_itself,
    promised.test_a_cap_was_reached_and_names_were_drawn,
    promised.test_the_demo_has_a_version_move_and_a_step_down,
)
"""What the demo's clinic promises to whoever reads it over the API."""

pytestmark = pytest.mark.slow


class Made(Demo):
    """A demo's clinic that is read in this process, from a thread beside the application's."""

    def __init__(self, made: DemoClinic, client: httpx.AsyncClient) -> None:
        self.said = {"participants": [{"id": str(one.id)} for one in made.participants]}
        self._client = client
        self._loop = asyncio.get_running_loop()

    def get(self, path: str) -> Any:  # noqa: ANN401  JSON
        """Read something with the manager's key."""
        answer = asyncio.run_coroutine_threadsafe(self._client.get(path), self._loop).result(20)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()


@pytest.mark.parametrize("hour", HOURS, ids=str)
@pytest.mark.parametrize("day", DAYS, ids=str)
async def test_a_demo_that_is_made_then_keeps_its_promises(
    test_settings: Settings, day: date, hour: time
) -> None:
    """On each weekday, where the clocks change, at the year's end and on the leap day, early and late."""
    offset_s = clock.offset_s_to(datetime.combine(day, hour, ZONE))
    settings = replace(test_settings, clock_offset_s=offset_s, log_level="warning")
    database = await open_database(settings)
    try:
        assert database.clock().astimezone(ZONE).date() == day
        made = await make_clinic(database)
        # Its people came when they were expected: the worker finds nobody missing but the one who was.
        await record_missed(database, made.clinic)
        async with database.transaction(made.clinic) as tx:
            missing = await tx.connection.fetch(
                "select distinct p.reference from events as e inner join participants as p "
                "using (clinic_id, participant_id) where e.clinic_id = $1 and e.recorded_by = $2",
                made.clinic,
                SYSTEM,
            )
        assert [row["reference"] for row in missing] == [ABSENT]
        verdict = await verify(database, made.clinic, lambda _what, _count: None)
        assert verdict is not None
        assert verdict.fault is None
    finally:
        await database.close()
    async with running(create_app(settings), made.keys["manager"]) as client:
        for promise in PROMISES:
            await asyncio.to_thread(promise, Made(made, client))


# A dozen starts of processes, and two minutes of a machine that has other things to do.
@pytest.mark.timeout(600)
@pytest.mark.seconds(50)
@pytest.mark.parametrize("instant", WALKED, ids=str)
def test_the_walks_end_well_then(instant: datetime) -> None:
    """With the whole demo, its processes and the commands beside it, and the first hour as it is written."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--clock", instant.isoformat()]
    walks = [str(ROOT / "tests" / "walks" / name) for name in WALKS]
    ended = subprocess.run([*command, *walks], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-20_000:]
