"""Signing in by a PIN on a device on which its owner signed in by a code or a passkey before."""

from service.core.refusals import Refused
from service.flows.access.pins import sign_in_by_pin
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.pages.entry.code import PORTAL
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import ANYONE, page
from service.web.pages.framework.sealing import DEVICE, opened, place_of
from service.web.pages.signin.staff import end_old_session


@page("GET", "/sign-in/pin", who=ANYONE)
async def ask(call: PageCall) -> Answer:
    """Ask for the PIN, where the device is known."""
    return call.show("entry/pin.html", is_known=opened(call, DEVICE) is not None, fault=None)


@page("POST", "/sign-in/pin", who=ANYONE)
async def sign_in(call: PageCall) -> Answer:
    """Sign in by the PIN of whoever's device this is."""
    held, typed = opened(call, DEVICE), call.form.value("pin")
    if held is None:
        return call.show("entry/pin.html", 401, is_known=False, fault=None)
    if not typed:
        return call.show("entry/pin.html", 422, is_known=True, fault="entry.pin_missing")
    done = await sign_in_by_pin(
        call.resources.database,
        held.clinic,
        held.id,
        typed,
        place_of(call),
        "portal",
        call.request.headers.get("user-agent"),
    )
    if isinstance(done, Refused):
        fault = "entry.too_often" if done.code == "too_many_requests" else "entry.pin_wrong"
        return call.show_refused("entry/pin.html", done, is_known=True, fault=fault)
    await end_old_session(call)
    return call.go(PORTAL, call.request.cookies.set(cookies.SESSION, done.token))


@page("POST", "/sign-in/forget", who=ANYONE)
async def forget(call: PageCall) -> Answer:
    """Forget whose device this is: the next sign-in needs a code."""
    return call.go("/sign-in/code", call.request.cookies.forget(DEVICE))
