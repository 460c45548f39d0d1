"""Somebody's own calendar: their visits, and an address for their phone, made and ended by themselves."""

import re
from functools import partial
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.core.actors import system
from service.core.catalogs import text_of
from service.core.refusals import Refused
from service.flows.perform import Done, perform
from service.flows.screens.calendar_feeds import end_feed, make_feed, read_feed
from service.flows.screens.own_calendar import read_own_calendar
from service.web.http.answers import Answer
from service.web.http.call import NO_STORE
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import ANYONE, PARTICIPANT, page
from service.web.pages.framework.page_refusal import page_refusal
from service.web.pages.portal.icalendar import as_icalendar
from service.web.pages.portal.saying import AmountFormatter
from service.web.words import SAID

PATH: Final = "/portal/calendar"
TOKEN: Final = re.compile(r"([0-9a-f]{32})([0-9a-f]{40})\.ics")
MEDIA: Final = (b"content-type", b"text/calendar; charset=utf-8")
Token = Annotated[str, Meta(max_length=100)]


class CalendarQuery(Struct, frozen=True):
    """Query parameters: what was just done."""

    done: Literal["ended"] | None = None


@page("GET", PATH, who=PARTICIPANT)
async def show(call: PageCall, asked: CalendarQuery) -> Answer:
    """Show the visits day by day, and the address for a calendar of one's own with what makes and ends it."""
    return await _show(call, is_ended=asked.done is not None)


@page("POST", PATH, who=PARTICIPANT)
async def make(call: PageCall) -> Answer:
    """Make an address and show it this once; not on the clinic's tablet, where it would stay."""
    if call.signed_in.kind == "kiosk":
        return call.refuse(page_refusal("forbidden", "portal.cal.not_here"))
    made = await call.do(make_feed)
    if isinstance(made, Refused):
        return call.refuse(made)
    return await _show(call, address=f"{call.request.origin}/calendar/{made}.ics")


@page("POST", PATH + "/end", who=PARTICIPANT)
async def end(call: PageCall) -> Answer:
    """End it at once."""
    done = await call.do(end_feed)
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{PATH}?done=ended")


@page("GET", "/calendar/{token}", who=ANYONE)
async def feed(call: PageCall, token: Token) -> Answer:
    """Give a calendar under its secret address; one that is ended or never was is not there."""
    found = TOKEN.fullmatch(token)
    gone = page_refusal("not_found", "shared.not_found")
    if found is None:
        return call.refuse(gone)
    database, whose = call.resources.database, system(UUID(found[1]))
    read = await perform(database, whose, partial(read_feed, secret=found[2]))
    if not isinstance(read, Done):
        return call.refuse(gone)
    said = SAID[read.value.language]
    called, one = text_of(said["portal.cal.called"]), text_of(said["portal.cal.one"])
    return Answer(200, as_icalendar(read.value, called=called, one=one), [MEDIA, NO_STORE])


async def _show(call: PageCall, *, address: str | None = None, is_ended: bool = False) -> Answer:
    found = await call.do(read_own_calendar)
    if isinstance(found, Refused):
        return call.refuse(found)
    return call.show(
        "portal/calendar.html",
        saying=AmountFormatter(call),
        today=found.today,
        ahead=found.ahead,
        behind=found.behind,
        made_at=found.feed_since,
        address=address,
        is_ended=is_ended,
    )
