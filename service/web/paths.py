"""The table of paths given to litestar, and its own refusals in our shape: unknown paths, other methods."""

import re
from collections.abc import Callable
from typing import Any, Final, Literal, cast

from litestar.connection import Request
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Response

from schemas.problem import Code
from service.core.refusals import refused
from service.web.http.answers import Answer, Header, code_of, refusal_answer
from service.web.http.context import context_of
from service.web.http.resources import Resources
from service.web.http.route import Method, Route
from service.web.http.serving import serving, unforeseen
from service.web.pages.framework.call import call_of
from service.web.pages.framework.page import Page
from service.web.pages.framework.page_refusal import page_refusal
from service.web.pages.framework.request import page_request
from service.web.pages.framework.serving import page_serving

REASONS: Final[dict[Code, str]] = {"not_found": "not_found.path", "method_not_allowed": "method_not_allowed"}
"""Reasons for the codes that litestar's refusals mostly have; the others' is `{code}.request`."""


class _Said(Response[None]):
    """A litestar response that sends an answer of ours."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(content=None)
        self.answer = answer

    def to_asgi_response(self, *_args: Any, **_kwargs: Any) -> Any:  # noqa: ANN401  litestar's own type is narrower
        return self.answer


class Paths:
    """Which methods each path has, for `Allow`."""

    def __init__(
        self, routes: tuple[Route | Page, ...], resources: Callable[[], Resources] | None = None
    ) -> None:
        """Take every route and page there is; with `resources` a browser's refusals are rendered as pages."""
        self._resources = resources
        self._methods: dict[str, set[str]] = {}
        for route in routes:
            also = {"GET", "HEAD"} if route.method == "GET" else {route.method}
            self._methods.setdefault(route.path, {"OPTIONS"}).update(also)
        self._patterns = [
            (re.compile(re.sub(r"\{([a-z_]+)\}", r"(?P<\1>[^/]+)", path)), path)
            for path in self._methods
            if "{" in path
        ]

    def template(self, path: str) -> str | None:
        """The template that a path fits, an exact one first."""
        plain = path.rstrip("/") or "/"
        if plain in self._methods:
            return plain
        return next((template for pattern, template in self._patterns if pattern.fullmatch(plain)), None)

    def allow(self, template: str) -> bytes:
        """The value of `Allow` for a template."""
        return ", ".join(sorted(self._methods[template])).encode("ascii")

    def on_refused(self, request: Request[Any, Any, Any], error: Exception) -> Response[None]:
        """Answer what litestar refused, or what nobody foresaw."""
        context, path = context_of(request.scope), request.scope["path"]
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status >= 500:  # noqa: PLR2004  HTTP
            answer = unforeseen(error, path, context)
        else:
            template = self.template(path)
            # Litestar takes a method that no path has for a path that is not there.
            code = "method_not_allowed" if template is not None and status in {404, 405} else code_of(status)
            headers = (
                [(b"allow", self.allow(template))]
                if template is not None and code == "method_not_allowed"
                else []
            )
            context.route = template or context.route
            if self._resources is not None and _is_for_people(request):
                answer = _drawn(self._resources(), request, code, headers)
            else:
                refusal = refused(REASONS.get(code, f"{code}.request"))
                answer = refusal_answer(refusal, path, context.trace_id, *headers)
        context.code = answer.code
        return cast("Response[None]", _Said(answer))


def handlers_of(
    table: tuple[Route | Page, ...], resources: Callable[[], Resources]
) -> list[HTTPRouteHandler]:
    """The litestar handlers of a table: one for all paths that have the same methods.

    With one for each route a process would take five times as long to begin: litestar looks through all that
    it has whenever it is given another. A path that has a method twice raises a ValueError.
    """
    served: dict[tuple[str, str], Route | Page] = {}
    methods: dict[str, set[Method]] = {}
    for route in table:
        if (route.method, route.path) in served:
            raise ValueError(f"{route.method} {route.path}")
        served[route.method, route.path] = route
        methods.setdefault(route.path, set()).add(route.method)

    async def serve(request: Request[Any, Any, Any]) -> Answer:
        scope = request.scope
        route = served[scope["method"], scope["path_template"]]
        if isinstance(route, Page):
            return await page_serving(route, resources(), request)
        return await serving(route, resources(), scope, request.receive)

    # The gateway answers OPTIONS; litestar would make a handler of its own for each path that lacks it.
    alike: dict[tuple[Method | Literal["OPTIONS"], ...], list[str]] = {}
    for path, its in methods.items():
        alike.setdefault((*sorted(its), "OPTIONS"), []).append(path.replace("}", ":str}"))
    return [
        HTTPRouteHandler(
            paths, http_method=its, opt={"served": served}, status_code=200, include_in_schema=False
        )(serve)
        for its, paths in alike.items()
    ]


def _is_for_people(request: Request[Any, Any, Any]) -> bool:
    """Whether a browser asks for a page, and not a program for the API."""
    path = request.scope["path"]
    return "text/html" in request.headers.get("accept", "") and path != "/v1" and not path.startswith("/v1/")


def _drawn(
    resources: Resources, request: Request[Any, Any, Any], code: Code, headers: list[Header]
) -> Answer:
    """The same refusal as a page."""
    context = context_of(request.scope)
    context.is_page = True
    asked = page_request(request.scope, resources.settings.public_url)
    call = call_of(resources, asked, None, resources.database.clock())
    key = "shared.not_that_way" if code == "method_not_allowed" else "shared.not_found"
    return call.refuse(page_refusal(code, key), *headers)
