"""An enrollment keeps its version; moving to a newer one is an operation with a preview of the difference."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.people import MoveEnrollment
from schemas.program import Ladder, OnFailure, Phase, Program, Target
from schemas.receipts import MovedEnrollment
from service.flows.people.enrollments import read_enrollment
from service.flows.people.transfers import move_enrollment
from service.flows.programs.programs import publish_program
from service.flows.visits.corrections import correct_event
from tests.flows.conftest import MONDAY, program

if TYPE_CHECKING:
    from uuid import UUID

    from tests.flows.conftest import Scene


def raised(start: int, *, name: str = "test") -> Program:
    """Make the scene's program with another first step."""
    phases = (Phase((1, 24), Ladder(start, 100), OnFailure(reset=True)),)
    return replace(program(), targets=(Target(name, "test", phases),))


async def moved(scene: Scene, enrollment: UUID, version: int, *, is_preview: bool = False) -> MovedEnrollment:
    """Move an enrollment, or look what that would do."""
    to = MoveEnrollment(version, "The clinic raised the first step.")
    return await scene.value(lambda act: move_enrollment(act, enrollment, to, is_preview=is_preview))


async def test_publishing_a_version_leaves_enrollments_unchanged(scene: Scene) -> None:
    """An enrollment keeps its version until somebody moves it."""
    enrollment = await scene.enrolled()
    await scene.value(lambda act: publish_program(act, raised(500)))
    assert (await scene.record(enrollment.id, "negative")).awards[0].amount == 100


async def test_a_preview_shows_the_difference_and_writes_nothing(scene: Scene) -> None:
    """Each visit with what it was and would be; the balance stays."""
    enrollment = await scene.enrolled()
    await scene.record(enrollment.id, "negative")
    await scene.record(enrollment.id, "negative", MONDAY + timedelta(minutes=1))
    await scene.value(lambda act: publish_program(act, raised(500)))
    seen = await moved(scene, enrollment.id, 2, is_preview=True)
    assert [(one.before, one.after) for one in seen.adjustments] == [(100, 500), (200, 600)]
    assert seen.total[0].amount == 800
    assert seen.balances[0].available == 1100
    assert seen.is_preview
    assert (await scene.balance(enrollment.participant)).available == 300
    assert (await scene.value(lambda act: read_enrollment(act, enrollment.id))).version == 1


async def test_moving_pays_the_difference_and_goes_on_by_the_new_version(scene: Scene) -> None:
    """Exactly what the preview said; then the next visit is worth what the new version says."""
    enrollment = await scene.enrolled()
    await scene.record(enrollment.id, "negative")
    await scene.value(lambda act: publish_program(act, raised(500)))
    preview = await moved(scene, enrollment.id, 2, is_preview=True)
    done = await moved(scene, enrollment.id, 2)
    assert done.adjustments == preview.adjustments
    assert (await scene.balance(enrollment.participant)).available == 500
    receipt = await scene.record(enrollment.id, "negative", MONDAY + timedelta(minutes=1))
    assert receipt.awards[0].amount == 600


async def test_a_version_that_pays_less_takes_nothing_back(scene: Scene) -> None:
    """What is already paid is kept, recorded as overpaid."""
    enrollment = await scene.enrolled()
    await scene.record(enrollment.id, "negative")
    await scene.value(lambda act: publish_program(act, raised(50)))
    done = await moved(scene, enrollment.id, 2)
    assert done.adjustments[0].overpaid == 50
    assert (await scene.balance(enrollment.participant)).available == 100


async def test_corrections_and_late_events_go_on_across_a_move(scene: Scene) -> None:
    """Events, corrections and moves share one order, and are folded together by the version of now."""
    enrollment = await scene.enrolled()
    first = await scene.record(enrollment.id, "negative")
    second = await scene.record(enrollment.id, "positive", MONDAY + timedelta(minutes=1))
    await scene.value(lambda act: publish_program(act, raised(500)))
    await moved(scene, enrollment.id, 2)
    new = NewCorrection("lab_overturn", "The lab called.", "negative")
    done = await scene.value(lambda act: correct_event(act, second.event.id, new), "clinician")
    assert done.total[0].amount == 600
    late = await scene.record(enrollment.id, "negative", MONDAY - timedelta(minutes=1))
    assert late.awards[0].amount == 500
    assert [one.event for one in late.adjustments] == [first.event.id, second.event.id]
    assert (await scene.balance(enrollment.participant)).available == 500 + 600 + 700


async def test_moving_backward_or_to_a_lacking_version_is_refused(scene: Scene) -> None:
    """Not to one that is not there, nor back, nor where a target with visits is gone."""
    enrollment = await scene.enrolled()
    await scene.record(enrollment.id, "negative")

    async def refused(version: int) -> tuple[str, tuple[str, ...]]:
        to = MoveEnrollment(version, "Because.")
        return await scene.refusal(lambda act: move_enrollment(act, enrollment.id, to, is_preview=False))

    assert await refused(2) == ("unknown_program", ("$.version",))
    assert await refused(1) == ("invalid", ("$.version",))
    await scene.value(lambda act: publish_program(act, raised(500, name="other")))
    assert await refused(2) == ("unknown_target", ("$.version",))
