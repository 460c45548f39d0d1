"""One's own passkeys: made on the device at hand, having shown who one is, named, listed, and removed."""

from functools import partial
from typing import Final
from uuid import UUID

from service.core.refusals import Refused
from service.flows.access.staff_passkeys import (
    NAME_LETTERS_MAX,
    add_staff_passkey,
    credentials_of,
    handle_of_staff,
    remove_staff_passkey,
)
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.pages.framework.again import ASKED_AGAIN
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.ceremonies import asking_to_make, asking_to_sign, ceremony_of
from service.web.pages.framework.page import READING, page

PATH: Final = "/account/passkeys"
MADE: Final = "cmr_passkey"
"""The cookie that holds what a new passkey signs."""


@page("POST", f"{PATH}/new", who=READING, asks_again=True)
async def offer(call: PageCall) -> Answer:
    """Offer to make a passkey on this device, to whoever has just shown who they are."""
    return call.show("accounts/passkey.html", fault=None, letters_max=NAME_LETTERS_MAX)


@page("POST", f"{PATH}/options", who=READING)
async def options(call: PageCall) -> Answer:
    """Say what a new passkey has to be like."""
    kept = await call.do(partial(credentials_of, staff_id=call.actor.id))
    if isinstance(kept, Refused):
        return call.refuse(kept)
    name = call.signed_in.name or call.voice.plain("shared.app")
    return asking_to_make(call, MADE, handle_of_staff(call.actor), kept, name, is_resident=False)


@page("POST", PATH, who=READING, asks_again=True)
async def add(call: PageCall) -> Answer:
    """Keep a new passkey; with one's first second factor every other session ends."""
    operation = partial(
        add_staff_passkey,
        ceremony=ceremony_of(call, MADE),
        credential=call.form.value("credential"),
        name=call.form.value("name"),
        agent=call.request.headers.get("user-agent"),
    )
    token = await call.do(operation)
    if isinstance(token, Refused):
        return call.show_refused(
            "accounts/passkey.html", token, fault="accounts.passkey_not_kept", letters_max=NAME_LETTERS_MAX
        )
    forgotten = call.request.cookies.forget(MADE)
    anew = () if token is None else (call.request.cookies.set(cookies.SESSION, token),)
    return call.go("/account?done=passkey_added#passkeys", forgotten, *anew)


@page("POST", PATH + "/{passkey}/remove", who=READING, asks_again=True)
async def remove(call: PageCall, passkey: UUID) -> Answer:
    """Remove one of one's own passkeys: it opens nothing from now on."""
    removed = await call.do(partial(remove_staff_passkey, passkey=passkey))
    if isinstance(removed, Refused):
        return call.refuse(removed)
    return call.go("/account?done=passkey_removed#passkeys")


@page("POST", f"{PATH}/proof/options", who=READING)
async def proof_options(call: PageCall) -> Answer:
    """Say what a passkey signs that shows once more who somebody is."""
    kept = await call.do(partial(credentials_of, staff_id=call.actor.id))
    return call.refuse(kept) if isinstance(kept, Refused) else asking_to_sign(call, ASKED_AGAIN, kept)
