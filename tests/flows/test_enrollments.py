"""An enrollment pays its welcome once, is open once a program, and is closed once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from schemas.people import CloseEnrollment, Enrollment, NewEnrollment
from schemas.receipts import EnrollmentOutlook, Money
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.people.enrollments import (
    close_enrollment,
    list_enrollments,
    open_enrollment,
    read_enrollment,
    read_outlook,
)
from service.flows.perform import Done
from service.flows.programs.programs import publish_program

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene

MONDAY = date(2026, 3, 2)


def opening(
    participant: UUID, program: str = "ladder", starts_on: date = MONDAY, version: int | None = None
) -> Operation[Enrollment]:
    """Open an enrollment."""
    return lambda act: open_enrollment(act, NewEnrollment(participant, program, starts_on, version))


def closing(enrollment: UUID, on: date, reason: str = "Moved away") -> Operation[Enrollment]:
    """Close an enrollment."""
    return lambda act: close_enrollment(act, enrollment, CloseEnrollment(reason, on))


def looking(enrollment: UUID, on: date | None = None) -> Operation[EnrollmentOutlook]:
    """Read the outlook."""
    return lambda act: read_outlook(act, enrollment, on=on)


async def test_an_enrollment_opens_in_the_latest_version_and_stays_in_it(scene: Scene) -> None:
    """A version published later does not touch whoever is enrolled."""
    program = await scene.program()
    participant = await scene.participant()
    other = replace(program, title="Another ladder")
    await scene.value(lambda act: publish_program(act, other))
    opened = await scene.value(opening(participant))
    assert (opened.version, opened.status, opened.starts_on) == (2, "open", MONDAY)
    assert await scene.value(lambda act: read_enrollment(act, opened.id)) == opened
    earlier = await scene.participant("P-2")
    assert (await scene.value(opening(earlier, version=1))).version == 1


async def test_a_welcome_is_paid_once_with_its_transfer(scene: Scene) -> None:
    """It is available at once."""
    opened = await scene.enrolled(welcome=750)
    balance = await scene.balance(opened.participant)
    assert (balance.available, balance.earned) == (750, 750)


async def test_without_a_welcome_nothing_moves(scene: Scene) -> None:
    """There is no transfer of nothing."""
    opened = await scene.enrolled()
    assert (await scene.balance(opened.participant)).earned == 0


async def test_thirty_openings_at_once_are_one_enrollment_with_one_welcome(scene: Scene) -> None:
    """The others are told that there is one already."""
    await scene.program(welcome=300)
    participant = await scene.participant()
    answers = await asyncio.gather(*(scene.ask(opening(participant)) for _ in range(30)))
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Refused)} == {"already_enrolled"}
    assert (await scene.balance(participant)).available == 300


async def test_after_closing_the_same_program_can_be_opened_again(scene: Scene) -> None:
    """Only open enrollments stand in the way."""
    opened = await scene.enrolled()
    again = opening(opened.participant)
    assert await scene.refusal(again) == ("already_enrolled", ("$.program",))
    await scene.value(closing(opened.id, MONDAY))
    assert (await scene.value(again)).id != opened.id


async def test_unknown_participants_and_programs_are_named(scene: Scene) -> None:
    """A participant of another clinic is as unknown as one that there never was."""
    participant = await scene.participant()
    assert await scene.refusal(opening(participant)) == ("unknown_program", ("$.program",))
    await scene.program()
    assert await scene.refusal(opening(participant, version=2)) == ("unknown_program", ("$.version",))
    elsewhere = await (await scene.elsewhere()).participant()
    for unknown in (uuid4(), elsewhere):
        assert await scene.refusal(opening(unknown)) == ("unknown_participant", ("$.participant",))


async def test_an_enrollment_starts_at_most_a_year_ahead(scene: Scene) -> None:
    """A mistyped year is caught; any day of the past is taken, for histories that are brought along."""
    await scene.program()
    participant = await scene.participant()
    far = MONDAY + timedelta(days=367)
    assert await scene.refusal(opening(participant, starts_on=far)) == ("invalid", ("$.starts_on",))
    opened = await scene.value(opening(participant, starts_on=far - timedelta(days=1)))
    await scene.value(closing(opened.id, opened.starts_on))
    await scene.value(opening(participant, starts_on=date(1999, 1, 1)))


async def test_a_closed_enrollment_shows_its_last_day_and_is_closed_once(scene: Scene) -> None:
    """The reason is kept encrypted and answered in plain."""
    opened = await scene.enrolled()
    closed = await scene.value(closing(opened.id, MONDAY, "Moved to Oregon"))
    assert (closed.status, closed.closed_on, closed.close_reason) == ("closed", MONDAY, "Moved to Oregon")
    assert await scene.value(lambda act: read_enrollment(act, opened.id)) == closed
    assert await scene.refusal(closing(opened.id, MONDAY)) == ("enrollment_closed", ())


async def test_the_last_day_is_neither_before_the_start_nor_a_mistyped_year(scene: Scene) -> None:
    """Both are refused at the place of the day."""
    opened = await scene.enrolled()
    for day in (MONDAY - timedelta(days=1), MONDAY + timedelta(days=367), date.max):
        assert await scene.refusal(closing(opened.id, day)) == ("invalid", ("$.on",))
    assert await scene.refusal(closing(uuid4(), MONDAY)) == ("not_found", ())


async def test_no_fact_lies_after_the_last_day_in_the_clinic_s_zone(scene: Scene) -> None:
    """A visit at 23:30 on Sunday in Los Angeles is Monday in UTC, and belongs to that Sunday."""
    opened = await scene.enrolled(starts_on=date(2026, 2, 16))
    await scene.record(opened.id, "negative", datetime(2026, 3, 2, 7, 30, tzinfo=UTC))
    sunday = date(2026, 3, 1)
    too_early = closing(opened.id, sunday - timedelta(days=1))
    assert await scene.refusal(too_early) == ("outside_enrollment", ("$.on",))
    assert (await scene.value(closing(opened.id, sunday))).closed_on == sunday


async def test_enrollments_are_listed_by_participant_and_status(scene: Scene) -> None:
    """Newest first, page by page."""
    opened = await scene.enrolled()
    await scene.value(closing(opened.id, MONDAY))
    second = await scene.value(opening(opened.participant))
    await scene.value(opening(await scene.participant("P-2")))
    whole = await scene.value(lambda act: list_enrollments(act, Page()))
    assert len(whole.items) == 3
    own = await scene.value(lambda act: list_enrollments(act, Page(1), participant=opened.participant))
    assert [item.id for item in own.items] == [second.id]
    rest = await scene.value(
        lambda act: list_enrollments(act, Page(1, own.next_cursor), participant=opened.participant)
    )
    assert ([item.id for item in rest.items], rest.next_cursor) == ([opened.id], None)
    closed = await scene.value(lambda act: list_enrollments(act, Page(), status="closed"))
    assert [item.id for item in closed.items] == [opened.id]
    bad = scene.refusal(lambda act: list_enrollments(act, Page(1, "x")))
    assert await bad == ("invalid", ("cursor",))


async def test_the_outlook_follows_what_was_recorded(scene: Scene) -> None:
    """After two negatives the third step is next; another day can be asked about."""
    opened = await scene.enrolled()
    before = await scene.value(looking(opened.id))
    await scene.record(opened.id, "negative", scene.clock.now - timedelta(minutes=1))
    await scene.record(opened.id, "negative")
    after = await scene.value(looking(opened.id))
    assert (before.as_of, before.week) == (MONDAY, 1)
    assert before.outlook[0].next == (Money("usd", 100),)
    assert after.outlook[0].next == (Money("usd", 300),)
    assert "$3.00" in after.outlook[0].sentence
    later = await scene.value(looking(opened.id, MONDAY + timedelta(weeks=12)))
    assert (later.week, later.outlook[0].next) == (13, (Money("usd", 500),))


@pytest.mark.parametrize("day", [date.min, date.max])
async def test_the_outlook_of_any_day_can_be_asked_for(scene: Scene, day: date) -> None:
    """A day far off is odd and breaks nothing."""
    opened = await scene.enrolled()
    assert (await scene.value(looking(opened.id, day))).as_of == day
    assert await scene.refusal(looking(uuid4())) == ("not_found", ())
    assert await scene.refusal(lambda act: read_enrollment(act, uuid4())) == ("not_found", ())
