"""Two charts of one person at the desk: find the other one, see what a merge would do, merge."""

from functools import partial
from typing import Final
from uuid import UUID, uuid4

from msgspec import Struct

from schemas.merges import Duplicate, Merge, NewMerge, VisitTwice
from schemas.people import Text
from service.core.refusals import Refused
from service.flows.people.merges import merge_participants
from service.flows.people.near_charts import near_person
from service.flows.people.participants import COUNTED_MAX, Named, find_people, read_participant
from service.flows.programs.titles import read_titles
from service.flows.screens.merging import preview_merge
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import SAID_MAX
from service.web.pages.framework.page import MANAGING, page

PATH: Final = "/desk/people/{person}/merge"
VISIT: Final = "visit-"
OPEN: Final = "open-"
"""What the names of the fields begin with that say what stands, and what is closed."""
DECISIONS_BYTES_MAX: Final = 512 * 1024
"""The largest form that decides about every visit of two charts, in bytes."""


class ReasonForm(Struct, frozen=True):
    """Why it is done."""

    reason: Text


class Choice(Struct, frozen=True):
    """What can be said of a visit that both charts hold: whose events stand, and by which ids."""

    whose: str
    """`survivor`, `ended` or `both`."""
    keeps: str
    """Ids of the events that stand, with blanks between."""
    events: tuple[VisitTwice, ...]
    is_chosen: bool


class Visit(Struct, frozen=True):
    """A visit that both charts hold, with the ways to decide about it."""

    field: str
    twice: Duplicate
    choices: tuple[Choice, ...]
    is_open: bool


@page("GET", PATH, who=MANAGING)
async def find(call: PageCall, person: UUID) -> Answer:
    """Show charts that may be the same person's, and a search for another one."""
    return await _found(call, person, None)


@page("POST", PATH, who=MANAGING)
async def search(call: PageCall, person: UUID) -> Answer:
    """Look for the other chart by what was typed, which no address holds."""
    return await _found(call, person, call.form.value("q")[:SAID_MAX])


@page("GET", PATH + "/{other}", who=MANAGING)
async def preview(call: PageCall, person: UUID, other: UUID) -> Answer:
    """Show what a merge would do where nobody decides otherwise."""
    return await _show(call, person, NewMerge(other, dry_run=True))


@page("POST", PATH + "/{other}", who=MANAGING, bytes_max=DECISIONS_BYTES_MAX)
async def merge(call: PageCall, person: UUID, other: UUID) -> Answer:
    """Merge, or show again what it would do with what was decided."""
    is_meant = bool(call.form.value("go"))
    new = _said(call, other, is_preview=not is_meant)
    if isinstance(new, Refused):
        return await _show(call, person, NewMerge(other, dry_run=True), new)
    if not is_meant:
        return await _show(call, person, new)
    why = call.form.read(ReasonForm)
    done: Merge | Refused = why if isinstance(why, Refused) else await _merged(call, person, new)
    if isinstance(done, Refused):
        again = _said(call, other, is_preview=True)
        return await _show(
            call, person, NewMerge(other, dry_run=True) if isinstance(again, Refused) else again, done
        )
    return call.go(f"/desk/people/{done.survivor}?done=merged")


async def _merged(call: PageCall, person: UUID, new: NewMerge) -> Merge | Refused:
    return await call.do(partial(merge_participants, survivor_id=person, new=new), call.form.once, Merge)


def _said(call: PageCall, other: UUID, *, is_preview: bool) -> NewMerge | Refused:
    """What the form decides: of each visit the events that stand, and what is closed."""
    keeps = [
        {"event": event, "decision": "keep"}
        for name, texts in call.form.fields.items()
        if name.startswith(VISIT)
        for event in texts[0].split()
    ]
    closes = [texts[0] for name, texts in call.form.fields.items() if name.startswith(OPEN)]
    return call.form.read(
        NewMerge, **{"from": str(other), "decisions": keeps, "closes": closes, "dry_run": is_preview}
    )


def _visits(survivor: UUID, duplicates: tuple[Duplicate, ...]) -> list[Visit]:
    """The visits that both charts hold, with what can be said of each."""
    shown = []
    for twice in duplicates:
        stand = {one.event for one in twice.events if one.decision == "keep"}
        sides = {
            "survivor": tuple(one for one in twice.events if one.participant == survivor),
            "ended": tuple(one for one in twice.events if one.participant != survivor),
            "both": twice.events,
        }
        choices = tuple(
            Choice(
                whose,
                " ".join(str(one.event) for one in events),
                events,
                {one.event for one in events} == stand,
            )
            for whose, events in sides.items()
        )
        shown.append(Visit(f"{VISIT}{twice.events[0].event}", twice, choices, not stand))
    return shown


async def _found(call: PageCall, person: UUID, typed: str | None) -> Answer:
    own = await call.do(partial(read_participant, participant_id=person))
    if isinstance(own, Refused):
        return call.refuse(own)
    near = await call.do(partial(near_person, participant=own.id))
    if isinstance(near, Refused):
        return call.refuse(near)
    found: tuple[Named, ...] = ()
    if typed:
        looked = await call.do(partial(find_people, typed=typed, most=COUNTED_MAX))
        found = () if isinstance(looked, Refused) else tuple(one for one in looked.people if one.id != own.id)
    return call.show("desk/merge_find.html", person=own, near=near, found=found, typed=typed)


async def _show(call: PageCall, person: UUID, new: NewMerge, refusal: Refused | None = None) -> Answer:
    ahead = await call.do(partial(preview_merge, survivor=person, new=new))
    if isinstance(ahead, Refused):
        return call.refuse(ahead)
    named = () if ahead.merge is None else enrollments_of(ahead.merge)
    titles = await call.do(partial(read_titles, of=named))
    values = {
        "ahead": ahead,
        "titles": titles,
        "visits": [] if ahead.merge is None else _visits(ahead.survivor.person.id, ahead.merge.duplicates),
        **explain_in_way(call, refusal or ahead.refusal),
        "once": call.form.value("once") or str(uuid4()),
        "open_field": OPEN,
        "views": views,
    }
    return call.show_refused("desk/merge.html", refusal, **values)


def enrollments_of(merge: Merge) -> set[UUID]:
    """The enrollments that a page of a merge calls by their programs."""
    twice = {event.enrollment for one in merge.duplicates for event in one.events}
    return {one.id for one in merge.enrollments} | {one.closes for one in merge.open_twice} | twice


def explain_in_way(call: PageCall, in_way: Refused | None) -> dict[str, str | None]:
    """Give what is in the way of a form with a reason: `reason_fault` at its field, `refusal` above it."""
    if in_way is None:
        return {"refusal": None, "reason_fault": None}
    if any(one.pointer == "$.reason" for one in in_way.faults):
        return {"refusal": None, "reason_fault": call.voice.explain(in_way.faults[0])}
    return {"refusal": call.voice.explain(in_way), "reason_fault": None}
