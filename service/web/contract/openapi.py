"""The contract as an OpenAPI 3.1 document, made from the routes and the shapes and from nothing else."""

# ruff: noqa: E501  one entry a line reads as the table that it is

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from schemas.inbound import HL7_MEDIA
from schemas.notices import SHAPES, Carried
from schemas.problem import Problem
from service.version import VERSION
from service.web.contract import examples, streams, webhooks
from service.web.contract import examples_of_inbound as told_us
from service.web.contract.links import links_of
from service.web.contract.parameters import Parameters
from service.web.contract.refusals import Refusals
from service.web.contract.shapes import Shapes
from service.web.contract.tags import TAGS, groups, tags
from service.web.http.route import EVERYONE, OPEN, Route

Json = dict[str, Any]

SAYS: Final = """\
Verified behaviors in, exact awards out. Amounts are whole minor units (cents, points, draws); ids are UUIDv7; times are RFC 3339 with an offset; days are in the clinic's time zone.

**Refusals** are `application/problem+json` (RFC 9457) with a `code` from a closed list, each explained at `/problems/{code}`. Each operation lists those that come of what it does; `default` lists those that any operation can answer with.

**Repeats**: `Idempotency-Key` is honored on every POST. The same key and body give the first answer again, with `Idempotent-Replayed: true`. A secret that is shown once is null in it, and `Secret-Shown-Before: true` says so. What moves value must carry one.

**Lists** take `limit` and `cursor`; `next_cursor` and the `Link` header lead to the next page.

**Edits** name the version that they edit: send the `ETag` as `If-Match`.

**Every answer** has `traceparent`, and what is made has `Location`. What tells of people has `Part2-Notice`, the notice of 42 CFR part 2. Where a key has a limit, `RateLimit-Policy` and `RateLimit` say what is left of it.
"""

HEADERS: Final[Json] = {
    "RateLimit-Policy": {
        "description": "The limit of this key on this route, where there is one.",
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": "What is left of it, and in how many seconds all of it is back.",
        "schema": {"type": "string"},
    },
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}},
    "ETag": {
        "description": "The version of the resource, for If-Match and If-None-Match.",
        "schema": {"type": "string"},
    },
    "Allow": {"description": "The methods that the path has.", "schema": {"type": "string"}},
    "WWW-Authenticate": {"description": "How to say who you are.", "schema": {"type": "string"}},
}

SUMMARY_MAX: Final = 40
"""How many letters of an operation's first sentence fit into a list of operations."""
PLAIN: Final[dict[object, Json]] = {
    str: {"type": "string"},
    bytes: {"type": "string", "format": "binary"},
}
"""Answers that are no JSON: texts, and files."""
OK: Final = 200
CREATED: Final = 201
DONE: Final = {
    OK: "Done.",
    CREATED: "Made.",
    202: "Taken: a message is kept, or what is proposed waits for another person.",
    503: "Not ready.",
}
FOUND: Final = "Found as it was."
TAGGED: Final[Json] = {"ETag": {"$ref": "#/components/headers/ETag"}}
NOT_MODIFIED: Final[Json] = {"description": "It is still as you have it.", "headers": TAGGED}
KEY: Final[Json] = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "cmr_...",
    "description": "A key of the clinic.",
}


def document(routes: Sequence[Route]) -> Json:
    """The whole document; the same routes give the same bytes."""
    shown = [route for route in routes if route.shown]
    wanted: set[Any] = {Problem, Carried, *SHAPES.values()}
    for route in shown:
        wanted |= {route.shape, route.answer, *route.events.values()}
    shapes = Shapes(wanted - {None, str})
    parameters, refusals = Parameters(shown), Refusals(shown)
    paths: dict[str, Json] = defaultdict(dict)
    for route in shown:
        paths[route.path][route.method.lower()] = {
            **_told(route),
            **_asked(route, parameters, shapes),
            "responses": {**_answers(route, shown, shapes), **refusals.of(route)},
        }
    modules = {route.tag for route in shown}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Rewards",
            "version": VERSION,
            "summary": "Contingency management, worked out exactly.",
            "description": SAYS,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "tags": [*tags(modules), webhooks.TAG],
        "x-tagGroups": groups(modules, webhooks.TAG["name"]),
        "paths": dict(paths),
        "webhooks": webhooks.webhooks(),
        "components": {
            "schemas": _schemas(shown, shapes, parameters),
            "responses": dict(
                sorted({**refusals.responses, **webhooks.ANSWERS, "NotModified": NOT_MODIFIED}.items())
            ),
            "parameters": dict(sorted({**parameters.components, **webhooks.SIGNED}.items())),
            "examples": {**refusals.examples, "Program": {"value": examples.present(examples.PROGRAM)}},
            "headers": HEADERS,
            "securitySchemes": {"key": KEY},
        },
    }


def _schemas(routes: Sequence[Route], shapes: Shapes, parameters: Parameters) -> Json:
    """Every shape, closed list and union by its name; an answer's with its example."""
    found = {**shapes.components, **parameters.closed, **streams.schemas(routes, shapes)}
    found |= webhooks.schemas(found)
    for shape, value in examples.ANSWERS.items():
        found[shape.__name__] = {**found[shape.__name__], "examples": [examples.present(value)]}
    return dict(sorted(found.items()))


def _told(route: Route) -> Json:
    """The names, the summary and the description of an operation."""
    summary, whole = _summary(route.summary)
    roles = "Any role." if route.roles == EVERYONE else f"Roles: {', '.join(sorted(route.roles))}."
    paragraphs = [" ".join(part.split("\n")) for part in route.says.split("\n\n")]
    scope = "" if route.scope is None else f"Scope: {route.scope}."
    parts = [whole, *paragraphs, "" if route.roles is OPEN else f"{roles} {scope}".strip()]
    return {
        "operationId": route.name,
        "tags": [TAGS[route.tag].name],
        "summary": summary,
        "description": "\n\n".join(part for part in parts if part) or route.summary,
        **({"security": []} if route.roles is OPEN else {}),
    }


def _summary(sentence: str) -> tuple[str, str]:
    """A sentence short enough for a list of operations, and the whole of it where that cuts it."""
    whole = sentence.rstrip(".")
    return (whole, "") if len(whole) <= SUMMARY_MAX else (re.split(r"[;:,] ", whole, maxsplit=1)[0], sentence)


def _asked(route: Route, parameters: Parameters, shapes: Shapes) -> Json:
    """The parameters of an operation, and its body in each media type that it reads."""
    out: Json = {}
    if found := parameters.of(route):
        out["parameters"] = found
    if route.shape is not None:
        # The one that every client writes stands first: generators take that.
        media = sorted(route.reads, key=lambda one: one != "application/json")
        content = {one: _body(route, one, shapes) for one in media}
        out["requestBody"] = {"required": not route.bodiless, "content": content}
    return out


def _body(route: Route, media: str, shapes: Shapes) -> Json:
    """A body in one media type, with examples."""
    found = examples.of(route.name, media)
    if media == "application/x-ndjson":
        # A text with line breaks is easier read in words than as one escaped JSON string.
        lines = "".join(one["value"] for one in found.values())
        return {"schema": {"type": "string", "description": f"One item a line:\n\n```\n{lines}```"}}
    if media in HL7_MEDIA:
        words = f"A message of HL7 version 2 (ER7):\n\n```\n{told_us.ER7}\n```"
        return {"schema": {"type": "string", "description": words}}
    return {"schema": shapes.of(route.shape), **({"examples": found} if found else {})}


def _answers(route: Route, routes: Sequence[Route], shapes: Shapes) -> Json:
    """The answers of an operation that was done, by status."""
    out: Json = {}
    for status in sorted(route.statuses):
        links = links_of(route, routes) if status == CREATED else {}
        schema = PLAIN.get(route.answer) or ({} if route.events else shapes.of(route.answer))
        out[str(status)] = {
            "description": FOUND if status == OK and CREATED in route.statuses else DONE[status],
            **({"headers": TAGGED} if route.tagged else {}),
            "content": {route.answer_media: streams.streamed(route) if route.events else {"schema": schema}},
            **({"links": links} if links else {}),
        }
    if route.tagged and route.method == "GET":
        out["304"] = {"$ref": "#/components/responses/NotModified"}
    return out
