"""Recording at the desk: one tap, one event, and the way back from it for a while."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Day, Moment, NewEvent, Note, Outcome
from schemas.program import Minutes, Quantity, Slug
from service.core.refusals import Refused
from service.flows.perform import Once
from service.flows.screens.person import name_of_actor
from service.flows.visits.corrections import undo_event
from service.flows.visits.record_events import ToRecord
from service.web.http.answers import MEANINGS, Answer
from service.web.pages.desk import views
from service.web.pages.desk.today import show, show_panel
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, CLINICAL, page

NOON = time(12)


FormId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]
"""A form's own id, under which it is recorded once."""


class When(Struct, frozen=True):
    """When something happened that a form tells of.

    `on` and `at` are another day and time than now. A tap that waited on the device brings `tapped_at` and
    `sent_at` by the device's own clock: what lies between them is believed, not the clock itself.
    """

    on: Day | None = None
    at: Annotated[str, Meta(pattern=r"^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$(?!\n)")] | None = None
    tapped_at: Moment | None = None
    sent_at: Moment | None = None


class RecordForm(When, frozen=True, kw_only=True):
    """One outcome of one target; `once` is the form's own id."""

    enrollment: UUID
    target: Slug
    outcome: Outcome
    once: FormId
    note: Note | None = None
    quantity: Quantity | None = None
    minutes: Minutes | None = None
    another: bool = False


@page("POST", "/desk/people/{person}/record", who=AT_DESK)
async def record(call: PageCall, person: UUID) -> Answer:
    """Record one outcome, and show what it did where its button stood."""
    form = call.form.read(RecordForm)
    if isinstance(form, Refused):
        return await _refused(call, person, form)
    done = await call.resources.events.ask(
        call.signed_in.clinic, to_record(call, person, form), call.request.line
    )
    if isinstance(done, Refused):
        question = await question_of(call, form, done)
        return await _refused(call, person, done, question)
    return await show_panel(call, person) if call.request.is_part else call.go(f"/desk?person={person}")


@page("POST", "/desk/people/{person}/undo/{event}", who=AT_DESK)
async def undo(call: PageCall, person: UUID, event: UUID) -> Answer:
    """Take back what one has just recorded; it stays on record as an entry error."""
    done = await call.do(partial(undo_event, event_id=event, language=call.voice.language))
    if isinstance(done, Refused):
        return await _refused(call, person, done)
    if call.request.is_part:
        return await show_panel(call, person, note=call.voice.plain("desk.undone"))
    return call.go(f"/desk?person={person}&undone=true")


def to_record(call: PageCall, person: UUID, form: RecordForm, recording: UUID | None = None) -> ToRecord:
    """The event of a form; those of one press share their `recording`."""
    event = NewEvent(
        form.outcome,
        occurred(call, form),
        enrollment=form.enrollment,
        target=form.target,
        participant=person,
        reference=f"desk-{form.once}",
        note=form.note,
        quantity=form.quantity,
        minutes=form.minutes,
        another=form.another,
    )
    said = [str(person), str(form.enrollment), form.target, form.outcome]
    said += [] if form.quantity is None else [str(form.quantity)]
    said += [] if form.minutes is None else [f"{form.minutes} minutes"]
    once = Once.of(f"desk-{form.once}", *said)
    return ToRecord(call.actor, event, call.voice.language, once, recording)


def occurred(call: PageCall, form: When) -> datetime:
    """When something happened by the service's clock: as it was typed, or when it was tapped."""
    if form.on is not None or form.at is not None:
        local = call.now.astimezone(call.voice.zone)
        day = form.on or local.date()
        if form.at is None and day == local.date():
            return call.now
        at = NOON if form.at is None else time.fromisoformat(form.at)
        return datetime.combine(day, at, call.voice.zone)
    if form.tapped_at is not None and form.sent_at is not None:
        waited = max(form.sent_at - form.tapped_at, timedelta())
        return call.now - waited
    return call.now


async def question_of(call: PageCall, form: RecordForm, refusal: Refused) -> views.Question | None:
    """Ask whether a second visit of the day is meant, where that is why it was not recorded."""
    known = refusal.event
    if refusal.code != "already_recorded" or known is None:
        return None
    named = await call.do(partial(name_of_actor, actor=known.recorded_by))
    asked = {"enrollment": str(form.enrollment), "target": form.target, "outcome": form.outcome}
    asked |= {"once": form.once, "on": "" if form.on is None else form.on.isoformat()}
    asked |= {"at": form.at or "", "note": form.note or "", "another": "true"}
    asked |= {"quantity": "" if form.quantity is None else str(form.quantity)}
    asked |= {"minutes": "" if form.minutes is None else str(form.minutes)}
    who = None if isinstance(named, Refused) else named
    return views.Question(known, who, form.outcome, asked, may_correct=call.signed_in.role in CLINICAL)


async def _refused(
    call: PageCall, person: UUID, refusal: Refused, question: views.Question | None = None
) -> Answer:
    """Say in the panel itself what is wrong, or ask what is meant."""
    words = call.voice.explain(refusal) if question is None else None
    status = MEANINGS[refusal.code].status if question is not None else 422
    draw = show_panel if call.request.is_part else show
    answer = await draw(call, person, status, fault=words, question=question)
    answer.code = answer.code or refusal.code
    return answer
