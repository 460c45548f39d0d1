"""Two charts of one person become one: nothing is lost, nothing is paid twice, and it can be undone."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec

from schemas.caps import NewCap
from schemas.events import NewEvent
from schemas.merges import MergeDecision, NewMerge
from schemas.people import NewEnrollment
from schemas.receipts import Receipt
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.ledger.caps import set_cap
from service.flows.ledger.tax import tax_report
from service.flows.people.enrollments import open_enrollment
from service.flows.people.merges import merge_participants
from service.flows.people.participants import find_people, read_participant
from service.flows.perform import Done
from service.flows.retry import retried
from service.flows.verify.verify import verify
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.flows.visits.record_missed import record_missed
from tests.flows.conftest import MONDAY, TODAY
from tests.flows.merging import DAY, available, merged, two

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def test_merge_moves_balance_and_enrollments_to_survivor(scene: Scene) -> None:
    """What both had stands under one person; the chart that ended has nothing left."""
    kept, other = await two(scene)
    await scene.record(kept.id, "negative", MONDAY)
    await scene.record(other.id, "negative", MONDAY + DAY)
    await scene.record(other.id, "negative", MONDAY + 2 * DAY)
    made = await merged(scene, kept.participant, other.participant)
    assert [(one.id, one.participant) for one in made.enrollments] == [(other.id, kept.participant)]
    assert made.events == 2
    assert [one.available for one in made.moved] == [300]
    assert await available(scene, kept.participant) == 400
    assert (await scene.balance(other.participant)).earned == 0


async def test_former_id_and_number_lead_to_survivor(scene: Scene) -> None:
    """Whoever asks by the old id, number or name is answered with the person."""
    kept, other = await two(scene)
    await merged(scene, kept.participant, other.participant)
    read = await scene.value(lambda act: read_participant(act, other.participant))
    assert read.id == kept.participant
    assert {one.value for one in read.identifiers} == {"P-1", "P-2"}
    for typed in ("P-2", "A. Lima", "p-1"):
        found = (await scene.value(partial(find_people, typed=typed))).people
        assert [one.id for one in found] == [kept.participant]


async def test_event_by_former_number_is_recorded_for_survivor(scene: Scene) -> None:
    """The receipt names the survivor, and a repeat is the same event."""
    kept, other = await two(scene)
    await merged(scene, kept.participant, other.participant)
    event = NewEvent("negative", MONDAY, participant_reference="p-2", behavior="test", reference="LAB-1")
    for made in ("created", "found"):
        (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(scene.actor("clinician"), event)])
        assert isinstance(answer, Recorded), answer
        assert answer.made == made
        receipt = msgspec.json.decode(answer.receipt, type=Receipt)
        assert (receipt.event.participant, receipt.event.enrollment) == (kept.participant, kept.id)


async def test_visit_on_both_charts_is_paid_once(scene: Scene) -> None:
    """The first recorded stands; the other is withdrawn and its pay recovered."""
    kept, other = await two(scene)
    first = await scene.record(kept.id, "negative", MONDAY)
    second = await scene.record(other.id, "negative", MONDAY + timedelta(hours=1))
    previewed = await merged(scene, kept.participant, other.participant, dry_run=True)
    assert [[(one.event, one.decision) for one in each.events] for each in previewed.duplicates] == [
        [(first.event.id, "keep"), (second.event.id, "withdraw")]
    ]
    assert [one.available for one in previewed.balances] == [100]
    assert await available(scene, kept.participant) == 100
    made = await merged(scene, kept.participant, other.participant)
    assert (made.balances, made.duplicates) == (previewed.balances, previewed.duplicates)
    assert await available(scene, kept.participant) == 100


async def test_visit_with_two_outcomes_must_be_decided(scene: Scene) -> None:
    """Nobody but a person says which of two results is right."""
    kept, other = await two(scene)
    await scene.record(kept.id, "positive", MONDAY)
    right = await scene.record(other.id, "negative", MONDAY)
    new = NewMerge(other.participant)
    refused = await scene.refusal(lambda act: merge_participants(act, kept.participant, new))
    assert refused == ("merge_undecided", ("$.decisions",))
    decisions = (MergeDecision(right.event.id, "keep"),)
    await merged(scene, kept.participant, other.participant, decisions=decisions)
    assert await available(scene, kept.participant) == 100


async def test_missed_visit_gives_way_to_one_that_somebody_came_to(scene: Scene) -> None:
    """A visit that the service recorded as missed on the other chart is withdrawn, and not missed again."""
    scene.clock.now = MONDAY
    kept = await scene.expecting("V-1")
    other = NewEnrollment(await scene.participant("V-2"), "mondays", TODAY)
    second = await scene.value(lambda act: open_enrollment(act, other))
    scene.clock.now = MONDAY + 9 * DAY
    await scene.record(kept.id, "negative", MONDAY + 7 * DAY)
    assert await record_missed(scene.database, scene.clinic) == 3
    made = await merged(scene, kept.participant, second.participant)
    assert [(one.outcome, one.decision) for one in made.duplicates[-1].events] == [
        ("negative", "keep"),
        ("missed", "withdraw"),
    ]
    assert await record_missed(scene.database, scene.clinic) == 0


async def test_cap_counts_both_charts_once(scene: Scene) -> None:
    """After a merge no more is paid than one person may have in the period."""
    await scene.value(lambda act: set_cap(act, NewCap("year", "usd", 350, TODAY, "The county")))
    kept, other = await two(scene)
    await scene.record(kept.id, "negative", MONDAY)
    await scene.record(other.id, "negative", MONDAY + DAY)
    await merged(scene, kept.participant, other.participant)
    await scene.record(kept.id, "negative", MONDAY + 2 * DAY)
    assert await available(scene, kept.participant) == 350
    report = await scene.value(lambda act: tax_report(act, Page(), 2026))
    assert [(one.participant, one.net) for one in report.items] == [(kept.participant, 350)]


async def test_repeated_merge_is_found_and_a_chart_is_not_merged_with_itself(scene: Scene) -> None:
    """The same request again answers with the merge that stands."""
    kept, other = await two(scene)
    made = await merged(scene, kept.participant, other.participant)
    assert (await merged(scene, kept.participant, other.participant)).id == made.id
    new = NewMerge(kept.participant)
    assert await scene.refusal(lambda act: merge_participants(act, kept.participant, new)) == (
        "invalid",
        ("$.from",),
    )
    stranger = NewMerge(uuid4())
    assert (await scene.refusal(lambda act: merge_participants(act, kept.participant, stranger)))[
        0
    ] == "unknown_participant"


async def test_events_of_both_charts_recorded_while_they_are_merged_end_on_survivor(scene: Scene) -> None:
    """Whoever waits for the lock records for whom the chart leads to then; no deadlock, nothing lost."""
    kept, other = await two(scene)

    async def record(day: int) -> None:
        event = NewEvent("negative", MONDAY + day * DAY, participant=other.participant, behavior="test")
        recorder = Recorder(scene.database, timedelta(minutes=5))
        item = ToRecord(scene.actor("clinician"), event)
        (answer,) = await retried(lambda: recorder.record(scene.clinic, [item]))
        assert isinstance(answer, Recorded), answer

    await asyncio.gather(
        *(record(day) for day in range(4)), merged(scene, kept.participant, other.participant)
    )
    assert (await scene.balance(other.participant)).earned == 0
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    assert verdict.events == 4


async def test_two_charts_merged_into_each_other_at_once_are_merged_one_way(scene: Scene) -> None:
    """Whoever comes second is told that they are one already; nobody waits for ever, and nothing is lost."""
    kept, other = await two(scene)
    await scene.record(kept.id, "negative", MONDAY)
    await scene.record(other.id, "negative", MONDAY + DAY)
    ways = [(kept.participant, other.participant), (other.participant, kept.participant)] * 4
    answers = await asyncio.gather(
        *(
            scene.ask(partial(merge_participants, survivor_id=survivor, new=NewMerge(ended)))
            for survivor, ended in ways
        )
    )
    made = {one.value.id for one in answers if isinstance(one, Done)}
    assert len(made) == 1
    assert {one.reason for one in answers if isinstance(one, Refused)} == {"invalid.merge_with_itself"}
    has = [await available(scene, one.participant) for one in (kept, other)]
    assert sorted(has) == [0, 200]


async def test_another_clinic_s_chart_is_not_merged(scene: Scene) -> None:
    """Its id is unknown here."""
    elsewhere = await scene.elsewhere()
    stranger = NewMerge(await elsewhere.participant("P-9"))
    own = await scene.participant("P-1")
    assert (await scene.refusal(lambda act: merge_participants(act, own, stranger)))[
        0
    ] == "unknown_participant"
