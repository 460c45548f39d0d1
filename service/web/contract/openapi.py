"""The contract as an OpenAPI 3.1 document, made from the routes and the shapes and from nothing else."""

# ruff: noqa: E501  one entry a line reads as the table that it is

import inspect
import re
import sys
from collections import defaultdict
from typing import Any, Final, cast

import msgspec

from schemas.notices import SHAPES, Carried
from schemas.problem import Code, Problem
from service.core.refusals import refused
from service.version import VERSION
from service.web.contract import examples
from service.web.contract.linked import links_of
from service.web.contract.openapi_of_streams import LAST_EVENT_ID, streamed
from service.web.contract.webhooks import told_to_subscribers
from service.web.http.answers import MEANINGS, problem_of
from service.web.http.route import OPEN, Route

Json = dict[str, Any]

REF: Final = "#/components/schemas/{name}"
TRACE: Final = "4bf92f3577b34da6a3ce929d0e0e4736"

SAYS: Final = """\
Verified behaviors in, exact awards out. Amounts are whole minor units (cents, points, draws); ids are
UUIDv7; times are RFC 3339 with an offset; days are in the clinic's time zone.

Every refusal is `application/problem+json` (RFC 9457) with a `code` from a closed list. `Idempotency-Key`
is honored on every POST. `traceparent` is taken over and given back.
"""

HEADERS: Final[Json] = {
    "traceparent": {"description": "The trace under which this was served (W3C Trace Context).", "schema": {"type": "string"}},
    "RateLimit-Policy": {"description": "The limit of this key on this route, where there is one.", "schema": {"type": "string"}},
    "RateLimit": {"description": "What is left of it, and in how many seconds all of it is back.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}},
    "ETag": {"description": "The version of the resource, for If-Match and If-None-Match.", "schema": {"type": "string"}},
    "Link": {"description": 'The next page, as rel="next"; absent on the last.', "schema": {"type": "string"}},
    "Location": {"description": "The address of what was made or found.", "schema": {"type": "string", "format": "uri-reference"}},
    "Idempotent-Replayed": {"description": "`true` where this is the first answer again.", "schema": {"const": "true"}},
    "Allow": {"description": "The methods that the path has.", "schema": {"type": "string"}},
    "WWW-Authenticate": {"description": "How to say who you are.", "schema": {"type": "string"}},
}  # fmt: skip

PARAMETERS: Final[Json] = {
    "IdempotencyKey": {
        "name": "Idempotency-Key", "in": "header", "required": False,
        "description": "A key of your own for this request, bare or in double quotes: a repeat is answered, not done again.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": '^(?:[!#-~][!-~]*|"[!#-\\[\\]-~]+")$'},
    },
    "IfMatch": {
        "name": "If-Match", "in": "header", "required": True, "description": "The ETag of the version that is edited.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": '^(?:\\*|"[!#-~]{1,100}")$'}, "example": "*",
    },
    "IfNoneMatch": {
        "name": "If-None-Match", "in": "header", "required": False, "description": "An ETag that you have: 304 where it still holds.",
        "schema": {"type": "string"},
    },
    "AcceptLanguage": {
        "name": "Accept-Language", "in": "header", "required": False,
        "description": "The language of sentences, `en` or `es`; the participant's own where it is left out.",
        "schema": {"type": "string"}, "example": "es",
    },
    "LastEventID": LAST_EVENT_ID,
}  # fmt: skip


def document(routes: tuple[Route, ...]) -> Json:
    """The whole document; the same routes give the same bytes."""
    shown = [route for route in routes if route.shown]
    types = (
        {route.shape for route in shown if route.shape is not None}
        | {route.answer for route in shown}
        | {Problem}
    )
    types |= {Carried, *SHAPES.values()}
    types |= {route.asked_type for route in shown if route.asked_type is not None}
    types |= {told for route in shown for told in route.events.values()}
    ordered = sorted((one for one in types if one is not str), key=str)
    made, components = msgspec.json.schema_components(ordered, ref_template=REF)
    shapes = dict(zip(ordered, made, strict=True))
    asked = {route.asked_type.__name__ for route in shown if route.asked_type is not None}
    paths: dict[str, Json] = defaultdict(dict)
    for route in shown:
        paths[route.path][route.method.lower()] = _operation(route, shown, shapes, components)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {"title": "Rewards", "version": VERSION, "summary": "Contingency management, worked out exactly.", "description": SAYS},
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "tags": [_tag(name, module) for name, module in {route.tag: route.handler.__module__ for route in shown}.items()],
        "paths": dict(paths),
        "webhooks": told_to_subscribers(),
        "components": {
            "schemas": {name: tidy(schema) for name, schema in sorted(components.items()) if name not in asked},
            "parameters": PARAMETERS,
            "headers": HEADERS,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "bearerFormat": "cmr_...", "description": "A key of the clinic."}},
        },
    }  # fmt: skip


def _tag(name: str, module: str) -> Json:
    says = inspect.getdoc(sys.modules[module]) or ""
    return {"name": name, "description": says.split("\n", 1)[0]}


def _operation(route: Route, routes: list[Route], shapes: dict[object, Json], components: Json) -> Json:
    out: Json = {"operationId": route.name, "tags": [route.tag], "summary": route.summary}
    roles = "" if route.roles is OPEN else f"Roles: {', '.join(f'`{role}`' for role in sorted(route.roles))}."
    out["description"] = "\n\n".join(part for part in (route.says, roles) if part) or route.summary
    if route.roles is OPEN:
        out["security"] = []
    parameters = [*_path_parameters(route), *_query_parameters(route, components), *_header_parameters(route)]
    if parameters:
        out["parameters"] = parameters
    if route.shape is not None:
        content = {media: _media(media, route.shape, shapes, route.name) for media in route.reads}
        out["requestBody"] = {"required": not route.bodiless, "content": content}
    out["responses"] = {
        **{str(status): _success(route, status, routes, shapes) for status in sorted(route.statuses)},
        **_not_modified(route),
        **{
            str(status): _refusals(status, codes, route)
            for status, codes in sorted(codes_of(route, routes).items())
        },
    }
    return out


def _media(media: str, wanted: object, shapes: dict[object, Json], name: str) -> Json:
    found = examples.of(name, wanted, media)
    if media == "application/x-ndjson":
        # A text with line breaks is easier read in words than as one escaped JSON string.
        lines = "".join(one["value"] for one in found.values())
        return {"schema": {"type": "string", "description": f"One item a line:\n\n```\n{lines}```"}}
    schema = {"type": "string"} if media == "text/plain" else shapes[wanted]
    return {"schema": schema, "examples": found} if found else {"schema": schema}


def _success(route: Route, status: int, routes: list[Route], shapes: dict[object, Json]) -> Json:
    headers = ["traceparent"]
    headers += [] if route.roles is OPEN else ["RateLimit-Policy", "RateLimit"]
    headers += ["ETag"] if route.tagged else []
    headers += ["Link"] if route.is_list else []
    headers += (
        ["Location"] if route.method == "POST" and status in {201, 202} and route.roles is not OPEN else []
    )
    headers += ["Idempotent-Replayed"] if route.method == "POST" else []
    says = {
        200: "Done, or found as it was.",
        201: "Made.",
        202: "Taken: a message is kept, or what is proposed waits for another person.",
        503: "Not ready.",
    }[status]
    out: Json = {
        "description": says,
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
    }
    content = (
        streamed(route, shapes)
        if route.events
        else _media(route.answer_media, route.answer, shapes, f"{route.name} answer")
    )
    out["content"] = {route.answer_media: content}
    links = links_of(route, routes)
    return {**out, "links": links} if links else out


def _not_modified(route: Route) -> Json:
    if not (route.tagged and route.method == "GET"):
        return {}
    header = {"ETag": {"$ref": "#/components/headers/ETag"}}
    return {"304": {"description": "It is still as you have it.", "headers": header}}


def codes_of(route: Route, routes: list[Route]) -> dict[int, list[Code]]:
    """Every refusal that a route can answer with, by status."""
    codes: list[Code] = ["internal", "not_acceptable"]
    if route.roles is not OPEN:
        codes += ["unavailable", "unauthenticated", "forbidden", "too_many_requests"]
    if route.asked_type is not None or route.method == "POST":
        codes += ["invalid"]
    if route.body_type is not None:
        codes += ["malformed", "invalid", "unsupported_media_type"]
    if route.method in {"POST", "PATCH"}:
        codes += ["too_large"]
    if route.method == "POST":
        codes += ["idempotency_key_malformed", "idempotency_conflict", "idempotency_in_flight"]
    if route.key_required:
        codes += ["idempotency_key_required"]
    if route.edits:
        codes += ["malformed", "precondition_required", "precondition_failed"]
    if route.path_types:
        codes += ["not_found"]
    by_status: dict[int, list[Code]] = defaultdict(list)
    for code in sorted({*codes, *route.refusals, *_beside(route, routes)}):
        by_status[MEANINGS[code].status].append(code)
    return by_status


def _beside(route: Route, routes: list[Route]) -> list[Code]:
    """Answers of a fixed path that looks like one of this route's ids and is none: it has other methods."""
    ids = re.compile(re.sub(r"\{[a-z_]+\}", "[^/]+", route.path))
    fixed = [other.path for other in routes if route.path_types and not other.path_types]
    return ["method_not_allowed"] if any(ids.fullmatch(path) for path in fixed) else []


def _refusals(status: int, codes: list[Code], route: Route) -> Json:
    headers = ["traceparent"]
    headers += {
        401: ["WWW-Authenticate"],
        405: ["Allow"],
        429: ["Retry-After", "RateLimit-Policy", "RateLimit"],
        503: ["Retry-After"],
    }.get(status, [])
    shown = {
        code: {
            "summary": MEANINGS[code].title,
            "value": msgspec.to_builtins(problem_of(refused(code, MEANINGS[code].says), route.path, TRACE)),
        }
        for code in codes
    }
    return {
        "description": " ".join(MEANINGS[code].says for code in codes),
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": {
            "application/problem+json": {"schema": {"$ref": REF.format(name="Problem")}, "examples": shown}
        },
    }


def _path_parameters(route: Route) -> list[Json]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": msgspec.json.schema(wanted),
            "example": examples.PATH[name],
        }
        for name, wanted in route.path_types.items()
    ]


def _query_parameters(route: Route, components: Json) -> list[Json]:
    if route.asked_type is None:
        return []
    schema = components[route.asked_type.__name__]
    return [
        _described(
            {
                "name": name,
                "in": "query",
                "required": name in schema.get("required", ()),
                "schema": _present(part),
            }
        )
        for name, part in schema["properties"].items()
    ]


def _described(parameter: Json) -> Json:
    says = parameter["schema"].pop("description", None)
    return {**parameter, "description": says} if says else parameter


def _present(schema: Json) -> Json:
    """A schema without null: a parameter is there or it is not."""
    return dict(next(part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"))


def _header_parameters(route: Route) -> list[Json]:
    taken = {
        "IdempotencyKey": route.method == "POST", "IfMatch": route.edits,
        "IfNoneMatch": route.tagged and route.method == "GET", "AcceptLanguage": route.speaks, "LastEventID": route.events,
    }  # fmt: skip
    refs: list[Json] = [{"$ref": f"#/components/parameters/{name}"} for name in taken if taken[name]]
    if route.key_required:
        refs[0] = {**PARAMETERS["IdempotencyKey"], "required": True}
    return refs


def tidy(schema: Any) -> Any:  # noqa: ANN401  any JSON
    """The same schema with docstrings as they read, not as they are indented."""
    if isinstance(schema, dict):
        return {
            name: inspect.cleandoc(part) if name == "description" and isinstance(part, str) else tidy(part)
            for name, part in cast("Json", schema).items()
        }
    if isinstance(schema, list):
        return [tidy(part) for part in schema]
    return schema
