"""Two charts of one person in a program, merged and taken apart, for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from schemas.merges import Merge, NewMerge, NewUnmerge
from schemas.people import Enrollment, NewEnrollment
from schemas.program import Ladder, OnFailure, Phase, Program, Target
from service.core.cursors import Page
from service.flows.people.enrollments import open_enrollment
from service.flows.people.merges import merge_participants
from service.flows.people.unmerges import unmerge_participants
from service.flows.programs.programs import publish_program
from service.flows.visits.read_events import EventFilter, list_events
from tests.flows.conftest import MONDAY, TODAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.receipts import RecordedEvent
    from tests.flows.conftest import Scene

ONCE_A_DAY = Program(
    "once",
    "Once a day",
    "usd",
    24,
    (
        Target(
            "test", "test", (Phase(weeks=(1, 24), earn=Ladder(100, 100), on_failure=OnFailure(reset=True)),)
        ),
    ),
)
DAY = timedelta(days=1)


async def two(scene: Scene) -> tuple[Enrollment, Enrollment]:
    """Enroll one person on two charts in the same program."""
    await scene.value(lambda act: publish_program(act, ONCE_A_DAY))
    people = [await scene.participant("P-1", "Ana Lima"), await scene.participant("P-2", "A. Lima")]
    first, second = [NewEnrollment(one, "once", TODAY) for one in people]
    scene.clock.now = MONDAY + 20 * DAY
    return (
        await scene.value(lambda act: open_enrollment(act, first)),
        await scene.value(lambda act: open_enrollment(act, second)),
    )


async def merged(scene: Scene, survivor: UUID, ended: UUID, **more: object) -> Merge:
    """Merge two charts."""
    new = NewMerge(ended, **more)  # type: ignore[arg-type]
    return await scene.value(lambda act: merge_participants(act, survivor, new))


async def unmerged(scene: Scene, survivor: UUID, **more: object) -> Merge:
    """Take two charts apart, as another person."""
    new = NewUnmerge(**more)  # type: ignore[arg-type]
    scene.clock.now += timedelta(hours=1)
    return await scene.by_another(lambda act: unmerge_participants(act, survivor, new))


async def events_of(scene: Scene, enrollment: UUID) -> Sequence[RecordedEvent]:
    """What is on record of an enrollment."""
    wanted = EventFilter(enrollment=enrollment)
    return (await scene.value(lambda act: list_events(act, wanted, Page(200)))).items


async def picture(scene: Scene) -> dict[str, object]:
    """All that a merge and its undoing must leave as it was: balances, caps, enrollments and checkpoints."""
    asked = {
        "balances": "select participant_id, unit, available, held, given from balances where earned > 0",
        "caps": "select participant_id, cap_id, period, amount from cap_totals where amount > 0",
        "enrollments": "select enrollment_id, participant_id, closed_on, chart_id from enrollments",
        "states": "select enrollment_id, convert_from(state, 'utf8') from checkpoints",
        "people": "select participant_id, survivor_id from participants",
    }
    async with scene.database.transaction(scene.clinic) as tx:
        return {
            name: sorted(map(str, map(tuple, await tx.connection.fetch(query))))
            for name, query in asked.items()
        }


async def available(scene: Scene, participant: UUID) -> int:
    """What somebody has to spend."""
    return (await scene.balance(participant)).available
