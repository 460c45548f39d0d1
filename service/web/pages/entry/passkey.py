"""Passkeys: made on somebody's own device, and used there instead of a code."""

import secrets
from datetime import timedelta
from functools import partial
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from service.core.refusals import Refused
from service.flows.access.passkeys import (
    Ceremony,
    add_passkey,
    handle_of,
    list_passkeys,
    remove_passkey,
    sign_in_by_passkey,
)
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.http.call import NO_STORE
from service.web.pages.entry.code import PORTAL
from service.web.pages.entry.key import KEY, may_set
from service.web.pages.entry.sealing import CHALLENGE, Held, known_device, opened, place_of, sealed
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import ANYONE, PARTICIPANT, page
from service.web.pages.signin.front import is_tablet
from service.web.pages.signin.staff import end_old_session

CHALLENGE_KEEPS: Final = timedelta(minutes=5)
CHALLENGE_BYTES: Final = 32


@page("GET", "/sign-in/passkey", who=ANYONE)
async def ask(call: PageCall) -> Answer:
    """Offer to sign in by a passkey."""
    return call.show("entry/passkey.html", fault=None)


@page("POST", "/sign-in/passkey/options", who=ANYONE)
async def sign_in_options(call: PageCall) -> Answer:
    """Say what any passkey of ours has to sign."""
    from webauthn import generate_authentication_options, options_to_json  # noqa: PLC0415
    from webauthn.helpers.structs import UserVerificationRequirement  # noqa: PLC0415

    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    options = generate_authentication_options(
        rp_id=_ceremony(call).rp_id,
        challenge=challenge,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _asking(call, options_to_json(options), challenge)


@page("POST", "/sign-in/passkey", who=ANYONE)
async def sign_in(call: PageCall) -> Answer:
    """Sign in by what a passkey signed."""
    if await is_tablet(call):
        return call.go("/kiosk")
    ceremony = _ceremony(call)
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
    from webauthn import generate_registration_options, options_to_json  # noqa: PLC0415
    from webauthn.helpers import structs  # noqa: PLC0415

    known = await call.do(list_passkeys)
    if isinstance(known, Refused):
        return call.refuse(known)
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    name = call.voice.plain("shared.app")
    asked = generate_registration_options(
        rp_id=_ceremony(call).rp_id,
        rp_name=name,
        user_id=handle_of(call.actor),
        user_name=name,
        user_display_name=name,
        challenge=challenge,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=one.credential_id) for one in known],
    )
    return _asking(call, options_to_json(asked), challenge)


@page("POST", "/portal/key/passkey", who=PARTICIPANT)
async def add(call: PageCall) -> Answer:
    """Keep a new passkey; only on somebody's own device, which a tablet is not."""
    if not may_set(call) or call.signed_in.kind != "portal":
        return call.go(KEY)
    operation = partial(
        add_passkey,
        ceremony=_ceremony(call),
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


def _ceremony(call: PageCall) -> Ceremony:
    held = opened(call, CHALLENGE)
    origin = call.request.origin
    # Without a challenge of ours nothing can be right.
    challenge = secrets.token_bytes(CHALLENGE_BYTES) if held is None else held.challenge
    return Ceremony(challenge, urlsplit(origin).hostname or "", origin)


def _asking(call: PageCall, options: str, challenge: bytes) -> Answer:
    held = sealed(call, CHALLENGE, Held(call.now + CHALLENGE_KEEPS, challenge=challenge))
    body = msgspec.json.encode(msgspec.Raw(options.encode()))
    return Answer(200, body, [(b"content-type", b"application/json"), NO_STORE, held])
