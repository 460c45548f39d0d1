"""The gateway: what happens to every request on its way in and out, routed or not.

It begins the trace, answers HEAD as GET without a body and OPTIONS from the table of paths, puts the
headers on that every answer has, and counts and logs the request when it is answered. Who it is and
whether they may is asked once the route is known, in `serving`.
"""

import re
from collections.abc import Callable
from time import perf_counter
from typing import Any, Final, cast

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service.core.refusals import refused
from service.web.http import measures
from service.web.http.access import AccessLog
from service.web.http.answers import Answer, Header, refusal_answer
from service.web.http.context import RequestContext
from service.web.http.direct import Direct
from service.web.http.resources import Resources
from service.web.http.serving import serving, unforeseen
from service.web.http.spans import tell_request
from service.web.paths import Paths

EVERY_ANSWER: Final[tuple[Header, ...]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"strict-transport-security", b"max-age=31536000"),
)
"""Headers of every answer; HTTPS ends before us, and browsers heed the last one only over HTTPS."""

_OF_THE_REFERENCE: Final = (
    b"content-security-policy",
    (
        b"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        b"font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        b"frame-ancestors 'none'"
    ),
)
REFERENCE: Final[tuple[Header, ...]] = tuple(
    _OF_THE_REFERENCE if header[0] == _OF_THE_REFERENCE[0] else header for header in EVERY_ANSWER
)
"""The same for the reference page alone: its script writes styles into it, and asks us and nobody else."""

EVERY_PAGE: Final[tuple[Header, ...]] = (
    (b"x-content-type-options", b"nosniff"),
    # Not `no-referrer`: with that a browser hides from us too where a form comes from.
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (
        b"content-security-policy",
        (
            b"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            b"form-action 'self'; frame-ancestors 'none'"
        ),
    ),
    (b"strict-transport-security", b"max-age=31536000"),
)
"""The same for the pages: they load what is ours and nothing else, and send forms to nobody else."""


METRICS: Final = "/metrics"
AT_METRICS_PORT: Final = frozenset({METRICS, "/livez", "/readyz"})
_SLASHES: Final = re.compile(rb"/{2,}")
_TEXT_SLASHES: Final = re.compile(r"/{2,}")


class Gateway:
    """The ASGI app in front of litestar's."""

    def __init__(
        self,
        inside: ASGIApp,
        paths: Paths,
        log: AccessLog,
        resources: Callable[[], Resources],
        direct: Direct,
        metrics_port: int = 0,
    ) -> None:
        """Stand before an app whose paths are known; `resources` gives its open stores.

        What is `direct` never reaches the app.

        What comes in at `metrics_port` is answered with metrics and health alone, and metrics nowhere else.
        """
        self._metrics_port = metrics_port
        self.resources = resources
        self._direct = direct
        self.inside = inside
        self._paths = paths
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, and see it out."""
        notes = cast("dict[str, Any]", scope)
        if notes["type"] != "http":
            await self.inside(scope, receive, send)
            self.log.flush()
            return
        context = notes["context"] = RequestContext(notes["headers"])
        if b"//" in (notes["raw_path"] or b""):
            _normalize(notes)
        path: str = notes["path"]
        method: str = notes["method"]
        is_head = context.is_head = method == "HEAD"
        if is_head:
            # The server's own scope still says what was asked.
            notes = {**notes, "method": "GET"}
            scope = cast("Scope", notes)

        async def seen(message: Message) -> None:
            if message["type"] == "http.response.start":
                context.status = message["status"]
                out = cast("list[Header]", message["headers"])
                every = (
                    EVERY_PAGE if context.is_page else REFERENCE if context.route == "/docs" else EVERY_ANSWER
                )
                message["headers"] = [*out, *every, (b"traceparent", context.traceparent)]
            elif is_head and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        try:
            answer = self._own_answer(notes, path, context)
            if answer is None and (found := self._direct.find(notes["method"], path)) is not None:
                route, notes["path_params"] = found
                answer = await serving(route, self.resources(), scope, receive)
            await (self.inside if answer is None else answer)(scope, receive, seen)
        except Exception as error:
            if context.status:
                raise
            answer = unforeseen(error, scope["path"], context)
            context.code = answer.code
            await answer(scope, receive, seen)
        finally:
            seconds = perf_counter() - context.started
            measures.count(method, context.route, context.status, seconds, context.code)
            self.log.note(context, method, seconds)
            tell_request(context, method, seconds)

    def _own_answer(self, notes: dict[str, Any], path: str, context: RequestContext) -> Answer | None:
        """The answer to what litestar is not asked."""
        if (path == METRICS or self._metrics_port) and not self._belongs(notes, path):
            context.code = "not_found"
            return refusal_answer(refused("not_found.path"), path, context.trace_id)
        # Litestar's own answer to OPTIONS would leave out HEAD.
        template = self._paths.template(path) if notes["method"] == "OPTIONS" else None
        if template is None:
            return None
        context.route = template
        return Answer(204, b"", [(b"allow", self._paths.allow(template))])

    def _belongs(self, notes: dict[str, Any], path: str) -> bool:
        """Whether a path is answered at the port that was asked."""
        server = notes.get("server")
        is_own = bool(self._metrics_port) and server is not None and server[1] == self._metrics_port
        return path in AT_METRICS_PORT if is_own else path != METRICS


def _normalize(notes: dict[str, Any]) -> None:
    """Make one slash of several, so that what holds for `/v1` holds for `//v1`."""
    notes["raw_path"] = _SLASHES.sub(b"/", notes["raw_path"])
    notes["path"] = _TEXT_SLASHES.sub("/", notes["path"])
