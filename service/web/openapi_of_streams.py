"""What the contract says of streams: OpenAPI 3.1 has no words of its own for what they consist of."""

# ruff: noqa: E501  one entry a line reads as the table that it is

from typing import Any, Final, cast

from service.core.live import EventName
from service.web import examples
from service.web.route import Route
from service.web.streaming import event

Json = dict[str, Any]

LAST_EVENT_ID: Final[Json] = {
    "name": "Last-Event-ID", "in": "header", "required": False,
    "description": "The last `id` that was received: the stream goes on after it. One that is not ours begins anew.",
    "schema": {"type": "string"},
}  # fmt: skip


def streamed(route: Route, shapes: dict[object, Json]) -> Json:
    """A stream's content: text, with how it begins and the shape of each event's data (3.2 has `itemSchema`)."""
    known = [
        (name, examples.ANSWERS[told]) for name, told in route.events.items() if told in examples.ANSWERS
    ]
    begins = b"".join(event(cast("EventName", name), data, "...") for name, data in known).decode()
    return {
        "schema": {"type": "string"},
        "examples": {"a stream": {"value": begins}},
        "x-events": {name: shapes[told] for name, told in route.events.items()},
    }
