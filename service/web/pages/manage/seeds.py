"""Draw seeds: what is committed for the draws to come, and what is revealed so that anybody can check."""

from msgspec import Struct

from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.draws.seeds import list_seeds, rotate_seeds
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import MANAGING, READING, page

PATH = "/manage/seeds"
SHOWN = 50


class SeedsQuery(Struct, frozen=True):
    """Whether the seed was just rotated."""

    rotated: bool = False


@page("GET", PATH, who=READING)
async def listed(call: PageCall, asked: SeedsQuery) -> Answer:
    """Show the seeds, newest first."""
    found = await call.do(lambda act: list_seeds(act, Page(SHOWN)))
    if isinstance(found, Refused):
        return call.refuse(found)
    return call.show("manage/seeds.html", seeds=found.items, is_rotated=asked.rotated)


@page("POST", PATH, who=MANAGING)
async def rotate(call: PageCall) -> Answer:
    """Reveal the seed in use, and commit the next."""
    done = await call.do(rotate_seeds)
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{PATH}?rotated=true")
