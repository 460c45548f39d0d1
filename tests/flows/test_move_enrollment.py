"""An enrollment keeps its version; moving to a newer one is an operation with a preview of the difference."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from schemas.people import MoveEnrollment, NewEnrollment
from schemas.program import Flat, Ladder, OnFailure, Phase, Program, Target
from schemas.receipts import MovedEnrollment
from service.core.compiled import compile_rules
from service.core.refolding import fits
from service.flows.people.enrollments import open_enrollment, read_enrollment
from service.flows.people.transfers import move_enrollment
from service.flows.programs.programs import publish_program
from service.flows.visits.corrections import correct_event
from service.flows.visits.record_events import ToRecord
from service.store import charts, clinics, ledger
from tests.flows.conftest import MONDAY, TODAY, paid, program

if TYPE_CHECKING:
    from uuid import UUID

    from tests.flows.conftest import Scene


def raised(start: int, *, name: str = "test") -> Program:
    """Make the scene's program with another first step."""
    phases = (Phase(weeks=(1, 24), earn=Ladder(start, 100), on_failure=OnFailure(reset=True)),)
    return replace(program(), targets=(replace(program().targets[0], name=name, phases=phases),))


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


def with_dose(*targets: Target) -> Program:
    """Make the scene's program with these targets."""
    return replace(program(), targets=targets)


TEST = Target(
    "test", "test", (Phase(weeks=(1, 24), earn=Ladder(100, 100), on_failure=OnFailure(reset=True)),)
)
DOSE = Target("dose", "medication", (Phase(weeks=(1, 24), earn=Flat(7)),))


async def dose(scene: Scene, enrollment: UUID, at: datetime) -> int:
    """Record a dose that was taken, and give what it earned."""
    event = NewEvent("taken", at, enrollment=enrollment, target="dose")
    (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(scene.actor("clinician"), event)])
    return paid(answer)


async def test_facts_keep_their_target_where_a_version_orders_targets_otherwise(scene: Scene) -> None:
    """A test stays a test, and a dose a dose: nothing is paid anew, and the ladder goes on."""
    await scene.value(lambda act: publish_program(act, with_dose(TEST, DOSE)))
    new = NewEnrollment(await scene.participant(), "ladder", TODAY)
    enrollment = await scene.value(lambda act: open_enrollment(act, new))
    await scene.record(enrollment.id, "negative")
    assert await dose(scene, enrollment.id, MONDAY + timedelta(minutes=1)) == 7
    await scene.value(lambda act: publish_program(act, with_dose(DOSE, TEST)))
    done = await moved(scene, enrollment.id, 2)
    assert done.adjustments == ()
    assert (await scene.balance(enrollment.participant)).available == 107
    scene.clock.now = MONDAY + timedelta(days=1)
    receipt = await scene.record(enrollment.id, "negative", scene.clock.now)
    assert receipt.awards[0].amount == 200
    assert await dose(scene, enrollment.id, scene.clock.now) == 7


async def test_a_version_whose_target_has_another_behavior_is_refused(scene: Scene) -> None:
    """A test on record is no dose, whatever the target is called now."""
    enrollment = await scene.enrolled()
    await scene.record(enrollment.id, "negative")
    await scene.value(lambda act: publish_program(act, with_dose(replace(DOSE, name="test"))))
    to = MoveEnrollment(2, "Because.")
    answer = await scene.refusal(lambda act: move_enrollment(act, enrollment.id, to, is_preview=False))
    assert answer == ("unknown_target", ("$.version",))


async def test_a_version_that_lacks_the_outcome_of_an_overturn_is_refused(scene: Scene) -> None:
    """What a correction says must have its place too, though no event has it."""
    word = replace(TEST, outcomes={"dilute": "neutral"})
    enrollment = await scene.enrolled()
    receipt = await scene.record(enrollment.id, "negative")
    new = NewCorrection("lab_overturn", "The lab called.", "dilute")
    await scene.value(lambda act: correct_event(act, receipt.event.id, new), "clinician")
    async with scene.database.transaction(scene.clinic) as tx:
        zone = await clinics.zone(tx)
        people = await charts.lock(tx, [], [enrollment.participant], [])
        episode = (await ledger.whole(tx, people, enrollment.id, zone)).episode
    rules = compile_rules(with_dose(word))
    assert fits(episode, rules) is None
    lacking = replace(rules.targets[0], effects={"negative": "success", "positive": "failure"})
    refusal = fits(episode, replace(rules, targets=(lacking,)))
    assert refusal is not None
    assert refusal.reason == "outcome_not_allowed.not_in_version"
    assert refusal.values == {"target": "test", "outcome": "dilute"}
