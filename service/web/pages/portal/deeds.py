"""Operations of the portal: draw, redeem, cancel, read the past."""

import secrets
from functools import partial
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from schemas.draws import Drawn, NewDraws
from schemas.shelf import NewRedemption, Redemption
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.draws.draws import draw_prizes
from service.flows.perform import Once
from service.flows.screens.history import read_history
from service.flows.screens.own import cancel_own, own_choice, own_draw, own_redemption, own_redemptions
from service.flows.screens.own_statement import read_own_statement
from service.flows.shelf.redemptions import redeem
from service.web.http.answers import Answer
from service.web.http.pagination import IdCursor
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import PARTICIPANT, page
from service.web.pages.portal.saying import AmountFormatter

LINES: Final = 25
ASKED_FOR: Final = 50
KEY_LETTERS_MAX: Final = 80
DRAWN_MAX: Final = 50
"""How many slips are drawn at once here: more would be a long way down."""


class CursorQuery(Struct, frozen=True):
    """Where the list goes on."""

    cursor: IdCursor | None = None


@page("POST", "/portal/draws", who=PARTICIPANT)
async def draw(call: PageCall) -> Answer:
    """Draw slips; a form that is sent twice draws once."""
    asked = call.form.read(NewDraws)
    if isinstance(asked, Refused):
        return call.refuse(asked)
    new = NewDraws(min(asked.count, DRAWN_MAX), asked.enrollment, asked.bowl)
    me = call.signed_in.actor.id
    done = await call.do(partial(draw_prizes, participant=me, new=new), _once(call, "draws"), Drawn)
    if isinstance(done, Refused):
        return _said(call, done)
    return call.go(f"/portal/draws/{done.id}")


@page("GET", "/portal/draws/{draw}", who=PARTICIPANT)
async def drawn(call: PageCall, draw: UUID) -> Answer:
    """Show each slip of a draw."""
    found = await call.do(partial(own_draw, draw=draw))
    if isinstance(found, Refused):
        return _said(call, found)
    units: dict[str, int] = {}
    for slip in found.draws:
        if slip.prize is not None and slip.prize.unit is not None:
            units[slip.prize.unit] = units.get(slip.prize.unit, 0) + (slip.prize.amount or 0)
    things = [slip for slip in found.draws if slip.prize is not None and slip.prize.category is not None]
    return call.show(
        "portal/drawn.html", record=found, won=units, things=things, saying=AmountFormatter(call)
    )


@page("GET", "/portal/rewards/{reward}", who=PARTICIPANT)
async def choose(call: PageCall, reward: UUID) -> Answer:
    """Ask whether somebody wants a reward, and say what they have left then."""
    found = await call.do(partial(own_choice, reward=reward))
    if isinstance(found, Refused):
        return _said(call, found)
    return call.show(
        "portal/choose.html", choice=found, once=secrets.token_urlsafe(18), saying=AmountFormatter(call)
    )


@page("POST", "/portal/rewards/{reward}", who=PARTICIPANT)
async def get(call: PageCall, reward: UUID) -> Answer:
    """Get a reward; a form that is sent twice gets it once."""
    new = NewRedemption(call.signed_in.actor.id, reward)
    done = await call.do(partial(redeem, new=new), _once(call, f"rewards/{reward}"), Redemption)
    if isinstance(done, Refused):
        return _said(call, done)
    return call.go(f"/portal/redemptions/{done.id}")


@page("GET", "/portal/redemptions/{redemption}", who=PARTICIPANT)
async def got(call: PageCall, redemption: UUID) -> Answer:
    """Show what somebody asked for: its code, or that it waits at the desk."""
    found = await call.do(partial(own_redemption, redemption=redemption))
    if isinstance(found, Refused):
        return _said(call, found)
    return call.show("portal/got.html", own=found, one=found.redemption, saying=AmountFormatter(call))


@page("POST", "/portal/redemptions/{redemption}/cancel", who=PARTICIPANT)
async def cancel(call: PageCall, redemption: UUID) -> Answer:
    """Think better of it."""
    done = await call.do(partial(cancel_own, redemption=redemption))
    if isinstance(done, Refused):
        return _said(call, done)
    return call.go(f"/portal/redemptions/{redemption}")


@page("GET", "/portal/history", who=PARTICIPANT)
async def history(call: PageCall, asked: CursorQuery) -> Answer:
    """Show everything that happened, with its reasons, page by page."""
    saying = AmountFormatter(call)
    reading = partial(
        read_history, page=Page(LINES, asked.cursor), language=call.voice.language, write=saying.write
    )
    found = await call.do(reading)
    if isinstance(found, Refused):
        return _said(call, found)
    return call.show(
        "portal/history.html",
        lines=found.happened,
        days=found.days,
        more=found.more,
        saying=saying,
    )


class PaperQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which paper the statement is printed on: a sheet, or a receipt printer's strip of 80 mm."""

    paper: Literal["sheet", "roll"] = "sheet"


@page("GET", "/portal/statement", who=PARTICIPANT)
async def statement(call: PageCall, asked: PaperQuery) -> Answer:
    """Show every amount with its day and what there was after it, to print or to keep."""
    saying = AmountFormatter(call)
    found = await call.do(partial(read_own_statement, language=call.voice.language, write=saying.write))
    if isinstance(found, Refused):
        return _said(call, found)
    return call.show("portal/statement.html", statement=found, saying=saying, paper=asked.paper)


@page("GET", "/portal/redemptions", who=PARTICIPANT)
async def asked_for(call: PageCall) -> Answer:
    """Show what somebody got or asked for, with the way to each code."""
    found = await call.do(partial(own_redemptions, page=Page(ASKED_FOR)))
    if isinstance(found, Refused):
        return _said(call, found)
    return call.show("portal/asked_for.html", items=found, saying=AmountFormatter(call))


def _once(call: PageCall, what: str) -> Once | None:
    """The idempotency key of a form: the random word that it was rendered with."""
    word = call.form.value("once")[:KEY_LETTERS_MAX]
    fields = (call.form.value(name) for name in ("count", "enrollment", "bowl"))
    return Once.of(f"portal:{word}", what, *fields) if word else None


def _said(call: PageCall, refusal: Refused) -> Answer:
    """A refusal in kind words, with the way back."""
    kind = refusal.code if refusal.code in KINDLY else "other"
    says = call.voice.plain(f"portal.not_now_{kind}")
    if kind == "cap_reached":
        # How much is left, and until when, only the refusal knows.
        says = f"{call.voice.explain(refusal)} {says}"
    answer = call.show(
        "portal/not_now.html",
        404 if refusal.code == "not_found" else 409,
        says=says,
        saying=AmountFormatter(call),
    )
    answer.code = refusal.code
    return answer


KINDLY: Final = frozenset(
    {
        "not_found",
        "insufficient_balance",
        "cap_reached",
        "out_of_stock",
        "reward_not_offered",
        "already_settled",
        "second_person_needed",
    }
)
