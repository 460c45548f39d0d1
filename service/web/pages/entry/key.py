"""A participant's PIN or passkey for the next sign-in: offered, never demanded."""

from functools import partial
from typing import Final

from service.core.refusals import Refused
from service.flows.access.passkeys import list_passkeys
from service.flows.access.pins import judged_hash, pin_set_at, remove_pin, set_pin
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import PARTICIPANT, page
from service.web.pages.framework.sealing import FRESH, opened
from service.web.pages.portal.saying import AmountFormatter

KEY: Final = "/portal/key"


@page("GET", KEY, who=PARTICIPANT)
async def show(call: PageCall) -> Answer:
    """Show what there is to sign in with."""
    return await _shown(call, 200, None)


@page("POST", KEY, who=PARTICIPANT)
async def set_(call: PageCall) -> Answer:
    """Set the PIN."""
    if not may_set(call):
        return await _shown(call, 403, None)
    pin = call.form.value("pin")
    if pin != call.form.value("again"):
        return await _shown(call, 422, "entry.pin_differs")
    judged = await judged_hash(pin)
    if isinstance(judged, Refused):
        is_digits = len(pin) == 6 and pin.isdigit()  # noqa: PLR2004  as the fault says
        return await _shown(call, 422, "entry.pin_easy" if is_digits else "entry.pin_form")
    done = await call.do(partial(set_pin, pin_hash=judged, let_in_by=call.signed_in.let_in_by))
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{KEY}?done=set")


@page("POST", "/portal/key/remove", who=PARTICIPANT)
async def remove(call: PageCall) -> Answer:
    """Remove the PIN."""
    if not may_set(call):
        return await _shown(call, 403, None)
    done = await call.do(remove_pin)
    return call.refuse(done) if isinstance(done, Refused) else call.go(KEY)


def may_set(call: PageCall) -> bool:
    """Whether this session may change how somebody signs in.

    At the clinic's tablet it takes the code of a card: somebody may have looked on while a PIN was typed.
    """
    held = opened(call, FRESH)
    return call.signed_in.kind == "portal" or (held is not None and held.id == call.signed_in.id)


async def _shown(call: PageCall, status: int, fault: str | None) -> Answer:
    set_at = await call.do(pin_set_at)
    if isinstance(set_at, Refused):
        return call.refuse(set_at)
    passkeys = await call.do(list_passkeys)
    done = {b"done=set": "entry.pin_saved", b"done=passkey": "entry.passkey_kept"}.get(call.request.query)
    is_refused = call.request.query == b"done=failed"
    return call.show(
        "entry/key.html",
        status,
        set_at=set_at,
        fault=fault,
        saying=AmountFormatter(call),
        may_set=may_set(call),
        done=done,
        passkeys=passkeys,
        is_refused=is_refused,
    )
