"""The portal's first page, the part of it that changes, and what is chosen on it."""

from functools import partial
from hashlib import sha256
from typing import Final

from msgspec import Struct

from service.core.refusals import Refused
from service.flows.access.new_addresses import read_questions
from service.flows.access.passkeys import list_passkeys
from service.flows.access.pins import pin_set_at
from service.flows.access.sessions import end_session
from service.flows.screens.portal import Portal, read_portal
from service.flows.submissions.submissions import has_places
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.http.call import NO_STORE
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.offline import may_be_kept
from service.web.pages.framework.page import ANYONE, PARTICIPANT, page
from service.web.pages.portal.saying import HIDDEN, AmountFormatter, on_shelf

DIGEST_LETTERS: Final = 16
LATER: Final = "cmr_later"
"""The cookie that says that somebody does not want to set a PIN just now."""
LATER_S: Final = 90 * 24 * 3600


class SeenQuery(Struct, frozen=True):
    """The digest of the part that the page shows already."""

    seen: str = ""


@page("GET", "/portal", who=PARTICIPANT)
async def home(call: PageCall) -> Answer:
    """Show what somebody has, what comes next, and what there is to get."""
    found = await call.do(
        partial(read_portal, language=call.voice.language, write=AmountFormatter(call).write)
    )
    if isinstance(found, Refused):
        return call.refuse(found)
    part, digest = _part(call, found)
    offers = await _offers_key(call)
    asked = await call.do(partial(read_questions, participant=call.actor.id))
    return call.show(
        "portal/home.html",
        200,
        *may_be_kept(call),
        part=part.decode(),
        digest=digest,
        saying=AmountFormatter(call),
        offers_key=offers,
        asked=() if isinstance(asked, Refused) else asked,
        may_hand_in=await call.do(has_places) is True,
    )


@page("GET", "/portal/now", who=PARTICIPANT)
async def now(call: PageCall, asked: SeenQuery) -> Answer:
    """The part of the page that changes, or nothing where it is as it was."""
    found = await call.do(
        partial(read_portal, language=call.voice.language, write=AmountFormatter(call).write)
    )
    if isinstance(found, Refused):
        return call.refuse(found)
    part, digest = _part(call, found)
    if digest == asked.seen:
        return Answer(204, b"", [NO_STORE])
    return call.show("portal/again.html", part=part.decode(), digest=digest)


@page("POST", "/portal/amounts", who=PARTICIPANT)
async def amounts(call: PageCall) -> Answer:
    """Hide amounts in this browser from now on, or show them again."""
    if call.form.value("hide") == "1":
        return call.go(_back(call), call.request.cookies.set(HIDDEN, "1", cookies.YEAR_S))
    return call.go(_back(call), call.request.cookies.forget(HIDDEN))


@page("POST", "/portal/later", who=PARTICIPANT)
async def later(call: PageCall) -> Answer:
    """Offer no other way to sign in for a good while."""
    return call.go("/portal", call.request.cookies.set(LATER, "1", LATER_S))


@page("POST", "/portal/leave", who=ANYONE)
async def leave(call: PageCall) -> Answer:
    """Sign out at once and go where nothing is to be seen; from the tablet to its own first page."""
    session = call.session
    gone = [call.request.cookies.forget(cookies.SESSION)]
    if session is not None and session.subject is not None:
        await call.do(partial(end_session, session=session.id))
        if session.kind == "kiosk":
            # The next person chooses for themselves.
            gone += [call.request.cookies.forget(cookies.LANGUAGE), call.request.cookies.forget(HIDDEN)]
            return call.go("/kiosk", *gone)
    return call.go("/portal/left", *gone)


@page("GET", "/portal/left", who=ANYONE)
async def left(call: PageCall) -> Answer:
    """A page that says nothing."""
    return call.show("portal/left.html")


async def _offers_key(call: PageCall) -> bool:
    """Whether to offer a PIN or a passkey: on their own device, where they have neither."""
    if call.signed_in.kind != "portal" or call.request.cookies.get(LATER) == "1":
        return False
    if await call.do(pin_set_at) is not None:
        return False
    return not await call.do(list_passkeys)


def _back(call: PageCall) -> str:
    return call.request.back if call.request.back.startswith("/portal") else "/portal"


def _part(call: PageCall, portal: Portal) -> tuple[bytes, str]:
    """The changing part of the page, with its digest."""
    saying = AmountFormatter(call)
    ready, wishes = on_shelf(portal)
    body = call.render(
        "portal/part.html",
        portal=portal,
        saying=saying,
        today=portal.earned,
        ready=ready,
        wishes=wishes,
        just_missed=_just_missed(portal),
    )
    return body, sha256(body).hexdigest()[:DIGEST_LETTERS]


def _just_missed(portal: Portal) -> bool:
    """Whether the last visit of some target earned nothing, so that what stays theirs is said first."""
    return any(
        target.missed and not card.over and target.outlook.next
        for card in portal.cards
        for target in card.targets
    )
