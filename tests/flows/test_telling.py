"""What is done is told: in the same transaction, thin, and to nobody where nobody listens."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from schemas.notices import Ping
from schemas.people import CloseEnrollment
from schemas.proposals import NewManualAward
from schemas.shelf import NewRedemption
from service.core.notices.telling import Notice, fault_of_sent, sent_body
from service.core.refusals import Refused, refused
from service.flows.ledger.manual_awards import approve_manual_award, propose_manual_award
from service.flows.notices.subscribers import ping_subscriber
from service.flows.people.enrollments import close_enrollment
from service.flows.perform import Act, Done
from service.flows.shelf.redemptions import cancel_redemption, give_redemption, redeem
from service.flows.visits.corrections import correct_event
from service.flows.visits.record_events import Recorded, ToRecord
from service.store import record
from tests.flows.conftest import HIRED, MONDAY, TODAY, Scene, count
from tests.flows.listening import listening, log, types_told


async def test_without_subscribers_no_notice_is_written(scene: Scene) -> None:
    """A clinic without subscribers has no log."""
    enrollment = await scene.enrolled(welcome=500)
    await scene.record(enrollment.id, "negative")
    assert await count(scene, "notices") == 0


async def test_recording_notifies_event_awards_and_balance(scene: Scene) -> None:
    """The ids lead to the event, the award and the participant; the outcome is left out."""
    enrollment = await scene.enrolled()
    await listening(scene)
    receipt = await scene.record(enrollment.id, "negative")
    event, award, balance = await log(scene)
    assert event.data == {
        "event": str(receipt.event.id),
        "enrollment": str(enrollment.id),
        "occurred_at": "2026-03-02T17:00:00Z",
        "recorded_at": "2026-03-02T17:00:00Z",
    }
    assert award.data == {
        "award": str(receipt.awards[0].id),
        "kind": "base",
        "unit": "usd",
        "amount": 100,
        "enrollment": str(enrollment.id),
        "event": str(receipt.event.id),
    }
    assert balance.data == {"unit": "usd", "available": 100, "held": 0, "given": 0, "earned": 100}
    assert {one.notice.participant for one in (event, award, balance)} == {enrollment.participant}
    await scene.record(enrollment.id, "positive", MONDAY + timedelta(minutes=1))
    assert (await types_told(scene))[3:] == ["event.recorded"]


async def test_a_batch_notifies_each_event_and_each_balance_once(scene: Scene) -> None:
    """One row of the log, under the number of the batch's last entry in the audit trail."""
    enrollment = await scene.enrolled()
    await listening(scene)
    items = [
        ToRecord(
            scene.actor("clinician"),
            NewEvent("negative", MONDAY + timedelta(minutes=minute), enrollment=enrollment.id, target="test"),
        )
        for minute in range(3)
    ]
    assert all(isinstance(one, Recorded) for one in await scene.recorder.record(scene.clinic, items))
    kept = await log(scene)
    assert [one.notice.type for one in kept] == ["event.recorded", "award.posted"] * 3 + ["balance.changed"]
    assert {one.seq for one in kept} == {HIRED + len(await scene.deeds())}
    assert kept[-1].data["available"] == 600


async def test_a_refused_event_is_not_notified(scene: Scene) -> None:
    """Of a batch, only what went on record; of a repeat, nothing."""
    enrollment = await scene.enrolled()
    await listening(scene)
    event = NewEvent("negative", MONDAY, enrollment=enrollment.id, target="test", reference="R-1")
    bad = NewEvent("nonsense", MONDAY, enrollment=enrollment.id, target="test")
    items = [ToRecord(scene.actor("clinician"), one) for one in (event, bad, event)]
    await scene.recorder.record(scene.clinic, items)
    await scene.recorder.record(scene.clinic, items)
    assert await types_told(scene) == ["event.recorded", "award.posted", "balance.changed"]


async def test_a_refused_or_failing_operation_notifies_nothing(scene: Scene) -> None:
    """What it had told goes with its transaction."""
    enrollment = await scene.enrolled()
    subscriber = await listening(scene)

    async def refusing(act: Act) -> Done[None] | Refused:
        await ping_subscriber(act, subscriber.id)
        return refused("invalid.no_text")

    async def failing(act: Act) -> Done[None] | Refused:
        await close_enrollment(act, enrollment.id, CloseEnrollment("Moved away", TODAY))
        raise RuntimeError

    assert isinstance(await scene.ask(refusing), Refused)
    with pytest.raises(RuntimeError):
        await scene.ask(failing)
    assert await count(scene, "notices") == 0


async def test_opening_and_closing_an_enrollment_is_notified(scene: Scene) -> None:
    """Its welcome is told as an award."""
    await listening(scene)
    enrollment = await scene.enrolled(welcome=500)
    await scene.value(lambda act: close_enrollment(act, enrollment.id, CloseEnrollment("Done", TODAY)))
    kept = await log(scene)
    assert [one.notice.type for one in kept] == [
        "enrollment.opened",
        "award.posted",
        "balance.changed",
        "enrollment.closed",
    ]
    assert kept[0].data == {"enrollment": str(enrollment.id), "starts_on": "2026-03-02"}
    assert (kept[1].data["kind"], kept[1].data["amount"]) == ("welcome", 500)
    assert kept[3].data == {"enrollment": str(enrollment.id), "closed_on": "2026-03-02"}


async def test_each_step_of_a_redemption_is_notified(scene: Scene) -> None:
    """Held and given, held and canceled; each with the balance after it."""
    enrollment = await scene.enrolled(welcome=1000)
    reward = await scene.reward(400)
    await listening(scene)
    new = NewRedemption(enrollment.participant, reward.id)
    first = await scene.value(lambda act: redeem(act, new))
    await scene.value(lambda act: give_redemption(act, first.id))
    second = await scene.value(lambda act: redeem(act, new))
    await scene.value(lambda act: cancel_redemption(act, second.id))
    kept = await log(scene)
    assert [one.notice.type for one in kept if one.notice.type != "balance.changed"] == [
        "redemption.held",
        "redemption.given",
        "redemption.held",
        "redemption.canceled",
    ]
    told = {
        "redemption": str(first.id),
        "reward": str(reward.id),
        "quantity": 1,
        "unit": "usd",
        "amount": 400,
    }
    assert kept[0].data == told
    assert kept[-1].data == {"unit": "usd", "available": 600, "held": 0, "given": 400, "earned": 1000}


async def test_a_correction_notifies_what_it_pays(scene: Scene) -> None:
    """An overturn pays what the first result had not; the adjustment names the event that it is for."""
    enrollment = await scene.enrolled()
    receipt = await scene.record(enrollment.id, "positive")
    await listening(scene)
    new = NewCorrection("lab_overturn", "The laboratory says so.", "negative")
    await scene.value(lambda act: correct_event(act, receipt.event.id, new), "clinician")
    award, balance = await log(scene)
    assert (award.notice.type, award.data["kind"], award.data["amount"]) == (
        "award.posted",
        "adjustment",
        100,
    )
    assert award.data["event"] == str(receipt.event.id)
    assert balance.data["available"] == 100


async def test_an_approved_manual_award_is_notified(scene: Scene) -> None:
    """The proposal is nobody's business."""
    enrollment = await scene.enrolled()
    await listening(scene)
    new = NewManualAward(enrollment.participant, "usd", 300, "Helped others")
    proposed = await scene.value(lambda act: propose_manual_award(act, new))
    assert await types_told(scene) == []
    await scene.by_another(lambda act: approve_manual_award(act, proposed.id))
    award, balance = await log(scene)
    assert award.data == {"award": str(proposed.id), "kind": "manual", "unit": "usd", "amount": 300}
    assert (award.notice.type, balance.notice.type) == ("award.posted", "balance.changed")


async def test_a_ping_is_for_one_subscriber_and_about_nobody(scene: Scene) -> None:
    """Whatever types it asked for."""
    subscriber = await listening(scene, "draw.made")
    await scene.value(lambda act: ping_subscriber(act, subscriber.id))
    (ping,) = await log(scene)
    assert (ping.notice.type, ping.notice.subscriber) == ("test.ping", subscriber.id)
    assert ping.notice.participant is None


async def test_sent_bodies_are_thin_and_bear_the_part_2_notice(scene: Scene) -> None:
    """Type, time and data; in the data the number, the participant, and the sentence of 42 CFR Part 2."""
    enrollment = await scene.enrolled()
    subscriber = await listening(scene)
    await scene.record(enrollment.id, "negative")
    await scene.value(lambda act: ping_subscriber(act, subscriber.id))
    for number, one in enumerate(await log(scene), 1):
        body = sent_body(one.notice, MONDAY, number)
        assert fault_of_sent(body, one.notice.type, number, one.notice.participant) is None
        assert body.startswith(b'{"type":"%b","timestamp":"2026-03-02T17:00:00Z"' % one.notice.type.encode())
        assert fault_of_sent(body, one.notice.type, number + 1, one.notice.participant)
        assert fault_of_sent(body, one.notice.type, number, UUID(int=9))
        assert fault_of_sent(body[:-2] + b',"outcome":"negative"}}', one.notice.type, number, None)


async def test_every_notified_operation_is_audited(scene: Scene) -> None:
    """A notice has its number from there; without an entry it would be lost, and so it is a fault of ours."""
    subscriber = await listening(scene)

    async def silent(act: Act) -> Done[None] | Refused:
        act.notify(Notice("test.ping", Ping(subscriber.id), subscriber=subscriber.id))
        await record.write(act, record.Books(notices=act.notices))
        return Done(None)

    with pytest.raises(AssertionError, match="numbered by the audit trail"):
        await scene.ask(silent)
