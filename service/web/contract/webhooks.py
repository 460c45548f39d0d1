"""The contract's `webhooks` (OpenAPI 3.1, 4.8.1): each type with its payload."""

# ruff: noqa: E501  one entry a line reads as the table that it is

from typing import Any, Final

import msgspec

from schemas.notices import SHAPES, Carried, NoticeType
from service.web.contract.examples_of_notices import sent
from service.web.contract.shapes import REF

Json = dict[str, Any]

TAG: Final[Json] = {
    "name": "Notices",
    "description": """\
What subscribers are sent, signed as Standard Webhooks 1.0 says. At least once: the same `webhook-id` may come again, and is the same notice then. `data.sequence` counts this subscriber's notices without gaps, and they may arrive in another order. Nothing in it names anybody or tells a result: ask the API for what you may see.

Answer 2xx once you have it; any other answer, a redirect included, is tried again for about three days, and 410 disables the subscriber.""",
}

SUMMARIES: Final[dict[NoticeType, str]] = {
    "event.recorded": "An event went on record",
    "award.posted": "Something was credited, or taken back",
    "balance.changed": "A participant's balance changed",
    "redemption.held": "A reward was set aside",
    "redemption.given": "A reward was handed over",
    "redemption.canceled": "A redemption was canceled",
    "redemption.ordered": "A reward was ordered from its provider",
    "redemption.failed": "A reward was not delivered by its provider",
    "redemption.reversed": "A reward was paid back by its provider",
    "enrollment.opened": "An enrollment was opened",
    "enrollment.closed": "An enrollment was closed",
    "draw.made": "Slips were drawn",
    "cap.reached": "A participant came to 80 or 100 percent of a cap",
    "budget.reached": "A budget's warning percent, or all of it, is spent",
    "audit.checkpoint": "The audit trail was signed",
    "test.ping": "Somebody asked for a test",
}

SIGNED: Final[Json] = {
    "WebhookId": {
        "name": "webhook-id",
        "in": "header",
        "required": True,
        "description": "The notice, the same at each attempt; keep it to know a repeat.",
        "schema": {"type": "string", "format": "uuid"},
    },
    "WebhookTimestamp": {
        "name": "webhook-timestamp",
        "in": "header",
        "required": True,
        "description": "When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
        "example": "1772465400",
    },
    "WebhookSignature": {
        "name": "webhook-signature",
        "in": "header",
        "required": True,
        "description": "`v1,` and the base64 of HMAC-SHA256 over `{id}.{timestamp}.{body}` under your secret; two of them, with a space between, for 24 hours after a rotation.",
        "schema": {"type": "string"},
        "example": "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
    },
}
"""The headers of every notice, as components."""

ANSWERS: Final[Json] = {
    "NoticeTaken": {"description": "You have it; it does not come again unless it is replayed."},
    "NoMoreNotices": {
        "description": "You want no more: the subscriber is disabled, and what was meant for it is kept."
    },
    "NoticesTooFast": {"description": "Too fast: you are asked less often, and not before `Retry-After`."},
    "NoticeNotTaken": {
        "description": "It is tried again with growing waits for about three days; `Retry-After` is heeded. Then it is dead, and can be replayed."
    },
}
"""The answers of a receiver, as components."""
_STATUSES: Final = dict(zip(("2XX", "410", "429", "default"), ANSWERS, strict=True))


def webhooks() -> Json:
    """Every type of notice as a webhook of the contract."""
    return {kind: {"post": _webhook(kind, body)} for kind, body in sent().items()}


def schemas(shapes: Json) -> Json:
    """The schema of each type of notice by its name, and of its data: what it tells and what every notice holds."""
    carried = {"$ref": REF.format(name=Carried.__name__)}
    data = {
        shape.__name__: {"description": told["description"], "allOf": [carried, told]}
        for shape, told in ((shape, shapes[shape.__name__]) for shape in SHAPES.values())
    }
    return data | {_name(kind): _schema(kind) for kind in SHAPES}


def _name(kind: NoticeType) -> str:
    """The name of a notice's schema: `award.posted` is an `AwardPostedNotice`."""
    return "".join(part.capitalize() for part in kind.split(".")) + "Notice"


def _schema(kind: NoticeType) -> Json:
    return {
        "type": "object",
        "description": f"{SUMMARIES[kind]}.",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"type": "string", "const": kind, "description": "The subject."},
            "timestamp": {"type": "string", "format": "date-time", "description": "When it was done."},
            "data": {"$ref": REF.format(name=SHAPES[kind].__name__)},
        },
    }


def _webhook(kind: NoticeType, body: bytes) -> Json:
    schema = {"$ref": REF.format(name=_name(kind))}
    content = {"schema": schema, "examples": {"a notice": {"value": msgspec.json.decode(body)}}}
    return {
        "operationId": "receive_" + kind.replace(".", "_"),
        "tags": [TAG["name"]],
        "summary": SUMMARIES[kind],
        "security": [],
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in SIGNED],
        "requestBody": {"required": True, "content": {"application/json": content}},
        "responses": {
            status: {"$ref": f"#/components/responses/{name}"} for status, name in _STATUSES.items()
        },
    }
