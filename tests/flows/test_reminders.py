"""Reminders: with leave alone, at the time, and about what stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from schemas.corrections import NewCorrection
from schemas.people import CloseEnrollment, ParticipantChange
from schemas.reminders import NewReminderLeave, ReminderSettingsChange
from schemas.shelf import NewRedemption
from schemas.visits import NewClosure, NewVisitPlan
from service.core.cursors import Page
from service.flows.people.enrollments import close_enrollment
from service.flows.people.participants import change_participant
from service.flows.reminders.settings import (
    ReminderFilter,
    list_reminders,
    say_leave,
)
from service.flows.shelf.redemptions import redeem
from service.flows.visits.closures import enter_closure
from service.flows.visits.corrections import correct_event
from service.flows.visits.plan_visits import plan_visit
from service.flows.visits.record_missed import record_missed
from tests.flows.reminding import (
    MONDAY,
    NEXT,
    SUNDAY_MORNING,
    expected,
    gateway,
    on,
    sent,
    statuses,
)
from tests.texting import Gateway

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

__all__ = ["gateway"]


async def test_a_visit_is_told_of_once_a_day_before(scene: Scene, gateway: Gateway) -> None:
    """Not before its time, in the person's language, and never again for the same day."""
    await expected(scene, language="es")
    await on(scene)
    scene.clock.now = SUNDAY_MORNING - timedelta(minutes=1)
    assert await sent(scene, gateway) == []
    scene.clock.now = SUNDAY_MORNING
    (text,) = await sent(scene, gateway)
    assert "una cita el lunes, 9 de marzo" in text
    assert gateway.taken[0][1]["to"] == "619 555 0101"
    scene.clock.now += timedelta(hours=3)
    assert await sent(scene, gateway) == []
    assert await statuses(scene) == ["sent"]


async def test_nothing_is_sent_before_a_manager_turns_it_on_or_leave_is_given(
    scene: Scene, gateway: Gateway
) -> None:
    """Off by default; then only to whoever gave leave, at quiet hours not even to them."""
    enrollment = await expected(scene)
    scene.clock.now = SUNDAY_MORNING
    assert await sent(scene, gateway) == []
    await on(scene)
    await scene.value(lambda act: say_leave(act, enrollment.participant, NewReminderLeave(None)))
    assert await sent(scene, gateway) == []
    await scene.value(lambda act: say_leave(act, enrollment.participant, NewReminderLeave("text")))
    await on(scene, ReminderSettingsChange(quiet_from="08:00", quiet_until="10:00"))
    assert await sent(scene, gateway) == []
    scene.clock.now = SUNDAY_MORNING + timedelta(hours=1)
    assert len(await sent(scene, gateway)) == 1


@pytest.mark.parametrize("gone", ["left", "moved", "deceased"])
async def test_nobody_who_is_gone_is_reminded(scene: Scene, gateway: Gateway, gone: str) -> None:
    """Neither whoever left or died, nor whoever's enrollment was closed."""
    enrollment = await expected(scene)
    await on(scene)
    change = ParticipantChange(status=gone)  # type: ignore[arg-type]
    await scene.value(lambda act: change_participant(act, enrollment.participant, change, 1))
    scene.clock.now = SUNDAY_MORNING
    assert await sent(scene, gateway) == []


@pytest.mark.parametrize("gone", ["left", "moved", "deceased"])
async def test_nobody_who_is_gone_is_told_that_something_waits(
    scene: Scene, gateway: Gateway, gone: str
) -> None:
    """What they asked for is kept for them; a text about it would reach whoever has their phone by now."""
    enrollment = await expected(scene)
    await on(scene, ReminderSettingsChange(kinds=("waiting",)))
    who = enrollment.participant
    await scene.record(enrollment.id, "negative", scene.clock.now)
    mug = await scene.reward(50, stock=3)
    await scene.value(lambda act: redeem(act, NewRedemption(who, mug.id)), "front_desk")
    change = ParticipantChange(status=gone)  # type: ignore[arg-type]
    await scene.value(lambda act: change_participant(act, who, change, 1))
    scene.clock.now = SUNDAY_MORNING
    assert await sent(scene, gateway) == []


async def test_nobody_is_reminded_of_what_is_not_expected_any_more(scene: Scene, gateway: Gateway) -> None:
    """A closed enrollment, a visit that was moved or called off, and a closure."""
    closed, moved, off = [await expected(scene, f"R-{n}", phone=f"619 555 010{n}") for n in range(3)]
    await on(scene)
    end = CloseEnrollment("Moved away", MONDAY)
    await scene.value(lambda act: close_enrollment(act, closed.id, end))
    await scene.value(
        lambda act: plan_visit(act, moved.id, NewVisitPlan("test", "asked", NEXT, date(2026, 3, 10)))
    )
    await scene.value(lambda act: plan_visit(act, off.id, NewVisitPlan("test", "asked", NEXT)))
    scene.clock.now = SUNDAY_MORNING
    assert await sent(scene, gateway) == []
    scene.clock.now += timedelta(days=1)
    (text,) = await sent(scene, gateway)
    assert "Tuesday, March 10" in text
    later = date(2026, 3, 16)
    await scene.value(lambda act: enter_closure(act, NewClosure(later, later, "A holiday")))
    scene.clock.now = SUNDAY_MORNING + timedelta(days=7)
    assert not [text for text in await sent(scene, gateway) if "March 16" in text]


async def test_after_a_miss_somebody_is_told_once_that_their_place_is_kept(
    scene: Scene, gateway: Gateway
) -> None:
    """With the next visit; not whoever came since, and not about a miss that was taken back."""
    missing, came, excused = [await expected(scene, f"R-{n}", phone=f"619 555 010{n}") for n in range(3)]
    await on(scene, ReminderSettingsChange(kinds=("after_miss",)))
    scene.clock.now = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)
    assert await record_missed(scene.database, scene.clinic) == 3
    await scene.record(came.id, "negative", scene.clock.now)
    async with scene.database.transaction(scene.clinic) as tx:
        event = await tx.connection.fetchval(
            "select event_id from events where enrollment_id = $1", excused.id
        )
    excuse = NewCorrection("excuse", "The bus did not come")
    await scene.value(lambda act: correct_event(act, event, excuse), "clinician")
    (text,) = await sent(scene, gateway)
    assert "We keep your place. Your next appointment is on Monday, March 9." in text
    scene.clock.now += timedelta(days=1)
    assert await sent(scene, gateway) == []
    page = await scene.value(lambda act: list_reminders(act, Page(5), ReminderFilter()))
    assert [one.participant for one in page.items] == [missing.participant]


async def test_what_waits_is_told_of_a_day_later_and_once(scene: Scene, gateway: Gateway) -> None:
    """A reward that was asked for and not fetched; no word says what it is."""
    enrollment = await expected(scene)
    await scene.record(enrollment.id, "negative", scene.clock.now)
    reward = await scene.reward(price=500)
    asked = NewRedemption(enrollment.participant, reward.id)
    await scene.value(lambda act: redeem(act, asked))
    await on(scene, ReminderSettingsChange(kinds=("waiting",)))
    scene.clock.now += timedelta(hours=3)
    assert await sent(scene, gateway) == []
    scene.clock.now += timedelta(hours=22)
    (text,) = await sent(scene, gateway)
    assert "Something is waiting for you." in text
    for _ in range(20):
        scene.clock.now += timedelta(days=1)
        assert await sent(scene, gateway) == []
