"""The parameters of operations: in the path, the query and the headers."""

# ruff: noqa: E501  one entry a line reads as the table that it is

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from schemas.languages import OWN
from service.web.contract import examples
from service.web.contract.fields import FILTERS
from service.web.contract.shapes import Shapes
from service.web.contract.streams import LAST_EVENT_ID
from service.web.http.route import Route

Json = dict[str, Any]

_LANGUAGES: Final = " or ".join(f"`{one}`" for one in OWN)

HEADERS: Final[Json] = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "A key of your own for this request, bare or in double quotes: a repeat is answered, not done again.",
        "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": 255,
            "pattern": '^(?:[!#-~][!-~]*|"[!#-\\[\\]-~]+")$',
        },
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The ETag of the version that is edited.",
        "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200,
            "pattern": '^(?:\\*|"[!#-~]{1,100}")$',
        },
        "example": "*",
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "An ETag that you have: 304 where it still holds.",
        "schema": {"type": "string"},
    },
    "AcceptLanguage": {
        "name": "Accept-Language",
        "in": "header",
        "required": False,
        "description": f"The language of sentences, {_LANGUAGES}; the participant's own where it is left out.",
        "schema": {"type": "string"},
        "example": "es",
    },
    "LastEventID": LAST_EVENT_ID,
}
HEADERS["NeededIdempotencyKey"] = {**HEADERS["IdempotencyKey"], "required": True}


class Parameters:
    """The parameters of all operations; what several of them take alike is a component."""

    def __init__(self, routes: Iterable[Route]) -> None:
        """Describe what the routes are asked with."""
        shown = list(routes)
        asked = {route.asked_type for route in shown if route.asked_type is not None}
        self._shapes = Shapes(asked, shared=FILTERS)
        self._queries: dict[Any, list[Json]] = {one: self._query(one) for one in asked}
        often = Counter(
            json.dumps(part) for route in shown for part in self._queries.get(route.asked_type, ())
        )
        self._components: Json = dict(HEADERS)
        self._names: dict[str, str] = {}
        for written, count in often.most_common():
            name = _pascal(json.loads(written)["name"])
            if count > 1 and name not in self._components:
                self._components[name], self._names[written] = json.loads(written), name
        for name, wanted in sorted(
            {(name, wanted) for route in shown for name, wanted in route.path_types.items()}, key=str
        ):
            self._components[_path_name(name)] = _path(name, wanted)

    @property
    def components(self) -> Json:
        """The parameters that operations share, by name."""
        return dict(sorted(self._components.items()))

    @property
    def closed(self) -> Json:
        """The closed lists that parameters take values from."""
        return {name: schema for name, schema in self._shapes.components.items() if "enum" in schema}

    def of(self, route: Route) -> list[Json]:
        """The parameters of one route."""
        queries = [(json.dumps(part), part) for part in self._queries.get(route.asked_type, ())]
        return [
            *(_ref(_path_name(name)) for name in route.path_types),
            *(_ref(self._names[written]) if written in self._names else part for written, part in queries),
            *_headers(route),
        ]

    def _query(self, asked: type[Any]) -> list[Json]:
        schema = self._shapes.components[asked.__name__]
        return [
            {
                "name": name,
                "in": "query",
                "description": part.pop("description", ""),
                "schema": _present(part),
            }
            for name, part in schema["properties"].items()
        ]


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/parameters/{name}"}


def _path_name(name: str) -> str:
    return {"name": "ProgramName", "version": "ProgramVersion"}.get(name, f"{_pascal(name)}Id")


def _path(name: str, wanted: object) -> Json:
    says = {"name": "Name of the program.", "version": "Version of the program, counted from 1."}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": says.get(name, f"Id of the {name.replace('_', ' ')}."),
        "schema": Shapes([wanted]).of(wanted),
        "example": examples.PATH[name],
    }


def _present(schema: Json) -> Json:
    """A schema without null: a parameter is there or it is not."""
    if isinstance(schema.get("type"), list):
        return {**schema, "type": schema["type"][0]}
    return next(dict(part) for part in schema.get("anyOf", [schema]))


def _headers(route: Route) -> list[Json]:
    taken = {
        "NeededIdempotencyKey": route.key_required,
        "IdempotencyKey": route.method == "POST" and not route.key_required,
        "IfMatch": route.edits,
        "IfNoneMatch": route.tagged and route.method == "GET",
        "AcceptLanguage": route.speaks,
        "LastEventID": bool(route.events),
    }
    return [_ref(name) for name in taken if taken[name]]


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
