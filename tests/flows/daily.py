"""A clinic whose program's day holds one event, and short words for recording there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from schemas.people import Enrollment, NewEnrollment, Role
from schemas.program import Program
from service.flows.people.enrollments import open_enrollment
from service.flows.programs.programs import publish_program
from service.flows.visits.record_events import ToRecord
from tests.flows.conftest import MONDAY, Answer, Scene, program

WITHDRAW = NewCorrection("entry_error", "The wrong person.")


def once_a_day() -> Program:
    """Make the scene's program with one event a day, as programs are that say nothing."""
    document = program("daily")
    return replace(document, targets=(replace(document.targets[0], visits=None),))


async def enrolled(scene: Scene, reference: str = "P-1") -> Enrollment:
    """Enroll somebody in a program whose day holds one event."""
    await scene.value(lambda act: publish_program(act, once_a_day()))
    new = NewEnrollment(await scene.participant(reference), "daily", MONDAY.date() - timedelta(days=7))
    return await scene.value(lambda act: open_enrollment(act, new))


async def record(
    scene: Scene,
    about: Enrollment,
    outcome: str = "negative",
    role: Role = "integration",
    **said: Any,  # noqa: ANN401  whatever an event says
) -> Answer:
    """Record one event of the enrollment's target."""
    said = {"occurred_at": MONDAY, "enrollment": about.id, "target": "test", **said}
    once = said.pop("once", None)
    file = said.pop("once_for_all", False)
    item = ToRecord(scene.actor(role), NewEvent(outcome, **said), once=once, once_for_all=file)
    (answer,) = await scene.recorder.record(scene.clinic, [item])
    return answer
