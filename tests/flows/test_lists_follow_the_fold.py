"""What lists and statements say of events whose value or effect later facts have changed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from schemas.people import MoveEnrollment
from schemas.program import Allowance, Excuses, Flat, Phase, Program, Target
from service.core.cursors import Page
from service.flows.ledger.statements import read_statement
from service.flows.people.transfers import move_enrollment
from service.flows.programs.programs import publish_program
from service.flows.visits.read_events import EventFilter, list_events, read_event
from service.flows.visits.record_missed import record_missed
from tests.flows.conftest import MONDAY
from tests.flows.histories import CALIFORNIA, history

if TYPE_CHECKING:
    from schemas.people import Language
    from tests.flows.conftest import Scene

(TEST,) = CALIFORNIA.targets


async def effects(scene: Scene) -> list[tuple[str, str]]:
    """List what every event stands for, oldest first, which must be what each says when it is read alone."""
    page = await scene.value(lambda act: list_events(act, EventFilter(), Page(200)))
    for one in page.items:
        alone = await scene.value(partial(read_event, event_id=one.id))
        assert alone.event == one
    return [(one.outcome, one.effect) for one in reversed(page.items)]


async def test_an_excuse_beyond_the_limit_is_listed_as_the_failure_that_it_is(scene: Scene) -> None:
    """And an earlier one that is withdrawn makes room for it again."""
    person = await history(scene, replace(CALIFORNIA, excuses=Excuses(limit=1)))
    await person.visits("negative", "excused", "missed", "excused")
    await person.correct(3, "excuse")
    assert await effects(scene) == [
        ("negative", "success"),
        ("excused", "neutral"),
        ("excused", "failure"),
        ("excused", "failure"),
    ]
    await person.correct(2, "lab_overturn", "negative")
    assert (await effects(scene))[1:3] == [("negative", "success"), ("excused", "neutral")]


async def test_a_test_that_a_retest_replaced_is_listed_as_neutral(scene: Scene) -> None:
    """It was a failure when it was recorded; one in whose place nothing stands is one still."""
    person = await history(scene, replace(CALIFORNIA, targets=(replace(TEST, retest_minutes=120),)))
    for minutes, outcome in ((0, "dilute"), (60, "negative"), (60 * 24, "dilute")):
        await scene.record(person.enrollment.id, outcome, person.at(1) + timedelta(minutes=minutes))
    assert await effects(scene) == [("dilute", "neutral"), ("negative", "success"), ("dilute", "failure")]


async def test_a_missed_visit_that_was_met_after_all_is_listed_as_neutral(scene: Scene) -> None:
    """Who came is recorded days later."""
    enrollment = await scene.expecting()
    scene.clock.now = MONDAY + timedelta(days=3)
    assert await record_missed(scene.database, scene.clinic) == 1
    assert await effects(scene) == [("missed", "failure")]
    await scene.record(enrollment.id, "negative", MONDAY)
    assert await effects(scene) == [("missed", "neutral"), ("negative", "success")]


async def test_which_of_two_is_still_allowed_is_listed_as_the_fold_says(scene: Scene) -> None:
    """The first of a week is, also where it is recorded last; elsewhere and later nothing changes."""
    sessions = Target(
        "test",
        "attendance",
        (Phase(weeks=(1, 24), earn=Flat(100)),),
        allowances=(Allowance("rescheduled", 1),),
    )
    person = await history(scene, Program("sessions", "S", "usd", 24, (sessions,)))
    for day in (2, 1):
        at = person.at(1) + timedelta(days=day)
        await scene.record(person.enrollment.id, "rescheduled", at)
    assert await effects(scene) == [("rescheduled", "failure"), ("rescheduled", "neutral")]


async def test_lists_show_effects_under_the_new_version(scene: Scene) -> None:
    """The enrollment was moved to it after the test was recorded."""
    person = await history(scene)
    await person.visits("dilute", "negative")
    milder = replace(CALIFORNIA, targets=(replace(TEST, outcomes={"dilute": "neutral"}),))
    await scene.value(lambda act: publish_program(act, milder))
    move = MoveEnrollment(2, "The clinic is milder now.")
    await scene.value(lambda act: move_enrollment(act, person.enrollment.id, move, is_preview=False))
    assert await effects(scene) == [("dilute", "neutral"), ("negative", "success")]


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "$10.00 counted for another visit after a correction."),
        ("es", "Se cuenta para otra visita después de una corrección: $10.00."),
    ],
)
async def test_moved_amounts_are_not_shown_as_taken_back(scene: Scene, language: Language, says: str) -> None:
    """Two a week are paid: a third, recorded late, is paid in the place of the last."""
    person = await history(scene)
    for day in (0, 4, 2):
        await scene.record(person.enrollment.id, "negative", person.at(1) + timedelta(days=day))
    who = person.enrollment.participant
    lines = await scene.value(lambda act: read_statement(act, who, Page(200), language=language))
    (moved,) = [one for one in lines.items if one.destination == "issued"]
    assert moved.sentence == says
    assert await person.available() == 2000
