"""Enrollments: opened, read, looked ahead on, closed, and transferred."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from schemas.events import Day
from schemas.people import (
    CloseEnrollment,
    Enrollment,
    EnrollmentPage,
    NewEnrollment,
    TransferEnrollment,
    TransferredEnrollment,
)
from schemas.receipts import EnrollmentOutlook
from service.core.cursors import LIMIT, Page
from service.flows.people.enrollments import (
    close_enrollment,
    list_enrollments,
    open_enrollment,
    read_enrollment,
    read_outlook,
)
from service.flows.people.transfers import transfer_enrollment
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import DESK, READERS, route


class EnrollmentsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which enrollments are asked for."""

    participant: UUID | None = None
    status: Literal["open", "closed"] | None = None
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


class OutlookQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """From which local day the outlook is seen; today where it is left out."""

    on: Day | None = None
    """The local day that it is seen from; today where left out."""


@route(
    "POST",
    "/v1/enrollments",
    "enroll_participant",
    roles=DESK,
    answer=Enrollment,
    statuses=(201, 200),
    refusals=(
        "unknown_participant",
        "unknown_program",
        "already_enrolled",
        "screening_needed",
        "guardian_consent_needed",
    ),
)
async def enroll(call: Call, body: NewEnrollment) -> Answer:
    """Enroll a participant in a program; a welcome is paid at once."""
    return await call.perform(
        lambda act: open_enrollment(act, body), lambda made: f"/v1/enrollments/{made.id}"
    )


@route("GET", "/v1/enrollments", "list_enrollments", roles=READERS, answer=EnrollmentPage)
async def find(call: Call, asked: EnrollmentsQuery) -> Answer:
    """List enrollments, newest first; of one participant, or of all."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(
        lambda act: list_enrollments(act, page, participant=asked.participant, status=asked.status)
    )


@route(
    "GET",
    "/v1/enrollments/{enrollment}",
    "read_enrollment",
    roles=READERS,
    answer=Enrollment,
    refusals=("not_found",),
)
async def read(call: Call, enrollment: UUID) -> Answer:
    """Read an enrollment."""
    return await call.perform(lambda act: read_enrollment(act, enrollment))


@route(
    "GET",
    "/v1/enrollments/{enrollment}/outlook",
    "read_outlook",
    speaks=True,
    roles=READERS,
    answer=EnrollmentOutlook,
    refusals=("not_found",),
)
async def look_ahead(call: Call, enrollment: UUID, asked: OutlookQuery) -> Answer:
    """Read the outlook: on every target the next success, the cost of a miss, the way back."""
    return await call.perform(lambda act: read_outlook(act, enrollment, on=asked.on, language=call.language))


@route(
    "POST",
    "/v1/enrollments/{enrollment}/close",
    "close_enrollment",
    roles=DESK,
    answer=Enrollment,
    refusals=("not_found", "enrollment_closed", "outside_enrollment"),
)
async def close(call: Call, enrollment: UUID, body: CloseEnrollment) -> Answer:
    """Close an enrollment on its last local day."""
    return await call.perform(lambda act: close_enrollment(act, enrollment, body))


@route(
    "POST",
    "/v1/enrollments/{enrollment}/transfer",
    "transfer_enrollment",
    roles=DESK,
    answer=TransferredEnrollment,
    refusals=(
        "not_found",
        "enrollment_closed",
        "outside_enrollment",
        "unknown_program",
        "already_enrolled",
        "screening_needed",
        "guardian_consent_needed",
    ),
    statuses=(201,),
)
async def transfer(call: Call, enrollment: UUID, body: TransferEnrollment) -> Answer:
    """Close an enrollment and open the next one, in one step.

    Both are done or neither. Balances, held rewards and draws stay the participant's.
    """
    return await call.perform(
        lambda act: transfer_enrollment(act, enrollment, body),
        lambda made: f"/v1/enrollments/{made.opened.id}",
    )
