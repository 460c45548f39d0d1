"""Screening: a program's questions before enrolling, answers, and exceptions."""

from uuid import UUID

from msgspec import Struct

from schemas.program import Slug
from schemas.screening import (
    NewScreening,
    NewScreeningQuestions,
    Screening,
    ScreeningPage,
    ScreeningQuestions,
)
from service.core.cursors import LIMIT, Page
from service.flows.people.screening import (
    approve_exception,
    list_screenings,
    read_questions,
    screen,
    set_questions,
)
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import CLINICIANS, DESK, MANAGERS, READERS, route


class ScreeningsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which screenings are asked for."""

    program: Slug | None = None
    """Only for this program."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "POST",
    "/v1/programs/{name}/screening-questions",
    "set_screening_questions",
    roles=MANAGERS,
    answer=ScreeningQuestions,
    refusals=("not_found",),
)
async def ask(call: Call, name: str, body: NewScreeningQuestions) -> Answer:
    """Set what a program asks before somebody is enrolled, from now on: of all its versions.

    Whoever answered other questions is asked anew. With no questions nothing is asked. Nobody is enrolled in
    a program that asks, in whichever way, before their answers fit or an exception is stated.
    """
    return await call.perform(lambda act: set_questions(act, name, body))


@route(
    "GET",
    "/v1/programs/{name}/screening-questions",
    "read_screening_questions",
    roles=READERS,
    answer=ScreeningQuestions,
    refusals=("not_found",),
)
async def questions(call: Call, name: str) -> Answer:
    """Read what a program asks before somebody is enrolled."""
    return await call.perform(lambda act: read_questions(act, name))


@route(
    "POST",
    "/v1/participants/{participant}/screenings",
    "screen_participant",
    roles=DESK,
    answer=Screening,
    statuses=(201,),
    refusals=("not_found",),
)
async def answer(call: Call, participant: UUID, body: NewScreening) -> Answer:
    """Keep what somebody answered to a program's questions; the last answers count.

    Where one does not fit, `exception` says why they may begin all the same; where the program asks for that,
    another person approves it.
    """
    return await call.perform(lambda act: screen(act, participant, body))


@route(
    "GET",
    "/v1/participants/{participant}/screenings",
    "list_screenings",
    roles=READERS,
    answer=ScreeningPage,
    refusals=("not_found",),
)
async def find(call: Call, participant: UUID, asked: ScreeningsQuery) -> Answer:
    """List what somebody answered before they were enrolled, newest first."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_screenings(act, participant, page, asked.program))


@route(
    "POST",
    "/v1/screenings/{screening}/approve",
    "approve_screening",
    roles=CLINICIANS,
    answer=Screening,
    refusals=("not_found", "already_settled", "same_person"),
)
async def approve(call: Call, screening: UUID) -> Answer:
    """Approve an exception that somebody else asked for."""
    return await call.perform(lambda act: approve_exception(act, screening))
