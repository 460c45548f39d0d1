"""Nothing that is told is a name, an outcome or a free text, whatever is done."""

from __future__ import annotations

import random
import re
from datetime import timedelta
from typing import get_args

from schemas.checkpoints import CheckpointReason
from schemas.events import NewEvent
from schemas.notices import NoticeType
from schemas.people import CloseEnrollment, NewParticipant
from schemas.program import Unit
from schemas.receipts import AwardKind
from schemas.shelf import NewRedemption
from service.core.notices.telling import fault_of_sent, sent_body
from service.flows.notices.subscribers import ping_subscriber
from service.flows.people.enrollments import close_enrollment
from service.flows.people.participants import register_participant
from service.flows.shelf.redemptions import cancel_redemption, give_redemption, redeem
from service.flows.visits.record_events import ToRecord
from tests.flows.conftest import MONDAY, TODAY, Scene
from tests.flows.listening import listening, log
from tests.flows.ordering import ended
from tests.flows.test_isolation import fill

CLOSED_WORDS = {
    *get_args(Unit),
    *get_args(AwardKind),
    *get_args(CheckpointReason),
    "manual",
    "prize",
    "hat",
}
ID_TIME_OR_DAY = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"
    r"|\d{4}(-\d\d){0,2}|\d{4}-W\d\d"
)
SIGNED = re.compile(r"[0-9a-f]{64}|[0-9a-f]{128}|[A-Za-z0-9+/_-]{43,88}={0,2}")
"""What a signed checkpoint is made of: a hash, a key and a signature."""
OUTCOMES = ("negative", "positive", "refused", "tampered", "missed", "excused", "pending", "invalid")


async def test_notices_hold_only_ids_numbers_times_and_closed_words(scene: Scene) -> None:
    """One of everything, and a history of random visits with names, notes and evidence in it."""
    subscriber = await listening(scene)
    await fill(scene)
    person = NewParticipant("MRN-77", "Walter Whisper", "+1 555 0100", "walter@mail.example")
    await scene.value(lambda act: register_participant(act, person))
    enrollment = await scene.enrolled("MRN-78", welcome=5000)
    chance = random.Random(20261124)
    items = [
        ToRecord(
            scene.actor("clinician"),
            NewEvent(
                chance.choice(OUTCOMES),
                MONDAY - timedelta(minutes=chance.randrange(300)),
                enrollment=enrollment.id,
                target="test",
                reference=f"SPECIMEN-{number}",
                note="Whispered that it was hard.",
                evidence="Whisper laboratory, report 12.",
            ),
        )
        for number in range(40)
    ]
    await scene.recorder.record(scene.clinic, items)
    await ended(scene, enrollment.participant)
    reward = await scene.reward(100)
    for settle in (give_redemption, cancel_redemption):
        new = NewRedemption(enrollment.participant, reward.id)
        held = await scene.value(lambda act, new=new: redeem(act, new))  # type: ignore[misc]
        await scene.value(lambda act, settle=settle, held=held: settle(act, held.id))  # type: ignore[misc]
    close = CloseEnrollment("Whispered goodbye.", TODAY)
    await scene.value(lambda act: close_enrollment(act, enrollment.id, close))
    await scene.value(lambda act: ping_subscriber(act, subscriber.id))

    told = await log(scene)
    assert {one.notice.type for one in told} == set(get_args(NoticeType))
    for one in told:
        body = sent_body(one.notice, MONDAY, 1)
        assert fault_of_sent(body, one.notice.type, 1, one.notice.participant) is None
        for name, value in one.data.items():
            thin = isinstance(value, int) or (
                isinstance(value, str) and (value in CLOSED_WORDS or ID_TIME_OR_DAY.fullmatch(value))
            )
            if one.notice.type == "audit.checkpoint" and isinstance(value, str):
                thin = thin or SIGNED.fullmatch(value)
            assert thin, f"{one.notice.type}: {name} = {value!r}"
