"""The second factor at the front door: asked for, or set up where the clinic needs one and there is none."""

from functools import partial
from typing import cast

from service.core.refusals import Refused
from service.flows.access.second_factor import begin_second_factor, check_second_factor, new_secret
from service.flows.access.sign_in_staff import Recognized, clinic_name_of, recognize_by_id
from service.flows.access.staff_passkeys import check_passkey, credentials_of
from service.flows.perform import Done, perform
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.pages.accounts.second_factor import drawn_secret, opened
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.ceremonies import asking_to_sign, ceremony_of
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import ANYONE, page
from service.web.pages.signin.devices import known_browser
from service.web.pages.signin.front import show_front
from service.web.pages.signin.half import HALF, HalfWay, who_is_half_way
from service.web.pages.signin.staff import enter_as, home_for, let_in

PATH = "/sign-in/second"
SECOND = "cmr_second"
"""The cookie that holds what a passkey signs as the second factor."""


@page("GET", PATH, who=ANYONE)
async def ask(call: PageCall) -> Answer:
    """Ask for the second factor, or show how to set it up."""
    found = await _found(call)
    if found is None:
        return call.go("/")
    _, who = found
    if not who.known.has_second_factor:
        return await _offered(call, who, new_secret())
    return _asked(call, who)


@page("POST", PATH, who=ANYONE)
async def check(call: PageCall) -> Answer:
    """Let somebody in whose second factor is right."""
    found = await _found(call)
    if found is None:
        return _late(call)
    half, who = found
    operation = partial(check_second_factor, staff_id=half.staff, typed=call.form.value("code"))
    done = cast("Done[str | None]", await perform(call.resources.database, who.actor, operation))
    if done.value is None:
        return _asked(call, who, "signin.second_wrong")
    return await let_in(call, who, half.to, call.request.cookies.forget(HALF), way=done.value)


@page("POST", f"{PATH}/passkey/options", who=ANYONE)
async def passkey_options(call: PageCall) -> Answer:
    """Say what a passkey of whoever is half way in has to sign."""
    found = await _found(call)
    if found is None:
        return _late(call)
    half, who = found
    done = await perform(call.resources.database, who.actor, partial(credentials_of, staff_id=half.staff))
    return asking_to_sign(call, SECOND, cast("Done[tuple[bytes, ...]]", done).value)


@page("POST", f"{PATH}/passkey", who=ANYONE)
async def check_signed(call: PageCall) -> Answer:
    """Let somebody in whose passkey signed what it was asked to."""
    found = await _found(call)
    if found is None:
        return _late(call)
    half, who = found
    operation = partial(
        check_passkey,
        staff_id=half.staff,
        ceremony=ceremony_of(call, SECOND),
        credential=call.form.value("credential"),
    )
    done = cast("Done[bool]", await perform(call.resources.database, who.actor, operation))
    if not done.value:
        return _asked(call, who, "signin.second_passkey_wrong")
    forgotten = (call.request.cookies.forget(HALF), call.request.cookies.forget(SECOND))
    return await let_in(call, who, half.to, *forgotten, way="passkey")


@page("POST", f"{PATH}/begin", who=ANYONE)
async def begin(call: PageCall) -> Answer:
    """Set the second factor up and let them in; only the page that answers shows the paper codes."""
    found = await _found(call)
    if found is None:
        return _late(call)
    half, who = found
    secret = opened(call.resources.database.cipher, half.clinic, call.form.value("pending"))
    if secret is None or who.known.has_second_factor:
        return call.go(PATH)
    operation = partial(
        begin_second_factor, staff_id=half.staff, secret=secret, digits=call.form.value("code")
    )
    done = await perform(call.resources.database, who.actor, operation)
    if isinstance(done, Refused):
        return await _offered(call, who, secret, done)
    token = await enter_as(call, who, "digits")
    headers = (
        call.request.cookies.set(cookies.SESSION, token),
        call.request.cookies.forget(HALF),
        known_browser(call, who.known.staff.email),
    )
    codes = cast("Done[list[str]]", done).value
    # What this page sends is sent under the new session.
    return call.under(token).show(
        "accounts/rescue.html", 200, *headers, codes=codes, onward=home_for(who, half.to)
    )


def _asked(call: PageCall, who: Recognized, fault: str | None = None) -> Answer:
    return call.show(
        "signin/second.html",
        200 if fault is None else 401,
        fault=fault,
        has_digits=who.known.totp_secret is not None,
        has_passkey=who.known.passkey_since is not None,
    )


async def _found(call: PageCall) -> tuple[HalfWay, Recognized] | None:
    half = who_is_half_way(call)
    who = None if half is None else await recognize_by_id(call.resources.database, half.clinic, half.staff)
    return None if half is None or who is None else (half, who)


def _late(call: PageCall) -> Answer:
    return show_front(
        call, 401, call.request.cookies.forget(HALF), staff_fault=call.voice.plain("signin.second_late")
    )


async def _offered(call: PageCall, who: Recognized, secret: str, refusal: Refused | None = None) -> Answer:
    database = call.resources.database
    name = await clinic_name_of(database, who)
    return call.show_refused(
        "accounts/second_factor.html",
        refusal,
        action=f"{PATH}/begin",
        is_asked=True,
        faults=faults_of(call, refusal),
        **drawn_secret(database.cipher, who.clinic, name, secret, who.known.staff.email),
    )
