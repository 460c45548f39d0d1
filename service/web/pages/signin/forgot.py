"""Asking for a link to choose another password by: whether an address is known is told to nobody."""

import asyncio
from typing import Final

from msgspec import Struct

from service.core.refusals import Refused
from service.flows.access.recoveries import may_ask, send_recovery
from service.web.http.answers import Answer
from service.web.http.join_link import mailed_from
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import ANYONE, page
from service.web.pages.framework.page_refusal import page_refusal
from service.web.pages.signin.devices import place_of

PATH: Final = "/sign-in/forgot"
EMAIL_LETTERS_MAX: Final = 254


class ForgotQuery(Struct, frozen=True):
    """Query parameters: whether a link was asked for just now."""

    sent: bool = False


@page("GET", PATH, who=ANYONE)
async def ask(call: PageCall, asked: ForgotQuery) -> Answer:
    """Ask to which address the link goes, or say that it is on its way if the address is known."""
    return _shown(call, is_sent=asked.sent)


@page("POST", PATH, who=ANYONE)
async def send(call: PageCall) -> Answer:
    """Send a link in the background."""
    email = call.form.value("email")
    if "@" not in email or len(email) > EMAIL_LETTERS_MAX or not email.isprintable():
        return _shown(call, page_refusal("invalid", "signin.say_email", "$.email"))
    resources, origin = call.resources, _leads_to(call)
    if origin is not None and await may_ask(resources.database, email, place_of(call, email)):
        sending = send_recovery(
            resources.database, resources.senders, lambda token: f"{origin}/join/{token}", email
        )
        task = asyncio.create_task(sending)
        resources.sending.add(task)
        task.add_done_callback(resources.sending.discard)
    return call.go(f"{PATH}?sent=true")


def _leads_to(call: PageCall) -> str | None:
    """The address that a link names, none where none is sent; what is only shown here names this one."""
    is_shown = call.resources.settings.show_messages and "email" in call.resources.senders
    return call.request.origin if is_shown else mailed_from(call.resources)


def _shown(call: PageCall, refusal: Refused | None = None, *, is_sent: bool = False) -> Answer:
    return call.show_refused(
        "signin/forgot.html",
        refusal,
        can_send=_leads_to(call) is not None,
        is_sent=is_sent,
        email=call.form.value("email"),
        faults=faults_of(call, refusal),
    )
