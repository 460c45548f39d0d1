"""One's own second factor: begun by a QR code, kept by ten codes on paper, ended with the password."""

import base64
import binascii
import io
from functools import partial
from typing import Final
from uuid import UUID

from service.core.refusals import Refused
from service.flows.access.second_factor import (
    address_of,
    end_second_factor,
    new_secret,
    renew_rescue_codes,
    turn_on_second_factor,
)
from service.flows.access.staff import prove_password, read_staff
from service.store.database.cipher import Cipher
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.pages.accounts.own import shown
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import READING, page
from service.web.pages.framework.page_refusal import page_refusal

PATH: Final = "/account/second-factor"
PENDING: Final = "staff.totp_pending"
"""The field that a secret is sealed as while it is on its way through the form."""


@page("GET", PATH, who=READING)
async def offer(call: PageCall) -> Answer:
    """Show a new secret as a QR code and as text."""
    return await _offered(call, new_secret())


@page("POST", PATH, who=READING, asks_again=True)
async def begin(call: PageCall) -> Answer:
    """Begin once the phone's digits are right; the page that answers is the only one with the paper codes."""
    secret = opened(call.resources.database.cipher, call.signed_in.clinic, call.form.value("pending"))
    if secret is None:
        return call.go(PATH)
    agent = call.request.headers.get("user-agent")
    done = await call.do(
        partial(turn_on_second_factor, secret=secret, digits=call.form.value("code"), agent=agent)
    )
    if isinstance(done, Refused):
        return call.go("/account") if done.code == "already_settled" else await _offered(call, secret, done)
    kept = call.request.cookies.set(cookies.SESSION, done.token)
    # What this page sends is sent under the new session.
    return call.under(done.token).show("accounts/rescue.html", 200, kept, codes=done.codes, onward="/account")


@page("POST", f"{PATH}/end", who=READING)
async def stop(call: PageCall) -> Answer:
    """Go on without it, with one's password."""
    if await call.do(partial(prove_password, password=call.form.typed("old"))) != "right":
        fault = page_refusal("invalid", "accounts.old_wrong", "$.factor")
        return await shown(call, fault)
    done = await call.do(partial(end_second_factor, staff_id=call.actor.id))
    return call.refuse(done) if isinstance(done, Refused) else call.go("/account?done=factor_ended")


@page("POST", f"{PATH}/codes", who=READING)
async def renew(call: PageCall) -> Answer:
    """Make ten new codes on paper, with one's password; the ones before are worth nothing."""
    if await call.do(partial(prove_password, password=call.form.typed("old"))) != "right":
        fault = page_refusal("invalid", "accounts.old_wrong", "$.codes")
        return await shown(call, fault)
    codes = await call.do(partial(renew_rescue_codes, staff_id=call.actor.id))
    if isinstance(codes, Refused):
        return call.refuse(codes)
    return call.show("accounts/rescue.html", codes=codes, onward="/account")


async def _offered(call: PageCall, secret: str, refusal: Refused | None = None) -> Answer:
    person = await call.do(partial(read_staff, staff_id=call.actor.id))
    if isinstance(person, Refused):
        return call.refuse(person)
    at, cipher = call.signed_in, call.resources.database.cipher
    return call.show_refused(
        "accounts/second_factor.html",
        refusal,
        action=PATH,
        faults=faults_of(call, refusal),
        **drawn_secret(cipher, at.clinic, at.clinic_name, secret, person.email),
    )


def drawn_secret(cipher: Cipher, clinic: UUID, name: str, secret: str, email: str) -> dict[str, str]:
    """A secret as a page shows it: a QR code, text in groups, and sealed for the way through the form."""
    sealed = cipher.seal(clinic, PENDING, secret)
    return {
        "qr": qr_of(address_of(secret, email, name)),
        "text": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "pending": base64.urlsafe_b64encode(sealed).decode(),
    }


def qr_of(text: str) -> str:
    """A QR code as a data address, dark on light in both themes."""
    import segno  # noqa: PLC0415  few processes draw one

    drawn = io.BytesIO()
    segno.make(text, error="m").save(
        drawn, kind="svg", scale=4, border=3, dark="#000", light="#fff", xmldecl=False
    )
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()


def opened(cipher: Cipher, clinic: UUID, sealed: str) -> str | None:
    """The secret that went through the form; none where it is not one of ours."""
    try:
        found = cipher.opened(clinic, PENDING, base64.urlsafe_b64decode(sealed))
    except (binascii.Error, ValueError):
        return None
    return None if found is None else found.decode()
