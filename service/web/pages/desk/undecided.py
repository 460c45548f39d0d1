"""Records of a device that were not taken, until whoever made them decides."""

from functools import partial
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from service.core.refusals import Refused
from service.flows.screens.undecided import name_people, read_standing
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.desk.record import RecordForm, occurred
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, CLINICAL, page

PEOPLE_MAX = 50


class UndecidedForm(Struct, frozen=True):
    """Whose records wait on a device for a decision."""

    person: Annotated[tuple[UUID, ...], Meta(max_length=PEOPLE_MAX)] = ()


@page("POST", "/desk/undecided", who=AT_DESK)
async def listed(call: PageCall) -> Answer:
    """Name the people of records that were not taken; a device keeps their ids alone."""
    form = call.form.read(UndecidedForm)
    if isinstance(form, Refused):
        return call.refuse(form)
    people = await call.do(partial(name_people, people=form.person))
    if isinstance(people, Refused):
        return call.refuse(people)
    return call.show("desk/undecided.html", people=people)


@page("POST", "/desk/people/{person}/undecided", who=AT_DESK)
async def ask(call: PageCall, person: UUID) -> Answer:
    """Ask what is meant, where another record stood in the way of one of a device; nothing is recorded."""
    form = call.form.read(RecordForm)
    if isinstance(form, Refused):
        return call.refuse(form)
    operation = partial(
        read_standing, enrollment=form.enrollment, target=form.target, occurred_at=occurred(call, form)
    )
    standing = await call.do(operation)
    if isinstance(standing, Refused):
        return call.refuse(standing)
    return call.show(
        "desk/undecided_question.html",
        person=person,
        form=form,
        at=occurred(call, form),
        standing=standing,
        may_correct=call.signed_in.role in CLINICAL,
        views=views,
    )
