"""Subscribers on a page: who is told what, and how it stands with them."""

from functools import partial
from typing import Final

from schemas.subscribers import MadeSubscriber, NewSubscriber
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.notices.deliveries import read_standing
from service.flows.notices.subscribers import add_subscriber, list_subscribers
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import allowed_of, faults_of, word_of
from service.web.pages.framework.page import MANAGING, SEEING, page
from service.web.pages.manage.subscriber import TYPES, SubscriberQuery, one_shown

PATH: Final = "/manage/subscribers"


@page("GET", PATH, who=SEEING)
async def show(call: PageCall) -> Answer:
    """Show every subscriber with how it stands, and a form for a new one."""
    return await _listed(call)


@page("POST", PATH, who=MANAGING, asks_again=True)
async def add(call: PageCall) -> Answer:
    """Add a subscriber; the page that answers is the only one with its secret."""
    new = call.form.read(NewSubscriber, consent_required=call.form.value("consent_required") == "yes")
    if isinstance(new, Refused):
        return await _listed(call, new)
    operation = partial(add_subscriber, new=new, allowed=allowed_of(call))
    made = await call.do(operation, call.form.once, MadeSubscriber)
    if isinstance(made, Refused):
        return await _listed(call, made)
    return await one_shown(call, made.id, SubscriberQuery(done="added"), secret=made.secret or "")


async def _listed(call: PageCall, refusal: Refused | None = None) -> Answer:
    found = await call.do(partial(list_subscribers, page=Page(200)))
    if isinstance(found, Refused):
        return call.refuse(found)
    stands = await call.do(read_standing)
    return call.show_refused(
        "manage/subscribers.html",
        refusal,
        subscribers=found.items,
        stands={} if isinstance(stands, Refused) else stands,
        types=TYPES,
        faults=faults_of(call, refusal),
        chosen=set(call.form.texts("types")),
        once=word_of(call),
    )
