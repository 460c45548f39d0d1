"""Lost rewards at the desk: what somebody was given, with the ways to replace it or to take it back."""

from functools import partial
from typing import Literal
from uuid import UUID, uuid4

from msgspec import Struct

from schemas.draws import Prize
from schemas.redemption_changes import NewPrizeReplacement, NewReplacement, NewTakeBack
from schemas.shelf import Redemption
from service.core.refusals import Refused
from service.flows.providers.by_hand import say_of_card
from service.flows.screens.given import read_given
from service.flows.shelf.lost_prizes import replace_prize, take_back_prize
from service.flows.shelf.lost_rewards import replace_redemption, take_back_redemption
from service.flows.shelf.redemption_changes import read_redemption_change
from service.web.http.answers import Answer
from service.web.pages.desk.cards import card_load
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, MANAGING, page

Done = Literal["replaced", "taken_back", "prize_taken_back", "proposed", "came_back"]
PATH = "/desk/people/{person}/rewards"
PRIZES = "/desk/people/{person}/prizes"


class LostQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: Done | None = None


@page("GET", PATH, who=AT_DESK)
async def given(call: PageCall, person: UUID, asked: LostQuery) -> Answer:
    """Show what somebody was given."""
    return await _show(call, person, note=asked.done)


@page("POST", PATH + "/{redemption}/replace", who=AT_DESK)
async def replace(call: PageCall, person: UUID, redemption: UUID) -> Answer:
    """Give another code or piece; what was there before is void."""
    new = call.form.read(NewReplacement, another=bool(call.form.value("another")))
    if isinstance(new, Refused):
        return await _show(call, person, about=redemption, refusal=new)
    operation = partial(replace_redemption, redemption_id=redemption, new=new)
    done = await call.do(operation, call.form.once, Redemption)
    return await _after(call, person, redemption, done, "replaced")


@page("POST", PATH + "/{redemption}/take-back", who=AT_DESK)
async def take_back(call: PageCall, person: UUID, redemption: UUID) -> Answer:
    """Return the price."""
    new = call.form.read(NewTakeBack, restock=bool(call.form.value("restock")))
    if isinstance(new, Refused):
        return await _show(call, person, about=redemption, refusal=new)
    operation = partial(take_back_redemption, redemption_id=redemption, new=new)
    done = await call.do(operation, call.form.once, Redemption)
    return await _after(call, person, redemption, done, "taken_back")


@page("POST", PATH + "/{redemption}/paid-back", who=MANAGING)
async def paid_back(call: PageCall, person: UUID, redemption: UUID) -> Answer:
    """Say that a card which staff loaded paid back."""
    told = card_load(call, status="refunded")
    if isinstance(told, Refused):
        return await _show(call, person, about=redemption, refusal=told)
    operation = partial(say_of_card, redemption_id=redemption, told=told)
    done = await call.do(operation, call.form.once, Redemption)
    return await _after(call, person, redemption, done, "came_back")


@page("POST", PRIZES + "/{prize}/replace", who=AT_DESK)
async def replace_won(call: PageCall, person: UUID, prize: UUID) -> Answer:
    """Give another code or piece for a prize; what was there before is void."""
    new = call.form.read(NewPrizeReplacement, another=bool(call.form.value("another")))
    if isinstance(new, Refused):
        return await _show(call, person, about=prize, refusal=new)
    done = await call.do(partial(replace_prize, prize_id=prize, new=new), call.form.once, Prize)
    return await _after(call, person, prize, done, "replaced")


@page("POST", PRIZES + "/{prize}/take-back", who=AT_DESK)
async def take_back_won(call: PageCall, person: UUID, prize: UUID) -> Answer:
    """Let a prize be owed again."""
    new = call.form.read(NewTakeBack, restock=bool(call.form.value("restock")))
    if isinstance(new, Refused):
        return await _show(call, person, about=prize, refusal=new)
    done = await call.do(partial(take_back_prize, prize_id=prize, new=new), call.form.once, Prize)
    return await _after(call, person, prize, done, "prize_taken_back")


async def _after(
    call: PageCall, person: UUID, about: UUID, done: Redemption | Prize | Refused, what: Done
) -> Answer:
    if isinstance(done, Refused):
        return await _show(call, person, about=about, refusal=done)
    waits = False
    if done.change is not None:
        change = await call.do(partial(read_redemption_change, change_id=done.change))
        waits = not isinstance(change, Refused) and change.status == "proposed"
    return call.go(f"{PATH.format(person=person)}?done={'proposed' if waits else what}")


async def _show(
    call: PageCall,
    person: UUID,
    *,
    note: str | None = None,
    about: UUID | None = None,
    refusal: Refused | None = None,
) -> Answer:
    found = await call.do(partial(read_given, participant_id=person))
    if isinstance(found, Refused):
        return call.refuse(found)
    values = {
        "found": found,
        "note": note,
        "about": about,
        "fault": None if refusal is None else call.voice.explain(refusal),
        "again": refusal is not None and refusal.reason == "already_changed.replaced_today",
        "word": uuid4,
    }
    return call.show_refused("desk/given.html", refusal, **values)
