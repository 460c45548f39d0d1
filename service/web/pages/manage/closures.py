"""Closures: the days on which nobody is expected, entered and taken back."""

from functools import partial
from typing import Any
from uuid import UUID

from msgspec import Struct

from schemas.visits import EnteredClosure, NewClosure
from service.core.calendar import local_day
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.visits.closures import enter_closure, list_closures, remove_closure
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import MANAGING, READING, page

PATH = "/manage/closures"
SHOWN_MAX = 200


class ClosuresQuery(Struct, frozen=True):
    """Query parameters: the operation just done; `excused` visits count as missed no more."""

    excused: int | None = None
    removed: bool = False


@page("GET", PATH, who=READING)
async def listed(call: PageCall, asked: ClosuresQuery) -> Answer:
    """Show the days on which the clinic is closed."""
    return await _listed(call, asked)


@page("POST", PATH, who=MANAGING)
async def add(call: PageCall) -> Answer:
    """Enter days on which the clinic is closed."""
    if not call.form.value("last_day"):
        call = call.having(call.form.having("last_day", call.form.value("first_day")))
    new = call.form.read(NewClosure)
    if isinstance(new, Refused):
        return await _listed(call, ClosuresQuery(), new)
    done = await call.do(partial(enter_closure, new=new), call.form.once, EnteredClosure)
    if isinstance(done, Refused):
        return await _listed(call, ClosuresQuery(), done)
    return call.go(f"{PATH}?excused={done.excused}")


@page("POST", PATH + "/{closure}/remove", who=MANAGING)
async def remove(call: PageCall, closure: UUID) -> Answer:
    """Take back a closure that has not begun."""
    done = await call.do(partial(remove_closure, closure_id=closure))
    if isinstance(done, Refused):
        return await _listed(call, ClosuresQuery(), done)
    return call.go(f"{PATH}?removed=true")


async def _listed(call: PageCall, asked: ClosuresQuery, refusal: Refused | None = None) -> Answer:
    found = await call.do(lambda act: list_closures(act, Page(SHOWN_MAX)))
    if isinstance(found, Refused):
        return call.refuse(found)
    values: dict[str, Any] = {
        "closures": sorted(found.items, key=lambda one: one.first_day, reverse=True),
        "asked": asked,
        "faults": faults_of(call, refusal),
        "once": word_of(call),
        "today": local_day(call.now, call.voice.zone),
    }
    return call.show_refused("manage/closures.html", refusal, **values)
