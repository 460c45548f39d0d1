"""What is missed once an entry is withdrawn, an enrollment ends earlier, or a closure moves a visit."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import UUID

import pytest
from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.people import CloseEnrollment, MoveEnrollment, NewEnrollment, TransferEnrollment
from schemas.program import Visits
from schemas.visits import NewClosure
from service.core.cursors import Page
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.flows.people.enrollments import ENDED_BEFORE, close_enrollment, open_enrollment
from service.flows.people.transfers import move_enrollment, transfer_enrollment
from service.flows.programs.programs import publish_program
from service.flows.verify.verify import verify
from service.flows.visits import record_missed as worker
from service.flows.visits.closures import enter_closure
from service.flows.visits.corrections import correct_event
from service.flows.visits.read_events import read_event
from service.flows.visits.record_missed import record_missed
from service.flows.visits.visits import list_visits
from tests.flows.conftest import TODAY, Scene, count, receipt
from tests.flows.test_missed import PROGRAM, at, came, enrolled, missed

WITHDRAW = NewCorrection("entry_error", "Somebody else")


def day(number: int) -> date:
    """Give a day, counted from Monday, March 2."""
    return TODAY + timedelta(days=number)


async def correct(scene: Scene, about: UUID, new: NewCorrection = WITHDRAW) -> UUID:
    """Correct an event or a correction; gives the id of the newest correction of the event."""
    done = await scene.value(lambda act: correct_event(act, about, new))
    assert isinstance(done.corrections, tuple)
    return done.corrections[-1].id


async def verified(scene: Scene) -> None:
    """Verify that the books of the clinic agree with the rules."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    assert verdict.fault is None


async def test_a_withdrawn_entry_is_missed_once_after_the_worker_passed(scene: Scene) -> None:
    """Monday's, days later; brought back, it is met again, and withdrawn again it is on record already."""
    one = await enrolled(scene)
    scene.clock.now = at(0)
    event = receipt(await came(scene.database, scene, one.id, at(0))).event.id
    scene.clock.now = at(5, 1)
    assert await record_missed(scene.database, scene.clinic) == 1
    await verified(scene)
    withdrawal = await correct(scene, event)
    await verified(scene)
    assert await record_missed(scene.database, scene.clinic) == 1
    assert await missed(scene) == [("test", "missed", 2, "failure"), ("test", "missed", 0, "failure")]
    page = await scene.value(lambda act: list_visits(act, Page(), day(0)))
    assert [(visit.status, visit.outcome) for visit in page.items] == [("missed", "missed")]
    await correct(scene, withdrawal)
    page = await scene.value(lambda act: list_visits(act, Page(), day(0)))
    assert [visit.status for visit in page.items] == ["came"]
    await correct(scene, event)
    assert await record_missed(scene.database, scene.clinic) == 0
    assert await count(scene, "events") == 3
    await verified(scene)


async def test_a_withdrawn_entry_may_have_met_a_visit_of_the_week_before(scene: Scene) -> None:
    """Whoever came on Monday met the group of Sunday before: that one is missing now, and no other."""
    one = await enrolled(scene)
    events: dict[int, UUID] = {}
    for number in (4, 7, 11, 13):
        scene.clock.now = at(number)
        events[number] = receipt(await came(scene.database, scene, one.id, at(number), "group")).event.id
    scene.clock.now = at(17)
    await record_missed(scene.database, scene.clinic)
    assert "group" not in {target for target, *_ in await missed(scene)}
    await correct(scene, events[7])
    assert await record_missed(scene.database, scene.clinic) == 1
    assert (await missed(scene))[-1] == ("group", "absent", 6, "failure")
    await verified(scene)


async def test_an_entry_that_is_withdrawn_while_the_worker_looks_is_not_passed_over(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker saw that somebody came; by the time it writes how far it is, that does not hold any more."""
    one = await enrolled(scene)
    event = receipt(await came(scene.database, scene, one.id, at(0, 8))).event.id
    scene.clock.now = at(3)
    real = worker._record  # noqa: SLF001  the moment between the look and the record is the point

    async def meanwhile(*of: object) -> object:
        if await count(scene, "corrections") == 0:
            await correct(scene, event)
        return await real(*of)  # type: ignore[arg-type]

    monkeypatch.setattr(worker, "_record", meanwhile)
    assert await record_missed(scene.database, scene.clinic) == 1
    assert [one[2] for one in await missed(scene)] == [0]


async def test_visits_settled_under_an_earlier_version_stay_settled(scene: Scene) -> None:
    """After a move the newer version's visits before it are not called missing by a withdrawal."""
    one = await enrolled(scene)
    scene.clock.now = at(0)
    event = receipt(await came(scene.database, scene, one.id, at(0))).event.id
    scene.clock.now = at(5, 1)
    await record_missed(scene.database, scene.clinic)
    test, group = PROGRAM.targets
    daily = replace(test, visits=Visits(per_week=7, missed_after_hours=24))
    await scene.value(lambda act: publish_program(act, replace(PROGRAM, targets=(daily, group))))
    to = MoveEnrollment(2, "More often")
    await scene.value(partial(move_enrollment, enrollment_id=one.id, to=to, is_preview=False))
    await correct(scene, event)
    scene.clock.now = at(8)
    await record_missed(scene.database, scene.clinic)
    assert [number for target, _, number, _ in await missed(scene) if target == "test"] == [2, 3, 4, 5, 6]


async def test_an_enrollment_is_closed_on_its_real_last_day_though_later_visits_were_missed(
    scene: Scene,
) -> None:
    """What the service recorded after it is withdrawn in the same operation; what lies before it stays."""
    one = await enrolled(scene)
    scene.clock.now = at(0)
    await came(scene.database, scene, one.id, at(0))
    scene.clock.now = at(14)
    await record_missed(scene.database, scene.clinic)
    after = [found for found in await missed(scene) if found[2] > 3]
    assert len(after) > 3
    close = CloseEnrollment("Moved away", day(3))
    shown = await scene.value(lambda act: close_enrollment(act, one.id, close), "front_desk")
    assert (shown.status, shown.closed_on) == ("closed", day(3))
    assert await count(scene, "corrections") == len(after)
    await verified(scene)
    for number in (2, 4):
        page = await scene.value(partial(list_visits, page=Page(), day=day(number)))
        assert [visit.status for visit in page.items] == (["missed"] if number == 2 else [])
    scene.clock.now = at(30)
    assert await record_missed(scene.database, scene.clinic) == 0
    async with scene.database.transaction(scene.clinic) as tx:
        event = await tx.connection.fetchval(
            "select event_id from events where expected_on = $1 and target = 'test'", day(4)
        )
    said = await scene.value(lambda act: read_event(act, event))
    assert isinstance(said.corrections, tuple)
    assert [(one.kind, one.reason) for one in said.corrections] == [("entry_error", ENDED_BEFORE)]
    # It stays withdrawn: the enrollment ended before it.
    back = said.corrections[0].id
    refused = await scene.refusal(lambda act: correct_event(act, back, WITHDRAW))
    assert refused == ("outside_enrollment", ())
    await verified(scene)


async def test_a_transfer_withdraws_what_was_missed_after_the_last_day(scene: Scene) -> None:
    """And the next enrollment begins the day after."""
    one = await enrolled(scene)
    scene.clock.now = at(9)
    await record_missed(scene.database, scene.clinic)
    to = TransferEnrollment(PROGRAM.name, day(3), "Again")
    done = await scene.value(lambda act: transfer_enrollment(act, one.id, to))
    assert (done.closed.closed_on, done.opened.starts_on) == (day(3), day(4))
    assert await count(scene, "corrections") > 0
    await verified(scene)


async def test_closing_before_a_person_s_own_record_is_refused(scene: Scene) -> None:
    """The refusal names the way; what was withdrawn stands in nobody's way, and is not brought back."""
    one = await enrolled(scene)
    scene.clock.now = at(4)
    event = receipt(await came(scene.database, scene, one.id, at(4))).event.id
    close = CloseEnrollment("Moved away", day(3))
    answer = await scene.ask(lambda act: close_enrollment(act, one.id, close))
    assert isinstance(answer, Refused)
    assert (answer.code, answer.faults[0].pointer) == ("outside_enrollment", "$.on")
    assert "entry_error" in in_english(answer)
    assert "2026-03-06" in in_english(answer)
    withdrawal = await correct(scene, event)
    await scene.value(lambda act: close_enrollment(act, one.id, close))
    refused = await scene.refusal(lambda act: correct_event(act, withdrawal, WITHDRAW))
    assert refused == ("outside_enrollment", ())
    await verified(scene)


async def test_a_visit_that_a_closure_moves_is_missed_on_its_new_day(scene: Scene) -> None:
    """Sunday is closed, so Saturday is listed and missed, once; whoever comes on Saturday is there."""
    test, _ = PROGRAM.targets
    weekly = replace(test, visits=Visits(per_week=1, missed_after_hours=24))
    await scene.value(lambda act: publish_program(act, replace(PROGRAM, targets=(weekly,))))
    holiday = NewClosure(day(6), day(6), "Holiday")
    await scene.value(lambda act: enter_closure(act, holiday))
    people = []
    for reference in ("P-1", "P-2"):
        new = NewEnrollment(await scene.participant(reference), PROGRAM.name, TODAY)
        people.append(await scene.value(partial(open_enrollment, new=new)))
    scene.clock.now = at(5)
    page = await scene.value(lambda act: list_visits(act, Page(), day(5)))
    assert [(visit.due_on, visit.status) for visit in page.items] == [(day(5), "expected")] * 2
    await came(scene.database, scene, people[0].id, at(5))
    scene.clock.now = at(9)
    assert await record_missed(scene.database, scene.clinic) == 1
    assert await missed(scene) == [("test", "missed", 5, "failure")]
    page = await scene.value(lambda act: list_visits(act, Page(), day(5)))
    assert [visit.status for visit in page.items] == ["came", "missed"]
    page = await scene.value(lambda act: list_visits(act, Page(), day(6)))
    assert page.items == ()
    await verified(scene)
    # A closure of more days, entered afterwards, excuses what was missed, and nothing is missed anew.
    assert (
        await scene.value(lambda act: enter_closure(act, NewClosure(day(5), day(5), "Snow")))
    ).excused == 1
    assert await record_missed(scene.database, scene.clinic) == 0
    await verified(scene)
