"""Visits that nobody came to are recorded once, whatever happens to the workers and their clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from schemas.events import NewEvent
from schemas.people import CloseEnrollment, Enrollment, NewEnrollment
from schemas.program import Ladder, OnFailure, Phase, Program, Target, Visits
from schemas.visits import NewClosure
from service.core.actors import SYSTEM, system
from service.core.compiled import compile_rules
from service.core.expected_days import due_visits
from service.core.words.refusals.catalog import in_english
from service.flows.people.enrollments import close_enrollment, open_enrollment
from service.flows.programs.programs import publish_program
from service.flows.visits.closures import enter_closure
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.flows.visits.record_missed import record_missed
from service.settings import Settings
from service.store.database.pool import Database
from service.worker import CHORES, work_once
from tests.flows.conftest import TODAY, Scene, count, receipt

if TYPE_CHECKING:
    from tests.flows.conftest import Answer

ZONE = ZoneInfo("America/Los_Angeles")
LADDER = Ladder(100, 100)
RESET = OnFailure(reset=True)
PROGRAM = Program(
    "visits",
    "Visits",
    "usd",
    4,
    (
        Target(
            "test",
            "test",
            (Phase(weeks=(1, 4), earn=LADDER, on_failure=RESET),),
            visits=Visits(weekdays=("mon", "wed", "fri"), missed_after_hours=24),
        ),
        Target(
            "group",
            "attendance",
            (Phase(weeks=(1, 4), earn=LADDER, on_failure=RESET),),
            visits=Visits(per_week=2, min_days_between=2, missed_after_hours=48),
        ),
    ),
)
RULES = compile_rules(PROGRAM)


def at(day: int, hour: int = 12) -> datetime:
    """Give an hour of the clinic's clock, so many days after Monday, March 2."""
    return datetime.combine(TODAY + timedelta(days=day), time(hour), ZONE).astimezone(UTC)


async def enrolled(scene: Scene, reference: str = "P-1", starts_on: date = TODAY) -> Enrollment:
    """Enroll somebody of whom visits are expected."""
    await scene.value(lambda act: publish_program(act, PROGRAM))
    new = NewEnrollment(await scene.participant(reference), PROGRAM.name, starts_on)
    return await scene.value(lambda act: open_enrollment(act, new))


async def came(
    database: Database, scene: Scene, enrollment: UUID, moment: datetime, target: str = "test", word: str = ""
) -> Answer:
    """Record that somebody came."""
    outcome = word or {"test": "negative", "group": "attended"}[target]
    event = NewEvent(outcome, moment, enrollment=enrollment, target=target)
    recorder = Recorder(database, timedelta(minutes=5))
    (answer,) = await recorder.record(scene.clinic, [ToRecord(scene.actor("front_desk"), event)])
    return answer


async def missed(scene: Scene) -> list[tuple[str, str, int, str]]:
    """List what the service recorded: target, outcome, due day counted from the start, and effect."""
    async with scene.database.transaction(scene.clinic) as tx:
        rows = await tx.connection.fetch(
            "select target, outcome, expected_on, effect from events where recorded_by = $1 order by fact_no",
            SYSTEM,
        )
    return [(row["target"], row["outcome"], (row["expected_on"] - TODAY).days, row["effect"]) for row in rows]


async def test_a_missed_visit_is_recorded_once_its_grace_is_over(scene: Scene) -> None:
    """Not a second before; with the behavior's own word, at the last second of its day, as the service."""
    enrollment = await enrolled(scene)
    scene.clock.now = at(2, 0) - timedelta(seconds=1)
    assert await record_missed(scene.database, scene.clinic) == 0
    scene.clock.now = at(2, 0)
    assert await record_missed(scene.database, scene.clinic) == 1
    assert await missed(scene) == [("test", "missed", 0, "failure")]
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow("select reference, occurred_at, recording_id from events")
        told = await tx.connection.fetchrow(
            "select actor_id, role, participant_id from audit where deed = 'events.recorded'"
        )
    assert row is not None
    assert row["reference"] == f"missed:{enrollment.id}:test:2026-03-02:1"
    assert row["occurred_at"] == at(1, 0) - timedelta(seconds=1)
    assert told is not None
    assert tuple(told) == (SYSTEM, "system", enrollment.participant)
    assert await record_missed(scene.database, scene.clinic) == 0


async def test_each_behavior_has_its_own_word_and_grace(scene: Scene) -> None:
    """The group of Friday waits a day longer than Friday's test."""
    await enrolled(scene)
    scene.clock.now = at(6, 1)
    assert await record_missed(scene.database, scene.clinic) == 3
    scene.clock.now = at(7, 1)
    assert await record_missed(scene.database, scene.clinic) == 1
    assert (await missed(scene))[-1] == ("group", "absent", 4, "failure")


async def test_a_visit_met_within_the_grace_is_not_missed(scene: Scene) -> None:
    """Tuesday instead of Monday meets Monday's visit."""
    enrollment = await enrolled(scene)
    scene.clock.now = at(1)
    await came(scene.database, scene, enrollment.id, at(1))
    scene.clock.now = at(3)
    assert await record_missed(scene.database, scene.clinic) == 0
    scene.clock.now = at(4)
    assert await record_missed(scene.database, scene.clinic) == 1
    assert await missed(scene) == [("test", "missed", 2, "failure")]


async def test_an_enrollment_opened_late_is_counted_from_its_start(scene: Scene) -> None:
    """All that was missed since then is found at once, even where the desk could record nothing so old."""
    scene.clock.now = at(30)
    await enrolled(scene)
    assert await record_missed(scene.database, scene.clinic) == 4 * 3 + 4 * 2
    assert await record_missed(scene.database, scene.clinic) == 0


async def test_a_late_result_replaces_a_missed_visit(scene: Scene) -> None:
    """What the later visits earn is raised to what it would have been, and the miss changes nothing."""
    enrollment = await enrolled(scene)
    scene.clock.now = at(0)
    await came(scene.database, scene, enrollment.id, at(0))
    scene.clock.now = at(4)
    await record_missed(scene.database, scene.clinic)
    first = receipt(await came(scene.database, scene, enrollment.id, at(4)))
    assert first.awards[0].amount == 100
    late = receipt(await came(scene.database, scene, enrollment.id, at(2)))
    assert [award.amount for award in late.awards] == [200, 200]
    assert (await scene.balance(enrollment.participant)).earned == 100 + 200 + 300


async def test_a_visit_recorded_meanwhile_is_not_missed(scene: Scene) -> None:
    """Between the worker's look and its record the desk was faster: what was looked for is asked again."""
    enrollment = await enrolled(scene)
    scene.clock.now = at(3)
    visit = due_visits(RULES, 0, TODAY)[0]
    word = f"missed:{enrollment.id}:test:{TODAY}:1"
    event = NewEvent("missed", at(1, 0), enrollment=enrollment.id, target="test", reference=word)
    await came(scene.database, scene, enrollment.id, at(0))
    recorder = Recorder(scene.database, timedelta(0))
    (answer,) = await recorder.record(scene.clinic, [ToRecord(system(scene.clinic), event, due=visit)])
    assert not isinstance(answer, Recorded)
    assert await missed(scene) == []


async def test_record_within_days_does_not_bind_missed_visits(scene: Scene) -> None:
    """`record_within_days` is for people; a worker that was down for weeks leaves nothing out."""
    program = Program("visits", "Visits", "usd", 4, PROGRAM.targets, record_within_days=2)
    await scene.value(lambda act: publish_program(act, program))
    new = NewEnrollment(await scene.participant(), "visits", TODAY)
    await scene.value(lambda act: open_enrollment(act, new))
    scene.clock.now = at(12)
    assert await record_missed(scene.database, scene.clinic) == 7


async def test_after_its_last_day_nobody_is_expected_and_before_it_nothing_is_left_out(scene: Scene) -> None:
    """A closed enrollment's last missed visits are still recorded."""
    enrollment = await enrolled(scene)
    scene.clock.now = at(2)
    close = CloseEnrollment("Moved away", TODAY + timedelta(days=2))
    await scene.value(lambda act: close_enrollment(act, enrollment.id, close))
    scene.clock.now = at(20)
    assert await record_missed(scene.database, scene.clinic) == 2
    assert [one[2] for one in await missed(scene)] == [0, 2]


async def test_a_worker_that_died_before_it_wrote_how_far_it_came_records_nothing_twice(scene: Scene) -> None:
    """The next one looks again, finds it on record, and goes on."""
    await enrolled(scene)
    scene.clock.now = at(4)
    assert await record_missed(scene.database, scene.clinic) == 2
    async with scene.database.transaction(scene.clinic) as tx:
        before = await tx.connection.fetchrow("select through, next_at from visit_checks")
        await tx.connection.execute("update visit_checks set through = null, next_at = $1", at(0))
    assert await record_missed(scene.database, scene.clinic) == 0
    async with scene.database.transaction(scene.clinic) as tx:
        assert await tx.connection.fetchrow("select through, next_at from visit_checks") == before
    assert await count(scene, "events") == 2


async def test_a_clock_that_was_set_back_leaves_nothing_out(scene: Scene) -> None:
    """Between the look and the record the clock went back: the events lie ahead, and wait."""
    await enrolled(scene)
    times = iter([at(9), at(0)])
    database = Database(scene.database.pool, scene.database.cipher, lambda: next(times, at(0)))
    assert await record_missed(database, scene.clinic) == 0
    async with scene.database.transaction(scene.clinic) as tx:
        assert await tx.connection.fetchval("select through from visit_checks") is None
    scene.clock.now = at(9)
    assert await record_missed(scene.database, scene.clinic) == 4 + 2


async def test_references_of_the_service_are_reserved(scene: Scene) -> None:
    """A reference that begins with `missed:` is refused in words, so no client can be in the worker's way."""
    enrollment = await enrolled(scene)
    event = NewEvent("negative", at(0, 8), enrollment=enrollment.id, target="test", reference="missed:x")
    recorder = Recorder(scene.database, timedelta(hours=1))
    (answer,) = await recorder.record(scene.clinic, [ToRecord(scene.actor(), event)])
    assert not isinstance(answer, Recorded)
    assert (answer.code, answer.faults[0].pointer) == ("reference_reserved", "$.reference")
    assert "missed:" in in_english(answer)


@pytest.mark.usefixtures("own_database")
async def test_the_worker_s_single_round_records_missed_visits(scene: Scene, test_settings: Settings) -> None:
    """`rewards work --once` does every chore; this is one of them."""
    await enrolled(scene)
    scene.clock.now = at(4)
    await work_once(scene.database, test_settings, CHORES)
    assert len(await missed(scene)) == 2


async def test_a_closure_entered_before_leaves_nobody_missing(scene: Scene) -> None:
    """On a closed day nobody is expected; the days around it are as they were."""
    await enrolled(scene)
    closed = NewClosure(TODAY + timedelta(days=2), TODAY + timedelta(days=3), "Burst pipe")
    assert (await scene.value(lambda act: enter_closure(act, closed))).excused == 0
    scene.clock.now = at(9)
    await record_missed(scene.database, scene.clinic)
    assert [one[2] for one in await missed(scene) if one[0] == "test"] == [0, 4, 7]
