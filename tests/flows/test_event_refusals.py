"""An event that fits nowhere is refused with the place and the remedy, and nothing is written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from schemas.people import CloseEnrollment, NewEnrollment
from schemas.program import Program
from service.core.refusals import Refused
from service.flows.people.enrollments import close_enrollment, open_enrollment
from service.flows.programs.programs import publish_program
from tests.flows.conftest import MONDAY, Ask, Scene, code, count, paid

REFUSALS: list[tuple[str, dict[str, Any]]] = [
    ("outcome_not_allowed", {"outcome": "attended"}),
    ("event_in_future", {"occurred_at": MONDAY + timedelta(minutes=6)}),
    ("outside_enrollment", {"occurred_at": MONDAY - timedelta(days=1)}),
    ("unknown_target", {"target": "nonsense"}),
    ("unknown_target", {"target": None}),
    ("unknown_target", {"target": None, "behavior": "homework"}),
    ("unknown_enrollment", {"enrollment": UUID(int=5)}),
    ("unknown_enrollment", {"participant_reference": "P-2"}),
    ("invalid", {"enrollment": None, "target": None, "participant_reference": "P-1"}),
    ("not_enrolled", {"enrollment": None, "participant_reference": "P-3", "behavior": "test"}),
    ("not_enrolled", {"enrollment": None, "participant_reference": "P-1", "program": "other"}),
]


@pytest.mark.parametrize(("refusal", "fields"), REFUSALS, ids=lambda value: str(value)[:40])
async def test_an_event_that_fits_nowhere_is_refused(
    scene: Scene, ask: Ask, refusal: str, fields: dict[str, Any]
) -> None:
    """Nothing is written, and the refusal names the place."""
    enrollment = await scene.enrolled()
    answer = await ask(**({"enrollment": enrollment.id, "target": "test"} | fields))
    assert code(answer) == refusal
    assert isinstance(answer, Refused)
    assert answer.faults[0].pointer.startswith("$.")
    assert await count(scene, "events") == 0


async def test_two_enrollments_with_such_a_target_are_ambiguous(scene: Scene, ask: Ask) -> None:
    """The participant has a test target in two open programs; naming the program settles it."""
    enrollment = await scene.enrolled()
    await scene.program("second")
    new = NewEnrollment(enrollment.participant, "second", date(2026, 3, 2))
    await scene.value(lambda act: open_enrollment(act, new))
    assert code(await ask(participant_reference="P-1", behavior="test")) == "ambiguous_enrollment"
    assert paid(await ask(participant_reference="P-1", behavior="test", program="second")) == 100


async def test_a_closed_enrollment_still_takes_the_events_of_its_days(scene: Scene, ask: Ask) -> None:
    """Up to its last day, by its id and by its participant; after it no more."""
    enrollment = await scene.enrolled()
    close = CloseEnrollment("moved away", date(2026, 3, 4))
    await scene.value(lambda act: close_enrollment(act, enrollment.id, close))
    scene.clock.now = MONDAY + timedelta(days=7)
    named = {"enrollment": enrollment.id, "target": "test"}
    assert paid(await ask(occurred_at=MONDAY + timedelta(days=1), **named)) == 100
    assert code(await ask(occurred_at=MONDAY + timedelta(days=3), **named)) == "outside_enrollment"
    named = {"participant_reference": "P-1", "behavior": "test"}
    assert paid(await ask(occurred_at=MONDAY + timedelta(days=2), **named)) == 200
    assert code(await ask(occurred_at=MONDAY + timedelta(days=3), **named)) == "not_enrolled"


async def test_a_program_may_bound_how_far_back_visits_are_recorded(scene: Scene, ask: Ask) -> None:
    """`record_within_days: 2` takes the day before yesterday and nothing older."""
    document: Program = await scene.program()
    bounded = msgspec.structs.replace(document, name="bounded", record_within_days=2)
    await scene.value(lambda act: publish_program(act, bounded))
    new = NewEnrollment(await scene.participant(), "bounded", date(2026, 3, 2))
    enrollment = await scene.value(lambda act: open_enrollment(act, new))
    scene.clock.now = MONDAY + timedelta(days=3)
    named = {"enrollment": enrollment.id, "target": "test"}
    assert code(await ask(occurred_at=MONDAY, **named)) == "recorded_too_late"
    assert paid(await ask(occurred_at=MONDAY + timedelta(days=1), **named)) == 100
