"""Signing in by a code: typed, or scanned from a card."""

from service.core.access.sign_in_codes import sign_in_code_spelling
from service.core.refusals import Refused
from service.flows.access.codes import sign_in_by_code
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import ANYONE, page
from service.web.pages.framework.sealing import known_device, place_of
from service.web.pages.signin.front import is_tablet
from service.web.pages.signin.staff import end_old_session

PORTAL = "/portal"


@page("GET", "/sign-in/code", who=ANYONE)
async def ask(call: PageCall) -> Answer:
    """Ask for the code."""
    return call.show("entry/code.html", typed="", fault=None, is_sent=call.request.query == b"sent=1")


@page("GET", "/c/{code}", who=ANYONE)
async def scanned(call: PageCall, code: str) -> Answer:
    """Where a card's QR code leads: the code is used by a button, not by whoever looks at the link."""
    return call.show("entry/scanned.html", code=sign_in_code_spelling(code))


@page("POST", "/sign-in/code", who=ANYONE)
async def sign_in(call: PageCall) -> Answer:
    """Sign in by a code and go to what is there for them."""
    if await is_tablet(call):
        # What many people use is nobody's own device: there one signs in for as long as one stands before it.
        return call.go("/kiosk")
    typed = call.form.value("code")
    if not typed:
        return call.show("entry/code.html", 422, typed="", fault="entry.code_missing", is_sent=False)
    done = await sign_in_by_code(
        call.resources.database, typed, place_of(call), "portal", call.request.headers.get("user-agent")
    )
    if isinstance(done, Refused):
        return refused_by(call, done, "entry/code.html", typed)
    clinic, participant, opened = done
    await end_old_session(call)
    device = known_device(call, clinic, participant)
    return call.go(PORTAL, call.request.cookies.set(cookies.SESSION, opened.token), device)


def refused_by(call: PageCall, done: Refused, template: str, typed: str) -> Answer:
    """Say at the field why somebody is not let in, with what was typed."""
    fault = "entry.too_often" if done.code == "too_many_requests" else "entry.code_wrong"
    return call.show_refused(template, done, typed=typed, fault=fault, is_sent=False)
