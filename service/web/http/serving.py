"""One request from its route to its answer: admitted, read, handed to its handler."""

import asyncio
from typing import Final, cast

import structlog
from litestar.types import Receive, Scope

from service.core.access.sessions import PROVED_MINUTES, is_fresh
from service.core.access.smart_scopes import opens
from service.core.refusals import Refused, refused
from service.flows.batcher import LeftError
from service.store.database.absence import is_away
from service.store.database.elsewhere import ElsewhereError
from service.web.http.admission import CrowdedError, Place
from service.web.http.answers import Answer, Header, refusal_answer
from service.web.http.call import Call
from service.web.http.context import RequestContext, context_of
from service.web.http.decoding import (
    BODY_BYTES_MAX,
    asked_of,
    body_of,
    idempotency_key,
    path_value,
    shape,
)
from service.web.http.disclosing import NOTICE
from service.web.http.keyring import UNKNOWN, Caller
from service.web.http.outcomes import BASE, FHIR_JSON, is_fhir
from service.web.http.resources import Resources
from service.web.http.route import OPEN, Route

GONE: Final = Answer(400, b"", [])
"""The answer to a client that went away; nobody receives it."""
ALSO: Final = {FHIR_JSON.decode(): ("application/json", "text/json")}
"""By what else a media type may be asked for: FHIR's own is JSON (FHIR R4, 3.1.0.1.11)."""
HEALTH: Final = "health"
"""The routes that wait for no place, however many others do."""

_log = structlog.get_logger("service.web")


async def serving(route: Route, resources: Resources, scope: Scope, receive: Receive) -> Answer:
    """Serve one request of a route; whatever happens, the answer has our shape."""
    context = context_of(scope)
    context.route = route.path
    headers = cast("list[Header]", scope["headers"])
    call = Call(resources, route, context, _path_of(scope["path"], scope["raw_path"]), headers)
    call.scope = scope
    try:
        if route.tag == HEALTH:
            answer = await _served(call, receive, None)
        else:
            async with resources.places.place(call.line) as place:
                answer = await _served(call, receive, place)
    except asyncio.CancelledError:
        raise
    except Exception as error:  # noqa: BLE001  nothing from inside may leave
        resources.readiness.note(error)
        answer = unforeseen(error, call.path, context)
    context.code = answer.code
    return answer


async def _served(call: Call, receive: Receive, place: Place | None) -> Answer:
    answer, told = await _admit(call)
    if answer is None:
        answer = await _handled(call, receive, place)
    if told:
        answer.headers = [*answer.headers, *told]
    if call.route.discloses and answer.code is None:
        answer.headers = [*answer.headers, NOTICE]
    return answer


def unforeseen(error: Exception, path: str, context: RequestContext) -> Answer:
    """Answer what no operation expected: 503 where the database is away, else 500 and a line in the log."""
    if isinstance(error, LeftError):
        return GONE
    if isinstance(error, CrowdedError):
        # One line a request would be what fills the disk when many come: a counter tells of these.
        return refusal_answer(refused("unavailable.crowded"), path, context.trace_id)
    if isinstance(error, ElsewhereError):
        return refusal_answer(elsewhere_refusal(error), path, context.trace_id)
    if is_away(error):
        _log.warning(
            "database_away", trace_id=context.trace_id, route=context.route, error=type(error).__name__
        )
        away = refused("unavailable")
        return refusal_answer(away, path, context.trace_id)
    _log.error("request_failed", trace_id=context.trace_id, route=context.route, exc_info=error)
    broken = refused("internal")
    return refusal_answer(broken, path, context.trace_id)


def elsewhere_refusal(error: ElsewhereError) -> Refused:
    """Say that a clinic has moved, and where to; while it is under way it is asked for again in a moment."""
    return refused("clinic_moved", address=error.place) if error.step == "left" else refused("clinic_moving")


async def _admit(call: Call) -> tuple[Answer | None, list[Header]]:
    """Who is it, may they, and not too often; with the headers that tell them what is left."""
    route, resources = call.route, call.resources
    if route.roles is OPEN:
        return None, []
    key = call.bearer
    caller = await resources.keys.caller(key) if key else UNKNOWN
    if isinstance(caller, Refused):
        return call.refuse(caller), []
    call.caller, actor = caller, caller.actor
    call.actor = call.context.actor = actor
    refusal = _forbidden(call, caller)
    if refusal is not None:
        await resources.denials.tell(actor, refusal.code, route.method, route.path)
        return call.refuse(refusal), []
    if resources.limits is None:
        return None, []
    left = await resources.limits.take(f"{actor.id}:{route.method}:{route.path}")
    if left is None:
        return None, []
    limit = resources.limits.limit
    told = [
        (b"ratelimit-policy", b'"route";q=%d;w=%d' % (limit.requests, limit.per_s)),
        (b"ratelimit", b'"route";r=%d;t=%d' % (left.remaining, left.reset_s)),
    ]
    if left.allowed:
        return None, told
    return call.refuse(
        refused("too_many_requests", requests=limit.requests, seconds=limit.per_s, wait=left.retry_s),
        (b"retry-after", b"%d" % left.retry_s),
    ), told


def _forbidden(call: Call, caller: Caller) -> Refused | None:
    """Why a caller may not take a route: by their role, a key's scopes, or not having been asked again."""
    route, role = call.route, caller.actor.role
    if role not in route.roles:
        return refused("forbidden", role=role, allowed=", ".join(sorted(route.roles)))
    if caller.scopes is not None:
        if route.tag == "sessions":
            return refused("person_needed.session")
        if caller.smart is not None and not (is_fhir(route.path) and opens(caller.smart, _part(route))):
            return refused(
                "scope_missing",
                scope=f"system/{_part(route)}.rs" if is_fhir(route.path) else str(route.scope),
            )
        if route.scope is not None and route.scope not in caller.scopes:
            return refused("scope_missing", scope=route.scope)
    elif route.asks_again and not is_fresh(caller.proved_at, call.resources.database.clock()):
        return refused("proof_required", minutes=PROVED_MINUTES)
    return None


def _part(route: Route) -> str:
    """The part of FHIR's address that a route belongs to: a type of resource, or its exports."""
    return route.path.removeprefix(f"{BASE}/").partition("/")[0]


async def _handled(call: Call, receive: Receive, place: Place | None) -> Answer:
    """Read what the handler's signature asks for, and call it."""
    route, scope = call.route, cast("Scope", call.scope)
    if not _accepts(call):
        return call.refuse(refused("not_acceptable", media=route.answer_media))
    given: dict[str, object] = {}
    for name, wanted in route.path_types.items():
        value = path_value(scope["path_params"][name], wanted)
        if value is None:
            return call.refuse(refused("not_found.id"))
        given[name] = value
    refusal = _read_query(call, scope["query_string"], given)
    if refusal is None and route.method == "POST":
        key = idempotency_key(call.headers)
        if isinstance(key, Refused):
            refusal = key
        elif key is None and route.key_required:
            refusal = refused("idempotency_key_required", "Idempotency-Key")
        else:
            call.key = key
    if refusal is None and route.method in {"POST", "PATCH"}:
        bytes_max = call.resources.settings.request_bytes_max
        reading = body_of(scope, receive, bytes_max if route.large else min(BODY_BYTES_MAX, bytes_max))
        body = await (reading if place is None else place.aside(reading))
        if body is None:
            return GONE
        refusal = body if isinstance(body, Refused) else _read_body(call, body, given)
    return call.refuse(refusal) if refusal is not None else await route.handler(call, **given)


def _read_query(call: Call, query: bytes, given: dict[str, object]) -> Refused | None:
    call.query = query
    if call.route.asked_type is None:
        return None
    asked = asked_of(query, call.route.asked_type)
    if isinstance(asked, Refused):
        return asked
    given["asked"] = call.asked = asked
    return None


def _read_body(call: Call, body: bytes, given: dict[str, object]) -> Refused | None:
    route = call.route
    call.body = body
    if route.body_type is None:
        if body.strip() in {b"", b"{}"}:
            return None
        return refused("invalid.bodiless", "$")
    if route.bodiless and not body.strip():
        given["body"] = route.body_type()
        return None
    media = (call.header(b"content-type") or "").split(";", 1)[0].strip().lower()
    if media not in route.reads:
        return refused("unsupported_media_type", "Content-Type", media=" or ".join(route.reads))
    call.media = media
    value = body if route.body_type is bytes else shape(body, route.body_type)
    if isinstance(value, Refused):
        return value
    given["body"] = value
    return None


def _accepts(call: Call) -> bool:
    accept = next((value for name, value in call.headers if name == b"accept"), None)
    if accept is None or b"*/*" in accept:
        return True
    kind = call.route.answer_media.split(";", 1)[0]
    wanted = call.header(b"accept") or ""
    fit = {kind, *ALSO.get(kind, ()), f"{kind.split('/', 1)[0]}/*", "*/*"}
    return any(part.split(";", 1)[0].strip().lower() in fit for part in wanted.split(","))


def _path_of(path: str, raw_path: bytes) -> str:
    """The path as it was asked for, percent-encoded, so that it can stand in a header and in `instance`."""
    return raw_path.decode("latin-1") if raw_path else path
