"""Work that waits: one list for whoever works here, each with the page where it is done."""

from functools import partial
from uuid import UUID

from msgspec import Struct

from service.core.refusals import Refused
from service.flows.screens.work import QUIET_DAYS, SHOWN_MAX, read_work
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page


class WorkQuery(Struct, frozen=True):
    """Of whose people; of everybody where left out."""

    of: UUID | None = None


@page("GET", "/desk/work", who=AT_DESK)
async def show(call: PageCall, asked: WorkQuery) -> Answer:
    """Show what waits for whoever is signed in."""
    read = await call.do(partial(read_work, role=call.signed_in.role, leader=asked.of))
    if isinstance(read, Refused):
        return call.refuse(read)
    return call.show(
        "desk/work.html", work=read, of=asked.of, views=views, shown_max=SHOWN_MAX, quiet_days=QUIET_DAYS
    )
