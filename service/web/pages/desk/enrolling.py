"""Somebody who is known already: into a program, or on from one program to another."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Final
from uuid import UUID, uuid4

from msgspec import Meta, Struct

from schemas.events import Day
from schemas.people import Enrollment, NewEnrollment, Text, TransferEnrollment, TransferredEnrollment
from schemas.program import Slug
from service.core.refusals import Refused
from service.flows.people.admission import enrolled, read_enrolling, transferred
from service.flows.people.enrollments import open_enrollment
from service.flows.people.transfers import transfer_enrollment
from service.flows.perform import Once
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.desk.checking import to_check
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page

ON_THE_WAY: Final[Mapping[str, str]] = {
    "screening_needed": "/desk/people/{person}/screen/{program}",
    "guardian_consent_needed": "/desk/people/{person}/guardian?program={program}",
}
"""Where somebody is led who cannot be enrolled before something is said of them, by the refusal's code."""
FIELDS = ("program", "on", "starts_on", "reason", "funding")
OnceText = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]


class EnrollForm(Struct, frozen=True):
    """The program that somebody begins; `once` is the form's own id, under which they are enrolled once."""

    program: Slug
    starts_on: Day
    once: OnceText
    funding: Slug | None = None
    sure: bool = False
    """Said on the page that shows what it comes to."""


class MoveForm(Struct, frozen=True):
    """The program that somebody goes on to, the last day before it, and why."""

    program: Slug
    on: Day
    reason: Text
    once: OnceText
    starts_on: Day | None = None
    funding: Slug | None = None
    sure: bool = False


class MoveQuery(Struct, frozen=True):
    """The program that is offered, where one is due."""

    program: Slug | None = None


@page("GET", "/desk/people/{person}/enroll", who=AT_DESK)
async def form(call: PageCall, person: UUID, asked: MoveQuery) -> Answer:
    """Show the form for a further program, with the one chosen that was screened for."""
    today = views.now_local(call).date().isoformat()
    return await _show(call, person, None, {"starts_on": today, "program": asked.program or ""})


@page("POST", "/desk/people/{person}/enroll", who=AT_DESK)
async def enroll(call: PageCall, person: UUID) -> Answer:
    """Enroll somebody who is known, then go back to their page."""
    read = call.form.read(EnrollForm)
    if isinstance(read, Refused):
        return await _again(call, person, None, read)
    if call.form.value("change"):
        return await _again(call, person, None)
    new = NewEnrollment(person, read.program, read.starts_on, funding=read.funding)
    if not read.sure:
        begun = await call.rehearse(partial(enrolled, new=new))
        if isinstance(begun, Refused):
            if begun.code in ON_THE_WAY:
                return call.go(ON_THE_WAY[begun.code].format(person=person, program=read.program))
            return await _again(call, person, None, begun)
        return to_check(call, begun, f"/desk/people/{person}")
    done = await call.do(partial(open_enrollment, new=new), _once(call, read.once, person), Enrollment)
    if isinstance(done, Refused):
        return await _again(call, person, None, done)
    return call.go(f"/desk/people/{person}?done=enrolled")


@page("GET", "/desk/people/{person}/enrollments/{enrollment}/move", who=AT_DESK)
async def move_form(call: PageCall, person: UUID, enrollment: UUID, asked: MoveQuery) -> Answer:
    """Show the form for going on to another program, with the one that is due chosen."""
    today = views.now_local(call).date().isoformat()
    return await _show(call, person, enrollment, {"on": today, "program": asked.program or ""})


@page("POST", "/desk/people/{person}/enrollments/{enrollment}/move", who=AT_DESK)
async def move(call: PageCall, person: UUID, enrollment: UUID) -> Answer:
    """End one enrollment and begin the next, then go back to their page."""
    read = call.form.read(MoveForm)
    if isinstance(read, Refused):
        return await _again(call, person, enrollment, read)
    known = await call.do(partial(read_enrolling, person=person, enrollment=enrollment))
    if isinstance(known, Refused):
        return call.refuse(known)
    to = TransferEnrollment(read.program, read.on, read.reason, None, read.starts_on, read.funding)
    if call.form.value("change"):
        return await _again(call, person, enrollment)
    if not read.sure:
        begun = await call.rehearse(partial(transferred, enrollment=enrollment, to=to))
        if isinstance(begun, Refused):
            return await _again(call, person, enrollment, begun)
        return to_check(call, begun, f"/desk/people/{person}")
    operation = partial(transfer_enrollment, enrollment_id=enrollment, to=to)
    done = await call.do(operation, _once(call, read.once, enrollment), TransferredEnrollment)
    if isinstance(done, Refused):
        return await _again(call, person, enrollment, done)
    return call.go(f"/desk/people/{person}?done=moved")


def _once(call: PageCall, once: str, about: UUID) -> Once:
    return Once.of(f"desk-enroll-{once}", str(about), *(call.form.value(name) for name in FIELDS))


async def _again(
    call: PageCall, person: UUID, enrollment: UUID | None, refusal: Refused | None = None
) -> Answer:
    """Show the form again as it was filled in, each fault at its field."""
    typed = {name: call.form.value(name) for name in FIELDS}
    return await _show(call, person, enrollment, typed, refusal)


async def _show(
    call: PageCall,
    person: UUID,
    enrollment: UUID | None,
    typed: dict[str, str],
    refusal: Refused | None = None,
) -> Answer:
    known = await call.do(partial(read_enrolling, person=person, enrollment=enrollment))
    if isinstance(known, Refused):
        return call.refuse(known)
    faults = () if refusal is None else refusal.faults
    said = {one.pointer.removeprefix("$."): call.voice.explain(one) for one in faults}
    general = None if refusal is None or said.keys() & set(FIELDS) else call.voice.explain(refusal)
    values = {"typed": typed, "faults": said, "general": general, "once": uuid4().hex}
    return call.show_refused("desk/enroll.html", refusal, known=known, views=views, **values)
