"""A closure that is entered late excuses what was missed on its days; corrections change who is missing."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.people import Enrollment, MoveEnrollment, NewEnrollment
from schemas.program import Excuses, Phase, Program, Target, Visits
from schemas.visits import NewClosure
from service.core.cursors import Page
from service.core.expected import Look
from service.flows.people.enrollments import open_enrollment
from service.flows.people.transfers import move_enrollment
from service.flows.perform import Done
from service.flows.programs.programs import publish_program
from service.flows.visits import closures as close_clinic
from service.flows.visits.closures import enter_closure
from service.flows.visits.corrections import correct_event
from service.flows.visits.read_events import read_event
from service.flows.visits.record_missed import record_missed
from service.flows.visits.visits import list_visits
from service.store import visits
from tests.flows.conftest import TODAY, Scene, count, receipt
from tests.flows.test_missed import LADDER, PROGRAM, RESET, at, came, enrolled, missed


def closed(first: int, last: int) -> NewClosure:
    """Close the clinic on some days, counted from Monday, March 2."""
    return NewClosure(TODAY + timedelta(days=first), TODAY + timedelta(days=last), "Snow")


async def test_a_closure_entered_afterwards_excuses_what_was_missed_on_its_days(scene: Scene) -> None:
    """The ladder is as if nobody had been expected, and what it cost is paid; other days stay as they are."""
    one, other = await enrolled(scene, "P-1"), await enrolled(scene, "P-2")
    scene.clock.now = at(0)
    await came(scene.database, scene, one.id, at(0))
    scene.clock.now = at(6)
    await record_missed(scene.database, scene.clinic)
    assert receipt(await came(scene.database, scene, one.id, at(4))).awards[0].amount == 100
    made = await scene.value(lambda act: enter_closure(act, closed(2, 2)))
    assert made.excused == 2
    assert (await scene.balance(one.participant)).earned == 100 + 200
    page = await scene.value(lambda act: list_visits(act, Page(), TODAY + timedelta(days=2)))
    assert [(visit.status, visit.outcome) for visit in page.items] == [("closed", "excused")] * 2
    event = page.items[0].event
    assert event is not None
    shown = await scene.value(lambda act: read_event(act, event))
    assert (shown.event.outcome, shown.event.recorded_outcome) == ("excused", "missed")
    assert shown.event.expected_on == TODAY + timedelta(days=2)
    assert isinstance(shown.corrections, tuple)
    assert [(said.kind, said.reason) for said in shown.corrections] == [("excuse", "The clinic was closed.")]
    assert shown.corrections[0].recorded_by == scene.actor().id
    page = await scene.value(lambda act: list_visits(act, Page(), TODAY))
    assert [visit.status for visit in page.items] == ["came", "missed"]
    assert other.participant == page.items[1].participant


async def test_an_excused_visit_is_not_excused_twice(scene: Scene) -> None:
    """A second closure over the same days finds nothing to do."""
    await enrolled(scene)
    scene.clock.now = at(3)
    await record_missed(scene.database, scene.clinic)
    first = await scene.value(lambda act: enter_closure(act, closed(0, 1)))
    again = await scene.value(lambda act: enter_closure(act, closed(0, 1)))
    assert (first.excused, again.excused) == (1, 0)
    assert await count(scene, "corrections") == 1


async def limited(scene: Scene, limit: int) -> Enrollment:
    """Enroll somebody whose program keeps the place of so many excused visits, and let them miss Monday."""
    visits = Visits(weekdays=("mon", "wed", "fri"), missed_after_hours=24)
    target = Target("test", "test", (Phase(weeks=(1, 4), earn=LADDER, on_failure=RESET),), visits=visits)
    document = Program("limited", "Limited", "usd", 4, (target,), excuses=Excuses(limit=limit))
    await scene.value(lambda act: publish_program(act, document))
    new = NewEnrollment(await scene.participant(), document.name, TODAY - timedelta(weeks=1))
    one = await scene.value(lambda act: open_enrollment(act, new))
    await came(scene.database, scene, one.id, at(-3))
    scene.clock.now = at(2)
    await record_missed(scene.database, scene.clinic)
    return one


async def excused(scene: Scene, day: int) -> str:
    """Excuse by hand what was missed on a day, and give its effect."""
    query = "select event_id from events where expected_on = $1"
    async with scene.database.transaction(scene.clinic) as tx:
        event = await tx.connection.fetchval(query, TODAY + timedelta(days=day))
    new = NewCorrection("excuse", "In hospital")
    return (await scene.value(lambda act: correct_event(act, event, new))).event.effect


async def test_a_closed_clinic_uses_up_nobody_s_excuses(scene: Scene) -> None:
    """Beyond the program's limit an excuse is a failure, but not for a day on which the clinic was closed."""
    one = await limited(scene, 1)
    made = await scene.value(lambda act: enter_closure(act, closed(0, 0)))
    assert made.excused == 1
    assert receipt(await came(scene.database, scene, one.id, at(2))).awards[0].amount == 200
    scene.clock.now = at(8)
    await record_missed(scene.database, scene.clinic)
    assert await excused(scene, 4) == "neutral"
    assert receipt(await came(scene.database, scene, one.id, at(8))).awards[0].amount == 300


async def test_a_closure_gives_back_the_excuse_that_its_day_had_used_up(scene: Scene) -> None:
    """Excused by hand beyond the limit, the visit had counted as a failure; the closure undoes that."""
    one = await limited(scene, 0)
    assert await excused(scene, 0) == "failure"
    assert receipt(await came(scene.database, scene, one.id, at(2))).awards[0].amount == 100
    made = await scene.value(lambda act: enter_closure(act, closed(0, 0)))
    assert made.excused == 1
    assert (await scene.balance(one.participant)).earned == 100 + 200
    page = await scene.value(lambda act: list_visits(act, Page(), TODAY))
    event = page.items[0].event
    assert event is not None
    shown = await scene.value(lambda act: read_event(act, event))
    assert isinstance(shown.corrections, tuple)
    assert [said.closure for said in shown.corrections] == [None, made.id]


async def test_a_closure_with_too_much_to_excuse_is_refused_whole(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so, and is entered in parts."""
    await enrolled(scene)
    scene.clock.now = at(9)
    await record_missed(scene.database, scene.clinic)
    monkeypatch.setattr(close_clinic, "EXCUSED_MAX", 1)
    refused = await scene.refusal(lambda act: enter_closure(act, closed(0, 6)))
    assert refused == ("invalid", ("$.last_day",))
    assert await count(scene, "closures") == 0
    assert (await scene.value(lambda act: enter_closure(act, closed(0, 1)))).excused == 1


async def test_a_closure_and_the_worker_at_once_leave_nobody_missing_on_a_closed_day(scene: Scene) -> None:
    """Either the closure comes first and nobody is missed, or what was recorded is excused by it."""
    for number in range(5):
        await enrolled(scene, f"P-{number}")
    scene.clock.now = at(9)
    done = await asyncio.gather(
        record_missed(scene.database, scene.clinic),
        scene.ask(lambda act: enter_closure(act, closed(2, 2))),
        record_missed(scene.database, scene.clinic),
    )
    assert isinstance(done[1], Done)
    page = await scene.value(lambda act: list_visits(act, Page(), TODAY + timedelta(days=2)))
    assert {visit.status for visit in page.items} == {"closed"}
    recorded = [one for one in await missed(scene) if one[2] == 2]
    assert len(recorded) in {0, done[1].value.excused}
    assert await count(scene, "corrections") == done[1].value.excused


async def test_a_visit_whose_entry_was_withdrawn_is_missed(scene: Scene) -> None:
    """An entry error before the grace is over leaves the visit unmet."""
    one = await enrolled(scene)
    scene.clock.now = at(1)
    event = receipt(await came(scene.database, scene, one.id, at(0))).event.id
    await scene.value(lambda act: correct_event(act, event, NewCorrection("entry_error", "Somebody else")))
    scene.clock.now = at(2)
    assert await record_missed(scene.database, scene.clinic) == 1


async def test_a_missed_visit_is_excused_by_hand_like_any_event(scene: Scene) -> None:
    """Nobody recorded it, so anybody who corrects may; in the list it is excused."""
    await enrolled(scene)
    scene.clock.now = at(2)
    await record_missed(scene.database, scene.clinic)
    page = await scene.value(lambda act: list_visits(act, Page(), TODAY))
    event = page.items[0].event
    assert event is not None
    await scene.value(lambda act: correct_event(act, event, NewCorrection("excuse", "In hospital")))
    page = await scene.value(lambda act: list_visits(act, Page(), TODAY))
    assert page.items[0].status == "excused"
    assert await record_missed(scene.database, scene.clinic) == 0


async def test_after_a_move_the_newer_version_s_visits_are_expected(scene: Scene) -> None:
    """From where everything is settled on; what the older version missed stays on record."""
    one = await enrolled(scene)
    scene.clock.now = at(5, 1)
    await record_missed(scene.database, scene.clinic)
    test, group = PROGRAM.targets
    daily = replace(test, visits=Visits(per_week=7, missed_after_hours=24))
    await scene.value(lambda act: publish_program(act, replace(PROGRAM, targets=(daily, group))))
    to = MoveEnrollment(2, "More often")
    await scene.value(partial(move_enrollment, enrollment_id=one.id, to=to, is_preview=False))
    scene.clock.now = at(7, 1)
    await record_missed(scene.database, scene.clinic)
    assert [day for target, _, day, _ in await missed(scene) if target == "test"] == [0, 2, 3, 4, 5]


async def test_a_look_that_began_before_a_move_settles_nothing_after_it(scene: Scene) -> None:
    """A move asks for another look, which no worker that looked by the older version takes away again."""
    one = await enrolled(scene)
    scene.clock.now = at(2)
    async with scene.database.transaction(scene.clinic) as tx:
        (check,) = await visits.due_checks(tx, 10)
    await scene.value(lambda act: publish_program(act, replace(PROGRAM, title="Another title")))
    to = MoveEnrollment(2, "It is newer")
    await scene.value(partial(move_enrollment, enrollment_id=one.id, to=to, is_preview=False))
    async with scene.database.transaction(scene.clinic) as tx:
        await visits.advance(tx, at(2), [(check, Look((), None, None))])
        (again,) = await visits.due_checks(tx, 10)
    assert (again.enrollment, again.version, again.next_at) == (one.id, 2, at(2))
