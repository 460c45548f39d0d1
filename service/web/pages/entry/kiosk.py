"""The clinic's tablet: made so at the desk, and signed in at by whoever has no phone."""

from functools import partial
from uuid import UUID

from service.core.access.places import Place
from service.core.access.sessions import TERMS
from service.core.actors import Actor
from service.core.refusals import Refused
from service.flows.access.codes import sign_in_by_code
from service.flows.access.pins import participant_of, pin_set_at, sign_in_by_pin
from service.flows.access.sessions import OpenedSession, end_session, find_session
from service.flows.access.tablets import list_tablets, make_tablet
from service.flows.perform import Done, perform
from service.web.http import cookies
from service.web.http.answers import Answer, Header
from service.web.pages.entry.code import PORTAL
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, TABLET, page
from service.web.pages.framework.page_refusal import page_refusal
from service.web.pages.framework.sealing import FRESH, Held, sealed
from service.web.pages.portal.saying import HIDDEN

KIOSK = "/kiosk"
START = "/kiosk/start"
KEY = "/portal/key"


@page("GET", START, who=AT_DESK)
async def offer(call: PageCall) -> Answer:
    """Explain what it means to make this the clinic's tablet, and list those that there are."""
    tablets = await call.do(list_tablets)
    return call.show("entry/kiosk_start.html", tablets=tablets)


@page("POST", START, who=AT_DESK)
async def start(call: PageCall) -> Answer:
    """Make this browser the clinic's tablet, and sign the member of staff out of it."""
    made = await call.do(partial(make_tablet, agent=call.request.headers.get("user-agent")))
    if isinstance(made, Refused):
        return call.refuse(made)
    await call.do(partial(end_session, session=call.signed_in.id))
    seconds = int(TERMS["tablet"].whole.total_seconds())
    return call.go(
        KIOSK,
        call.request.cookies.set(cookies.TABLET, made.token, seconds),
        call.request.cookies.forget(cookies.SESSION),
    )


@page("POST", "/kiosk/tablets/{session}/end", who=AT_DESK)
async def end(call: PageCall, session: UUID) -> Answer:
    """Take the clinic's name from a tablet, such as one that was lost."""
    tablets = await call.do(list_tablets)
    if not isinstance(tablets, Refused) and session in {one.id for one in tablets}:
        await call.do(partial(end_session, session=session))
    return call.go("/manage/staff#tablets" if call.form.value("at") == "staff" else START)


@page("GET", KIOSK, who=TABLET)
async def ask(call: PageCall) -> Answer:
    """Ask who is there."""
    return call.show("entry/kiosk.html", short="", fault=None, at="")


@page("POST", "/kiosk/pin", who=TABLET)
async def by_pin(call: PageCall) -> Answer:
    """Sign in by the short code and the PIN."""
    short, pin = call.form.value("short"), call.form.value("pin")
    if not short or not pin:
        return _again(call, page_refusal("invalid", "entry.kiosk_both"), "entry.kiosk_both", "pin")
    clinic = call.signed_in.clinic
    whose = await participant_of(call.resources.database, clinic, short)
    done = await sign_in_by_pin(
        call.resources.database,
        clinic,
        whose,
        pin,
        _place(call),
        "kiosk",
        call.request.headers.get("user-agent"),
    )
    if isinstance(done, Refused):
        held = done.code == "too_many_requests"
        return _again(call, done, "entry.too_often" if held else "entry.pin_wrong", "pin")
    return call.go(PORTAL, *await _handed_over(call, done))


@page("POST", "/kiosk/code", who=TABLET)
async def by_code(call: PageCall) -> Answer:
    """Sign in by the code of a card; whoever has no PIN is offered one first."""
    typed = call.form.value("code")
    if not typed:
        return _again(call, page_refusal("invalid", "entry.code_missing"), "entry.code_missing", "code")
    clinic = call.signed_in.clinic
    done = await sign_in_by_code(
        call.resources.database,
        typed,
        _place(call),
        "kiosk",
        call.request.headers.get("user-agent"),
        only=clinic,
    )
    if isinstance(done, Refused):
        held = done.code == "too_many_requests"
        return _again(call, done, "entry.too_often" if held else "entry.code_wrong", "code")
    _, participant, opened = done
    fresh = sealed(call, FRESH, Held(call.now + TERMS["kiosk"].whole, clinic, opened.id))
    whose = Actor(clinic, participant, "participant")
    known = await perform(call.resources.database, whose, pin_set_at)
    has_pin = isinstance(known, Done) and known.value is not None
    return call.go(PORTAL if has_pin else KEY, fresh, *await _handed_over(call, opened))


@page("POST", "/kiosk/done", who=TABLET)
async def done(call: PageCall) -> Answer:
    """Sign whoever is signed in at the tablet out of it."""
    return call.go(KIOSK, *await _ended(call))


async def _handed_over(call: PageCall, opened: OpenedSession) -> list[Header]:
    """Cookies for whoever comes next: their session, and nothing of the person before."""
    _, *headers = await _ended(call)
    return [call.request.cookies.set(cookies.SESSION, opened.token), *headers]


async def _ended(call: PageCall) -> list[Header]:
    """End the session of whoever was signed in at the tablet, and forget what they chose."""
    token = call.request.cookies.get(cookies.SESSION)
    before = await find_session(call.resources.database, token, is_use=False) if token else None
    if before is not None and before.kind == "kiosk":
        await perform(call.resources.database, before.actor, partial(end_session, session=before.id))
    return [
        call.request.cookies.forget(cookies.SESSION),
        call.request.cookies.forget(cookies.LANGUAGE),
        call.request.cookies.forget(HIDDEN),
    ]


def _place(call: PageCall) -> Place:
    return Place(str(call.signed_in.id), "tablet")


def _again(call: PageCall, refusal: Refused, fault: str, at: str) -> Answer:
    """The page as it was, with what is wrong at its place; a PIN is not shown again."""
    return call.show_refused("entry/kiosk.html", refusal, short=call.form.value("short"), fault=fault, at=at)
