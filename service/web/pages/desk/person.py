"""One person's page at the desk: what they have and why, their enrollments, and corrections of the record."""

from functools import partial
from typing import Literal
from uuid import UUID

from msgspec import Struct

from schemas.books import Statement
from schemas.corrections import CorrectionKind, CorrectionReason, NewCorrection
from schemas.events import Day, EventPage, Outcome
from schemas.people import CloseEnrollment, EnrollmentPage, Text
from schemas.program import Title
from schemas.receipts import RecordedEvent
from schemas.restrictions import Restriction
from schemas.second_looks import NewSecondLook
from service.core.cursors import Page
from service.core.outcomes import outcomes_of
from service.core.refusals import Refused
from service.flows.ledger.statements import read_statement
from service.flows.people.enrollments import close_enrollment, list_enrollments
from service.flows.people.merge_history import MergedChart, name_merges
from service.flows.people.restrictions import list_restrictions
from service.flows.perform import Act, Done
from service.flows.screens.ahead import Ahead, read_ahead
from service.flows.screens.person import DeskPerson, read_person
from service.flows.shelf.second_looks import DoneAlone, read_done_alone, take_second_look
from service.flows.visits.additions import Said, read_said
from service.flows.visits.corrections import correct_event
from service.flows.visits.read_events import EventFilter, list_events
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, CLINICAL, MANAGING, page

SHOWN_MAX = 30


class PersonQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: Literal["asked", "closed", "corrected", "enrolled", "looked", "moved", "merged"] | None = None


class CloseForm(Struct, frozen=True):
    """The last day of an enrollment, and why it ends."""

    on: Day
    reason: Text


class CorrectForm(Struct, frozen=True):
    """A correction of one event; an outcome only where the laboratory gives another one."""

    kind: CorrectionKind
    reason: CorrectionReason
    outcome: Outcome | None = None


class _Whole(Struct, frozen=True):
    """Everything on the page."""

    person: DeskPerson
    enrollments: EnrollmentPage
    events: EventPage
    statement: Statement
    merged: tuple[MergedChart, ...]
    """The merges that hold."""
    said: dict[UUID, list[Said]]
    """What was written about each event."""
    restrictions: tuple[Restriction, ...]
    """Whom they asked to be told nothing of them."""
    alone: DoneAlone
    """What waits for somebody else's look."""
    ahead: Ahead
    """Next visits, groups, and what was asked for."""


@page("GET", "/desk/people/{person}", who=AT_DESK)
async def whole(call: PageCall, person: UUID, asked: PersonQuery) -> Answer:
    """Show everything that the desk may know of one person."""
    note = None if asked.done is None else call.voice.plain(f"desk.person.{asked.done}")
    return await _show(call, person, note=note)


@page("POST", "/desk/people/{person}/enrollments/{enrollment}/close", who=AT_DESK)
async def close(call: PageCall, person: UUID, enrollment: UUID) -> Answer:
    """End an enrollment."""
    form = call.form.read(CloseForm)
    if isinstance(form, Refused):
        return await _show(call, person, form)
    operation = partial(
        close_enrollment, enrollment_id=enrollment, close=CloseEnrollment(form.reason, form.on)
    )
    done = await call.do(operation)
    if isinstance(done, Refused):
        return await _show(call, person, done)
    return call.go(f"/desk/people/{person}?done=closed")


@page("POST", "/desk/people/{person}/events/{event}/correct", who=CLINICAL)
async def correct(call: PageCall, person: UUID, event: UUID) -> Answer:
    """Correct an event; the event itself stays as it is."""
    form = call.form.read(CorrectForm)
    if isinstance(form, Refused):
        return await _show(call, person, form)
    new = NewCorrection(form.kind, form.reason, form.outcome if form.kind == "lab_overturn" else None)
    done = await call.do(partial(correct_event, about=event, new=new, language=call.voice.language))
    if isinstance(done, Refused):
        return await _show(call, person, done)
    return call.go(f"/desk/people/{person}?done=corrected")


@page("POST", "/desk/people/{person}/look", who=AT_DESK)
async def look(call: PageCall, person: UUID) -> Answer:
    """Take the second look at what one person did alone."""
    done = await call.do(partial(take_second_look, participant_id=person, new=NewSecondLook()))
    if isinstance(done, Refused):
        return await _show(call, person, done)
    return call.go(f"/desk/people/{person}?done=looked")


def choices(person: DeskPerson, event: RecordedEvent) -> dict[str, Title | None]:
    """The outcomes that an event can have, a program's own words with their titles."""
    known = {(one.enrollment, one.target): one for each in person.episodes for one in each.targets}
    target = known.get((event.enrollment, event.target))
    own = () if target is None else target.outcomes
    return dict.fromkeys(outcomes_of(event.behavior)) | {one.outcome: one.title for one in own}


async def _show(
    call: PageCall, person: UUID, refusal: Refused | None = None, *, note: str | None = None
) -> Answer:
    async def operation(act: Act) -> Done[_Whole] | Refused:
        known = await read_person(act, person, call.voice.language)
        if isinstance(known, Refused):
            return known
        own = await list_enrollments(act, Page(SHOWN_MAX), participant=person)
        events = await list_events(act, EventFilter(participant=person), Page(SHOWN_MAX))
        lines = await read_statement(act, person, Page(SHOWN_MAX), language=call.voice.language)
        named = await name_merges(act, person)
        for read in (own, events, lines, named):
            if isinstance(read, Refused):
                return read
        assert isinstance(own, Done)  # noqa: S101  said above, which the checker cannot follow
        assert isinstance(events, Done)  # noqa: S101
        assert isinstance(lines, Done)  # noqa: S101
        assert isinstance(named, Done)  # noqa: S101
        hold = tuple(one for one in named.value if one.merge.undone_at is None)
        said = (await read_said(act, [one.id for one in events.value.items])).value
        agreed = await list_restrictions(act, Page(SHOWN_MAX), person, "agreed")
        bind = () if isinstance(agreed, Refused) else agreed.value.items
        alone = await read_done_alone(act, known.value.participant.id)
        ahead = await read_ahead(act, known.value.participant.id)
        return Done(_Whole(known.value, own.value, events.value, lines.value, hold, said, bind, alone, ahead))

    read = await call.do(operation)
    if isinstance(read, Refused):
        return call.refuse(read)
    fault = None if refusal is None else call.voice.explain(refusal)
    may_correct = call.signed_in.role in CLINICAL
    values = {
        "note": note,
        "fault": fault,
        "may_correct": may_correct,
        "choices": choices,
        "asked": person,
        "is_manager": call.signed_in.role in MANAGING,
    }
    return call.show_refused("desk/person.html", refusal, whole=read, views=views, **values)
