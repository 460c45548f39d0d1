"""Somebody new at the desk: one form, then straight to their panel."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated
from uuid import UUID, uuid4

from msgspec import Meta, Struct

from schemas.events import Day, Number
from schemas.people import (
    BirthYear,
    Email,
    Language,
    Mark,
    Name,
    NewEnrollment,
    NewParticipant,
    Participant,
    Phone,
)
from schemas.program import Slug
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.people.admission import Admitted, admit_person, admitted
from service.flows.people.participants import Named, ask_near, register_participant
from service.flows.perform import Once
from service.flows.programs.programs import list_programs
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.desk.checking import to_check
from service.web.pages.desk.enrolling import ON_THE_WAY
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page

PROGRAMS_MAX = 200
NOBODY = UUID(int=0)
FIELDS = ("reference", "name", "phone", "email", "language", "program", "starts_on", "funding")
SHOWN = (*FIELDS, "mark", "birth_year")


class NewForm(Struct, frozen=True):
    """Somebody new, and the program that they begin."""

    reference: Number
    program: Slug
    starts_on: Day
    once: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]
    name: Name | None = None
    phone: Phone | None = None
    email: Email | None = None
    language: Language = "en"
    funding: Slug | None = None
    mark: Mark | None = None
    birth_year: BirthYear | None = None
    another: bool = False
    """Said after the question: it is none of those who may be the same person."""
    sure: bool = False
    """Said on the page that shows what it comes to."""


@page("GET", "/desk/new", who=AT_DESK)
async def form(call: PageCall) -> Answer:
    """Show the form, empty but for today and the clinic's usual."""
    return await _show(call, {"starts_on": views.now_local(call).date().isoformat(), "language": "en"})


@page("POST", "/desk/new", who=AT_DESK)
async def admit(call: PageCall) -> Answer:
    """Register and enroll somebody, then open their panel."""
    read = call.form.read(NewForm)
    if isinstance(read, Refused):
        return await _again(call, read)
    if call.form.value("change"):
        return await _again(call)
    new = NewParticipant(
        read.reference, read.name, read.phone, read.email, read.language, read.mark, read.birth_year
    )
    if not read.another:
        near = await call.do(partial(ask_near, new=new))
        if isinstance(near, Refused):
            return await _again(call, near)
        if near:
            return await _again(call, near=near)
    first = NewEnrollment(NOBODY, read.program, read.starts_on, funding=read.funding)
    if not read.sure:
        begun = await call.rehearse(partial(admitted, new=new, first=first))
        if isinstance(begun, Refused) and begun.code in ON_THE_WAY:
            return await _on_the_way(call, read, new, ON_THE_WAY[begun.code])
        return await _again(call, begun) if isinstance(begun, Refused) else to_check(call, begun, "/desk")
    once = Once.of(
        f"desk-new-{read.once}",
        *(call.form.value(name) for name in FIELDS),
        *filter(None, [read.mark, call.form.value("birth_year")]),
    )
    done = await call.do(partial(admit_person, new=new, first=first), once, Admitted)
    if isinstance(done, Refused):
        return await _again(call, done)
    return call.go(f"/desk?person={done.participant.id}&welcome=true")


async def _on_the_way(call: PageCall, read: NewForm, new: NewParticipant, to: str) -> Answer:
    """Register somebody, and ask what must be on their record before they are enrolled."""
    once = Once.of(f"desk-new-{read.once}-person", *(call.form.value(name) for name in SHOWN))
    made = await call.do(partial(register_participant, new=new), once, Participant)
    if isinstance(made, Refused):
        return await _again(call, made)
    return call.go(to.format(person=made.id, program=read.program))


async def _again(call: PageCall, refusal: Refused | None = None, near: Sequence[Named] = ()) -> Answer:
    """Show the form again as it was filled in, each fault at its field, or with those who may be meant."""
    return await _show(call, {name: call.form.value(name) for name in SHOWN}, refusal, near)


async def _show(
    call: PageCall, typed: dict[str, str], refusal: Refused | None = None, near: Sequence[Named] = ()
) -> Answer:
    listed = await call.do(lambda act: list_programs(act, Page(PROGRAMS_MAX)))
    if isinstance(listed, Refused):
        return call.refuse(listed)
    faults = () if refusal is None else refusal.faults
    said = {one.pointer.removeprefix("$."): call.voice.explain(one) for one in faults}
    general = None if refusal is None or said.keys() & set(SHOWN) else call.voice.explain(refusal)
    values = {"typed": typed, "faults": said, "general": general, "once": uuid4().hex, "near": near}
    return call.show_refused("desk/new.html", refusal, programs=listed.items, views=views, **values)
