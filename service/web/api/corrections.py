"""Corrections of the record: of one event, and of the version that an enrollment is in."""

from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.corrections import NewCorrection, NewCorrectionOf
from schemas.events import Addition, Additions, NewAddition
from schemas.people import MoveEnrollment
from schemas.problem import Code
from schemas.receipts import MovedEnrollment, Receipt
from service.flows.people.transfers import move_enrollment
from service.flows.visits.additions import add_to_event, read_additions
from service.flows.visits.corrections import correct_event, correct_named
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.route import CLINICIANS, DESK, MANAGERS, READERS, route

REFUSALS: Final[tuple[Code, ...]] = (
    "not_found",
    "already_corrected",
    "outcome_not_allowed",
    "same_person",
    "outside_enrollment",
    "reference_conflict",
    "already_recorded",
)


@route(
    "POST",
    "/v1/events/{event}/corrections",
    "correct_event",
    speaks=True,
    roles=CLINICIANS,
    answer=Receipt,
    statuses=(201,),
    refusals=REFUSALS,
)
async def correct(call: Call, event: UUID, body: NewCorrection) -> Answer:
    """Correct an event, which itself is never edited.

    All facts of the enrollment are worked out again: what rises is paid, and what falls is kept or recovered
    as the program says. The id of an earlier correction takes its place where that one is to be withdrawn.
    """
    return await call.perform(
        lambda act: correct_event(act, event, body, language=call.language),
        lambda done: f"/v1/events/{done.event.id}",
    )


@route(
    "POST",
    "/v1/corrections",
    "correct_named_event",
    speaks=True,
    roles=CLINICIANS,
    answer=Receipt,
    statuses=(201,),
    refusals=REFUSALS,
)
async def correct_by_name(call: Call, body: NewCorrectionOf) -> Answer:
    """Correct an event by its reference or id.

    The reference is the clinic's own, under which the event stands on record.
    """
    return await call.perform(
        lambda act: correct_named(act, body, language=call.language),
        lambda done: f"/v1/events/{done.event.id}",
    )


@route(
    "POST",
    "/v1/events/{event}/additions",
    "add_to_event",
    roles=DESK,
    answer=Addition,
    statuses=(201, 200),
    refusals=("not_found",),
)
async def add(call: Call, event: UUID, body: NewAddition) -> Answer:
    """Add a note or evidence to an event, which itself is never edited; no award changes.

    The same words under the same event are answered with the first addition.
    """
    return await call.perform(lambda act: add_to_event(act, event, body))


@route(
    "GET",
    "/v1/events/{event}/additions",
    "list_additions",
    roles=READERS,
    answer=Additions,
    refusals=("not_found",),
)
async def added(call: Call, event: UUID) -> Answer:
    """List the notes and evidence that were added to an event, oldest first."""
    return await call.perform(lambda act: read_additions(act, event))


class MoveQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the move is only worked out: `dry_run=true` changes nothing."""

    dry_run: bool = False
    """Whether the difference is only shown, and nothing is done."""


@route(
    "POST",
    "/v1/enrollments/{enrollment}/move",
    "move_enrollment",
    speaks=True,
    roles=MANAGERS,
    answer=MovedEnrollment,
    refusals=("not_found", "unknown_program", "unknown_target", "outcome_not_allowed"),
)
async def move(call: Call, enrollment: UUID, asked: MoveQuery, body: MoveEnrollment) -> Answer:
    """Move an enrollment to a newer version of its program.

    All its facts are worked out by that version: what rises is paid, and what falls is kept. With
    `dry_run=true` the difference is shown and nothing is done.
    """
    return await call.perform(
        lambda act: move_enrollment(act, enrollment, body, is_preview=asked.dry_run, language=call.language)
    )
