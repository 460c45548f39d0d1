"""A program's questions before somebody is enrolled, asked at the desk."""

from functools import partial
from typing import Final, cast
from uuid import UUID

from msgspec import Struct

from schemas.people import Participant, Text
from schemas.screening import NewScreening, Screening, ScreeningAnswer, ScreeningQuestions, YesNo
from service.core.catalogs import worded
from service.core.cursors import Page
from service.core.refusals import Refused
from service.core.screening import MAY_BEGIN
from service.flows.people.participants import read_participant
from service.flows.people.screening import approve_exception, list_screenings, read_questions, screen
from service.flows.perform import Act, Done
from service.store import actors
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import word_of
from service.web.pages.framework.page import AT_DESK, CLINICAL, page

PATH: Final = "/desk/people/{person}/screen/{program}"
SHOWN_MAX: Final = 5
"""How many of somebody's last screenings the page shows."""


class ScreenForm(Struct, frozen=True):
    """Why somebody may begin although an answer does not fit; the answers are fields `q.NAME`."""

    exception: Text | None = None


class Screened(Struct, frozen=True):
    """Who is asked, what, and what they answered before, with the names of those who asked."""

    person: Participant
    asked: ScreeningQuestions
    before: tuple[Screening, ...]
    names: dict[UUID, str]


@page("GET", PATH, who=AT_DESK)
async def show(call: PageCall, person: UUID, program: str) -> Answer:
    """Show the questions, and what was answered before."""
    return await _show(call, person, program)


@page("POST", PATH, who=AT_DESK)
async def answer(call: PageCall, person: UUID, program: str) -> Answer:
    """Keep the answers; whoever may begin goes on to be enrolled."""
    form = call.form.read(ScreenForm)
    if isinstance(form, Refused):
        return await _show(call, person, program, form)
    known = await call.do(partial(read_questions, program=program))
    if isinstance(known, Refused):
        return call.refuse(known)
    answers = tuple(
        ScreeningAnswer(one.name, cast("YesNo", said))
        for one in known.questions
        if (said := call.form.value(f"q.{one.name}")) in {"yes", "no"}
    )
    new = NewScreening(program, answers, form.exception)
    done = await call.do(partial(screen, participant_id=person, new=new), call.form.once, Screening)
    if isinstance(done, Refused):
        return await _show(call, person, program, done)
    if done.status in MAY_BEGIN:
        return call.go(f"/desk/people/{person}/enroll?program={program}")
    return call.go(f"/desk/people/{person}/screen/{program}")


@page("POST", "/desk/people/{person}/screenings/{screening}/approve", who=CLINICAL)
async def approve(call: PageCall, person: UUID, screening: UUID) -> Answer:
    """Approve an exception that a colleague asked for."""
    done = await call.do(partial(approve_exception, screening_id=screening))
    if isinstance(done, Refused):
        return call.refuse(done)
    return call.go(f"/desk/people/{person}/enroll?program={done.program}")


async def _read(act: Act, person: UUID, program: str) -> Done[Screened] | Refused:
    known = await read_participant(act, person)
    if isinstance(known, Refused):
        return known
    asked = await read_questions(act, program)
    if isinstance(asked, Refused):
        return asked
    before = await list_screenings(act, person, Page(SHOWN_MAX), program)
    if isinstance(before, Refused):
        return before
    who = {one.asked_by for one in before.value.items} | {
        one.approved_by for one in before.value.items if one.approved_by
    }
    return Done(Screened(known.value, asked.value, before.value.items, await actors.names(act, list(who))))


async def _show(call: PageCall, person: UUID, program: str, refusal: Refused | None = None) -> Answer:
    read = await call.do(partial(_read, person=person, program=program))
    if isinstance(read, Refused):
        return call.refuse(read)
    last = read.before[0] if read.before else None
    return call.show_refused(
        "desk/screen.html",
        refusal,
        read=read,
        last=last if last is not None and last.questions == read.asked.id else None,
        faults={},
        once=word_of(call),
        general=None if refusal is None else call.voice.explain(refusal),
        may_approve=call.signed_in.role in CLINICAL,
        may_begin=MAY_BEGIN,
        asks={one.name: worded(one.asks, call.voice.language) for one in read.asked.questions},
    )
