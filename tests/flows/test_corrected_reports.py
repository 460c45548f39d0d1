"""Corrected reports and corrections by reference: what a system says of what it said before."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from schemas.corrections import NewCorrectionOf
from schemas.events import NewEvent
from schemas.people import Role
from schemas.receipts import Receipt
from service.flows.perform import Once
from service.flows.visits.corrections import correct_event, correct_named
from service.flows.visits.record_events import Recorded, ToRecord
from service.store.database.ids import new_id
from tests.flows.conftest import MONDAY, Scene, code, count, paid, receipt
from tests.flows.daily import WITHDRAW, enrolled, record


async def test_a_corrected_report_overturns_what_it_reported(scene: Scene) -> None:
    """As a lab overturn does: kept as overpaid, and the next one is worth the first step."""
    enrollment = await enrolled(scene)
    first = receipt(await record(scene, enrollment, reference="lab-1"))
    assert code(await record(scene, enrollment, "positive", reference="lab-1")) == "reference_conflict"
    answer = await record(scene, enrollment, "positive", reference="lab-1", corrects=True, note="Confirmed.")
    corrected = receipt(answer)
    assert isinstance(answer, Recorded)
    assert answer.made == "created"
    assert (corrected.event.id, corrected.event.outcome) == (first.event.id, "positive")
    assert [(one.before, one.after, one.overpaid) for one in corrected.adjustments] == [(100, 0, 100)]
    assert corrected.corrections
    assert (corrected.corrections[0].kind, corrected.corrections[0].reason) == ("lab_overturn", "Confirmed.")
    again = await record(scene, enrollment, "positive", reference="lab-1", corrects=True)
    assert isinstance(again, Recorded)
    assert again.made == "found"
    assert await count(scene, "corrections") == 1
    following = await record(scene, enrollment, occurred_at=MONDAY + timedelta(minutes=1), another=True)
    assert receipt(following).awards[0].amount == 100


async def test_a_corrected_report_without_a_known_reference_is_about_its_moment(scene: Scene) -> None:
    """And where nothing is on record at all, it is recorded."""
    enrollment = await enrolled(scene)
    first = receipt(await record(scene, enrollment, corrects=True))
    corrected = receipt(await record(scene, enrollment, "positive", corrects=True, reference="lab-2"))
    assert corrected.event.id == first.event.id
    assert corrected.event.outcome == "positive"
    elsewhen = MONDAY + timedelta(minutes=2)
    refused = await record(scene, enrollment, corrects=True, occurred_at=elsewhen)
    assert code(refused) == "already_recorded"


async def test_a_corrected_report_of_another_person_moves_the_event(scene: Scene) -> None:
    """An entry error there and a new event here, or neither."""
    wrong = await enrolled(scene, "P-1")
    right = await enrolled(scene, "P-2")
    first = receipt(await record(scene, wrong, reference="lab-1"))
    once = Once.of("key-1", "the body")
    moved = await record(scene, right, reference="lab-1", corrects=True, once=once)
    assert receipt(moved).event.participant == right.participant
    assert paid(moved) == 100
    assert (await scene.balance(wrong.participant)).earned == 0
    replayed = await record(scene, right, reference="lab-1", corrects=True, once=once)
    assert isinstance(replayed, Recorded)
    assert replayed.replayed
    # In the future nothing can have happened, so nothing is withdrawn either.
    future = MONDAY + timedelta(days=1)
    assert (
        code(await record(scene, wrong, reference="lab-1", corrects=True, occurred_at=future))
        == "event_in_future"
    )
    await record(scene, wrong, occurred_at=MONDAY - timedelta(minutes=9))
    before = await count(scene, "corrections")
    assert code(await record(scene, wrong, reference="lab-1", corrects=True)) == "already_recorded"
    assert await count(scene, "corrections") == before
    assert (await scene.balance(right.participant)).earned == 100
    assert first.event.id != receipt(moved).event.id


async def test_a_corrected_time_moves_the_event(scene: Scene) -> None:
    """On the same day, where the event that it corrects is in nobody's way."""
    enrollment = await enrolled(scene)
    await record(scene, enrollment, reference="lab-1")
    at = MONDAY - timedelta(hours=1)
    moved = receipt(await record(scene, enrollment, reference="lab-1", corrects=True, occurred_at=at))
    assert moved.event.occurred_at == at
    assert (await scene.balance(enrollment.participant)).earned == 100


@pytest.mark.parametrize(("role", "may"), [("front_desk", False), ("clinician", True), ("manager", True)])
async def test_only_who_may_correct_brings_corrected_reports(scene: Scene, role: Role, may: bool) -> None:
    """The front desk records, and corrects nothing."""
    enrollment = await enrolled(scene)
    await record(scene, enrollment, reference="lab-1")
    answer = await record(scene, enrollment, "positive", role=role, reference="lab-1", corrects=True)
    assert isinstance(answer, Recorded) is may
    if not may:
        assert code(answer) == "forbidden"


async def test_corrected_reports_among_other_items_keep_the_order(scene: Scene) -> None:
    """Each stands alone, and what comes after one builds on it."""
    enrollment = await enrolled(scene)
    actor = scene.actor("integration")

    def item(outcome: str, days: int, reference: str, *, corrects: bool = False) -> ToRecord:
        at = MONDAY - timedelta(days=days)
        event = NewEvent(
            outcome, at, enrollment=enrollment.id, target="test", reference=reference, corrects=corrects
        )
        return ToRecord(actor, event)

    answers = await scene.recorder.record(
        scene.clinic,
        [
            item("negative", 3, "a"),
            item("positive", 3, "a", corrects=True),
            item("negative", 2, "b"),
            item("nothing", 2, "b", corrects=True),
            item("negative", 1, "c", corrects=True),
        ],
    )
    assert [receipt(one).event.outcome for one in answers if isinstance(one, Recorded)] == [
        "negative",
        "positive",
        "negative",
        "negative",
    ]
    assert code(answers[3]) == "outcome_not_allowed"
    # Kept as overpaid, the first day; then the first and the second step.
    assert (await scene.balance(enrollment.participant)).earned == 100 + 100 + 200


async def test_an_event_is_corrected_by_its_reference(scene: Scene) -> None:
    """The one that stands under it; either the reference or the event, and not both."""
    enrollment = await enrolled(scene)
    first = receipt(await record(scene, enrollment, reference="lab-1"))
    await scene.value(lambda act: correct_event(act, first.event.id, WITHDRAW))
    second = receipt(await record(scene, enrollment, reference="lab-1"))
    overturn = NewCorrectionOf(
        kind="lab_overturn", reason="The lab called.", outcome="positive", reference="lab-1"
    )
    done: Receipt = await scene.value(lambda act: correct_named(act, overturn))
    assert (done.event.id, done.event.outcome) == (second.event.id, "positive")
    by_id = msgspec.structs.replace(overturn, reference=None, event=second.event.id, outcome="negative")
    assert (await scene.value(lambda act: correct_named(act, by_id))).event.outcome == "negative"
    for wrong, place in (
        (msgspec.structs.replace(overturn, event=second.event.id), "$.reference"),
        (msgspec.structs.replace(overturn, reference=None), "$.reference"),
        (msgspec.structs.replace(overturn, reference="lab-9"), "$.reference"),
    ):
        refusal = await scene.refusal(lambda act, new=wrong: correct_named(act, new))  # type: ignore[misc]
        assert refusal[1] == (place,)


async def test_corrected_reports_of_one_request_are_told_apart_in_the_trail(scene: Scene) -> None:
    """A transaction tells of a recording once, so what a report records anew has its own entry."""
    wrong, right = await enrolled(scene, "P-1"), await enrolled(scene, "P-2")
    actor, recording = scene.actor("integration"), new_id()
    days = [MONDAY - timedelta(days=number) for number in (3, 2)]
    events = [NewEvent("negative", at, target="test", reference=f"lab-{at.day}") for at in days]
    items = [
        ToRecord(actor, replace(event, enrollment=whose.id, corrects=whose is right), recording=recording)
        for whose in (wrong, right, wrong)
        for event in events
    ]
    answers = await scene.recorder.record(scene.clinic, items)
    assert [one.made for one in answers[:4] if isinstance(one, Recorded)] == ["created"] * 4
    assert [code(one) for one in answers[4:]] == ["reference_conflict"] * 2
    assert (await scene.deeds()).count("events.recorded") == 3
    assert (await scene.balance(right.participant)).earned == 300
