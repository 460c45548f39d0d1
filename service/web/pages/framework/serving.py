"""One request for a page from its path to its answer: admitted, read, handed to its handler."""

import asyncio
from collections.abc import Callable
from typing import Any, Final, cast
from urllib.parse import quote

from litestar.connection import Request
from litestar.handlers import HTTPRouteHandler

from service.core.access.sessions import Session
from service.core.refusals import Refused
from service.flows.screens.overview import count_to_approve
from service.web.http.answers import Answer, Header
from service.web.http.context import context_of
from service.web.http.decoding import asked_of, body_of, drain, path_value
from service.web.http.resources import Resources
from service.web.http.serving import unforeseen
from service.web.pages.framework.call import PageCall, session_of
from service.web.pages.framework.client_address import place_of
from service.web.pages.framework.page import Page, Who
from service.web.pages.framework.page_refusal import page_refusal

FORM_MEDIA: Final = "application/x-www-form-urlencoded"
CHOOSING: Final = frozenset({"/account", "/account/password", "/account/language"})
"""Pages open to somebody whose password was given to them, until they have chosen their own."""
_GONE: Final = Answer(400, b"", [])


def page_handler_of(page: Page, resources: Callable[[], Resources]) -> HTTPRouteHandler:
    """The litestar handler of a page."""

    async def serve(request: Request[Any, Any, Any]) -> Answer:
        return await page_serving(page, resources(), request)

    made = HTTPRouteHandler(
        page.path.replace("}", ":str}"),
        http_method=page.method,
        opt={"route": page, "roles": page.who},
        status_code=200,
        include_in_schema=False,
    )
    return made(serve)


async def page_serving(page: Page, resources: Resources, request: Request[Any, Any, Any]) -> Answer:
    """Serve one request for a page."""
    scope = request.scope
    context = context_of(scope)
    context.route = page.path
    context.is_page = True
    headers = cast("list[Header]", scope["headers"])
    path = scope["raw_path"].decode("latin-1") if scope["raw_path"] else scope["path"]
    call = PageCall(resources, page, context, path, headers)
    call.query = scope["query_string"]
    call.place = place_of(scope, headers, resources.settings.public_url)
    is_read = False
    try:
        answer = await _admitted(call)
        if answer is None and page.method == "POST":
            body = await body_of(scope, request.receive, page.bytes_max)
            if body is None:
                return _GONE
            is_read = isinstance(body, bytes)
            answer = _form_taken(call, body)
        if answer is None:
            answer = await _handled(call, scope["path_params"])
    except asyncio.CancelledError:
        raise
    except Exception as error:  # noqa: BLE001  nothing from inside may leave
        answer = _unforeseen(call, error)
    if page.method == "POST" and not is_read:
        await drain(request.receive)
    context.code = answer.code
    return answer


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
    return "participant" in who


async def _admitted(call: PageCall) -> Answer | None:
    call.session = await session_of(call)
    if call.session is not None and call.session.subject is not None:
        call.context.actor = call.session.actor
    if may_open(call.page.who, call.session):
        if call.session is None or not call.session.must_choose or "anyone" in call.page.who:
            return None
        return None if call.page.path in CHOOSING else call.go("/account?done=first")
    if call.session is None:
        # After the sign-in they come back to what they wanted to see.
        wanted = call.path if call.page.method == "GET" else call.back
        start = "/kiosk/start" if "tablet" in call.page.who else "/"
        return call.go(f"{start}?to={quote(wanted)}" if wanted not in {"", "/"} else start)
    return call.refuse(page_refusal("forbidden", "shared.not_for_you"))


def _form_taken(call: PageCall, body: bytes | Refused) -> Answer | None:
    if isinstance(body, Refused):
        return call.refuse(body)
    media = (call.header(b"content-type") or FORM_MEDIA).split(";", 1)[0].strip().lower()
    if media != FORM_MEDIA or not call.take_form(body):
        return call.refuse(page_refusal("malformed", "shared.form_unreadable"))
    if not call.is_from_here():
        return call.refuse(page_refusal("forbidden", "shared.form_not_ours"))
    return None


async def _handled(call: PageCall, in_path: dict[str, Any]) -> Answer:
    given: dict[str, object] = {}
    for name, wanted in call.page.path_types.items():
        value = path_value(in_path[name], wanted)
        if value is None:
            return call.refuse(page_refusal("not_found", "shared.not_found"))
        given[name] = value
    if call.page.asked_type is not None:
        asked = asked_of(call.query, call.page.asked_type)
        if isinstance(asked, Refused):
            return call.refuse(asked)
        given["asked"] = asked
    if call.page.path.startswith("/manage") and call.signed_in.role == "manager" and not call.is_part:
        waiting = await call.do(count_to_approve)
        call.to_approve = waiting if isinstance(waiting, int) else 0
    return await call.page.handler(call, **given)


def _unforeseen(call: PageCall, error: Exception) -> Answer:
    """The same log line and status as for the API, said as a page."""
    plain = unforeseen(error, call.path, call.context)
    key = "shared.away" if plain.code == "unavailable" else "shared.broken"
    retry = [header for header in plain.headers if header[0] == b"retry-after"]
    return call.refuse(page_refusal(plain.code or "internal", key), *retry)
