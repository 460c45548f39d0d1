"""Streams in the contract: their events, and how to go on after the last one."""

# ruff: noqa: E501  one entry a line reads as the table that it is

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from service.web.contract import examples
from service.web.contract.shapes import REF, Shapes
from service.web.http.route import Route

Json = dict[str, Any]

_encode = msgspec.json.Encoder().encode

LAST_EVENT_ID: Final[Json] = {
    "name": "Last-Event-ID",
    "in": "header",
    "required": False,
    "description": "The last `id` that was received: the stream goes on after it. One that is not ours begins anew.",
    "schema": {"type": "string"},
}


def streamed(route: Route) -> Json:
    """A stream's content: the schema is that of one event, as OpenAPI 3.2 has it for `text/event-stream`."""
    events = [{"$ref": REF.format(name=_name(event))} for event in route.events]
    known = {name: examples.ANSWERS[told] for name, told in route.events.items() if told in examples.ANSWERS}
    shown = {
        name: {"value": {"event": name, "id": "...", "data": _encode(data).decode()}}
        for name, data in known.items()
    }
    return {"schema": events[0] if len(events) == 1 else {"oneOf": events}, "examples": shown}


def schemas(routes: Iterable[Route], shapes: Shapes) -> Json:
    """The schema of each event of the streams, by its name."""
    events = {name: told for route in routes for name, told in route.events.items()}
    return {_name(name): _event(name, shapes.of(told), told) for name, told in events.items()}


def _name(event: str) -> str:
    return f"{event.capitalize()}StreamEvent"


def _event(name: str, schema: Json, told: object) -> Json:
    return {
        "type": "object",
        "description": f"An event `{name}`; its data is JSON, a `{getattr(told, '__name__', name)}`.",
        "required": ["event", "data"],
        "properties": {
            "event": {"type": "string", "const": name, "description": "Name of the event."},
            "id": {"type": "string", "description": "The value to send as Last-Event-ID after it."},
            "data": {
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": schema,
                "description": "JSON of the shape that the event's name says.",
            },
        },
    }
