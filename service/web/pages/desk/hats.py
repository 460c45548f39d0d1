"""Names drawn from the hat for a group session: asked for once, then opened name by name."""

from functools import partial
from typing import Annotated
from uuid import UUID, uuid4

from msgspec import Meta, Struct

from schemas.draws import HatRecord, NewHat
from schemas.events import Day
from schemas.program import Slug
from service.core.refusals import Refused
from service.flows.draws.hats import draw_names
from service.flows.perform import Once
from service.flows.screens.group import read_group_day, read_group_hat
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page

NAMES_MAX = 1000


class DayQuery(Struct, frozen=True):
    """Which day's sessions are shown."""

    on: Day | None = None


class HatForm(Struct, frozen=True):
    """Which session names are drawn for; `once` is the form's own id, under which they are drawn once."""

    program: Slug
    target: Slug
    on: Day
    once: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]


class NamesQuery(Struct, frozen=True):
    """How many names are open."""

    open: Annotated[int, Meta(ge=1, le=NAMES_MAX)] = 1


@page("GET", "/desk/hats", who=AT_DESK)
async def before(call: PageCall, asked: DayQuery) -> Answer:
    """Show the sessions of a day, and how many names are in each hat."""
    return await _show(call, asked.on)


@page("POST", "/desk/hats", who=AT_DESK)
async def draw(call: PageCall) -> Answer:
    """Draw all names of one session at once, and open the first."""
    form = call.form.read(HatForm)
    if isinstance(form, Refused):
        return await _show(call, None, form)
    once = Once.of(f"desk-hat-{form.once}", form.program, form.target, str(form.on))
    new = NewHat(form.program, form.target, form.on)
    done = await call.do(partial(draw_names, new=new), once, HatRecord)
    if isinstance(done, Refused):
        return await _show(call, form.on, done)
    return call.go(f"/desk/hats/{done.id}")


@page("GET", "/desk/hats/{hat}", who=AT_DESK)
async def record(call: PageCall, hat: UUID, asked: NamesQuery) -> Answer:
    """Show the names that are open by now, the latest large."""
    read = await call.do(partial(read_group_hat, hat_id=hat))
    if isinstance(read, Refused):
        return call.refuse(read)
    shown = min(asked.open, len(read.record.names))
    return call.show("desk/hat.html", hat=read, record=read.record, shown=shown, views=views)


async def _show(call: PageCall, on: Day | None, refusal: Refused | None = None) -> Answer:
    read = await call.do(partial(read_group_day, on=on))
    if isinstance(read, Refused):
        return call.refuse(read)
    values = {"fault": None if refusal is None else call.voice.explain(refusal), "views": views}
    return call.show_refused("desk/hats.html", refusal, group=read, once=lambda: uuid4().hex, **values)
