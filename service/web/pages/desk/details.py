"""Somebody's details: how they are reached, the numbers that find them, and whether they are in care here."""

from functools import partial
from typing import Final, Literal
from uuid import UUID

from msgspec import UNSET, Struct

from schemas.events import Day, Number
from schemas.people import (
    BirthYear,
    Email,
    Holding,
    IdentifierChange,
    Language,
    Mark,
    Name,
    NewIdentifier,
    Participant,
    ParticipantChange,
    ParticipantStatus,
    Phone,
    System,
    Text,
)
from service.core.refusals import Refused
from service.flows.access.new_addresses import Asked, confirm_address, read_questions
from service.flows.people.identifiers import add_identifier, end_identifier, withdraw_identifier
from service.flows.people.near_charts import near_person
from service.flows.people.participants import Named, change_participant, read_participant
from service.flows.perform import Act, Done
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, CLINICAL, MANAGING, page

REVISION_MAX: Final = 2**31 - 1
NUMBER_FIELDS: Final = ("system", "value", "from", "to")
FIELDS: Final = (
    "reference",
    "name",
    "mark",
    "birth_year",
    "phone",
    "email",
    "language",
    *NUMBER_FIELDS,
    "status_on",
    "why",
)


class DetailsQuery(Struct, frozen=True):
    """Query parameters: what was just done."""

    done: Literal["changed", "added", "ended", "withdrawn", "status", "confirmed"] | None = None


class DetailsForm(Struct, frozen=True):
    """Somebody's details as they are to be; a field left empty is cleared."""

    reference: Number
    revision: int
    name: Name | None = None
    phone: Phone | None = None
    email: Email | None = None
    language: Language = "en"
    mark: Mark | None = None
    birth_year: BirthYear | None = None


class StatusForm(Struct, frozen=True):
    """Whether somebody is in care, since when, and what becomes of what they have."""

    status: ParticipantStatus
    revision: int
    status_on: Day | None = None
    held: Holding | None = None
    why: Text | None = None


class NumberForm(Struct, frozen=True, rename={"starts_on": "from", "ends_on": "to"}):
    """A further number of somebody's, and when it was used."""

    system: System
    value: Number
    starts_on: Day | None = None
    ends_on: Day | None = None


class _Edited(Struct, frozen=True):
    """Somebody with the revision over which their details are changed."""

    person: Participant
    revision: int
    near: tuple[Named, ...]
    """Who may be the same person, for those who may merge."""
    asked: tuple[Asked, ...]
    """Changed addresses that nobody confirmed."""


@page("GET", "/desk/people/{person}/details", who=AT_DESK)
async def whole(call: PageCall, person: UUID, asked: DetailsQuery) -> Answer:
    """Show the details with the forms that change them."""
    note = None if asked.done is None else call.voice.plain(f"desk.details.done_{asked.done}")
    return await _show(call, person, note=note)


@page("POST", "/desk/people/{person}/details", who=AT_DESK)
async def change(call: PageCall, person: UUID) -> Answer:
    """Change the details, where nobody else did meanwhile."""
    read = call.form.read(DetailsForm)
    if isinstance(read, Refused):
        return await _show(call, person, read)
    wanted = ParticipantChange(
        read.reference,
        read.name,
        read.phone,
        read.email,
        read.language,
        mark=read.mark,
        birth_year=read.birth_year,
    )
    return await _changed(call, person, wanted, read.revision, "changed")


@page("POST", "/desk/people/{person}/status", who=CLINICAL)
async def status(call: PageCall, person: UUID) -> Answer:
    """Say that somebody left, moved away or died, or is in care again."""
    read = call.form.read(StatusForm)
    if isinstance(read, Refused):
        return await _show(call, person, read)
    wanted = ParticipantChange(
        status=read.status,
        status_on=UNSET if read.status_on is None or read.status == "active" else read.status_on,
        held=UNSET if read.held is None else read.held,
        reason=UNSET if read.why is None else read.why,
    )
    return await _changed(call, person, wanted, read.revision, "status")


@page("POST", "/desk/people/{person}/identifiers", who=AT_DESK)
async def add(call: PageCall, person: UUID) -> Answer:
    """Add a number."""
    read = call.form.read(NumberForm)
    if isinstance(read, Refused):
        return await _show(call, person, read)
    new = NewIdentifier(read.system, read.value, read.starts_on, read.ends_on)
    done = await call.do(partial(add_identifier, participant=person, new=new))
    return await _after(call, person, done, "added")


@page("POST", "/desk/people/{person}/identifiers/{identifier}/end", who=AT_DESK)
async def end(call: PageCall, person: UUID, identifier: UUID) -> Answer:
    """Say that a number is not used any more from today on."""
    ended = IdentifierChange(views.now_local(call).date())
    done = await call.do(partial(end_identifier, participant=person, identifier=identifier, change=ended))
    return await _after(call, person, done, "ended")


@page("POST", "/desk/people/{person}/identifiers/{identifier}/withdraw", who=CLINICAL)
async def withdraw(call: PageCall, person: UUID, identifier: UUID) -> Answer:
    """Take back a number that was written down for the wrong person."""
    done = await call.do(partial(withdraw_identifier, participant=person, identifier=identifier))
    return await _after(call, person, done, "withdrawn")


@page("POST", "/desk/people/{person}/addresses/{address}/confirm", who=AT_DESK)
async def confirm(call: PageCall, person: UUID, address: UUID) -> Answer:
    """Say that an address which a colleague changed is the person's."""
    done = await call.do(partial(confirm_address, participant=person, new_address=address))
    return await _after(call, person, done, "confirmed")


async def _changed(
    call: PageCall, person: UUID, wanted: ParticipantChange, revision: int, said: str
) -> Answer:
    number = revision if 0 <= revision <= REVISION_MAX else 0
    done = await call.do(partial(change_participant, participant_id=person, change=wanted, revision=number))
    return await _after(call, person, done, said)


async def _after(call: PageCall, person: UUID, done: object, said: str) -> Answer:
    if isinstance(done, Refused):
        return await _show(call, person, done)
    return call.go(f"/desk/people/{person}/details?done={said}")


async def _show(
    call: PageCall, person: UUID, refusal: Refused | None = None, *, note: str | None = None
) -> Answer:
    """Show the page; after a refusal with what was typed, save where somebody else changed it meanwhile."""
    is_manager = call.signed_in.role in MANAGING

    async def operation(act: Act) -> Done[_Edited] | Refused:
        done = await read_participant(act, person)
        if isinstance(done, Refused):
            return done
        near = await near_person(act, person) if is_manager else Done(())
        if isinstance(near, Refused):
            return near
        asked = await read_questions(act, person)
        if isinstance(asked, Refused):
            return asked
        return Done(_Edited(done.value, done.revision or 0, near.value, asked.value))

    read = await call.do(operation)
    if isinstance(read, Refused):
        return call.refuse(read)
    faults = () if refusal is None else refusal.faults
    said = {one.pointer.removeprefix("$."): call.voice.explain(one) for one in faults}
    general = None if refusal is None or said.keys() & set(FIELDS) else call.voice.explain(refusal)
    is_stale = refusal is not None and refusal.code == "precondition_failed"
    is_typed = refusal is not None and not is_stale and bool(call.form.fields.keys() & {"revision", "value"})
    fields = ("revision", *FIELDS, "status", "held")
    values = {
        "person": read.person,
        "revision": read.revision,
        # What was typed goes on from the revision that it was typed over: nothing else is overwritten.
        "typed": {name: call.form.value(name) for name in fields} if is_typed else {},
        "is_details": is_typed and "reference" in call.form.fields,
        "is_number": is_typed and "value" in call.form.fields,
        "faults": said,
        "general": general,
        "note": note,
        "is_clinical": call.signed_in.role in CLINICAL,
        "is_manager": is_manager,
        "near": read.near,
        "asked": read.asked,
        # Somebody else's number may be one more of this person's: then there are two charts of them.
        "number_of_another": call.form.value("value") or call.form.value("reference")
        if refusal is not None and refusal.code == "reference_conflict"
        else "",
        "today": views.now_local(call).date(),
    }
    return call.show_refused("desk/details.html", refusal, **values)
