"""Groups at the desk: a session is one screen, and one press records everybody."""

import asyncio
import re
from functools import partial
from typing import Annotated, Final, Literal
from uuid import UUID, uuid4

import msgspec
from msgspec import Meta, Struct

from schemas.draws import HatRecord, NewHat
from schemas.events import Day, Outcome
from schemas.groups import GROUP_MEMBERS_MAX
from schemas.program import Minutes, Slug
from service.core.refusals import Refused, refused
from service.flows.draws.hats import draw_names
from service.flows.perform import Once
from service.flows.screens.group_session import DeskSession, read_desk_session, read_groups
from service.flows.visits.corrections import undo_event
from service.store.database.ids import new_id
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.desk.record import FormId, RecordForm, When, occurred, question_of, to_record
from service.web.pages.desk.today import has_shortcuts
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page

PATH: Final = "/desk/groups"
MARKS: Final = ("attended", "late", "left_early", "absent", "excused")
"""The outcomes of a session's screen, in the order in which they stand there; the first is the default."""
NAMES_MAX: Final = 1000
ONCE: Final = re.compile(r"[0-9a-f]{32}")


class DayQuery(Struct, frozen=True):
    """Which day is shown."""

    on: Day | None = None


class SessionQuery(Struct, frozen=True):
    """Which day's session is shown, how many names of the hat are open, and what was just done."""

    on: Day | None = None
    open: Annotated[int, Meta(ge=1, le=NAMES_MAX)] = 1
    done: Annotated[int, Meta(ge=0, le=GROUP_MEMBERS_MAX)] | None = None
    undone: bool = False


class SessionForm(When, frozen=True, kw_only=True):
    """A session as it is sent: one line for each member, `participant enrollment target once`.

    The outcome of a line is in the field `o.` with its `once`; `another` are those that are meant beside
    another record of the day. Enter within a line presses `look`, which records nobody.
    """

    press: Literal["record", "look"] = "record"
    minutes: Minutes | None = None
    """How long the session was, which is said of everybody who was there from beginning to end."""
    seat: Annotated[tuple[str, ...], Meta(min_length=1, max_length=GROUP_MEMBERS_MAX)]
    another: tuple[FormId, ...] = ()


class Row(Struct, frozen=True):
    """One line of a session."""

    participant: UUID
    enrollment: UUID
    target: Slug
    once: FormId
    outcome: Outcome


class HatForm(Struct, frozen=True):
    """Which session names are drawn for; `once` is the form's own id."""

    program: Slug
    target: Slug
    on: Day
    once: FormId


class Unrecorded(Struct, frozen=True):
    """Somebody who was not recorded: the question that is asked, or else why."""

    row: Row
    question: views.Question | None
    fault: str | None


@page("GET", PATH, who=AT_DESK)
async def listed(call: PageCall, asked: DayQuery) -> Answer:
    """Show the groups that meet on a day."""
    read = await call.do(partial(read_groups, on=asked.on))
    if isinstance(read, Refused):
        return call.refuse(read)
    return call.show("desk/groups.html", read=read, views=views)


@page("GET", PATH + "/{group}", who=AT_DESK)
async def session(call: PageCall, group: UUID, asked: SessionQuery) -> Answer:
    """Show one session: everybody present unless it is marked otherwise."""
    return await _show(call, group, asked)


@page("GET", PATH + "/{group}/roster", who=AT_DESK)
async def roster(call: PageCall, group: UUID, asked: DayQuery) -> Answer:
    """Show the list of a session for paper, to be signed."""
    read = await call.do(partial(read_desk_session, group_id=group, on=asked.on))
    if isinstance(read, Refused):
        return call.refuse(read)
    return call.show("desk/roster.html", one=read, name=views.group_name(call.voice, read.group), marks=MARKS)


@page("POST", PATH + "/{group}", who=AT_DESK)
async def record(call: PageCall, group: UUID) -> Answer:
    """Record everybody of a session in one batch, and show what each earned."""
    form = call.form.read(SessionForm)
    if isinstance(form, Refused):
        return await _show(call, group, SessionQuery(), form)
    if form.press == "look":
        return await _show(call, group, SessionQuery(form.on))
    rows = _rows(call, form)
    if isinstance(rows, Refused):
        return await _show(call, group, SessionQuery(form.on), rows)
    at, recording = occurred(call, form), new_id()
    forms = [_form_of(row, form) for row in rows]
    # All in one turn of the loop, so that they are one batch; whoever waits at a desk goes before an import.
    answers = await asyncio.gather(
        *[
            call.resources.events.ask(
                call.signed_in.clinic, to_record(call, row.participant, one, recording), call.request.line
            )
            for row, one in zip(rows, forms, strict=True)
        ]
    )
    left = [
        (row, one, answer)
        for row, one, answer in zip(rows, forms, answers, strict=True)
        if isinstance(answer, Refused)
    ]
    day = at.astimezone(call.voice.zone).date()
    query = SessionQuery(day, done=len(rows) - len(left))
    if left:
        unrecorded = [await _unrecorded(call, row, one, answer) for row, one, answer in left]
        return await _show(call, group, query, left[0][2], unrecorded)
    if call.request.is_part:
        return await _show(call, group, query)
    return call.go(f"{PATH}/{group}?on={day}&done={len(rows)}")


@page("POST", PATH + "/{group}/undo/{event}", who=AT_DESK)
async def undo(call: PageCall, group: UUID, event: UUID) -> Answer:
    """Take back what one has just recorded; it stays on record as an entry error."""
    form = call.form.read(DayQuery)
    on = None if isinstance(form, Refused) else form.on
    done = await call.do(partial(undo_event, event_id=event, language=call.voice.language))
    if isinstance(done, Refused):
        return await _show(call, group, SessionQuery(on), done)
    return call.go(f"{PATH}/{group}?undone=true" + ("" if on is None else f"&on={on}"))


@page("POST", PATH + "/{group}/hat", who=AT_DESK)
async def hat(call: PageCall, group: UUID) -> Answer:
    """Draw names of the session's hat, and open the first."""
    form = call.form.read(HatForm)
    if isinstance(form, Refused):
        return await _show(call, group, SessionQuery(), form)
    once = Once.of(f"desk-hat-{form.once}", form.program, form.target, str(form.on))
    new = NewHat(form.program, form.target, form.on)
    done = await call.do(partial(draw_names, new=new), once, HatRecord)
    if isinstance(done, Refused):
        return await _show(call, group, SessionQuery(form.on), done)
    return call.go(f"{PATH}/{group}?on={form.on}#names")


def _rows(call: PageCall, form: SessionForm) -> list[Row] | Refused:
    """The lines that have an outcome; whoever is left as they are has none."""
    rows = []
    for line in form.seat:
        participant, enrollment, target, once = (*line.split(" "), "", "", "", "")[:4]
        outcome = call.form.value(f"o.{once}")
        if not outcome:
            continue
        given = {
            "participant": participant,
            "enrollment": enrollment,
            "target": target,
            "once": once,
            "outcome": outcome,
        }
        try:
            rows.append(msgspec.convert(given, Row, strict=False))
        except msgspec.ValidationError:
            return refused("malformed.request")
    return rows


def _sent(call: PageCall) -> dict[str, tuple[str, str]]:
    """What was marked of each person, with the line's own id: no mark is lost where a form comes back."""
    found = {}
    for line in call.form.texts("seat"):
        person, once = line.partition(" ")[0], line.rpartition(" ")[2]
        if ONCE.fullmatch(once):
            found[person] = (once, call.form.value(f"o.{once}"))
    return found


def _form_of(row: Row, form: SessionForm) -> RecordForm:
    return RecordForm(
        on=form.on,
        at=form.at,
        tapped_at=form.tapped_at,
        sent_at=form.sent_at,
        enrollment=row.enrollment,
        target=row.target,
        outcome=row.outcome,
        once=row.once,
        another=row.once in form.another,
        minutes=form.minutes if row.outcome == MARKS[0] else None,
    )


async def _unrecorded(call: PageCall, row: Row, form: RecordForm, refusal: Refused) -> Unrecorded:
    question = await question_of(call, form, refusal)
    return Unrecorded(row, question, call.voice.explain(refusal) if question is None else None)


async def _show(
    call: PageCall,
    group: UUID,
    asked: SessionQuery,
    refusal: Refused | None = None,
    unrecorded: list[Unrecorded] | None = None,
) -> Answer:
    read = await call.do(partial(read_desk_session, group_id=group, on=asked.on))
    if isinstance(read, Refused):
        return call.refuse(read)
    values = {
        "one": read,
        "name": views.group_name(call.voice, read.group),
        "asked": asked,
        "sent": _sent(call),
        "minutes": call.form.value("minutes"),
        "unrecorded": unrecorded or [],
        "called": {seat.person.id: seat.person.name or seat.person.display_code for seat in read.seats},
        "fault": call.voice.explain(refusal) if refusal is not None and not unrecorded else None,
        "once": lambda: uuid4().hex,
        "marks": _marks(call, read),
        "has_shortcuts": await has_shortcuts(call),
        "views": views,
    }
    template = "desk/session_part.html" if call.request.is_part else "desk/session.html"
    return call.show_refused(template, refusal, **values)


def _marks(call: PageCall, read: DeskSession) -> list[tuple[str, str, str]]:
    """Outcomes with their words and letters; none where nobody can be recorded."""
    if not any(seat.place is not None for seat in read.seats):
        return []
    say = call.voice.plain
    return [(one, say(f"desk.outcome.{one}"), say(f"desk.key.{one}")) for one in MARKS]
