"""Somebody who is expected on Mondays and gave leave, and a real gateway that takes what is sent to them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from schemas.people import Enrollment, NewEnrollment, NewParticipant
from schemas.program import Flat, Phase, Program, Target, Visits
from schemas.reminders import NewReminderLeave, ReminderSettingsChange
from service.core.cursors import Page
from service.flows.people.enrollments import open_enrollment
from service.flows.people.participants import register_participant
from service.flows.programs.programs import publish_program
from service.flows.reminders.send import Senders, send_reminders
from service.flows.reminders.settings import (
    ReminderFilter,
    list_reminders,
    say_leave,
    set_settings,
)
from service.outbound.messages import TextSender
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
    new = NewParticipant(reference, None, phone=phone, language=language)
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
