"""Redemptions: those that wait to be handed over, and those that were given or canceled."""

from functools import partial
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.shelf import Redemption, RedemptionPage, RedemptionStatus, RewardName
from service.core.cursors import Page
from service.core.refusals import Refused
from service.core.shelf import called as shelf_name
from service.flows.people.participants import Called, read_names
from service.flows.perform import Act, Done
from service.flows.shelf.redemptions import cancel_redemption, give_redemption, list_redemptions
from service.flows.shelf.rewards import list_rewards
from service.web.http.answers import Answer
from service.web.http.pagination import IdCursor
from service.web.pages.editor.cursors import until
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import day_in
from service.web.pages.framework.page import AT_DESK, READING, page

PATH = "/manage/redemptions"
SHOWN = 50
SHELF_MAX = 1000


class RedemptionsQuery(Struct, frozen=True):
    """Which redemptions are shown; `on` is the last day of those."""

    status: Literal["", RedemptionStatus] = ""
    on: Annotated[str, Meta(max_length=10)] = ""
    cursor: IdCursor | None = None
    done: Literal["given", "canceled", "called_back"] | None = None


class Found(Struct, frozen=True):
    """One page of redemptions with what it takes to name them."""

    page: RedemptionPage
    called: Called
    rewards: dict[UUID, RewardName | str]


@page("GET", PATH, who=READING)
async def listed(call: PageCall, asked: RedemptionsQuery) -> Answer:
    """Show redemptions, newest first."""
    cursor = asked.cursor
    day = day_in(asked.on)
    if cursor is None and day is not None:
        cursor = until(call, day)

    async def operation(act: Act) -> Done[Found] | Refused:
        found = await list_redemptions(act, Page(SHOWN, cursor), status=asked.status or None)
        if isinstance(found, Refused):
            return found
        items = found.value.items
        acting = [one.settled_by or one.requested_by for one in items]
        called = await read_names(act, acting, [one.participant for one in items])
        rewards = await list_rewards(act, Page(SHELF_MAX))
        if isinstance(called, Refused) or isinstance(rewards, Refused):
            return Done(Found(found.value, Called({}, {}), {}))
        names = {one.id: shelf_name(one) for one in rewards.value.items}
        return Done(Found(found.value, called.value, names))

    found = await call.do(operation)
    if isinstance(found, Refused):
        return call.refuse(found)
    values: dict[str, Any] = {"found": found, "asked": asked}
    return call.show("manage/redemptions.html", **values)


@page("POST", PATH + "/{redemption}/give", who=AT_DESK)
async def give(call: PageCall, redemption: UUID) -> Answer:
    """Say that a reward was handed over."""
    done: Redemption | Refused = await call.do(partial(give_redemption, redemption_id=redemption))
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{PATH}?status=held&done=given")


@page("POST", PATH + "/{redemption}/cancel", who=AT_DESK)
async def cancel(call: PageCall, redemption: UUID) -> Answer:
    """Give back what was held."""
    done: Redemption | Refused = await call.do(partial(cancel_redemption, redemption_id=redemption))
    if isinstance(done, Refused):
        return call.refuse(done)
    return call.go(f"{PATH}?done={'canceled' if done.status == 'canceled' else 'called_back'}")
