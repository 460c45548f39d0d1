"""Nobody loosens what they are held to themselves, and no visit is paid out twice by one pair of hands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from schemas.corrections import NewCorrection
from schemas.people import NewEnrollment
from schemas.redemption_changes import NewSecondPersonLimit, NewTakeBack
from schemas.second_looks import SecondPersonRulesChange
from service.core.actors import Actor
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.people.enrollments import open_enrollment
from service.flows.perform import Done, perform
from service.flows.shelf.lost_rewards import take_back_redemption
from service.flows.shelf.redemption_changes import list_redemption_changes
from service.flows.shelf.redemptions import give_redemption
from service.flows.shelf.second_looks import read_second_looks
from service.flows.shelf.second_person_limits import set_second_person_limit
from service.flows.shelf.second_person_rules import set_rules
from service.flows.visits.corrections import correct_event
from tests.flows.alone import EVERYBODY, LEFT, handed, late_by, leave_alone, redeemed
from tests.flows.conftest import MONDAY, TODAY
from tests.flows.giving import card, credited

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


@pytest.fixture(autouse=True)
async def managers_are_named(scene: Scene) -> None:
    """Another manager names managers and integrations in the clinic's rules."""
    await scene.by_another(partial(set_rules, new=SecondPersonRulesChange(roles=EVERYBODY)))


async def test_rules_that_somebody_loosened_hold_for_them_once_another_manager_sets_them(
    scene: Scene,
) -> None:
    """Taking managers out of the rules alone changes nothing for whoever did; nor does doing so twice."""
    enrollment, mug = await late_by(scene)
    for loose in (
        SecondPersonRulesChange(roles=("front_desk",)),
        SecondPersonRulesChange(record_within_days=None),
    ):
        await scene.value(partial(set_rules, new=loose))
    assert await handed(scene, enrollment.participant, mug) == "second_person_needed.own"
    await scene.by_another(lambda act: set_rules(act, SecondPersonRulesChange()))
    assert await handed(scene, enrollment.participant, mug) == ""


async def test_two_persons_hand_out_more_than_one_on_a_day(scene: Scene) -> None:
    """Above the day's bound a manager hands over what somebody else set aside, and nothing that they did."""
    enrollment = await scene.enrolled()
    who = enrollment.participant
    await credited(scene, who, 60_000)
    bike = await card(scene, 30_000, instant=False)
    mine = await redeemed(scene, who, bike, scene.actor())
    refusal = await scene.ask(lambda act: give_redemption(act, mine.id))
    assert isinstance(refusal, Refused)
    assert refusal.reason == "second_person_needed.much"
    theirs = await redeemed(scene, who, bike, scene.actor("front_desk"))
    await scene.value(lambda act: give_redemption(act, theirs.id))
    answer = await perform(
        scene.database, scene.actor("front_desk"), lambda act: give_redemption(act, mine.id)
    )
    assert isinstance(answer, Refused)
    await leave_alone(scene)
    scene.clock.now += LEFT
    await scene.value(lambda act: give_redemption(act, mine.id))


@pytest.mark.parametrize("is_alone", [False, True])
async def test_nobody_raises_their_own_limit_of_what_they_take_back(scene: Scene, *, is_alone: bool) -> None:
    """Whoever raised it is held to the one before until another manager sets it, where somebody else is."""
    if is_alone:
        await leave_alone(scene)
        scene.clock.now += LEFT
    document = await scene.program("ladder", 30_000)
    new = NewEnrollment(await scene.participant(), document.name, TODAY)
    opener = scene.actor() if is_alone else scene.another
    opened = await perform(scene.database, opener, lambda act: open_enrollment(act, new))
    assert isinstance(opened, Done)
    mug = await scene.reward(12_000, stock=9, instant=True)
    who = opened.value.participant
    first, second = [await redeemed(scene, who, mug, scene.actor()) for _ in range(2)]
    limit = NewSecondPersonLimit("usd", 100_000)
    await scene.value(lambda act: set_second_person_limit(act, limit))
    back = NewTakeBack("Broken")
    await scene.value(lambda act: take_back_redemption(act, first.id, back))
    changed = await scene.value(partial(list_redemption_changes, page=Page()))
    assert [one.status for one in changed.items] == ["approved" if is_alone else "proposed"]
    if not is_alone:
        await scene.by_another(lambda act: set_second_person_limit(act, limit))
        await scene.value(lambda act: take_back_redemption(act, second.id, back))
        changed = await scene.value(partial(list_redemption_changes, page=Page()))
        assert [one.status for one in changed.items] == ["approved", "proposed"]


async def test_nobody_takes_more_in_the_portal_by_rules_that_one_manager_loosened(scene: Scene) -> None:
    """A participant is held to what two managers know of."""
    who = (await scene.enrolled()).participant
    await credited(scene, who, 60_000)
    bike = await card(scene, 30_000)
    own = Actor(scene.clinic, who, "participant")
    await scene.value(lambda act: set_rules(act, SecondPersonRulesChange(given_points_max=None)))
    assert await handed(scene, who, bike, own) == "second_person_needed.desk"
    await scene.by_another(lambda act: set_rules(act, SecondPersonRulesChange()))
    assert await handed(scene, who, bike, own) == ""


async def test_a_visit_is_not_paid_out_again_by_withdrawing_it(scene: Scene) -> None:
    """What was handed out for it stays out, so that whoever withdrew it hands out nothing more alone."""
    enrollment = await scene.enrolled()
    who, clerk = enrollment.participant, scene.actor("clinician")
    mug = await scene.reward(100, stock=9, instant=True)
    receipt = await scene.record(enrollment.id, "negative", MONDAY, "clinician")
    assert await handed(scene, who, mug, clerk) == ""
    slip = NewCorrection("entry_error", "A slip.")
    await scene.value(lambda act: correct_event(act, receipt.event.id, slip), "clinician")
    await scene.record(enrollment.id, "negative", MONDAY, "clinician")
    assert await handed(scene, who, mug, clerk) == "second_person_needed.own"
    looks = await scene.value(lambda act: read_second_looks(act, who))
    assert [(one.kind, one.amount) for one in looks.waiting] == [("withdrew_spent", 100)]
    assert await handed(scene, who, mug, scene.actor("front_desk")) == ""
