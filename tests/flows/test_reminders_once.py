"""Reminders go out once, whatever stops or steps; STOP holds, and kept days are counted."""

from __future__ import annotations

import asyncio
import socket
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from schemas.merges import NewMerge
from schemas.people import NewParticipant
from schemas.reminders import NewReminderLeave, NewReply, ReminderSettingsChange
from service.core.access.messages import Message
from service.flows.people.merges import merge_participants
from service.flows.people.participants import register_participant
from service.flows.reminders.send import send_reminders
from service.flows.reminders.settings import (
    read_leave,
    say_leave,
    take_reply,
)
from service.flows.visits.record_missed import record_missed
from service.outbound.messages import TextSender
from service.store import reminders
from tests.flows.reminding import (
    SUNDAY_MORNING,
    expected,
    gateway,
    on,
    senders,
    sent,
    statuses,
)
from tests.texting import Gateway

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

__all__ = ["gateway"]


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
    assert (await scene.value(lambda act: take_reply(act, stop), "front_desk")).meant == "stop"
    scene.clock.now = SUNDAY_MORNING
    assert await sent(scene, gateway) == []
    leave = await scene.value(lambda act: read_leave(act, enrollment.participant))
    assert (leave.channel, leave.how) == (None, "reply")
    await scene.value(lambda act: take_reply(act, start), "front_desk")
    await scene.value(lambda act: take_reply(act, NewReply("6195550199", "start")), "front_desk")
    assert (await scene.value(lambda act: read_leave(act, other))).channel is None
    assert len(await sent(scene, gateway)) == 1
    await scene.value(lambda act: say_leave(act, enrollment.participant, NewReminderLeave(None)))
    await scene.value(lambda act: take_reply(act, start), "front_desk")
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
