"""Drawing at the desk: slip by slip, on a screen that is turned round."""

from functools import partial
from typing import Annotated
from uuid import UUID, uuid4

from msgspec import Meta, Struct

from schemas.draws import DRAWS_MAX, Drawn, NewDraws
from service.core.refusals import Refused
from service.flows.draws.draws import draw_prizes, read_draw
from service.flows.perform import Once
from service.flows.screens.person import read_person
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page

TRAY_MAX = 16
"""How many slips lie in the tray as cards; more of them lie there as one compact line each."""


class DrawForm(Struct, frozen=True):
    """How many slips are drawn; `once` is the form's own id, under which they are drawn once."""

    count: Annotated[int, Meta(ge=1, le=DRAWS_MAX)]
    once: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]


class SlipsQuery(Struct, frozen=True):
    """How many slips are open."""

    open: Annotated[int, Meta(ge=1, le=DRAWS_MAX)] = 1


@page("GET", "/desk/draw/{person}", who=AT_DESK)
async def before(call: PageCall, person: UUID) -> Answer:
    """Ask how many slips are drawn."""
    return await _ask(call, person)


@page("POST", "/desk/draw/{person}", who=AT_DESK)
async def draw(call: PageCall, person: UUID) -> Answer:
    """Draw all slips at once, and open the first."""
    form = call.form.read(DrawForm)
    if isinstance(form, Refused):
        return await _ask(call, person, form)
    once = Once.of(f"desk-draw-{form.once}", str(person), str(form.count))
    done = await call.do(partial(draw_prizes, participant=person, new=NewDraws(form.count)), once, Drawn)
    if isinstance(done, Refused):
        return await _ask(call, person, done)
    return call.go(f"/desk/draw/{person}/{done.id}")


@page("GET", "/desk/draw/{person}/{draw_id}", who=AT_DESK)
async def slips(call: PageCall, person: UUID, draw_id: UUID, asked: SlipsQuery) -> Answer:
    """Show the slips that are open by now, the latest large."""
    read = await call.do(partial(read_person, participant_id=person, language=call.voice.language))
    if isinstance(read, Refused):
        return call.refuse(read)
    record = await call.do(partial(read_draw, draw_id=draw_id))
    if isinstance(record, Refused):
        return call.refuse(record)
    shown = min(asked.open, record.count)
    won = [one.prize for one in record.draws[:shown] if one.prize is not None]
    return call.show(
        "desk/slips.html",
        opened=read,
        record=record,
        shown=shown,
        won=won,
        views=views,
        is_long=record.count > TRAY_MAX,
    )


async def _ask(call: PageCall, person: UUID, refusal: Refused | None = None) -> Answer:
    read = await call.do(partial(read_person, participant_id=person, language=call.voice.language))
    if isinstance(read, Refused):
        return call.refuse(read)
    values = {"fault": None if refusal is None else call.voice.explain(refusal), "views": views}
    return call.show_refused("desk/draw.html", refusal, opened=read, once=uuid4().hex, **values)
