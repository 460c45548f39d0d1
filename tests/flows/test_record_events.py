"""Events are recorded once, paid exactly, and stand alone, however they arrive."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.events import NewEvent
from service.core.refusals import Refused
from service.flows.batcher import Batcher
from service.flows.perform import Once
from service.flows.visits.record_events import Recorded, ToRecord
from service.store.database.ids import new_id
from service.store.receipts import unpack
from tests.flows.conftest import (
    MONDAY,
    Answer,
    Ask,
    Scene,
    code,
    count,
    gather_for,
    paid,
    receipt,
    receipt_bytes,
)


async def test_an_event_is_paid_and_its_receipt_says_what_and_what_comes_next(scene: Scene, ask: Ask) -> None:
    """The first negative earns 1.00 and the next is worth 2.00."""
    enrollment = await scene.enrolled()
    answer = receipt(await ask(enrollment=enrollment.id, target="test", reference="lab-1"))
    assert [(a.kind, a.amount, a.event) for a in answer.awards] == [("base", 100, answer.event.id)]
    assert answer.balances[0].available == 100
    assert answer.outlook[0].next[0].amount == 200
    assert answer.event.week == 1
    assert answer.event.effect == "success"


async def test_a_visit_late_on_a_local_sunday_belongs_to_that_sunday(scene: Scene, ask: Ask) -> None:
    """23:30 on Sunday in Los Angeles is Monday in UTC, and still the enrollment's first week."""
    enrollment = await scene.enrolled()
    scene.clock.now = MONDAY + timedelta(days=10)
    sunday = datetime(2026, 3, 9, 6, 30, tzinfo=UTC)
    assert receipt(await ask(enrollment=enrollment.id, target="test", occurred_at=sunday)).event.week == 1
    # 00:30 on the Monday, after clocks went forward that Sunday.
    later = datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
    assert receipt(await ask(enrollment=enrollment.id, target="test", occurred_at=later)).event.week == 2


async def test_an_event_may_name_its_participant_and_behavior(scene: Scene, ask: Ask) -> None:
    """One open enrollment with one such target is what is meant."""
    enrollment = await scene.enrolled("P-7")
    answer = receipt(await ask(participant_reference="P-7", behavior="test"))
    assert answer.event.enrollment == enrollment.id
    again = receipt(await ask(participant=enrollment.participant, behavior="test"))
    assert again.event.target == "test"


async def test_fifty_of_the_same_event_at_once_are_one_event_with_fifty_same_answers(
    scene: Scene, ask: Ask
) -> None:
    """By reference: the first is recorded, every other answers with its receipt."""
    enrollment = await scene.enrolled()
    answers = await asyncio.gather(
        *[ask(enrollment=enrollment.id, target="test", reference="lab-1") for _ in range(50)]
    )
    assert len({answer.receipt for answer in answers if isinstance(answer, Recorded)}) == 1
    assert sorted(a.made for a in answers if isinstance(a, Recorded)) == ["created"] + ["found"] * 49
    assert await count(scene, "events") == 1
    assert (await scene.balance(enrollment.participant)).available == 100


async def test_fifty_of_the_same_request_in_several_processes_are_one_event(scene: Scene) -> None:
    """By idempotency key and by reference, through recorders that know nothing of each other."""
    enrollment = await scene.enrolled()
    event = NewEvent("negative", MONDAY, enrollment=enrollment.id, target="test", reference="lab-1")
    item = ToRecord(scene.actor("front_desk"), event, once=Once("key-1", bytes(32)))
    gathers = [gather_for(scene) for _ in range(5)]
    answers = await asyncio.gather(*[each.ask(scene.clinic, item) for each in gathers for _ in range(10)])
    assert len({a.receipt for a in answers if isinstance(a, Recorded)}) == 1
    assert await count(scene, "events") == 1


async def test_the_same_reference_for_two_people_at_once_is_recorded_for_one(scene: Scene) -> None:
    """Two processes hold different participants' locks: the reference is unique all the same."""
    first, second = await scene.enrolled("P-1"), await scene.enrolled("P-2")
    answers = await asyncio.gather(
        *[
            gather_for(scene).ask(
                scene.clinic,
                ToRecord(
                    scene.actor("front_desk"),
                    NewEvent("negative", MONDAY, enrollment=enrollment.id, target="test", reference="lab-1"),
                ),
            )
            for enrollment in (first, second)
        ]
    )
    assert [code(a) for a in answers if isinstance(a, Refused)] == ["reference_conflict"]
    assert await count(scene, "events") == 1


async def test_a_key_answers_again_and_refuses_another_request(scene: Scene, ask: Ask) -> None:
    """The same request gets the first answer; the same key for another one is refused."""
    enrollment = await scene.enrolled()
    named = {"enrollment": enrollment.id, "target": "test"}
    first = await ask(once=Once("k", bytes(32)), **named)
    again = await ask(once=Once("k", bytes(32)), **named)
    assert isinstance(again, Recorded)
    assert again.replayed
    assert again.receipt == receipt_bytes(first)
    assert code(await ask(once=Once("k", b"other".ljust(32)), **named)) == "idempotency_conflict"
    assert await count(scene, "events") == 1


async def test_the_answer_to_an_event_is_kept_once_and_packed(scene: Scene, ask: Ask) -> None:
    """The event keeps it, and its idempotency key leads there."""
    enrollment = await scene.enrolled()
    first = await ask(once=Once("k", bytes(32)), enrollment=enrollment.id, target="test")
    async with scene.database.transaction(scene.clinic) as tx:
        kept = await tx.connection.fetchrow(
            "select i.answer, i.event_id = e.event_id as leads, e.receipt from idempotency as i, events as e"
        )
    assert kept is not None
    assert (kept["answer"], kept["leads"]) == (None, True)
    assert unpack(kept["receipt"]) == receipt_bytes(first)
    assert len(kept["receipt"]) < len(receipt_bytes(first)) / 3


async def test_a_refused_event_does_not_use_up_its_key(scene: Scene, ask: Ask) -> None:
    """After the refusal the corrected request goes through under the same key."""
    enrollment = await scene.enrolled()
    named = {"enrollment": enrollment.id, "target": "test"}
    assert code(await ask(once=Once("k", bytes(32)), outcome="nonsense", **named)) == "outcome_not_allowed"
    assert paid(await ask(once=Once("k", bytes(32)), **named)) == 100


async def test_the_same_reference_with_other_content_is_refused(scene: Scene, ask: Ask) -> None:
    """Another outcome, time, target, participant or note under a known reference is another event."""
    enrollment = await scene.enrolled()
    other = await scene.enrolled("P-2")
    same = {"enrollment": enrollment.id, "target": "test", "reference": "lab-1", "note": "by hand"}
    first = await ask(**same)
    assert (await ask(**same)) == Recorded(receipt_bytes(first), "found")
    changes: list[dict[str, Any]] = [
        {"outcome": "positive"},
        {"occurred_at": MONDAY - timedelta(minutes=1)},
        {"target": "another"},
        {"enrollment": other.id},
        {"note": "otherwise"},
        {"note": None},
        {"evidence": "lab sheet 7"},
        {"participant": other.participant},
        {"behavior": "attendance"},
    ]
    for change in changes:
        assert code(await ask(**(same | change))) == "reference_conflict", change
    by_person = await ask(
        participant=enrollment.participant, behavior="test", reference="lab-1", note="by hand"
    )
    assert receipt_bytes(by_person) == receipt_bytes(first)


async def test_another_clinic_s_people_and_enrollments_do_not_exist(
    scene: Scene, batcher: Batcher[ToRecord, Answer]
) -> None:
    """An enrollment of this clinic, asked for from another one, is like one that never was."""
    enrollment = await scene.enrolled()
    elsewhere = await scene.elsewhere()
    for named in (
        {"enrollment": enrollment.id, "target": "test"},
        {"participant": enrollment.participant, "behavior": "test"},
        {"participant_reference": "P-1", "behavior": "test"},
    ):
        event = NewEvent("negative", MONDAY, **named)
        answer = await batcher.ask(elsewhere.clinic, ToRecord(elsewhere.actor("front_desk"), event))
        assert code(answer) in {"unknown_enrollment", "not_enrolled"}


async def test_the_same_batch_sent_concurrently_records_each_event_once(
    scene: Scene, batcher: Batcher[ToRecord, Answer]
) -> None:
    """The same reference twice, once with other content, and a fault in the middle: each stands alone."""
    enrollment = await scene.enrolled()
    base: dict[str, Any] = {"enrollment": enrollment.id, "target": "test"}
    days = [MONDAY + timedelta(days=day) for day in range(4)]
    scene.clock.now = days[3]
    events = [
        NewEvent("negative", days[0], reference="a", **base),
        NewEvent("negative", days[0], reference="a", **base),
        NewEvent("positive", days[0], reference="a", **base),
        NewEvent("nonsense", days[1], reference="b", **base),
        NewEvent("negative", days[1], reference="b", **base),
        NewEvent("negative", days[3], **base),
        NewEvent("negative", days[2], **base),
    ]
    recording = new_id()
    actor = scene.actor("integration")
    answers = await batcher.ask_all(
        scene.clinic, [ToRecord(actor, event, recording=recording) for event in events]
    )
    assert [shown(answer) for answer in answers] == [
        ("created", 100),
        ("found", 100),
        "reference_conflict",
        "outcome_not_allowed",
        ("created", 200),
        # The items of one request are recorded as they happened, so neither of these two is late.
        ("created", 400),
        ("created", 300),
    ]
    assert (await scene.balance(enrollment.participant)).available == 1000
    deeds = await scene.deeds()
    assert deeds.count("events.recorded") == 1


def shown(answer: Answer | BaseException) -> str | tuple[str, int]:
    """Show a refusal as its code, and a recorded event as how it was made and what was paid."""
    if isinstance(answer, Refused):
        return code(answer)
    assert isinstance(answer, Recorded), answer
    return answer.made, paid(answer)


@pytest.mark.parametrize("seed", range(6))
async def test_any_order_of_arrival_ends_in_the_same_awards(scene: Scene, ask: Ask, seed: int) -> None:
    """The fold's settled value of every visit is the same, whatever was paid on the way."""
    enrollment = await scene.enrolled()
    scene.clock.now = MONDAY + timedelta(days=60)
    outcomes = ["negative", "negative", "positive", "negative", "excused", "negative", "negative", "positive"]
    visits = [(outcome, MONDAY + timedelta(days=4 * day)) for day, outcome in enumerate(outcomes)]
    random.Random(seed).shuffle(visits)
    for outcome, at in visits:
        await ask(outcome=outcome, occurred_at=at, enrollment=enrollment.id, target="test")
    query = """
        select e.occurred_at, sum(a.amount - a.overpaid - a.unrecovered)::bigint as settled
        from events as e inner join awards as a using (clinic_id, enrollment_id, fact_no)
        group by e.occurred_at order by e.occurred_at
    """
    async with scene.database.transaction(scene.clinic) as tx:
        settled = [row["settled"] for row in await tx.connection.fetch(query)]
    assert settled == [100, 200, 0, 100, 0, 200, 300, 0]


async def test_notes_and_evidence_are_not_readable_in_the_database(scene: Scene, ask: Ask) -> None:
    """What a person wrote is kept encrypted, and is in no receipt."""
    enrollment = await scene.enrolled()
    answer = await ask(enrollment=enrollment.id, target="test", note="told me of a relapse", evidence="lab 7")
    assert b"relapse" not in receipt_bytes(answer)
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow("select * from events")
    assert row is not None
    assert b"relapse" not in row["note"]
    assert tx.cipher.open_text(scene.clinic, "events.note", row["note"]) == "told me of a relapse"


async def test_facts_and_postings_can_be_neither_changed_nor_deleted(scene: Scene, ask: Ask) -> None:
    """The service's role has no right to."""
    enrollment = await scene.enrolled()
    await ask(enrollment=enrollment.id, target="test")
    for table in ("events", "awards", "transfers", "audit"):
        changed = f"update {table} set clinic_id = clinic_id"  # noqa: S608 -- our own words
        deleted = f"delete from {table}"  # noqa: S608 -- our own words
        for statement in (deleted, changed):
            with pytest.raises(Exception, match="permission denied"):
                await _run(scene, statement)


async def _run(scene: Scene, statement: str) -> None:
    async with scene.database.transaction(scene.clinic) as tx:
        await tx.connection.execute(statement)
