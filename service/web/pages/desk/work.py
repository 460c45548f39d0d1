"""Work that waits: one list for whoever works here, each with the page where it is done."""

from functools import partial

from service.core.refusals import Refused
from service.flows.screens.work import QUIET_DAYS, SHOWN_MAX, read_work
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page


@page("GET", "/desk/work", who=AT_DESK)
async def show(call: PageCall) -> Answer:
    """Show what waits for whoever is signed in."""
    read = await call.do(partial(read_work, role=call.signed_in.role))
    if isinstance(read, Refused):
        return call.refuse(read)
    return call.show("desk/work.html", work=read, views=views, shown_max=SHOWN_MAX, quiet_days=QUIET_DAYS)
