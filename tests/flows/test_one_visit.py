"""One visit is one event: recorded once, corrected by its own report, and its reference given back."""

from __future__ import annotations

import asyncio
import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from schemas.people import CloseEnrollment, NewEnrollment
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.people.enrollments import close_enrollment, open_enrollment
from service.flows.perform import Once
from service.flows.screens.audit import AuditFilter, read_audit
from service.flows.visits.corrections import correct_event
from service.flows.visits.record_events import Recorded, ToRecord
from tests.flows.conftest import MONDAY, Scene, code, count, gather_for, paid, receipt
from tests.flows.daily import WITHDRAW, enrolled, record


async def test_identical_events_without_reference_are_one(scene: Scene) -> None:
    """One after the other, in one request, and from two processes at once."""
    enrollment = await enrolled(scene)
    first = await record(scene, enrollment)
    assert paid(first) == 100
    again = await record(scene, enrollment)
    assert isinstance(again, Recorded)
    assert (again.made, again.receipt) == ("found", first.receipt if isinstance(first, Recorded) else b"")
    event = NewEvent("negative", MONDAY - timedelta(days=1), enrollment=enrollment.id, target="test")
    item = ToRecord(scene.actor(), event)
    together = await scene.recorder.record(scene.clinic, [item, item])
    assert [one.made for one in together if isinstance(one, Recorded)] == ["created", "found"]
    late = replace(item, event=replace(event, occurred_at=MONDAY - timedelta(days=2)))
    gathers = [gather_for(scene), gather_for(scene)]
    answers = await asyncio.gather(*(gathers[n % 2].ask(scene.clinic, late) for n in range(20)))
    assert len({receipt(one).event.id for one in answers}) == 1
    assert await count(scene, "events") == 3


async def test_another_reference_does_not_make_another_event(scene: Scene) -> None:
    """Two systems report one specimen under their own numbers."""
    enrollment = await enrolled(scene)
    first = await record(scene, enrollment, reference="lab-1")
    again = await record(scene, enrollment, reference="chart-9")
    assert receipt(again).event.id == receipt(first).event.id
    assert await count(scene, "events") == 1


async def test_a_second_event_of_the_day_is_refused_and_the_first_is_named(scene: Scene) -> None:
    """Until somebody says that it is meant, which the audit trail and the event itself tell."""
    enrollment = await enrolled(scene)
    first = receipt(await record(scene, enrollment, "positive", role="front_desk", reference="lab-1"))
    later: dict[str, Any] = {"occurred_at": MONDAY + timedelta(minutes=4)}
    refused = await record(scene, enrollment, **later)
    assert code(refused) == "already_recorded"
    assert isinstance(refused, Refused)
    assert refused.event is not None
    named = refused.event
    assert (named.id, named.outcome, named.occurred_at, named.recorded_by, named.reference) == (
        first.event.id,
        "positive",
        MONDAY,
        scene.actor("front_desk").id,
        "lab-1",
    )
    meant = receipt(await record(scene, enrollment, another=True, **later))
    assert meant.event.another_of == first.event.id
    assert paid(await record(scene, enrollment, another=True, **later)) == 100
    assert await count(scene, "events") == 2
    trail = await scene.value(lambda act: read_audit(act, AuditFilter(), Page(50)))
    (entry,) = (one for one in trail.items if one.deed == "event.another")
    assert (entry.subject, entry.detail) == (meant.event.id, {"beside": str(first.event.id)})


async def test_another_where_nothing_stands_is_an_event_like_any(scene: Scene) -> None:
    """Nothing is named, for it stands beside nothing."""
    enrollment = await enrolled(scene)
    answer = receipt(await record(scene, enrollment, another=True))
    assert not answer.event.another_of
    assert "event.another" not in await scene.deeds()


async def test_a_day_is_the_clinic_s_own(scene: Scene) -> None:
    """Half an hour before and after midnight in Los Angeles are two days."""
    enrollment = await enrolled(scene)
    midnight = MONDAY.replace(hour=8, minute=0)
    assert paid(await record(scene, enrollment, occurred_at=midnight - timedelta(minutes=30))) == 100
    assert paid(await record(scene, enrollment, occurred_at=midnight + timedelta(minutes=30))) == 200
    refused = await record(scene, enrollment, occurred_at=midnight - timedelta(minutes=50))
    assert code(refused) == "already_recorded"


async def test_a_refused_second_event_uses_up_no_key(scene: Scene) -> None:
    """The desk asks, and sends the same form again."""
    enrollment = await enrolled(scene)
    await record(scene, enrollment, occurred_at=MONDAY - timedelta(minutes=9))
    once = Once.of("desk-1", "the form")
    assert code(await record(scene, enrollment, once=once)) == "already_recorded"
    assert paid(await record(scene, enrollment, once=once, another=True)) == 200


async def test_a_withdrawn_event_gives_its_reference_back(scene: Scene) -> None:
    """To the right person, and to the same one; what is withdrawn twice gives it back twice."""
    wrong = await enrolled(scene, "P-1")
    right = await enrolled(scene, "P-2")
    first = receipt(await record(scene, wrong, reference="lab-1"))
    assert code(await record(scene, right, reference="lab-1")) == "reference_conflict"
    await scene.value(lambda act: correct_event(act, first.event.id, WITHDRAW))
    second = receipt(await record(scene, right, reference="lab-1"))
    assert second.event.participant == right.participant
    assert receipt(await record(scene, right, reference="lab-1")).event.id == second.event.id
    await scene.value(lambda act: correct_event(act, second.event.id, WITHDRAW))
    third = receipt(await record(scene, wrong, reference="lab-1"))
    assert third.event.id not in {first.event.id, second.event.id}
    assert (await scene.balance(right.participant)).earned == 0
    assert (await scene.balance(wrong.participant)).earned == 100


async def test_a_file_brought_again_does_not_bring_back_what_was_withdrawn(scene: Scene) -> None:
    """By reference or by moment, the line is known."""
    enrollment = await enrolled(scene)
    for said in ({"reference": "line-1"}, {"occurred_at": MONDAY - timedelta(days=1)}):
        first = receipt(await record(scene, enrollment, once_for_all=True, **said))
        await scene.value(lambda act, first=first: correct_event(act, first.event.id, WITHDRAW))  # type: ignore[misc]
        again = await record(scene, enrollment, once_for_all=True, **said)
        assert isinstance(again, Recorded)
        assert again.made == "found"
    assert (await scene.balance(enrollment.participant)).earned == 0


async def test_a_withdrawn_event_comes_back_only_to_a_free_place(scene: Scene) -> None:
    """Its reference, or its place on the day, may have been taken meanwhile."""
    enrollment = await enrolled(scene)
    first = receipt(await record(scene, enrollment, reference="lab-1"))
    withdrawal = await scene.value(lambda act: correct_event(act, first.event.id, WITHDRAW))
    assert withdrawal.corrections
    about = withdrawal.corrections[0].id
    other_day = await record(scene, enrollment, reference="lab-1", occurred_at=MONDAY - timedelta(days=2))
    back = NewCorrection("entry_error", "It was right.")
    assert (await scene.refusal(lambda act: correct_event(act, about, back)))[0] == "reference_conflict"
    await scene.value(lambda act: correct_event(act, receipt(other_day).event.id, WITHDRAW))
    same_day = receipt(await record(scene, enrollment, occurred_at=MONDAY + timedelta(minutes=1)))
    assert (await scene.refusal(lambda act: correct_event(act, about, back)))[0] == "already_recorded"
    await scene.value(lambda act: correct_event(act, same_day.event.id, WITHDRAW))
    await scene.value(lambda act: correct_event(act, about, back))
    assert (await scene.balance(enrollment.participant)).earned == 100


async def test_withdrawn_event_does_not_come_back_beside_one_recorded_anew(scene: Scene) -> None:
    """Neither has a reference: it is the visit that is taken, and the event that takes it is named."""
    enrollment = await enrolled(scene)
    first = receipt(await record(scene, enrollment, "positive"))
    done = await scene.value(lambda act: correct_event(act, first.event.id, WITHDRAW))
    assert isinstance(done.corrections, tuple)
    (withdrawal,) = done.corrections
    anew = receipt(await record(scene, enrollment, occurred_at=MONDAY + timedelta(minutes=4)))
    answer = await scene.ask(lambda act: correct_event(act, withdrawal.id, WITHDRAW))
    assert isinstance(answer, Refused)
    assert answer.reason == "already_recorded.meanwhile"
    assert answer.event is not None
    assert answer.event.id == anew.event.id


async def test_a_result_of_a_closed_enrollment_s_day_lies_there(scene: Scene) -> None:
    """By number, after closing, and with a later episode open."""
    first = await enrolled(scene)
    last = MONDAY.date() + timedelta(days=1)
    await scene.value(lambda act: close_enrollment(act, first.id, CloseEnrollment("The end.", last)))
    scene.clock.now = MONDAY + timedelta(days=20)
    new = NewEnrollment(first.participant, "daily", MONDAY.date() + timedelta(days=10))
    second = await scene.value(lambda act: open_enrollment(act, new))

    async def placed(days: int) -> UUID | str:
        named: dict[str, Any] = {"enrollment": None, "target": None, "behavior": "test"}
        at = MONDAY + timedelta(days=days)
        answer = await record(scene, first, participant_reference="P-1", occurred_at=at, **named)
        return code(answer) if isinstance(answer, Refused) else receipt(answer).event.enrollment

    assert await placed(1) == first.id
    assert await placed(11) == second.id
    assert await placed(5) == "outside_enrollment"
    assert date(2026, 3, 3) == last


@pytest.mark.parametrize("seed", range(6))
async def test_any_interleaving_of_ways_records_one_visit_once(scene: Scene, seed: int) -> None:
    """The desk, an API with and without a reference, and a file brought twice, through two processes."""
    enrollment = await enrolled(scene)
    chance = random.Random(seed)
    days = [MONDAY - timedelta(days=number) for number in range(3)]
    items = []
    for at in days:
        bare = NewEvent("negative", at, enrollment=enrollment.id, target="test")
        items += [
            ToRecord(
                scene.actor("front_desk"), replace(bare, reference=f"desk-{at.day}", note="Came early.")
            ),
            ToRecord(scene.actor("integration"), bare),
            ToRecord(
                scene.actor("integration"), replace(bare, reference=f"lab-{at.day}", evidence="Report 4")
            ),
            ToRecord(scene.actor("manager"), replace(bare, reference=f"import:{at.day}"), once_for_all=True),
            ToRecord(scene.actor("manager"), replace(bare, reference=f"import:{at.day}"), once_for_all=True),
        ]
    chance.shuffle(items)
    gathers = [gather_for(scene), gather_for(scene)]
    answers = await asyncio.gather(*(chance.choice(gathers).ask(scene.clinic, item) for item in items))
    made = [one.made for one in answers if isinstance(one, Recorded)]
    assert (made.count("created"), made.count("found")) == (3, len(items) - 3)
    assert await count(scene, "events") == 3
    assert (await scene.balance(enrollment.participant)).earned == 100 + 200 + 300


async def test_a_day_of_two_enrollments_may_mean_either(scene: Scene) -> None:
    """One ended on the day on which the next began: whoever records names the one that is meant."""
    first = await enrolled(scene)
    day = MONDAY.date()
    await scene.value(lambda act: close_enrollment(act, first.id, CloseEnrollment("Begins anew.", day)))
    new = NewEnrollment(first.participant, "daily", day)
    second = await scene.value(lambda act: open_enrollment(act, new))
    named: dict[str, Any] = {"enrollment": None, "target": None, "behavior": "test"}
    assert code(await record(scene, first, participant_reference="P-1", **named)) == "ambiguous_enrollment"
    assert receipt(await record(scene, second)).event.enrollment == second.id
