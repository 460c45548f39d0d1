"""Handing over at the desk: rewards that were redeemed, and prizes owed from the shelf."""

from functools import partial
from typing import Literal
from uuid import UUID

from msgspec import Struct

from schemas.draws import GivePrize
from service.core.refusals import Refused
from service.flows.draws.prizes import give_prize
from service.flows.providers.by_hand import say_of_card
from service.flows.screens.desk import read_handover
from service.flows.shelf.redemptions import cancel_redemption, give_redemption
from service.flows.shelf.undone import JustGiven, read_just_given, undo_giving
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.desk.cards import card_load
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page


class HandoverQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: Literal["given", "canceled", "undone", "done_loaded", "done_failed"] | None = None
    of: UUID | None = None
    """What was given."""


class GiveForm(Struct, frozen=True):
    """From which reward a prize is given."""

    reward: UUID


@page("GET", "/desk/handover", who=AT_DESK)
async def waiting(call: PageCall, asked: HandoverQuery) -> Answer:
    """Show what waits to be handed over."""
    if asked.done == "given" and asked.of is not None:
        given = await call.do(partial(read_just_given, redemption_id=asked.of))
        if not isinstance(given, Refused):
            return await _show(call, given=given)
    note = None if asked.done is None else call.voice.plain(f"desk.handover.{asked.done}")
    return await _show(call, note=note)


@page("POST", "/desk/handover/{redemption}/give", who=AT_DESK)
async def give(call: PageCall, redemption: UUID) -> Answer:
    """Say that a reward was handed over."""
    done = await call.do(partial(give_redemption, redemption_id=redemption))
    return await _after(call, done, "given", redemption)


@page("POST", "/desk/handover/{redemption}/card", who=AT_DESK)
async def card(call: PageCall, redemption: UUID) -> Answer:
    """Say that a card was loaded, or could not be."""
    told = card_load(call)
    if isinstance(told, Refused):
        return await _show(call, told, about=redemption)
    done = await call.do(partial(say_of_card, redemption_id=redemption, told=told))
    if isinstance(done, Refused):
        return await _show(call, done, about=redemption)
    return call.go(f"/desk/handover?done=done_{told.status}")


@page("POST", "/desk/handover/{redemption}/undo", who=AT_DESK)
async def undo(call: PageCall, redemption: UUID) -> Answer:
    """Take back what was just handed over: it waits again."""
    done = await call.do(partial(undo_giving, redemption_id=redemption))
    return await _after(call, done, "undone")


@page("POST", "/desk/handover/{redemption}/cancel", who=AT_DESK)
async def cancel(call: PageCall, redemption: UUID) -> Answer:
    """Cancel a redemption; what it cost is available again."""
    done = await call.do(partial(cancel_redemption, redemption_id=redemption))
    return await _after(call, done, "canceled")


@page("POST", "/desk/prizes/{prize}/give", who=AT_DESK)
async def give_owed(call: PageCall, prize: UUID) -> Answer:
    """Say that a prize was handed over, and which reward it was."""
    form = call.form.read(GiveForm)
    if isinstance(form, Refused):
        return await _show(call, form)
    done = await call.do(partial(give_prize, prize_id=prize, new=GivePrize(form.reward)))
    if not isinstance(done, Refused) and done.code is not None:
        return await _show(call, code=done.code)
    return await _after(call, done, "given")


async def _after(
    call: PageCall, done: object, what: Literal["given", "canceled", "undone"], of: UUID | None = None
) -> Answer:
    if isinstance(done, Refused):
        return await _show(call, done)
    return call.go(f"/desk/handover?done={what}{'' if of is None else f'&of={of}'}")


async def _show(
    call: PageCall,
    refusal: Refused | None = None,
    *,
    note: str | None = None,
    code: str | None = None,
    given: JustGiven | None = None,
    about: UUID | None = None,
) -> Answer:
    read = await call.do(read_handover)
    if isinstance(read, Refused):
        return call.refuse(read)
    fault = None if refusal is None else call.voice.explain(refusal)
    values = {"note": note, "fault": fault, "code": code, "given": given, "about": about}
    return call.show_refused("desk/handover.html", refusal, waits=read, views=views, **values)
