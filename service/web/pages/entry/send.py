"""Asking for a code by text or mail: the answer is the same whether an address is known or not."""

import asyncio

from service.flows.access.send_code import may_send, send_code
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import ANYONE, page
from service.web.pages.framework.sealing import place_of

ADDRESS_LETTERS_MAX = 254


@page("GET", "/sign-in/send", who=ANYONE)
async def ask(call: PageCall) -> Answer:
    """Ask where to send a code."""
    return _shown(call, 200, None)


@page("POST", "/sign-in/send", who=ANYONE)
async def send(call: PageCall) -> Answer:
    """Send a code in the background, and say that one is on its way if the address is known."""
    to = call.form.value("to")
    if not to:
        return _shown(call, 422, "entry.send_missing")
    resources = call.resources
    if len(to) > ADDRESS_LETTERS_MAX or not to.isprintable():
        return _shown(call, 422, "entry.send_form")
    if await may_send(resources.database, to, place_of(call)):
        task = asyncio.create_task(send_code(resources.database, resources.senders, to))
        resources.sending.add(task)
        task.add_done_callback(resources.sending.discard)
    return call.go("/sign-in/code?sent=1")


def _shown(call: PageCall, status: int, fault: str | None) -> Answer:
    senders = call.resources.senders
    both = len(senders) > 1
    label = "entry.send_both" if both else "entry.send_mail" if "email" in senders else "entry.send_text"
    return call.show(
        "entry/send.html",
        status,
        to=call.form.value("to"),
        fault=fault,
        can_send=bool(senders),
        label=label,
        is_demo=call.resources.settings.show_messages,
    )
