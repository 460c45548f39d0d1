"""A visit that is moved is missed where it moved to, and one that is called off is not missed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from schemas.people import CloseEnrollment
from schemas.visits import NewVisitPlan, PlannedVisit
from service.core.cursors import Page
from service.flows.people.enrollments import close_enrollment
from service.flows.verify.verify import verify
from service.flows.visits.closures import enter_closure
from service.flows.visits.plan_visits import plan_visit
from service.flows.visits.record_missed import record_missed
from service.flows.visits.visits import list_visits, read_visits
from tests.flows.conftest import TODAY, Scene, count
from tests.flows.test_closures import closed
from tests.flows.test_missed import at, came, enrolled, missed

if TYPE_CHECKING:
    from uuid import UUID


async def plan(scene: Scene, enrollment: UUID, due: int | None, on: int | None) -> PlannedVisit:
    """Plan a test otherwise, by days after Monday, March 2."""
    return await scene.value(lambda act: plan_visit(act, enrollment, _new(due, on)), "front_desk")


def _new(due: int | None, on: int | None, target: str = "test") -> NewVisitPlan:
    day = [None if one is None else TODAY + timedelta(days=one) for one in (due, on)]
    return NewVisitPlan(target, "asked", due_on=day[0], day=day[1])


async def shown_of(scene: Scene, enrollment: UUID) -> list[tuple[int, str]]:
    """List the visits of the test, each by its day and state."""
    shown = await scene.value(
        lambda act: read_visits(act, enrollment, since=TODAY, until=TODAY + timedelta(days=6))
    )
    return [
        ((one.due_on - TODAY).days, one.status)
        for one in shown.items
        if one.target == "test" and one.due_on is not None
    ]


async def holds(scene: Scene) -> bool:
    """Whether the books hold against the rules."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    assert verdict.fault is None, verdict.fault
    return True


async def test_a_moved_visit_is_missed_on_the_day_that_it_moved_to(scene: Scene) -> None:
    """Once its grace is over, and once; by its reference it is the program's own visit."""
    enrollment = await enrolled(scene)
    scene.clock.now = at(0)
    made = await plan(scene, enrollment.id, 2, 3)
    assert (made.due_on, made.day, made.laid_on) == (
        TODAY + timedelta(days=2),
        TODAY + timedelta(days=3),
        TODAY + timedelta(days=2),
    )
    assert await shown_of(scene, enrollment.id) == [(0, "expected"), (3, "expected"), (4, "expected")]
    page = await scene.value(lambda act: list_visits(act, Page(), TODAY + timedelta(days=3)))
    assert [one.target for one in page.items] == ["test"]
    scene.clock.now = at(5, 0) - timedelta(seconds=1)
    await record_missed(scene.database, scene.clinic)
    assert [day for target, _, day, _ in await missed(scene) if target == "test"] == [0]
    scene.clock.now = at(5, 1)
    await record_missed(scene.database, scene.clinic)
    await record_missed(scene.database, scene.clinic)
    assert [day for target, _, day, _ in await missed(scene) if target == "test"] == [0, 2]
    assert (await shown_of(scene, enrollment.id))[1] == (3, "missed")
    assert await holds(scene)
    # Whoever came is recorded late, and is then as if nobody had been missing.
    await came(scene.database, scene, enrollment.id, at(3, 9))
    assert [effect for target, _, day, effect in await missed(scene) if (target, day) == ("test", 2)] == [
        "failure"
    ]
    assert (await shown_of(scene, enrollment.id))[1] == (3, "came")
    assert (await scene.balance(enrollment.participant)).available == 100
    assert await holds(scene)


async def test_a_visit_that_is_called_off_is_not_missed(scene: Scene) -> None:
    """It is shown as such, and can be expected again as long as its time is not over."""
    enrollment = await enrolled(scene)
    scene.clock.now = at(0)
    await plan(scene, enrollment.id, 2, None)
    assert (await shown_of(scene, enrollment.id))[1] == (2, "canceled")
    scene.clock.now = at(6, 1)
    await record_missed(scene.database, scene.clinic)
    assert [day for target, _, day, _ in await missed(scene) if target == "test"] == [0, 4]
    assert await holds(scene)


async def test_a_visit_more_is_expected_and_never_missed(scene: Scene) -> None:
    """The program says how many may be missed."""
    enrollment = await enrolled(scene)
    scene.clock.now = at(0)
    made = await plan(scene, enrollment.id, None, 3)
    assert made.laid_on is None
    assert (await shown_of(scene, enrollment.id))[2] == (3, "expected")
    other = await plan(scene, enrollment.id, 3, 5)
    assert other.laid_on is None
    assert (await shown_of(scene, enrollment.id))[3] == (5, "expected")
    scene.clock.now = at(8, 1)
    await record_missed(scene.database, scene.clinic)
    assert [day for target, _, day, _ in await missed(scene) if target == "test"] == [0, 2, 4]
    assert await holds(scene)


async def test_a_late_visit_is_looked_at_again_when_it_is_moved_in_its_grace(scene: Scene) -> None:
    """A worker that has settled the days after it begins there anew."""
    enrollment = await enrolled(scene)
    scene.clock.now = at(0)
    await plan(scene, enrollment.id, 0, 10)
    assert await scene.refusal(lambda act: plan_visit(act, enrollment.id, _new(None, 10))) == (
        "invalid",
        ("$.day",),
    )
    scene.clock.now = at(8, 1)
    await record_missed(scene.database, scene.clinic)
    assert [day for target, _, day, _ in await missed(scene) if target == "test"] == [2, 4]
    await plan(scene, enrollment.id, 10, 8)
    scene.clock.now = at(10, 1)
    await record_missed(scene.database, scene.clinic)
    assert [day for target, _, day, _ in await missed(scene) if target == "test"] == [2, 4, 7, 0]
    assert await holds(scene)


@pytest.mark.parametrize(
    ("due", "on", "now", "code"),
    [
        (None, None, 0, "invalid"),
        (1, 3, 0, "not_found"),
        (2, 4, 0, "invalid"),
        (4, 2, 3, "invalid"),
        (2, 40, 0, "invalid"),
        (0, 3, 2, "invalid"),
    ],
)
async def test_what_cannot_be_planned_is_refused(
    scene: Scene, due: int | None, on: int | None, now: int, code: str
) -> None:
    """With the place of the fault; nothing is written then."""
    enrollment = await enrolled(scene)
    scene.clock.now = at(now)
    refusal = await scene.refusal(lambda act: plan_visit(act, enrollment.id, _new(due, on)))
    assert refusal[0] == code
    assert await count(scene, "planned_visits") == 0


async def test_what_was_missed_is_not_moved_afterwards(scene: Scene) -> None:
    """It stands, and is excused by somebody as ever; so is what an ended enrollment expected."""
    enrollment = await enrolled(scene)
    scene.clock.now = at(2, 1)
    await record_missed(scene.database, scene.clinic)
    assert await scene.refusal(lambda act: plan_visit(act, enrollment.id, _new(0, 3))) == (
        "invalid",
        ("$.due_on",),
    )
    ends = CloseEnrollment("Moved away", TODAY + timedelta(days=3))
    await scene.value(lambda act: close_enrollment(act, enrollment.id, ends))
    assert await scene.refusal(lambda act: plan_visit(act, enrollment.id, _new(2, 4))) == (
        "invalid",
        ("$.day",),
    )


async def test_a_closure_excuses_by_the_day_that_a_visit_was_missed_on(scene: Scene) -> None:
    """Not by the program's own, which the visit had left."""
    enrollment = await enrolled(scene)
    scene.clock.now = at(0)
    await plan(scene, enrollment.id, 2, 3)
    scene.clock.now = at(5, 1)
    await record_missed(scene.database, scene.clinic)
    own = await scene.value(lambda act: enter_closure(act, closed(2, 2)))
    there = await scene.value(lambda act: enter_closure(act, closed(3, 3)))
    assert (own.excused, there.excused) == (0, 1)
    assert await holds(scene)
