"""Closures, the day's list, the visits of one enrollment, planned ends, and transfers."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from schemas.people import CloseEnrollment, NewEnrollment, TransferEnrollment
from schemas.program import Program
from schemas.visits import NewClosure, Visit
from service.core.actors import SYSTEM
from service.core.authoring.programs import decode
from service.core.cursors import Page, cursor_of, place_key
from service.flows.people import enrollments
from service.flows.people.enrollments import close_enrollment, end_enrollments, open_enrollment
from service.flows.people.transfers import transfer_enrollment
from service.flows.perform import Once
from service.flows.programs.programs import publish_program
from service.flows.visits.closures import enter_closure, list_closures, remove_closure
from service.flows.visits.record_missed import record_missed
from service.flows.visits.visits import list_visits, read_visits
from tests.flows.conftest import TODAY, Scene, code, count, program, receipt
from tests.flows.test_missed import at, came, enrolled

PROGRAMS = Path(__file__).parents[2] / "schemas" / "programs"


def day(number: int) -> date:
    """Give a day, counted from Monday, March 2."""
    return TODAY + timedelta(days=number)


async def test_a_closure_is_entered_listed_and_taken_back_while_it_lies_ahead(scene: Scene) -> None:
    """Its reason is kept sealed, and once it has begun it stays."""
    made = await scene.value(lambda act: enter_closure(act, NewClosure(day(1), day(3), "Burst pipe")))
    page = await scene.value(lambda act: list_closures(act, Page()))
    assert [(one.id, one.first_day, one.last_day, one.reason) for one in page.items] == [
        (made.id, day(1), day(3), "Burst pipe")
    ]
    async with scene.database.transaction(scene.clinic) as tx:
        assert b"Burst" not in await tx.connection.fetchval("select reason from closures")
    scene.clock.now = at(1, 0)
    assert await scene.refusal(lambda act: remove_closure(act, made.id)) == ("closure_begun", ())
    scene.clock.now = at(0, 23)
    await scene.value(lambda act: remove_closure(act, made.id))
    assert await count(scene, "closures") == 0
    assert await scene.refusal(lambda act: remove_closure(act, made.id)) == ("not_found", ())
    assert {"closure.entered", "closure.removed"} <= set(await scene.deeds())


async def test_a_closure_that_cannot_be_meant_is_refused(scene: Scene) -> None:
    """Backwards, for years, or years away."""
    for first, last, place in ((3, 2, "last_day"), (0, 366, "last_day"), (367, 367, "first_day")):
        new = NewClosure(day(first), day(last), "x")
        refused = await scene.refusal(partial(enter_closure, new=new))
        assert refused == ("invalid", (f"$.{place}",))


async def test_a_day_that_is_open_again_is_expected_again(scene: Scene) -> None:
    """A closure that was taken back leaves nothing out."""
    await enrolled(scene)
    made = await scene.value(lambda act: enter_closure(act, NewClosure(day(4), day(4), "Holiday")))
    scene.clock.now = at(3)
    await record_missed(scene.database, scene.clinic)
    await scene.value(lambda act: remove_closure(act, made.id))
    scene.clock.now = at(6, 1)
    await record_missed(scene.database, scene.clinic)
    async with scene.database.transaction(scene.clinic) as tx:
        rows = await tx.connection.fetch("select expected_on from events where target = 'test'")
    assert [row["expected_on"] for row in rows] == [day(0), day(2), day(4)]


def told(visits: tuple[Visit, ...]) -> list[tuple[str, date | None, str, str | None]]:
    """Say the target, due day, status and outcome of each visit."""
    return [(one.target, one.due_on, one.status, one.outcome) for one in visits]


async def test_the_day_s_list_says_who_is_expected_who_came_and_who_was_missed(scene: Scene) -> None:
    """Each with the next success's worth; somebody who came unexpectedly is there too."""
    here, away = await enrolled(scene, "P-1"), await enrolled(scene, "P-2")
    scene.clock.now = at(0, 13)
    receipt(await came(scene.database, scene, here.id, at(0)))
    page = await scene.value(lambda act: list_visits(act, Page()))
    assert page.day == day(0)
    assert told(page.items) == [("test", day(0), "came", "negative"), ("test", day(0), "expected", None)]
    assert [one.next[0].amount for one in page.items] == [200, 100]
    assert page.items[0].event is not None
    assert len(page.items[0].display_code) >= 4
    scene.clock.now = at(2)
    await record_missed(scene.database, scene.clinic)
    await came(scene.database, scene, away.id, at(1), word="excused")
    await came(scene.database, scene, here.id, at(1))
    page = await scene.value(lambda act: list_visits(act, Page(), day(0)))
    assert told(page.items) == [("test", day(0), "came", "negative"), ("test", day(0), "excused", "excused")]
    page = await scene.value(lambda act: list_visits(act, Page(), day(1)))
    assert told(page.items) == [("test", day(2), "came", "negative")]
    assert [one.participant for one in page.items] == [here.participant]


async def test_a_missed_and_a_closed_day_are_listed_as_such(scene: Scene) -> None:
    """The event that says so is named."""
    await enrolled(scene)
    await scene.value(lambda act: enter_closure(act, NewClosure(day(2), day(2), "Holiday")))
    scene.clock.now = at(3)
    await record_missed(scene.database, scene.clinic)
    page = await scene.value(lambda act: list_visits(act, Page(), day(0)))
    assert told(page.items) == [("test", day(0), "missed", "missed")]
    assert page.items[0].event is not None
    page = await scene.value(lambda act: list_visits(act, Page(), day(2)))
    assert told(page.items) == [("test", day(2), "closed", None)]


async def test_the_day_s_list_goes_on_page_by_page_even_within_one_enrollment(scene: Scene) -> None:
    """Friday expects two visits of each: each is shown once, and each participant told once a page."""
    people = [await enrolled(scene, f"P-{number}") for number in range(3)]
    seen: list[Visit] = []
    page, sizes = Page(5), []
    before = len(await scene.deeds())
    while True:
        one = await scene.value(partial(list_visits, page=page, day=day(4)))
        seen += one.items
        sizes.append(len(one.items))
        if one.next_cursor is None:
            break
        page = Page(5, one.next_cursor)
    assert sizes == [5, 1]
    assert [(one.enrollment, one.target) for one in seen] == [
        (person.id, target) for person in people for target in ("test", "group")
    ]
    assert (await scene.deeds())[before:] == ["visits.listed"] * (3 + 1)


async def test_a_cursor_that_no_list_gave_leads_to_a_page(scene: Scene) -> None:
    """Another form is refused."""
    await enrolled(scene)
    made_up = Page(5, cursor_of(place_key(UUID(int=2**128 - 1), 70_000)))
    assert (await scene.value(lambda act: list_visits(act, made_up))).items == ()
    assert await scene.refusal(lambda act: list_visits(act, Page(5, "x"))) == ("invalid", ("cursor",))


async def test_visits_lie_between_start_and_end(scene: Scene) -> None:
    """A closed enrollment is listed up to its last day, an open one up to its planned end."""
    one = await enrolled(scene, starts_on=day(1))
    close = CloseEnrollment("Done", day(7))
    scene.clock.now = at(8)
    await scene.value(lambda act: close_enrollment(act, one.id, close))
    for number, expected in ((0, 0), (2, 1), (7, 1), (9, 0)):
        page = await scene.value(partial(list_visits, page=Page(), day=day(number)))
        assert len([visit for visit in page.items if visit.target == "test"]) == expected, number


async def test_the_visits_of_one_enrollment_are_read_past_and_ahead(scene: Scene) -> None:
    """From the start day to the program's end, or between two days; at most a year at once."""
    one = await enrolled(scene)
    await came(scene.database, scene, one.id, at(0, 8))
    found = await scene.value(lambda act: read_visits(act, one.id))
    assert (found.since, found.until) == (day(0), day(27))
    assert len(found.items) == 4 * 3 + 4 * 2
    assert told(found.items[:2]) == [
        ("test", day(0), "came", "negative"),
        ("test", day(2), "expected", None),
    ]
    found = await scene.value(lambda act: read_visits(act, one.id, since=day(2), until=day(4)))
    assert told(found.items) == [
        ("test", day(2), "expected", None),
        ("test", day(4), "expected", None),
        ("group", day(4), "expected", None),
    ]
    refused = await scene.refusal(lambda act: read_visits(act, one.id, until=day(366)))
    assert refused == ("invalid", ("until",))
    assert (await scene.refusal(lambda act: read_visits(act, UUID(int=5))))[0] == "not_found"
    assert "visits.read" in await scene.deeds()


async def ending(scene: Scene, ends_on: date) -> UUID:
    """Enroll somebody up to a planned last day."""
    await scene.program()
    new = NewEnrollment(await scene.participant(), "ladder", TODAY, ends_on=ends_on)
    return (await scene.value(lambda act: open_enrollment(act, new))).id


async def test_an_enrollment_with_a_planned_end_is_closed_after_it_once(scene: Scene) -> None:
    """By the service, on that very day, whoever looks; before that it is open and shows when it ends."""
    enrollment = await ending(scene, day(9))
    shown = await scene.value(lambda act: enrollments.read_enrollment(act, enrollment))
    assert (shown.status, shown.ends_on, shown.closed_on) == ("open", day(9), None)
    scene.clock.now = at(9, 23)
    assert await end_enrollments(scene.database, scene.clinic) == 0
    scene.clock.now = at(10, 0)
    done = await asyncio.gather(*(end_enrollments(scene.database, scene.clinic) for _ in range(3)))
    assert sorted(done) == [0, 0, 1]
    shown = await scene.value(lambda act: enrollments.read_enrollment(act, enrollment))
    assert (shown.status, shown.closed_on) == ("closed", day(9))
    assert shown.close_reason == "The planned end was reached."
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow(
            "select actor_id, role from audit where deed = 'enrollment.closed'"
        )
    assert row is not None
    assert tuple(row) == (SYSTEM, "system")


async def test_after_the_planned_end_nothing_is_recorded_even_before_it_is_closed(scene: Scene) -> None:
    """Its last day is a day of it, the next one is not."""
    enrollment = await ending(scene, day(3))
    scene.clock.now = at(4)
    receipt(await came(scene.database, scene, enrollment, at(3, 23)))
    assert code(await came(scene.database, scene, enrollment, at(4, 0))) == "outside_enrollment"


async def test_an_end_before_the_start_or_a_close_after_the_end_is_refused(scene: Scene) -> None:
    """It may be closed earlier, as ever."""
    await scene.program()
    who = await scene.participant()
    for ends_on in (day(-1), day(4000)):
        new = NewEnrollment(who, "ladder", TODAY, ends_on=ends_on)
        assert await scene.refusal(partial(open_enrollment, new=new)) == ("invalid", ("$.ends_on",))
    new = NewEnrollment(who, "ladder", TODAY, ends_on=day(9))
    made = await scene.value(lambda act: open_enrollment(act, new))
    late = CloseEnrollment("x", day(10))
    assert await scene.refusal(lambda act: close_enrollment(act, made.id, late)) == ("invalid", ("$.on",))
    early = CloseEnrollment("x", day(5))
    assert (await scene.value(lambda act: close_enrollment(act, made.id, early))).closed_on == day(5)


async def test_a_transfer_closes_one_enrollment_and_opens_the_next(scene: Scene) -> None:
    """One operation: the last day, the day after, the same funding; what was earned stays."""
    one = await scene.enrolled(welcome=500)
    await scene.value(lambda act: publish_program(act, program("step-down", welcome=200)))
    to = TransferEnrollment("step-down", day(6), "Six weeks done")
    done = await scene.value(lambda act: transfer_enrollment(act, one.id, to), "front_desk")
    assert (done.closed.id, done.closed.status, done.closed.closed_on) == (one.id, "closed", day(6))
    assert (done.opened.program, done.opened.starts_on, done.opened.status) == ("step-down", day(7), "open")
    assert done.opened.participant == one.participant
    assert (await scene.balance(one.participant)).available == 700
    deeds = await scene.deeds()
    assert deeds[-3:] == ["enrollment.closed", "enrollment.opened", "enrollment.transferred"]


async def test_six_intensive_weeks_step_down_to_standard_care_with_one_call(scene: Scene) -> None:
    """The published programs: one ends on its last day, and the other's visits begin the day after."""
    for name in ("iop-six-weeks", "iop-step-down"):
        document = decode((PROGRAMS / f"{name}.yaml").read_bytes(), yaml=True)
        assert isinstance(document, Program)
        await scene.value(partial(publish_program, program=document))
    new = NewEnrollment(await scene.participant(), "iop-six-weeks", TODAY)
    one = await scene.value(lambda act: open_enrollment(act, new))
    scene.clock.now = at(40)
    to = TransferEnrollment("iop-step-down", day(41), "Completed the six weeks")
    done = await scene.value(lambda act: transfer_enrollment(act, one.id, to), "clinician")
    before = await scene.value(lambda act: read_visits(act, one.id))
    after = await scene.value(lambda act: read_visits(act, done.opened.id))
    assert (before.until, after.since) == (day(41), day(42))
    assert {visit.due_on for visit in after.items} >= {day(48), day(55)}
    on_both = await scene.value(lambda act: list_visits(act, Page(200), day(48)))
    assert {visit.program for visit in on_both.items} == {"iop-step-down"}


async def test_a_transfer_keeps_who_pays_unless_it_says_so(scene: Scene) -> None:
    """And it may go on in the same program, later."""
    await scene.program()
    new = NewEnrollment(await scene.participant(), "ladder", TODAY, funding="state-grant")
    one = await scene.value(lambda act: open_enrollment(act, new))
    to = TransferEnrollment("ladder", day(0), "Again", starts_on=day(3))
    again = (await scene.value(lambda act: transfer_enrollment(act, one.id, to))).opened
    assert (again.funding, again.starts_on) == ("state-grant", day(3))
    to = TransferEnrollment("ladder", day(4), "Again", funding="county")
    assert (await scene.value(lambda act: transfer_enrollment(act, again.id, to))).opened.funding == "county"


async def test_a_transfer_that_is_refused_leaves_everything_as_it_was(scene: Scene) -> None:
    """Both are done or neither: the refusals of closing and of opening, each with its place."""
    one = await scene.enrolled()
    for to, refused in (
        (TransferEnrollment("no-such", day(1), "x"), ("unknown_program", ("$.program",))),
        (TransferEnrollment("ladder", day(1), "x", version=9), ("unknown_program", ("$.version",))),
        (TransferEnrollment("ladder", day(-1), "x"), ("invalid", ("$.on",))),
        (TransferEnrollment("ladder", day(1), "x", starts_on=day(1)), ("invalid", ("$.starts_on",))),
        (TransferEnrollment("ladder", day(1), "x", starts_on=day(900)), ("invalid", ("$.starts_on",))),
    ):
        assert await scene.refusal(partial(transfer_enrollment, enrollment_id=one.id, to=to)) == refused
    assert (await scene.value(lambda act: enrollments.read_enrollment(act, one.id))).status == "open"
    assert await count(scene, "enrollments") == 1
    nobody = TransferEnrollment("ladder", day(1), "x")
    assert (await scene.refusal(lambda act: transfer_enrollment(act, UUID(int=3), nobody)))[0] == "not_found"


async def test_a_repeated_transfer_is_done_once(scene: Scene) -> None:
    """Under one key the first answer comes again; without a key the second finds the enrollment closed."""
    one = await scene.enrolled()
    to = TransferEnrollment("ladder", day(0), "Again")
    once = Once("k", bytes(32))
    for _ in range(2):
        await scene.ask(lambda act: transfer_enrollment(act, one.id, to), once=once)
    assert await count(scene, "enrollments") == 2
    assert (await scene.refusal(lambda act: transfer_enrollment(act, one.id, to)))[0] == "enrollment_closed"
