"""One request for a page from its path to its answer: admitted, read, handed to its handler."""

import asyncio
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote

from litestar.connection import Request

from service.core.access.sessions import Session
from service.core.refusals import Refused
from service.flows.access.sessions import find_session
from service.flows.screens.overview import count_to_approve
from service.store.database.elsewhere import ElsewhereError
from service.web.http import cookies
from service.web.http.admission import Place
from service.web.http.answers import Answer, Header
from service.web.http.context import RequestContext, context_of, line_of
from service.web.http.decoding import asked_of, body_of, path_value
from service.web.http.resources import Resources
from service.web.http.serving import GONE, elsewhere_refusal, unforeseen
from service.web.pages.framework.again import asked_again
from service.web.pages.framework.call import PageCall, call_of
from service.web.pages.framework.form import Form, parse_form, parse_multipart
from service.web.pages.framework.page import Page, Who
from service.web.pages.framework.page_refusal import page_refusal
from service.web.pages.framework.request import PageRequest, page_request

FORM_MEDIA: Final = "application/x-www-form-urlencoded"
FILES_MEDIA: Final = "multipart/form-data"
CHOOSING: Final = frozenset({"/account", "/account/password", "/account/language"})
"""What is open to somebody whose password was given to them, until they have chosen one of their own."""


async def page_serving(page: Page, resources: Resources, request: Request[Any, Any, Any]) -> Answer:
    """Serve one request for a page."""
    scope = request.scope
    context = context_of(scope)
    context.route = page.path
    context.is_page = True
    asked, now = page_request(scope, resources.settings.public_url), resources.database.clock()
    call = call_of(resources, asked, None, now)
    try:
        async with resources.places.place(line_of(scope)) as place:
            session = await _session_of(page, asked, resources)
            call = call_of(resources, asked, session, now)
            context.actor = call.actor
            answer = await _served(page, call, request, place)
    except asyncio.CancelledError:
        raise
    except Exception as error:  # noqa: BLE001  nothing from inside may leave
        resources.readiness.note(error)
        answer = _unforeseen(call, context, error)
    context.code = answer.code
    return answer


async def _served(page: Page, call: PageCall, request: Request[Any, Any, Any], place: Place) -> Answer:
    answer = _admitted(page, call)
    if answer is not None and answer.code is not None and call.actor is not None:
        await call.resources.denials.tell(call.actor, answer.code, page.method, page.path)
    if answer is None and page.method == "POST":
        body = await place.aside(body_of(request.scope, request.receive, page.bytes_max))
        if body is None:
            return GONE
        form = _form_of(call, body)
        if isinstance(form, Answer):
            return form
        call = replace(call, form=form)
        if page.asks_again:
            proved = await asked_again(call)
            if isinstance(proved, Answer):
                return proved
            call = proved
    return answer or await _handled(page, call, request.scope["path_params"])


def may_open(who: frozenset[Who], session: Session | None) -> bool:
    """Whether somebody with a session, or without, may open a page."""
    if "anyone" in who:
        return True
    if session is None:
        return False
    if session.kind == "tablet":
        return "tablet" in who
    if session.kind == "staff":
        return session.role in who
    return session.kind in {"portal", "kiosk"} and "participant" in who


async def _session_of(page: Page, asked: PageRequest, resources: Resources) -> Session | None:
    """The session under which a page is asked for: a tablet's for the pages that a tablet opens."""
    token = asked.cookies.get(cookies.TABLET if "tablet" in page.who else cookies.SESSION)
    # What a page fetches by itself does not keep somebody signed in who has left it open.
    is_use = "x-by-itself" not in asked.headers and not asked.path.endswith("/stream")
    found = await find_session(resources.database, token, is_use=is_use) if token else None
    return None if found is None or found.kind == "api" else found


def _admitted(page: Page, call: PageCall) -> Answer | None:
    if may_open(page.who, call.session):
        if call.session is None or not call.session.must_choose or "anyone" in page.who:
            return None
        return None if page.path in CHOOSING else call.go("/account?done=first")
    if call.session is None:
        # After the sign-in they come back to what they wanted to see.
        wanted = call.request.path if page.method == "GET" else call.request.back
        start = "/kiosk/start" if "tablet" in page.who else "/"
        return call.go(f"{start}?to={quote(wanted)}" if wanted not in {"", "/"} else start)
    return call.refuse(page_refusal("forbidden", "shared.not_for_you"))


def _form_of(call: PageCall, body: bytes | Refused) -> Form | Answer:
    """The form in a body, where a page of ours sent it."""
    if isinstance(body, Refused):
        return call.refuse(body)
    sent = call.request.headers.get("content-type", FORM_MEDIA)
    media = sent.split(";", 1)[0].strip().lower()
    form = None
    if media == FORM_MEDIA:
        form = parse_form(call.request.path, body)
    elif media == FILES_MEDIA:
        form = parse_multipart(call.request.path, sent, body)
    if form is None:
        return call.refuse(page_refusal("malformed", "shared.form_unreadable"))
    if not call.csrf.fits(call.request, form):
        return call.refuse(page_refusal("forbidden", "shared.form_not_ours"))
    return form


async def _handled(page: Page, call: PageCall, in_path: dict[str, Any]) -> Answer:
    given: dict[str, object] = {}
    for name, wanted in page.path_types.items():
        value = path_value(in_path[name], wanted)
        if value is None:
            return call.refuse(page_refusal("not_found", "shared.not_found"))
        given[name] = value
    if page.asked_type is not None:
        asked = asked_of(call.request.query, page.asked_type)
        if isinstance(asked, Refused):
            return call.refuse(asked)
        given["asked"] = asked
    if page.path.startswith("/manage") and call.signed_in.role == "manager" and not call.request.is_part:
        waiting = await call.do(count_to_approve)
        call = replace(call, to_approve=waiting if isinstance(waiting, int) else 0)
    return await page.handler(call, **given)


def _unforeseen(call: PageCall, context: RequestContext, error: Exception) -> Answer:
    """The same log line and status as for the API, said as a page."""
    plain = unforeseen(error, call.request.path, context)
    if plain is GONE:
        return plain
    if isinstance(error, ElsewhereError):
        return call.refuse(elsewhere_refusal(error), *_waits(plain))
    key = "shared.away" if plain.code == "unavailable" else "shared.broken"
    return call.refuse(page_refusal(plain.code or "internal", key), *_waits(plain))


def _waits(plain: Answer) -> list[Header]:
    return [header for header in plain.headers if header[0] == b"retry-after"]
