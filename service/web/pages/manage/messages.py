"""A message that could not be understood, on a page: why, what is in it, and what to do with it."""

from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

from schemas.inbound import Discard
from service.core.refusals import Refused
from service.flows.inbound.process import process_message
from service.flows.inbound.review import discard_message, open_message, put_back
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import MANAGING, page

PATH: Final = "/manage/messages/{message}"


@page("GET", PATH, who=MANAGING)
async def see(call: PageCall, message: UUID) -> Answer:
    """Show a message with what is in it; that it was read is told."""
    return await _shown(call, message)


@page("POST", PATH + "/retry", who=MANAGING)
async def retry(call: PageCall, message: UUID) -> Answer:
    """Try it again by its source's mapping as it is now."""
    back = await call.do(partial(put_back, message=message))
    if isinstance(back, Refused):
        return await _shown(call, message, back)
    resources = call.resources
    skew = timedelta(seconds=resources.settings.clock_skew_s_max)
    await process_message(resources.database, resources.events.ask, call.actor.clinic, message, skew)
    return call.go(f"/manage/messages/{message}")


@page("POST", PATH + "/discard", who=MANAGING)
async def discard(call: PageCall, message: UUID) -> Answer:
    """Find that it is no event, with the reason; it stays on record."""
    new = call.form.read(Discard)
    if not isinstance(new, Refused):
        done = await call.do(partial(discard_message, message=message, new=new))
        if not isinstance(done, Refused):
            return call.go(f"/manage/sources/{done.source}")
        new = done
    return await _shown(call, message, new)


async def _shown(call: PageCall, message: UUID, refusal: Refused | None = None) -> Answer:
    found = await call.do(partial(open_message, message=message))
    if isinstance(found, Refused):
        return call.refuse(found)
    return call.show_refused(
        "manage/message.html",
        refusal,
        one=found.message,
        refusal=found.why,
        faults=faults_of(call, refusal),
    )
