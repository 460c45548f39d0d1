"""Charts that may be one person's, two by two: to be merged, or told apart."""

from functools import partial
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from service.core.refusals import Refused
from service.flows.people.near_charts import PAIRS_MAX, list_near_charts, tell_apart
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import MANAGING, page

PATH: Final = "/manage/duplicates"


class DuplicatesQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: Literal["apart"] | None = None


class ApartForm(Struct, frozen=True):
    """Two charts that are two people's."""

    first: UUID
    second: UUID


@page("GET", PATH, who=MANAGING)
async def listed(call: PageCall, asked: DuplicatesQuery) -> Answer:
    """Show the charts that may be one person's."""
    return await _listed(call, asked.done)


@page("POST", PATH + "/apart", who=MANAGING)
async def apart(call: PageCall) -> Answer:
    """Say that two charts are two people's."""
    read = call.form.read(ApartForm)
    if isinstance(read, Refused):
        return await _listed(call, None, read)
    done = await call.do(partial(tell_apart, first=read.first, second=read.second))
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=apart")


async def _listed(call: PageCall, done: str | None, refusal: Refused | None = None) -> Answer:
    found = await call.do(list_near_charts)
    if isinstance(found, Refused):
        return call.refuse(found)
    fault = None if refusal is None else call.voice.explain(refusal)
    values = {"pairs": found, "most": PAIRS_MAX, "done": done, "fault": fault}
    return call.show_refused("manage/duplicates.html", refusal, **values)
