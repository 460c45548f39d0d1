"""The desk's stream: whose records change while the page is open."""

from typing import Final

from service.core.refusals import Refused, refused
from service.flows.screens.changes import open_clinic
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.http.streaming import Stream, beating
from service.web.http.streams import ClinicPage
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page

STAYS_S: Final = 3600.0


@page("GET", "/desk/stream", who=AT_DESK)
async def stream(call: PageCall) -> Answer:
    """Say whose records change, by id and nothing else; it ends with the session under which it is open."""
    watchers = call.resources.watchers
    opened = await call.do(lambda act: open_clinic(act, None))
    watch = watchers.open(call.actor.clinic, None, call.request.cookies.get(cookies.SESSION) or "", "desk")
    if isinstance(opened, Refused) or watch is None:
        return call.refuse(refused("too_many_streams.desk"))
    open_page = ClinicPage(call.resources, call.actor.clinic, opened)
    watch.wake()
    return Stream(watchers, watch, beating(watchers, watch, open_page.first, open_page.look, STAYS_S))
