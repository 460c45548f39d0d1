"""The contract's `webhooks` (OpenAPI 3.1, 4.8.1): each type with its payload."""

# ruff: noqa: E501  one entry a line reads as the table that it is

from typing import Any, Final

import msgspec

from schemas.notices import SHAPES, Carried, NoticeType
from service.web.contract.examples_of_notices import sent

Json = dict[str, Any]

_REF: Final = "#/components/schemas/{name}"

SAYS: Final = """\
Signed as Standard Webhooks 1.0 says. At least once: the same `webhook-id` may come again, and is the same
notice then. `data.sequence` counts this subscriber's notices without gaps, and they may arrive in another
order. Nothing in it names anybody or tells a result: ask the API for what you may see.

Answer 2xx once you have it; any other answer, a redirect included, is tried again for about three days, and
410 disables the subscriber.
"""

SUMMARIES: Final[dict[NoticeType, str]] = {
    "event.recorded": "An event went on record.",
    "award.posted": "Something was credited, or taken back.",
    "balance.changed": "A participant's balance in one unit is another.",
    "redemption.held": "A reward was set aside.",
    "redemption.given": "A reward was handed over.",
    "redemption.canceled": "A redemption was canceled, and its price returned.",
    "enrollment.opened": "An enrollment was opened.",
    "enrollment.closed": "An enrollment was closed.",
    "draw.made": "Slips were drawn.",
    "cap.reached": "A participant has come to 80 or 100 percent of a cap.",
    "test.ping": "Somebody asked for a test.",
}

HEADERS: Final[list[Json]] = [
    {"name": "webhook-id", "in": "header", "required": True, "description": "The notice, the same at each attempt; keep it to know a repeat.", "schema": {"type": "string", "format": "uuid"}},
    {"name": "webhook-timestamp", "in": "header", "required": True, "description": "When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.", "schema": {"type": "string", "pattern": "^[0-9]+$"}, "example": "1772465400"},
    {"name": "webhook-signature", "in": "header", "required": True, "description": "`v1,` and the base64 of HMAC-SHA256 over `{id}.{timestamp}.{body}` under your secret; two of them, with a space between, for 24 hours after a rotation.", "schema": {"type": "string"}, "example": "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="},
]  # fmt: skip

RESPONSES: Final[Json] = {
    "2XX": {"description": "You have it; it does not come again unless it is replayed."},
    "410": {"description": "You want no more: the subscriber is disabled, and what was meant for it is kept."},
    "429": {"description": "Too fast: you are asked less often, and not before `Retry-After`."},
    "default": {"description": "It is tried again with growing waits for about three days; `Retry-After` is heeded. Then it is dead, and can be replayed."},
}  # fmt: skip


def told_to_subscribers() -> Json:
    """Every type of notice as a webhook of the contract."""
    return {kind: _webhook(kind, body) for kind, body in sent().items()}


def _webhook(kind: NoticeType, body: bytes) -> Json:
    shape = SHAPES[kind]
    parts = [{"$ref": _REF.format(name=Carried.__name__)}, {"$ref": _REF.format(name=shape.__name__)}]
    schema: Json = {
        "title": kind,
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"const": kind},
            "timestamp": {"type": "string", "format": "date-time", "description": "When it was done."},
            "data": {"allOf": parts},
        },
    }
    content = {"schema": schema, "examples": {"a notice": {"value": msgspec.json.decode(body)}}}
    return {
        "post": {
            "operationId": "sent_" + kind.replace(".", "_"),
            "tags": ["subscribers"],
            "summary": SUMMARIES[kind],
            "description": SAYS,
            "security": [],
            "parameters": HEADERS,
            "requestBody": {"required": True, "content": {"application/json": content}},
            "responses": RESPONSES,
        }
    }
