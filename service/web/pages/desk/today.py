"""Today's list, and the panel of one person in it."""

from functools import partial
from uuid import UUID

from msgspec import Struct

from service.core.access.display_codes import code_on_card
from service.core.refusals import Refused
from service.flows.access.shortcuts import read_shortcuts
from service.flows.people.participants import COUNTED_MAX, FOUND_MAX, find_people
from service.flows.screens.desk import read_desk
from service.flows.screens.overview import read_next_steps
from service.flows.screens.person import read_person
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.offline import may_be_kept
from service.web.pages.framework.page import AT_DESK, page


class TodayQuery(Struct, frozen=True):
    """Whose panel stands open in the list, and what was just done there."""

    person: UUID | None = None
    undone: bool = False
    welcome: bool = False


@page("GET", "/desk", who=AT_DESK)
async def today(call: PageCall, asked: TodayQuery) -> Answer:
    """Show the day's list, with one person's panel open where that is asked for."""
    note = call.voice.plain("desk.undone") if asked.undone else None
    if asked.welcome:
        note = call.voice.plain("desk.new.welcome")
    answer = await show(call, asked.person, note=note)
    if answer.status == 200 and not call.request.query:  # noqa: PLR2004  HTTP's own number
        answer.headers = [*answer.headers, *may_be_kept(call)]
    return answer


@page("GET", "/desk/list", who=AT_DESK)
async def rows(call: PageCall) -> Answer:
    """Show the list alone, for a page that is open already."""
    day = await call.do(read_desk)
    if isinstance(day, Refused):
        return call.refuse(day)
    return call.show(
        "desk/rows.html",
        day_list=day,
        opened=None,
        boards={},
        views=views,
        note=None,
        fault=None,
        question=None,
    )


@page("GET", "/desk/people/{person}/panel", who=AT_DESK)
async def panel(call: PageCall, person: UUID) -> Answer:
    """Show one person's panel alone, for a page that is open already."""
    return await show_panel(call, person)


@page("POST", "/desk/find", who=AT_DESK)
async def find(call: PageCall) -> Answer:
    """Find people; by a form, since a name has no place in an address."""
    typed = call.form.value("q")
    most = COUNTED_MAX if call.form.value("all") else FOUND_MAX
    found = await call.do(partial(find_people, typed=typed, most=most))
    if isinstance(found, Refused):
        return call.refuse(found)
    if call.request.is_part:
        return call.show("desk/found.html", found=found, typed=typed)
    if found.count == 1 and code_on_card(typed) is not None:
        return call.go(f"/desk?person={found.people[0].id}")
    return await show(call, None, found=found, typed=typed)


async def show(
    call: PageCall, person: UUID | None, status: int = 200, *, note: str | None = None, **also: object
) -> Answer:
    """Draw the whole page."""
    day = await call.do(read_desk)
    if isinstance(day, Refused):
        return call.refuse(day)
    opened = None
    if person is not None:
        read = await call.do(partial(read_person, participant_id=person, language=call.voice.language))
        if isinstance(read, Refused):
            return call.refuse(read)
        opened = read
    values: dict[str, object] = {
        "steps": await _next_steps(call),
        "found": None,
        "typed": "",
        "fault": None,
        "question": None,
        "note": note,
        **also,
    }
    return call.show(
        "desk/today.html",
        status,
        day_list=day,
        opened=opened,
        boards=views.boards(call, opened) if opened is not None else {},
        offline=views.offline_boards(call.voice, day.rows),
        has_shortcuts=await has_shortcuts(call),
        views=views,
        **values,
    )


async def _next_steps(call: PageCall) -> tuple[str, ...]:
    """What the manager of a new clinic could do next."""
    if call.signed_in.role != "manager":
        return ()
    steps = await call.do(read_next_steps)
    return () if isinstance(steps, Refused) else steps


async def show_panel(
    call: PageCall,
    person: UUID,
    status: int = 200,
    *,
    note: str | None = None,
    fault: str | None = None,
    question: views.Question | None = None,
) -> Answer:
    """Draw one panel."""
    read = await call.do(partial(read_person, participant_id=person, language=call.voice.language))
    if isinstance(read, Refused):
        return call.refuse(read)
    return call.show(
        "desk/panel.html",
        status,
        opened=read,
        has_shortcuts=await has_shortcuts(call),
        boards=views.boards(call, read),
        views=views,
        note=note,
        fault=fault,
        question=question,
    )


async def has_shortcuts(call: PageCall) -> bool:
    """Whether a letter or digit alone does something for whoever is signed in."""
    on = await call.do(read_shortcuts)
    return on is True
