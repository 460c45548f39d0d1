"""The merges of somebody's charts at the desk: what was made one, and how it is taken apart again."""

from functools import partial
from typing import Final, Literal
from uuid import UUID, uuid4

from msgspec import Struct

from schemas.merges import Merge, NewUnmerge
from schemas.people import Participant
from service.core.refusals import Refused
from service.flows.people.merge_history import MergedChart, name_merges
from service.flows.people.participants import read_participant
from service.flows.people.unmerges import unmerge_participants
from service.flows.perform import Act, Done
from service.flows.programs.titles import read_titles
from service.flows.screens.merging import preview_unmerge
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.desk.merging import ReasonForm, enrollments_of, explain_in_way
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import MANAGING, page

PATH: Final = "/desk/people/{person}/merges"


class MergesQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: Literal["unmerged"] | None = None


class History(Struct, frozen=True):
    """Somebody, and every merge that their charts were part of, newest first."""

    person: Participant
    merges: tuple[MergedChart, ...]


@page("GET", PATH, who=MANAGING)
async def listed(call: PageCall, person: UUID, asked: MergesQuery) -> Answer:
    """Show every merge of somebody's charts, undone ones too."""

    async def operation(act: Act) -> Done[History] | Refused:
        known = await read_participant(act, person)
        if isinstance(known, Refused):
            return known
        named = await name_merges(act, person)
        return named if isinstance(named, Refused) else Done(History(known.value, named.value))

    found = await call.do(operation)
    if isinstance(found, Refused):
        return call.refuse(found)
    return call.show("desk/merges.html", found=found, done=asked.done)


@page("GET", PATH + "/{ended}", who=MANAGING)
async def preview(call: PageCall, person: UUID, ended: UUID) -> Answer:
    """Show what taking a chart apart would do."""
    return await _show(call, person, ended)


@page("POST", PATH + "/{ended}", who=MANAGING)
async def unmerge(call: PageCall, person: UUID, ended: UUID) -> Answer:
    """Take a chart apart again."""
    why = call.form.read(ReasonForm)
    if isinstance(why, Refused):
        return await _show(call, person, ended, why)
    new = NewUnmerge(ended, reason=why.reason)
    operation = partial(unmerge_participants, participant=person, new=new)
    done = await call.do(operation, call.form.once, Merge)
    if isinstance(done, Refused):
        return await _show(call, person, ended, done)
    return call.go(f"{PATH.format(person=done.survivor)}?done=unmerged")


async def _show(call: PageCall, person: UUID, ended: UUID, refusal: Refused | None = None) -> Answer:
    new = NewUnmerge(ended, dry_run=True)
    ahead = await call.do(partial(preview_unmerge, participant=person, new=new))
    if isinstance(ahead, Refused):
        return call.refuse(ahead)
    named = () if ahead.merge is None else enrollments_of(ahead.merge)
    titles = await call.do(partial(read_titles, of=named))
    values = {
        "ahead": ahead,
        "titles": titles,
        **explain_in_way(call, refusal or ahead.refusal),
        "reason": call.form.value("reason"),
        "once": call.form.value("once") or str(uuid4()),
        "views": views,
    }
    return call.show_refused("desk/unmerge.html", refusal, **values)
