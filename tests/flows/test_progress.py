"""How many stay how long is counted by program week, and two periods stand side by side."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from schemas.events import NewEvent
from schemas.people import NewEnrollment
from schemas.program import Flat, Phase, Program, Target
from service.flows.ledger.progress import Kept, kept_by_week, read_periods, read_progress
from service.flows.ledger.reports import ReportFilter
from service.flows.people.enrollments import open_enrollment
from service.flows.programs.programs import publish_program
from service.flows.visits.record_events import Recorded, ToRecord
from service.store.reports import Stayed, WeekVisited
from tests.flows.conftest import MONDAY, TODAY

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

FIRST = TODAY - timedelta(weeks=4)
DAYS = ReportFilter(FIRST - timedelta(days=7), TODAY)


async def came(scene: Scene, program: str, reference: str, *weeks: int) -> None:
    """Enroll somebody four weeks ago, and record that they came in some program weeks."""
    who = await scene.participant(reference)
    new = NewEnrollment(who, program, FIRST)
    made = await scene.value(lambda act: open_enrollment(act, new))
    for week in weeks:
        at = MONDAY + timedelta(weeks=week - 5)
        event = NewEvent("negative", at, enrollment=made.id, target="test")
        (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(scene.actor(), event)])
        assert isinstance(answer, Recorded), answer


async def two_programs(scene: Scene) -> None:
    """Publish one program of two weeks and one of twelve."""
    for name, weeks in (("short", 2), ("long", 12)):
        target = Target("test", "test", (Phase(weeks=(1, weeks), earn=Flat(100)),))
        document = Program(name, name, "usd", weeks, (target,))
        await scene.value(partial(publish_program, program=document))


async def test_who_stays_is_counted_of_those_whose_week_is_over(scene: Scene) -> None:
    """Who finished the short program has not left it; who never came is not there from the first week on."""
    await two_programs(scene)
    await came(scene, "short", "A", 1, 2)
    await came(scene, "long", "B", 1, 2, 3, 4)
    await came(scene, "long", "C", 1, 3)
    await came(scene, "long", "D")
    found = await scene.value(lambda act: read_progress(act, DAYS))
    assert found.kept == (Kept(1, 4, 3), Kept(2, 4, 3), Kept(3, 3, 2), Kept(4, 3, 1))
    alone = ReportFilter(DAYS.since, DAYS.until, "short")
    found = await scene.value(lambda act: read_progress(act, alone))
    assert found.kept == (Kept(1, 1, 1), Kept(2, 1, 1))


async def test_visits_are_summed_by_week_and_program(scene: Scene) -> None:
    """From the days' totals, by the week's Monday."""
    await two_programs(scene)
    await came(scene, "short", "A", 1)
    await came(scene, "long", "B", 1, 2)
    found = await scene.value(lambda act: read_progress(act, DAYS))
    assert found.weeks == (
        WeekVisited(FIRST, "long", 1, 0, 1),
        WeekVisited(FIRST, "short", 1, 0, 1),
        WeekVisited(FIRST + timedelta(weeks=1), "long", 1, 0, 1),
    )
    assert "report.read" in await scene.deeds()


async def test_another_period_is_as_long_and_just_before_where_none_is_named(scene: Scene) -> None:
    """Weeks three and four beside weeks one and two; and whichever days are asked for."""
    await two_programs(scene)
    await came(scene, "long", "B", 1, 2, 3)
    now = ReportFilter(TODAY - timedelta(days=14), TODAY - timedelta(days=1))
    both = await scene.value(lambda act: read_periods(act, now, ReportFilter()))
    assert (both.before.since, both.before.until) == (TODAY - timedelta(days=28), TODAY - timedelta(days=15))
    assert (both.now.visits.came, both.before.visits.came) == (1, 2)
    asked = ReportFilter(date(2020, 1, 1), date(2020, 1, 31))
    both = await scene.value(lambda act: read_periods(act, now, asked))
    assert (both.before.since, both.before.visits.came) == (date(2020, 1, 1), 0)


def test_a_week_that_no_program_has_ends_the_count() -> None:
    """Nor is anybody counted in a week that is not over for them."""
    found = [Stayed("p", 1, 5, 3, 10), Stayed("p", 1, 1, 1, 4)]
    assert kept_by_week(found, {("p", 1): 2}) == (Kept(1, 14, 14), Kept(2, 10, 10))
