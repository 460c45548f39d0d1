"""Days drawn by lot on record: told to nobody before their morning, missed like others, and provable."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from schemas.drawn_days import DayRecord
from schemas.people import CloseEnrollment, Enrollment, MoveEnrollment, NewEnrollment
from schemas.program import Ladder, OnFailure, Phase, Program, Target, Visits
from schemas.visits import NewClosure, NewVisitPlan
from service.core.cursors import Page
from service.core.draws.days import check_day
from service.flows.draws.days import draw_days, list_days
from service.flows.draws.seeds import rotate_due_seed, rotate_seeds
from service.flows.people.enrollments import close_enrollment, open_enrollment
from service.flows.people.transfers import move_enrollment
from service.flows.programs.programs import publish_program
from service.flows.visits.closures import enter_closure
from service.flows.visits.plan_visits import plan_visit
from service.flows.visits.record_missed import record_missed
from service.flows.visits.visits import read_visits
from tests.flows.conftest import TODAY, Scene, count
from tests.flows.test_missed import at, came, missed
from tests.flows.test_planned_visits import holds

if TYPE_CHECKING:
    from uuid import UUID

LOTS = Visits(lots=2, of=("mon", "tue", "wed", "thu", "fri"), missed_after_hours=24)
PHASE = Phase(weeks=(1, 4), earn=Ladder(100, 100), on_failure=OnFailure(reset=True))
PROGRAM = Program("lots", "Lots", "usd", 4, (Target("test", "test", (PHASE,), visits=LOTS),))


async def enrolled(scene: Scene, reference: str = "P-1", starts_on: date = TODAY) -> Enrollment:
    """Enroll somebody whose days are drawn."""
    await scene.value(lambda act: publish_program(act, PROGRAM))
    new = NewEnrollment(await scene.participant(reference), PROGRAM.name, starts_on)
    return await scene.value(lambda act: open_enrollment(act, new))


async def mornings(scene: Scene, days: range, hour: int = 1) -> None:
    """Let the worker run on each of some mornings."""
    for day in days:
        scene.clock.now = at(day, hour)
        await draw_days(scene.database, scene.clinic)


async def turns(scene: Scene, enrollment: UUID) -> list[DayRecord]:
    """List the days that had their turn, oldest first."""
    found = await scene.value(lambda act: list_days(act, enrollment, Page(200)))
    return list(reversed(found.items))


async def drawn(scene: Scene, enrollment: UUID) -> list[int]:
    """List the days drawn, as days after the start."""
    return [(one.day - TODAY).days for one in await turns(scene, enrollment) if one.drawn]


async def due(scene: Scene, enrollment: UUID) -> list[int]:
    """List the days of four weeks on which a visit is listed, as days after the start."""
    last = TODAY + timedelta(days=27)
    page = await scene.value(lambda act: read_visits(act, enrollment, since=TODAY, until=last))
    return [(one.due_on - TODAY).days for one in page.items if one.due_on is not None]


async def test_two_days_of_each_week_are_drawn_and_nothing_is_known_before(scene: Scene) -> None:
    """On each morning what is listed is what was drawn by then; the weeks come to two each."""
    one = await enrolled(scene)
    for day in range(28):
        scene.clock.now = at(day, 0) - timedelta(seconds=1)
        before = await drawn(scene, one.id)
        assert all(known < day for known in before)
        assert await due(scene, one.id) == before
        await mornings(scene, range(day, day + 1))
    found = await drawn(scene, one.id)
    assert [sum(day // 7 == week for day in found) for week in range(4)] == [2, 2, 2, 2]
    assert all(day % 7 < 5 for day in found)
    await holds(scene)


async def test_a_day_is_drawn_once_whoever_asks(scene: Scene) -> None:
    """A second worker, and a second run, find it decided."""
    await enrolled(scene)
    scene.clock.now = at(0, 1)
    assert await draw_days(scene.database, scene.clinic) == 1
    assert await draw_days(scene.database, scene.clinic) == 0
    assert await count(scene, "drawn_days") == 1
    assert (await scene.deeds()).count("day.drawn") == 1


async def test_nobody_is_called_in_the_afternoon(scene: Scene) -> None:
    """A day that had no turn by noon is not drawn; the others of its week make up for it."""
    one = await enrolled(scene)
    await mornings(scene, range(4), hour=12)
    assert await count(scene, "drawn_days") == 0
    scene.clock.now = at(4, 12) - timedelta(seconds=1)
    await draw_days(scene.database, scene.clinic)
    assert await drawn(scene, one.id) == [4]
    await holds(scene)


async def test_who_does_not_come_is_missing_on_that_day_alone(scene: Scene) -> None:
    """Each drawn day of a week is missed once its grace is over, and a test of another day meets none."""
    one = await enrolled(scene)
    await mornings(scene, range(5))
    first, second = await drawn(scene, one.id)
    free = next(day for day in range(5) if day not in {first, second})
    scene.clock.now = at(5)
    await came(scene.database, scene, one.id, at(free))
    await came(scene.database, scene, one.id, at(second))
    scene.clock.now = at(first + 2, 0) - timedelta(seconds=1)
    assert await record_missed(scene.database, scene.clinic) == 0
    scene.clock.now = at(9)
    assert await record_missed(scene.database, scene.clinic) == 1
    assert await missed(scene) == [("test", "missed", first, "failure")]
    await holds(scene)
    # What the desk enters late, of that very day, takes its place.
    await came(scene.database, scene, one.id, at(first))
    assert (await scene.balance(one.participant)).earned == 100 + 200 + 300
    await holds(scene)


async def test_a_closure_known_that_morning_has_no_turn(scene: Scene) -> None:
    """The days left in the record leave it out; one entered later leaves a drawn day out."""
    one = await enrolled(scene)
    shut = NewClosure(TODAY + timedelta(days=1), TODAY + timedelta(days=3), "Snow")
    await scene.value(lambda act: enter_closure(act, shut))
    await mornings(scene, range(7))
    found = await turns(scene, one.id)
    assert [(record.day - TODAY).days for record in found] == [0, 4]
    assert await drawn(scene, one.id) == [0, 4]
    scene.clock.now = at(4, 2)
    late = NewClosure(TODAY + timedelta(days=4), TODAY + timedelta(days=4), "A pipe burst")
    await scene.value(lambda act: enter_closure(act, late))
    await came(scene.database, scene, one.id, at(0))
    scene.clock.now = at(9)
    assert await record_missed(scene.database, scene.clinic) == 0
    await holds(scene)


async def test_a_seed_that_is_rotated_in_the_week_proves_what_was_drawn_with_it(scene: Scene) -> None:
    """The days after go on with the next; each record holds with its own seed once that is revealed."""
    one = await enrolled(scene)
    await mornings(scene, range(2))
    scene.clock.now = at(1, 13)
    hidden = await turns(scene, one.id)
    assert all(record.revealed_seed is None for record in hidden)
    assert await rotate_due_seed(scene.database, scene.clinic, timedelta(0)) == 1
    await mornings(scene, range(2, 7))
    await scene.value(rotate_seeds)
    shown = await turns(scene, one.id)
    assert len({record.commitment for record in shown}) == 2
    for record in shown:
        assert list(check_day(record, bytes.fromhex(record.revealed_seed or ""))) == []
    assert len(await drawn(scene, one.id)) == 2
    await holds(scene)


async def test_another_version_goes_on_with_what_is_still_wanted(scene: Scene) -> None:
    """From three days a week to one, or back: what was drawn by then counts for the week."""
    one = await enrolled(scene)
    await mornings(scene, range(2))
    before = len(await drawn(scene, one.id))
    daily = replace(PROGRAM, targets=(replace(PROGRAM.targets[0], visits=replace(LOTS, lots=4)),))
    await scene.value(lambda act: publish_program(act, daily))
    to = MoveEnrollment(2, "More tests.")
    await scene.value(lambda act: move_enrollment(act, one.id, to, is_preview=False))
    await mornings(scene, range(2, 7))
    wanted = [record.wanted for record in await turns(scene, one.id)]
    assert wanted[2] == 4 - before
    # Of the three days left no more than three can be drawn.
    assert len(await drawn(scene, one.id)) == min(4, before + 3)
    await holds(scene)


async def test_whoever_left_has_no_turn_and_a_late_start_has_the_days_left(scene: Scene) -> None:
    """A program week is the enrollment's own: who begins on a Thursday has that day and the next."""
    one = await enrolled(scene)
    gone = await enrolled(scene, "P-2")
    await scene.value(lambda act: close_enrollment(act, gone.id, CloseEnrollment("left", TODAY)))
    later = await enrolled(scene, "P-3", TODAY + timedelta(days=3))
    await mornings(scene, range(7))
    assert await turns(scene, gone.id) == []
    assert [(record.day - TODAY).days for record in await turns(scene, later.id)] == [3, 4]
    assert len(await drawn(scene, one.id)) == 2
    await holds(scene)


async def test_a_drawn_visit_can_be_moved_by_hand(scene: Scene) -> None:
    """Whoever is ill that morning comes on another; nobody is missing on the day drawn."""
    one = await enrolled(scene)
    await mornings(scene, range(5))
    day = (await drawn(scene, one.id))[1]
    scene.clock.now = at(day, 9)
    due_on = TODAY + timedelta(days=day)
    new = NewVisitPlan("test", "unwell", due_on, due_on + timedelta(days=1))
    await scene.value(lambda act: plan_visit(act, one.id, new), "front_desk")
    scene.clock.now = at(day + 3, 1)
    await record_missed(scene.database, scene.clinic)
    found = [row for row in await missed(scene) if row[2] == day]
    assert found == [("test", "missed", day, "failure")]
    await holds(scene)
