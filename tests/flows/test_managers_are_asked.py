"""Nobody is alone with the money: managers' deeds and integrations' wait for a colleague, where one is."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from schemas.keys import NewKey
from schemas.second_looks import SecondPersonRulesChange
from schemas.staff import StaffChange
from service.core.actors import Actor
from service.core.refusals import Refused
from service.flows.access.keys import issue_key
from service.flows.access.staff import change_staff
from service.flows.perform import Done, perform
from service.flows.screens.deeds import read_deeds
from service.flows.setup.clinics import operator
from service.flows.shelf.second_looks import read_second_looks
from service.flows.shelf.second_person_rules import set_rules
from service.flows.visits.corrections import correct_event
from service.flows.visits.record_events import Recorded, ToRecord
from tests.flows.alone import ALL_ELSE, EVERYBODY, LATE, LEFT, disable, handed, late_by, leave_alone
from tests.flows.conftest import MONDAY, TODAY

if TYPE_CHECKING:
    from asyncpg import Connection

    from schemas.people import Role
    from service.flows.perform import Act
    from tests.flows.conftest import Scene


@pytest.fixture(autouse=True)
async def managers_are_named(scene: Scene) -> None:
    """Another manager names managers and integrations in the clinic's rules."""
    await scene.by_another(partial(set_rules, new=SecondPersonRulesChange(roles=EVERYBODY)))


async def test_manager_does_not_hand_out_what_they_recorded_late_alone(scene: Scene) -> None:
    """A colleague does, and has looked by that."""
    enrollment, mug = await late_by(scene)
    assert await handed(scene, enrollment.participant, mug) == "second_person_needed.own"
    looks = await scene.value(lambda act: read_second_looks(act, enrollment.participant))
    assert [one.kind for one in looks.waiting] == ["recorded_late"]
    assert await handed(scene, enrollment.participant, mug, scene.actor("front_desk")) == ""


async def test_manager_alone_is_not_locked_up_and_the_report_shows_it(scene: Scene) -> None:
    """Where nobody else is there it goes out, and stands among the odd deeds."""
    await leave_alone(scene)
    scene.clock.now += LEFT
    enrollment = await scene.enrolled(starts_on=TODAY)
    await scene.record(enrollment.id, "negative", MONDAY, "manager")
    mug = await scene.reward(100, stock=9, instant=True)
    assert await handed(scene, enrollment.participant, mug) == ""
    report = await scene.value(lambda act: read_deeds(act, None, None))
    (own,) = [one for one in report.items if one.by == scene.actor().id]
    assert (own.late, own.odd) == (1, 1)


async def test_nobody_becomes_alone_by_disabling_the_others(scene: Scene) -> None:
    """Who was disabled counts for thirty days more."""
    enrollment, mug = await late_by(scene)
    await leave_alone(scene)
    assert await handed(scene, enrollment.participant, mug) == "second_person_needed.own"
    scene.clock.now += timedelta(days=29)
    assert await handed(scene, enrollment.participant, mug) == "second_person_needed.own"
    scene.clock.now += timedelta(days=2)
    assert await handed(scene, enrollment.participant, mug) == ""


async def test_nobody_becomes_alone_by_making_the_others_auditors(scene: Scene) -> None:
    """Who was given a role that looks at nothing counts for thirty days more; older auditors do not."""
    await disable(scene, scene.actor("front_desk").id, scene.actor("clinician").id)
    scene.clock.now += LEFT
    enrollment = await scene.enrolled(starts_on=TODAY)
    await scene.record(enrollment.id, "negative", MONDAY, "manager")
    mug = await scene.reward(100, stock=9, instant=True)
    other, change = scene.another.id, StaffChange(role="auditor")
    await scene.value(lambda act: change_staff(act, other, change, None))
    assert await handed(scene, enrollment.participant, mug) == "second_person_needed.own"
    scene.clock.now += LEFT
    assert await handed(scene, enrollment.participant, mug) == ""


@pytest.mark.parametrize(("days", "reason"), [(0, "second_person_needed.own"), (31, "")])
async def test_nobody_becomes_alone_by_a_link_that_is_shown_to_them(
    scene: Scene, days: int, reason: str
) -> None:
    """Who could read a way into every account is one with all; not at once where these were in use."""
    enrollment, mug = await late_by(scene)
    scene.clock.now += timedelta(days=5)

    async def shown(act: Act) -> Done[None]:
        for who in (*(scene.actor(role).id for role in ALL_ELSE), scene.another.id):
            await act.run("staff/reader", staff_id=who, reader_id=act.actor.id)
        return Done(None)

    await scene.value(shown)
    scene.clock.now += timedelta(days=days)
    assert await handed(scene, enrollment.participant, mug) == reason


async def test_accounts_that_began_by_a_link_shown_to_the_manager_are_no_colleagues(scene: Scene) -> None:
    """They are one with her from the beginning, so nobody else could look, and she is not locked up."""

    async def shown(act: Act) -> Done[None]:
        for who in (*(scene.actor(role).id for role in ALL_ELSE), scene.another.id):
            await act.run("staff/reader", staff_id=who, reader_id=act.actor.id)
        return Done(None)

    await scene.value(shown)
    enrollment, mug = await late_by(scene)
    assert await handed(scene, enrollment.participant, mug) == ""


@pytest.mark.parametrize(("is_alone", "reason"), [(False, "same_person.overturn"), (True, "")])
async def test_manager_overturns_no_result_of_their_own(scene: Scene, reason: str, *, is_alone: bool) -> None:
    """A colleague does, where there is one."""
    if is_alone:
        await leave_alone(scene)
        scene.clock.now += LEFT
    enrollment = await scene.enrolled(starts_on=TODAY)
    receipt = await scene.record(enrollment.id, "positive", scene.clock.now, "manager")
    new = NewCorrection("lab_overturn", "The lab says so.", "negative")
    answer = await scene.ask(lambda act: correct_event(act, receipt.event.id, new))
    assert (answer.reason if isinstance(answer, Refused) else "") == reason


async def feed(scene: Scene, *, of_nobody: bool = False) -> Actor:
    """Give the key of a lab."""
    actor = operator(scene.clinic) if of_nobody else scene.actor()
    made = await perform(scene.database, actor, lambda act: issue_key(act, NewKey("integration")))
    assert isinstance(made, Done)
    return Actor(scene.clinic, made.value.id, "integration")


@pytest.mark.parametrize("of_nobody", [False, True])
async def test_what_a_feed_records_late_waits_for_a_look(scene: Scene, *, of_nobody: bool) -> None:
    """It is recorded and shown; neither the participant nor whoever answers for the feed takes it alone."""
    lab = await feed(scene, of_nobody=of_nobody)
    enrollment = await scene.enrolled(starts_on=TODAY - LATE)
    event = NewEvent("negative", MONDAY - LATE, enrollment=enrollment.id, target="test")
    (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(lab, event)])
    assert isinstance(answer, Recorded), answer
    mug = await scene.reward(100, stock=9, instant=True)
    who = enrollment.participant
    assert (
        await handed(scene, who, mug, Actor(scene.clinic, who, "participant")) == "second_person_needed.desk"
    )
    assert await handed(scene, who, mug) == ("" if of_nobody else "second_person_needed.own")
    report = await scene.value(lambda act: read_deeds(act, None, None))
    assert [one.late for one in report.items if one.by == lab.id] == [1]
    if not of_nobody:
        assert await handed(scene, who, mug, scene.actor("front_desk")) == ""


async def test_a_clinic_can_say_that_its_feeds_are_not_asked_about(scene: Scene) -> None:
    """By leaving them out of the rules."""
    roles: tuple[Role, ...] = ("front_desk", "clinician", "manager")
    await scene.by_another(lambda act: set_rules(act, SecondPersonRulesChange(roles=roles)))
    lab = await feed(scene)
    enrollment = await scene.enrolled(starts_on=TODAY - LATE)
    event = NewEvent("negative", MONDAY - LATE, enrollment=enrollment.id, target="test")
    await scene.recorder.record(scene.clinic, [ToRecord(lab, event)])
    mug = await scene.reward(100, stock=9, instant=True)
    assert await handed(scene, enrollment.participant, mug) == ""


async def test_what_managers_did_before_they_were_asked_about_waits_for_nobody(
    scene: Scene, planting: Connection
) -> None:
    """The moment is the migration's; what the front desk did before it waits on."""
    enrollment, mug = await late_by(scene)
    await planting.execute("update clinics set managers_asked_since = $1", scene.clock.now)
    assert await handed(scene, enrollment.participant, mug) == ""
    await scene.record(enrollment.id, "negative", MONDAY - LATE + timedelta(hours=1), "front_desk")
    assert (
        await handed(scene, enrollment.participant, mug, scene.actor("front_desk"))
        == "second_person_needed.own"
    )


async def test_a_colleague_is_another_account_than_the_key_s(scene: Scene) -> None:
    """A manager's own key is no colleague of theirs: what it did counts as theirs."""
    key = await scene.value(lambda act: issue_key(act, NewKey("manager")))
    actor = Actor(scene.clinic, key.id, "manager")
    enrollment = await scene.enrolled(starts_on=TODAY - LATE)
    event = NewEvent("negative", MONDAY - LATE, enrollment=enrollment.id, target="test")
    await scene.recorder.record(scene.clinic, [ToRecord(actor, event)])
    mug = await scene.reward(100, stock=9, instant=True)
    assert await handed(scene, enrollment.participant, mug) == "second_person_needed.own"
    assert await handed(scene, enrollment.participant, mug, actor) == "second_person_needed.own"
