"""Reminders: with leave alone, at the time, about what stands, and each once, whatever stops or steps."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schemas.corrections import NewCorrection
from schemas.merges import NewMerge
from schemas.people import CloseEnrollment, Enrollment, NewEnrollment, NewParticipant, ParticipantChange
from schemas.program import Flat, Phase, Program, Target, Visits
from schemas.reminders import NewReminderLeave, NewReply, ReminderSettingsChange
from schemas.shelf import NewRedemption
from schemas.visits import NewClosure, NewVisitPlan
from service.core.access.messages import Message
from service.core.cursors import Page
from service.flows.people.enrollments import close_enrollment, open_enrollment
from service.flows.people.merges import merge_participants
from service.flows.people.participants import change_participant, register_participant
from service.flows.programs.programs import publish_program
from service.flows.reminders.send import Senders, send_reminders
from service.flows.reminders.settings import (
    ReminderFilter,
    list_reminders,
    read_leave,
    say_leave,
    set_settings,
    take_reply,
)
from service.flows.shelf.redemptions import redeem
from service.flows.visits.closures import enter_closure
from service.flows.visits.corrections import correct_event
from service.flows.visits.plan_visits import plan_visit
from service.flows.visits.record_missed import record_missed
from service.outbound.messages import TextSender
from service.store import reminders
from tests.texting import Gateway

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

MONDAY = date(2026, 3, 2)
NEXT = date(2026, 3, 9)
SUNDAY_MORNING = datetime(2026, 3, 8, 16, 0, tzinfo=UTC)
"""09:00 by the clinic's clocks, on the day they sprang forward: 24 hours before Monday 09:00."""
ALL = ReminderSettingsChange(kinds=("before_visit", "after_miss", "waiting"), called="Your care team")


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """Run a real gateway on this machine."""
    made = Gateway()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def senders(gateway: Gateway) -> Senders:
    """The way to a gateway."""
    return {"text": TextSender(f"http://127.0.0.1:{gateway.server_port}/send", "a-key")}


async def sent(scene: Scene, gateway: Gateway) -> list[str]:
    """Do the chore once; gives the texts that the gateway took by it."""
    before = len(gateway.taken)
    count = await send_reminders(scene.database, senders(gateway), scene.clinic)
    texts = [body["text"] for _, body in gateway.taken[before:]]
    assert count == len(texts) or gateway.answers != 202
    return texts


async def expected(
    scene: Scene, reference: str = "R-1", *, phone: str | None = "619 555 0101", language: str = "en"
) -> Enrollment:
    """Enroll somebody with leave, who is expected on Mondays and missed a day later."""
    if await has_no_program(scene):
        visits = Visits(weekdays=("mon",), missed_after_hours=24)
        target = Target("test", "test", (Phase(weeks=(1, 12), earn=Flat(500)),), visits=visits)
        await scene.value(lambda act: publish_program(act, Program("mondays", "M", "usd", 12, (target,))))
    new = NewParticipant(reference, None, phone=phone, language=language)  # type: ignore[arg-type]
    who = (await scene.value(lambda act: register_participant(act, new))).id
    enrolled = NewEnrollment(who, "mondays", MONDAY)
    made = await scene.value(lambda act: open_enrollment(act, enrolled))
    await scene.value(lambda act: say_leave(act, who, NewReminderLeave("text")))
    return made


async def has_no_program(scene: Scene) -> bool:
    """Whether the scene lacks the program."""
    async with scene.database.transaction(scene.clinic) as tx:
        return not await tx.connection.fetchval("select count(*) from programs")


async def on(scene: Scene, change: ReminderSettingsChange = ALL) -> None:
    """Turn reminders on."""
    await scene.value(lambda act: set_settings(act, change))


async def statuses(scene: Scene) -> list[str]:
    """What became of all reminders, newest first."""
    page = await scene.value(lambda act: list_reminders(act, Page(50), ReminderFilter()))
    return [one.status for one in page.items]


async def test_a_visit_is_told_of_once_a_day_before(scene: Scene, gateway: Gateway) -> None:
    """Not before its time, in the person's language, and never again for the same day."""
    await expected(scene, language="es")
    await on(scene)
    scene.clock.now = SUNDAY_MORNING - timedelta(minutes=1)
    assert await sent(scene, gateway) == []
    scene.clock.now = SUNDAY_MORNING
    (text,) = await sent(scene, gateway)
    assert "una cita el lunes 9 de marzo" in text
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


async def test_two_workers_send_each_reminder_once(scene: Scene, gateway: Gateway) -> None:
    """Twenty people, three workers at the same moment."""
    for number in range(20):
        await expected(scene, f"R-{number}", phone=f"619 555 01{number:02}")
    await on(scene)
    scene.clock.now = SUNDAY_MORNING
    ways = senders(gateway)
    done = await asyncio.gather(*(send_reminders(scene.database, ways, scene.clinic) for _ in range(3)))
    assert sum(done) == 20
    assert len({body["to"] for _, body in gateway.taken}) == len(gateway.taken) == 20


async def test_a_worker_that_dies_while_it_sends_never_makes_another_send_again(
    scene: Scene, gateway: Gateway
) -> None:
    """What became of it is unknown, and stays so; a clock that steps brings nothing back either."""
    await expected(scene)
    await on(scene)
    scene.clock.now = SUNDAY_MORNING
    reached = asyncio.Event()

    async def dies(message: Message) -> None:
        await senders(gateway)["text"](message)
        reached.set()
        await asyncio.sleep(60)

    worker = asyncio.create_task(send_reminders(scene.database, {"text": dies}, scene.clinic))
    await reached.wait()
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)
    for step in (timedelta(minutes=1), timedelta(minutes=20), timedelta(hours=-3), timedelta(hours=8)):
        scene.clock.now += step
        assert await sent(scene, gateway) == []
    assert len(gateway.taken) == 1
    assert await statuses(scene) == ["unsure"]


async def test_only_what_was_surely_not_taken_is_tried_again(scene: Scene, gateway: Gateway) -> None:
    """A 503 took nothing; a 500 may have."""
    await expected(scene)
    await on(scene)
    scene.clock.now = SUNDAY_MORNING
    gateway.refuses = 1
    assert await sent(scene, gateway) == []
    assert await statuses(scene) == ["again"]
    assert await sent(scene, gateway) == []
    scene.clock.now += timedelta(minutes=6)
    gateway.answers = 500
    assert len(await sent(scene, gateway)) == 1
    assert await statuses(scene) == ["unsure"]
    gateway.answers = 202
    scene.clock.now += timedelta(minutes=30)
    assert await sent(scene, gateway) == []


async def test_a_gateway_that_is_away_is_tried_again_and_asked_anew(scene: Scene, gateway: Gateway) -> None:
    """Leave that was taken back meanwhile holds: nothing goes out that waited."""
    enrollment = await expected(scene)
    await on(scene)
    scene.clock.now = SUNDAY_MORNING
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        away = TextSender(f"http://127.0.0.1:{nobody.getsockname()[1]}/send", None)
        assert await send_reminders(scene.database, {"text": away}, scene.clinic) == 0
    assert await statuses(scene) == ["again"]
    scene.clock.now += timedelta(minutes=30)
    await scene.value(lambda act: say_leave(act, enrollment.participant, NewReminderLeave(None)))
    assert await sent(scene, gateway) == []


async def test_stop_ends_reminders_and_start_gives_back_only_what_stop_took(
    scene: Scene, gateway: Gateway
) -> None:
    """By the number alone, in any writing of it; nobody starts so who never gave leave."""
    enrollment = await expected(scene)
    stranger = NewParticipant("R-9", phone="619 555 0199")
    other = (await scene.value(lambda act: register_participant(act, stranger))).id
    await on(scene)
    stop, start = NewReply("+1 (619) 555-0101", "Stop"), NewReply("6195550101", "START")
    assert (await scene.value(lambda act: take_reply(act, stop), "integration")).meant == "stop"
    scene.clock.now = SUNDAY_MORNING
    assert await sent(scene, gateway) == []
    leave = await scene.value(lambda act: read_leave(act, enrollment.participant))
    assert (leave.channel, leave.how) == (None, "reply")
    await scene.value(lambda act: take_reply(act, start), "integration")
    await scene.value(lambda act: take_reply(act, NewReply("6195550199", "start")), "integration")
    assert (await scene.value(lambda act: read_leave(act, other))).channel is None
    assert len(await sent(scene, gateway)) == 1
    await scene.value(lambda act: say_leave(act, enrollment.participant, NewReminderLeave(None)))
    await scene.value(lambda act: take_reply(act, start), "integration")
    assert (await scene.value(lambda act: read_leave(act, enrollment.participant))).channel is None


async def test_leave_needs_a_way_to_reach_them(scene: Scene) -> None:
    """Nobody is reminded at a number that is not there."""
    who = await scene.participant()
    refusal = await scene.refusal(lambda act: say_leave(act, who, NewReminderLeave("text")))
    assert refusal == ("invalid", ("$.channel",))


async def test_charts_of_one_person_are_one(scene: Scene, gateway: Gateway) -> None:
    """STOP under a chart that was merged away holds, and what was sent to it is not sent again."""
    kept = await expected(scene, "R-1", phone="619 555 0101")
    double = NewParticipant("R-2", phone="619 555 0102")
    former = (await scene.value(lambda act: register_participant(act, double))).id
    await scene.value(lambda act: say_leave(act, former, NewReminderLeave("text")))
    scene.clock.now += timedelta(minutes=1)
    await scene.value(lambda act: say_leave(act, former, NewReminderLeave(None)))
    await merged(scene, kept.participant, former)
    await on(scene)
    scene.clock.now = SUNDAY_MORNING
    assert await sent(scene, gateway) == []
    await scene.value(lambda act: say_leave(act, former, NewReminderLeave("text")))
    assert len(await sent(scene, gateway)) == 1


async def merged(scene: Scene, survivor: UUID, former: UUID) -> None:
    """Merge a chart into another."""
    await scene.value(lambda act: merge_participants(act, survivor, NewMerge(from_=former)))


async def test_kept_days_are_counted_with_and_without_a_reminder(scene: Scene, gateway: Gateway) -> None:
    """By people and days: whoever came after a reminder, and whoever did without."""
    reminded, other = await expected(scene, "R-1"), await expected(scene, "R-2", phone="619 555 0102")
    await scene.value(lambda act: say_leave(act, other.participant, NewReminderLeave(None)))
    await on(scene, ReminderSettingsChange(kinds=("before_visit",)))
    scene.clock.now = SUNDAY_MORNING
    assert len(await sent(scene, gateway)) == 1
    scene.clock.now += timedelta(days=1, hours=1)
    await scene.record(reminded.id, "negative", scene.clock.now)
    scene.clock.now += timedelta(days=3)
    await record_missed(scene.database, scene.clinic)
    async with scene.database.transaction(scene.clinic) as tx:
        found = await reminders.kept(tx, SUNDAY_MORNING, scene.clock.now, "America/Los_Angeles")
    assert found == reminders.Kept(reminded=1, reminded_kept=1, others=1, others_kept=0)
