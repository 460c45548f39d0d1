"""Asking for a reward at the desk, for somebody who has no phone: they choose, and somebody here presses."""

from functools import partial
from typing import Final
from uuid import UUID, uuid4

from schemas.shelf import NewRedemption, Redemption
from service.core.refusals import Refused
from service.flows.screens.ahead import read_offered
from service.flows.shelf.redemptions import redeem
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page

PATH: Final = "/desk/people/{person}/choose"


@page("GET", PATH, who=AT_DESK)
async def show(call: PageCall, person: UUID) -> Answer:
    """Show what somebody can get now, and how far the rest is."""
    return await _show(call, person)


@page("POST", PATH + "/{reward}", who=AT_DESK)
async def ask(call: PageCall, person: UUID, reward: UUID) -> Answer:
    """Ask for a reward for somebody; a form that is sent twice asks once."""
    operation = partial(redeem, new=NewRedemption(person, reward))
    done = await call.do(operation, call.form.once, Redemption)
    if isinstance(done, Refused):
        return await _show(call, person, done)
    if done.status in {"given", "ordered"}:
        return call.go(f"/desk/people/{person}/rewards#r-{done.id}")
    return call.go(f"/desk/people/{person}?done=asked")


async def _show(call: PageCall, person: UUID, refusal: Refused | None = None) -> Answer:
    read = await call.do(partial(read_offered, participant_id=person))
    if isinstance(read, Refused):
        return call.refuse(read)
    fault = None if refusal is None else call.voice.explain(refusal)
    return call.show_refused(
        "desk/choose.html", refusal, offered=read, fault=fault, once=lambda: str(uuid4())
    )
