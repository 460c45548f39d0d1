"""Passkeys: made on somebody's own device, and used there instead of a code."""

from functools import partial
from uuid import UUID

from service.core.refusals import Refused
from service.flows.access.passkeys import (
    add_passkey,
    handle_of,
    list_passkeys,
    remove_passkey,
    sign_in_by_passkey,
)
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.pages.entry.code import PORTAL
from service.web.pages.entry.key import KEY, may_set
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.ceremonies import asking_to_make, asking_to_sign, ceremony_of
from service.web.pages.framework.page import ANYONE, PARTICIPANT, page
from service.web.pages.framework.sealing import CHALLENGE, known_device, place_of
from service.web.pages.signin.front import is_tablet
from service.web.pages.signin.staff import end_old_session


@page("GET", "/sign-in/passkey", who=ANYONE)
async def ask(call: PageCall) -> Answer:
    """Offer to sign in by a passkey."""
    return call.show("entry/passkey.html", fault=None)


@page("POST", "/sign-in/passkey/options", who=ANYONE)
async def sign_in_options(call: PageCall) -> Answer:
    """Say what any passkey of ours has to sign."""
    return asking_to_sign(call, CHALLENGE)


@page("POST", "/sign-in/passkey", who=ANYONE)
async def sign_in(call: PageCall) -> Answer:
    """Sign in by what a passkey signed."""
    if await is_tablet(call):
        return call.go("/kiosk")
    ceremony = ceremony_of(call, CHALLENGE)
    done = await sign_in_by_passkey(
        call.resources.database,
        ceremony,
        call.form.value("credential"),
        place_of(call),
        call.request.headers.get("user-agent"),
    )
    if isinstance(done, Refused):
        fault = "entry.too_often" if done.code == "too_many_requests" else "entry.passkey_unknown"
        return call.show_refused("entry/passkey.html", done, fault=fault)
    clinic, participant, session = done
    await end_old_session(call)
    return call.go(
        PORTAL,
        call.request.cookies.set(cookies.SESSION, session.token),
        known_device(call, clinic, participant),
        call.request.cookies.forget(CHALLENGE),
    )


@page("POST", "/portal/key/passkey/options", who=PARTICIPANT)
async def options(call: PageCall) -> Answer:
    """Say what a new passkey has to be like."""
    known = await call.do(list_passkeys)
    if isinstance(known, Refused):
        return call.refuse(known)
    kept = [one.credential_id for one in known]
    name = call.voice.plain("shared.app")
    return asking_to_make(call, CHALLENGE, handle_of(call.actor), kept, name, is_resident=True)


@page("POST", "/portal/key/passkey", who=PARTICIPANT)
async def add(call: PageCall) -> Answer:
    """Keep a new passkey; only on somebody's own device, which a tablet is not."""
    if not may_set(call) or call.signed_in.kind != "portal":
        return call.go(KEY)
    operation = partial(
        add_passkey,
        ceremony=ceremony_of(call, CHALLENGE),
        credential=call.form.value("credential"),
        let_in_by=call.signed_in.let_in_by,
    )
    done = await call.do(operation)
    said = "failed" if isinstance(done, Refused) else "passkey"
    return call.go(f"{KEY}?done={said}", call.request.cookies.forget(CHALLENGE))


@page("POST", "/portal/key/passkey/{passkey}/remove", who=PARTICIPANT)
async def remove(call: PageCall, passkey: UUID) -> Answer:
    """Remove a passkey: it opens nothing from now on."""
    if may_set(call):
        await call.do(partial(remove_passkey, passkey=passkey))
    return call.go(KEY)
