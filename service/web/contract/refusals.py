"""The refusals of operations: the codes that each can answer with, and the responses that say so."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from schemas.problem import Code
from service.web.contract.samples import TRACE
from service.web.contract.shapes import REF
from service.web.http.answers import MEANINGS, problem
from service.web.http.route import OPEN, Route

Json = dict[str, Any]

ANYWHERE: Final[frozenset[Code]] = frozenset(
    {
        "forbidden",
        "idempotency_conflict",
        "idempotency_in_flight",
        "idempotency_key_malformed",
        "internal",
        "invalid",
        "malformed",
        "method_not_allowed",
        "not_acceptable",
        "not_found",
        "request_timeout",
        "too_large",
        "too_many_requests",
        "unauthenticated",
        "unavailable",
        "unsupported_media_type",
    }
)
"""Refusals that have nothing to do with what an operation does: they are told together, as its `default`."""

NAMED_MAX: Final = 3
"""How many codes a response is named after."""
_NAME: Final = "Refused"
_INSTANCE: Final = "/v1/events"
_HEADERS: Final[dict[Code, tuple[str, ...]]] = {
    "unauthenticated": ("WWW-Authenticate",),
    "method_not_allowed": ("Allow",),
    "too_many_requests": ("Retry-After", "RateLimit-Policy", "RateLimit"),
    "unavailable": ("Retry-After",),
    "too_many_streams": ("Retry-After",),
    "idempotency_in_flight": ("Retry-After",),
}


class Refusals:
    """The responses of all refusals; those of the same codes are one component."""

    def __init__(self, routes: Iterable[Route]) -> None:
        """Describe what the routes refuse."""
        self._codes: dict[str, tuple[Code, ...]] = {_NAME: tuple(sorted(ANYWHERE, key=_by_status))}
        for route in routes:
            self._codes |= {_name(codes): codes for codes in own_codes_of(route).values()}
        uses = Counter(code for codes in self._codes.values() for code in codes)
        self._shared = {code for code, count in uses.items() if count > 1}

    @property
    def responses(self) -> Json:
        """Every response, by name."""
        return {name: self._response(codes) for name, codes in self._codes.items()}

    @property
    def examples(self) -> Json:
        """A problem for each code that several responses show."""
        return {code: {"value": _problem(code)} for code in sorted(self._shared)}

    def of(self, route: Route) -> Json:
        """The refusals of one route, by status; `default` is those that any operation can answer with."""
        own = {str(status): _ref(_name(codes)) for status, codes in own_codes_of(route).items()}
        return {**own, "default": _ref(_NAME)}

    def _response(self, codes: tuple[Code, ...]) -> Json:
        headers = sorted({name for code in codes for name in _HEADERS.get(code, ())})
        shown = {
            code: {"$ref": f"#/components/examples/{code}"}
            if code in self._shared
            else {"value": _problem(code)}
            for code in codes
        }
        body = {"schema": {"$ref": REF.format(name="Problem")}, "examples": shown}
        return {
            "description": _says(codes),
            **(
                {"headers": {one: {"$ref": f"#/components/headers/{one}"} for one in headers}}
                if headers
                else {}
            ),
            "content": {"application/problem+json": body},
        }


def own_codes_of(route: Route) -> dict[int, tuple[Code, ...]]:
    """The refusals that come of what a route does, by status."""
    codes: set[Code] = {*route.refusals} - {"invalid", "not_found"}
    codes |= {"idempotency_key_required"} if route.key_required else set()
    codes |= {"precondition_required", "precondition_failed"} if route.edits else set()
    return _by_their_status(codes)


def codes_of(route: Route, routes: Sequence[Route]) -> dict[int, tuple[Code, ...]]:
    """Every refusal that a route can answer with, by status."""
    codes: set[Code] = {"internal", "not_acceptable", *route.refusals}
    if route.roles is not OPEN:
        codes |= {"unavailable", "unauthenticated", "forbidden", "too_many_requests"}
    if route.asked_type is not None or route.method == "POST":
        codes |= {"invalid"}
    if route.body_type is not None:
        codes |= {"malformed", "invalid", "unsupported_media_type"}
    if route.method in {"POST", "PATCH"}:
        codes |= {"too_large", "request_timeout"}
    if route.method == "POST":
        codes |= {"idempotency_key_malformed", "idempotency_conflict", "idempotency_in_flight"}
    if route.key_required:
        codes |= {"idempotency_key_required"}
    if route.edits:
        codes |= {"malformed", "precondition_required", "precondition_failed"}
    if route.path_types:
        codes |= {"not_found"}
    return _by_their_status(codes | _beside(route, routes))


def _beside(route: Route, routes: Sequence[Route]) -> set[Code]:
    """Answers of a fixed path that looks like one of this route's ids and is none: it has other methods."""
    ids = re.compile(re.sub(r"\{[a-z_]+\}", "[^/]+", route.path))
    fixed = [other.path for other in routes if route.path_types and not other.path_types]
    return {"method_not_allowed"} if any(ids.fullmatch(path) for path in fixed) else set()


def _by_their_status(codes: Iterable[Code]) -> dict[int, tuple[Code, ...]]:
    found: dict[int, list[Code]] = defaultdict(list)
    for code in sorted(codes, key=_by_status):
        found[MEANINGS[code].status].append(code)
    return {status: tuple(of_status) for status, of_status in found.items()}


def _by_status(code: Code) -> tuple[int, Code]:
    return MEANINGS[code].status, code


def _name(codes: tuple[Code, ...]) -> str:
    """The name of a response: its codes, or the first and how many there are besides."""
    names = ["".join(part.capitalize() for part in code.split("_")) for code in codes]
    return "Or".join(names) if len(names) <= NAMED_MAX else f"{names[0]}Or{len(names) - 1}More"


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/responses/{name}"}


def _says(codes: tuple[Code, ...]) -> str:
    if len(codes) == 1:
        return MEANINGS[codes[0]].title
    statuses = {MEANINGS[code].status for code in codes}
    told = (f"{MEANINGS[code].status} `{code}`" if len(statuses) > 1 else f"`{code}`" for code in codes)
    return f"One of {', '.join(told)}."


def _problem(code: Code) -> Json:
    """A problem as it is answered, without what is the same in each."""
    told: Json = msgspec.to_builtins(problem(code, MEANINGS[code].says, _INSTANCE, TRACE))
    return {name: value for name, value in told.items() if name not in {"errors", "trace_id"}}
