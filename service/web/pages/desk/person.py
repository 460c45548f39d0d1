"""One person's page at the desk: what they have and why, their enrollments, and corrections of the record."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.corrections import CorrectionKind, CorrectionReason, NewCorrection
from schemas.events import Day, Outcome
from schemas.hours import WeekHours
from schemas.people import CloseEnrollment, EnrollmentPage, Language, Text
from schemas.program import Minutes, Title
from schemas.receipts import Money
from schemas.restrictions import Restriction
from schemas.second_looks import NewSecondLook
from schemas.visits import Visit
from service.core.cursors import ID_CURSOR, Page
from service.core.outcomes import outcomes_of, titles_of
from service.core.refusals import Refused
from service.flows.people.enrollments import close_enrollment, list_enrollments
from service.flows.people.merge_history import MergedChart, name_merges
from service.flows.people.restrictions import list_restrictions
from service.flows.perform import Act, Done
from service.flows.programs.titles import Titles, read_titles
from service.flows.screens.ahead import Ahead, read_ahead
from service.flows.screens.chart import (
    ChartLines,
    ChartVisit,
    ChartVisits,
    read_chart_lines,
    read_chart_visits,
)
from service.flows.screens.hours import own_hours
from service.flows.screens.person import DeskPerson, read_person
from service.flows.screens.portal import EnrollmentCard, read_cards
from service.flows.shelf.second_looks import DoneAlone, read_done_alone, take_second_look
from service.flows.visits.corrections import correct_event
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.desk.planning import What
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, CLINICAL, MANAGING, page
from service.web.pages.framework.picture import picture_of

SHOWN_MAX = 30
ENROLLMENTS_MAX = 200
JustDone = Literal["asked", "closed", "corrected", "enrolled", "looked", "moved", "merged"] | What
Cursor = Annotated[str, Meta(pattern=ID_CURSOR)]


class PersonQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done, and where older parts of the record begin."""

    done: JustDone | None = None
    visits: Cursor | None = None
    lines: Cursor | None = None


class CloseForm(Struct, frozen=True):
    """The last day of an enrollment, and why it ends."""

    on: Day
    reason: Text


class CorrectForm(Struct, frozen=True):
    """A correction of an event, or of an earlier correction; an outcome only where the laboratory gives one.

    `visits` is where the part of the record began in which it stood.
    """

    kind: CorrectionKind
    reason: CorrectionReason
    outcome: Outcome | None = None
    minutes: Minutes | None = None
    visits: Cursor | None = None


class Slip(Struct, frozen=True):
    """A form of the page that was not taken: the enrollment or event it is of, and its faults by field."""

    of: UUID
    refusal: Refused
    faults: dict[str, str]


class _Whole(Struct, frozen=True):
    """Everything on the page."""

    person: DeskPerson
    cards: list[EnrollmentCard]
    enrollments: EnrollmentPage
    titles: Titles
    visits: ChartVisits
    lines: ChartLines
    merged: tuple[MergedChart, ...]
    """The merges that hold."""
    restrictions: tuple[Restriction, ...]
    """Whom they asked to be told nothing of them."""
    alone: DoneAlone
    """What waits for somebody else's look."""
    ahead: Ahead
    """Next visits, groups, and what was asked for."""
    hours: tuple[WeekHours, ...]
    """Hours attended this week and in the one before; none where no program of theirs has attendance."""


@page("GET", "/desk/people/{person}", who=AT_DESK)
async def whole(call: PageCall, person: UUID, asked: PersonQuery) -> Answer:
    """Show everything that the desk may know of one person."""
    note = None if asked.done is None else call.voice.plain(f"desk.person.{asked.done}")
    return await _show(call, person, asked, note=note)


@page("POST", "/desk/people/{person}/enrollments/{enrollment}/close", who=AT_DESK)
async def close(call: PageCall, person: UUID, enrollment: UUID) -> Answer:
    """End an enrollment."""
    form = call.form.read(CloseForm)
    if isinstance(form, Refused):
        return await _again(call, person, enrollment, form)
    operation = partial(
        close_enrollment, enrollment_id=enrollment, close=CloseEnrollment(form.reason, form.on)
    )
    done = await call.do(operation)
    if isinstance(done, Refused):
        return await _again(call, person, enrollment, done)
    return call.go(f"/desk/people/{person}?done=closed")


@page("POST", "/desk/people/{person}/events/{event}/correct", who=CLINICAL)
async def correct(call: PageCall, person: UUID, event: UUID) -> Answer:
    """Correct an event, or take a correction back; what was recorded stays on record."""
    form = call.form.read(CorrectForm)
    if isinstance(form, Refused):
        return await _again(call, person, event, form)
    new = NewCorrection(
        form.kind,
        form.reason,
        form.outcome if form.kind == "lab_overturn" else None,
        form.minutes if form.kind == "minutes" else None,
    )
    done = await call.do(partial(correct_event, about=event, new=new, language=call.voice.language))
    if isinstance(done, Refused):
        return await _again(call, person, event, done)
    older = "" if form.visits is None else f"&visits={form.visits}"
    return call.go(f"/desk/people/{person}?done=corrected{older}#e-{done.event.id}")


@page("POST", "/desk/people/{person}/look", who=AT_DESK)
async def look(call: PageCall, person: UUID) -> Answer:
    """Take the second look at what one person did alone."""
    done = await call.do(partial(take_second_look, participant_id=person, new=NewSecondLook()))
    if isinstance(done, Refused):
        return await _again(call, person, person, done)
    return call.go(f"/desk/people/{person}?done=looked")


def worth_on(cards: Sequence[EnrollmentCard], visit: Visit) -> Money | None:
    """What a visit that lies ahead would earn if all until then are kept, as the ladder draws it."""
    for card in cards:
        for target in card.targets:
            if (card.enrollment.id, target.target.name) == (visit.enrollment, visit.target):
                bars = (bar for bar in target.ladder.bars if bar.day == visit.due_on)
                bar = next((bar for bar in bars if bar.kind in {"next", "ahead"}), None)
                return None if bar is None else Money(target.ladder.unit, bar.amount)
    return None


def choices(one: ChartVisit) -> dict[str, Title | None]:
    """The outcomes that an event can have, a program's own words with their titles."""
    known: dict[str, Title | None] = dict.fromkeys(outcomes_of(one.event.behavior))
    return known | dict.fromkeys(one.target.outcomes) | titles_of(one.target)


async def _read(act: Act, person: UUID, asked: PersonQuery, language: Language) -> Done[_Whole] | Refused:
    """Everything on the page, in a language."""
    known = await read_person(act, person, language)
    if isinstance(known, Refused):
        return known
    own = await list_enrollments(act, Page(ENROLLMENTS_MAX), participant=person)
    visits = await read_chart_visits(act, person, asked.visits)
    lines = await read_chart_lines(act, person, asked.lines, language)
    named = await name_merges(act, person)
    for read in (own, visits, lines, named):
        if isinstance(read, Refused):
            return read
    assert isinstance(own, Done)  # noqa: S101  said above, which the checker cannot follow
    assert isinstance(visits, ChartVisits)  # noqa: S101
    assert isinstance(lines, ChartLines)  # noqa: S101
    assert isinstance(named, Done)  # noqa: S101
    who = known.value.participant.id
    agreed = await list_restrictions(act, Page(SHOWN_MAX), person, "agreed")
    return Done(
        _Whole(
            known.value,
            await read_cards(act, who, language),
            own.value,
            (await read_titles(act, [one.id for one in own.value.items])).value,
            visits,
            lines,
            tuple(one for one in named.value if one.merge.undone_at is None),
            () if isinstance(agreed, Refused) else agreed.value.items,
            await read_done_alone(act, who),
            await read_ahead(act, who),
            await own_hours(act, known.value),
        )
    )


async def _again(call: PageCall, person: UUID, of: UUID, refusal: Refused) -> Answer:
    """Show the page again with the form that was not taken, as it was filled in."""
    faults = {f"{one.pointer.removeprefix('$.')}-{of}": call.voice.explain(one) for one in refusal.faults}
    before = call.form.read(PersonQuery)
    asked = PersonQuery() if isinstance(before, Refused) else before
    return await _show(call, person, asked, Slip(of, refusal, faults))


async def _show(
    call: PageCall, person: UUID, asked: PersonQuery, slip: Slip | None = None, *, note: str | None = None
) -> Answer:
    read = await call.do(partial(_read, person=person, asked=asked, language=call.voice.language))
    if isinstance(read, Refused):
        return call.refuse(read)
    refusal = None if slip is None else slip.refusal
    values = {
        "note": note,
        "slip": slip,
        "general": None if slip is None or slip.faults else call.voice.explain(slip.refusal),
        "may_correct": call.signed_in.role in CLINICAL,
        "choices": choices,
        "worth_on": worth_on,
        "asked": asked,
        "asked_for": person,
        "is_manager": call.signed_in.role in MANAGING,
        "picture": lambda card: picture_of(card.ladder, call.voice, call.voice.money),
    }
    return call.show_refused("desk/person.html", refusal, whole=read, views=views, **values)
