"""Messages from other services: taken in, and looked at where they could not be understood."""

import asyncio
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.events import NewEvent
from schemas.inbound import (
    HL7_MEDIA,
    Discard,
    InboundMessage,
    MessagePage,
    MessageStatus,
    TakenMessage,
    WholeMessage,
)
from service.core.cursors import LIMIT, Page
from service.core.refusals import Refused, refused
from service.flows.inbound.correct_by_hand import correct_message
from service.flows.inbound.process import give_back, process_message
from service.flows.inbound.receive import Posted, take_message
from service.flows.inbound.review import discard_message, list_messages, put_back, read_message, show_message
from service.flows.perform import Again, perform
from service.web.api.events import RECORD_REFUSALS
from service.web.http.answers import Answer, as_json
from service.web.http.call import NO_STORE, REPLAYED, Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import AUDITORS, MANAGERS, OPEN, route

MESSAGE_BYTES_MAX: Final = 1024 * 1024
"""The largest message that is taken, in bytes."""

MEDIA: Final = ("application/json", "application/fhir+json", *HL7_MEDIA)

_encode = msgspec.json.Encoder().encode


class MessagesQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which messages are asked for."""

    status: MessageStatus | None = None
    source: UUID | None = None
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "POST",
    "/v1/inbound/{source}",
    "receive_message",
    roles=OPEN,
    answer=TakenMessage,
    statuses=(202,),
    reads=MEDIA,
    shape=dict[str, Any],
    refusals=("unauthenticated", "unavailable"),
)
async def take(call: Call, source: UUID, body: bytes) -> Answer:
    """Take a message in, signed as its source signs; it is kept before it is understood.

    By Standard Webhooks it has the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`, or
    those that begin with `svix-`; other sources have what their `verifier` says.

    The answer says that it is kept, and nothing of what becomes of it. A repeat is answered like the first.
    An unknown source is answered like a wrong signature. What is not JSON is taken of a source whose mapping
    has the format `hl7`.
    """
    if len(body) > MESSAGE_BYTES_MAX:
        return call.refuse(refused("too_large.message", bytes=MESSAGE_BYTES_MAX))
    resources = call.resources
    names = {name for name, _ in call.headers}
    headers = {name.decode("latin-1"): call.header(name) or "" for name in names}
    skew = timedelta(seconds=resources.settings.clock_skew_s_max)
    coming = Posted(headers, body, is_hl7=call.media in HL7_MEDIA)
    taken = await take_message(resources.database, resources.events.ask, source, coming, skew)
    if isinstance(taken, Refused):
        return call.refuse(taken)
    if taken.left is not None:
        giving = asyncio.create_task(give_back(resources.database, taken.left))
        resources.sending.add(giving)
        giving.add_done_callback(resources.sending.discard)
    told = [REPLAYED] if taken.repeated else []
    return as_json(_encode(taken.message), 202, NO_STORE, *told)


@route("GET", "/v1/inbound-messages", "list_messages", roles=AUDITORS, answer=MessagePage)
async def find(call: Call, asked: MessagesQuery) -> Answer:
    """List messages without what is in them, newest first; those with `status=review` wait for somebody."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_messages(act, page, asked.status, asked.source))


@route(
    "GET",
    "/v1/inbound-messages/{message}",
    "read_message",
    roles=MANAGERS,
    answer=WholeMessage,
    refusals=("not_found",),
)
async def read(call: Call, message: UUID) -> Answer:
    """Read a message with what is in it, and why it could not be understood."""
    return await call.perform(lambda act: read_message(act, message))


@route(
    "POST",
    "/v1/inbound-messages/{message}/retry",
    "retry_message",
    roles=MANAGERS,
    answer=InboundMessage,
    refusals=("not_found", "already_settled"),
)
async def retry(call: Call, message: UUID) -> Answer:
    """Retry a message that was put aside, by its source's mapping as it is now.

    The answer says what became of it. One that is on record is answered as it is, and recorded once.
    """
    resources, actor = call.resources, call.actor
    # Marked by a blank, which no key has that came over HTTP: the answer itself is kept under the bare key.
    back = await perform(
        resources.database, actor, lambda act: put_back(act, message), call.once(" put back")
    )
    if isinstance(back, Refused):
        return call.refuse(back)
    if not isinstance(back, Again):
        skew = timedelta(seconds=resources.settings.clock_skew_s_max)
        await process_message(resources.database, resources.events.ask, actor.clinic, message, skew)
    return await call.perform(lambda act: show_message(act, message))


@route(
    "POST",
    "/v1/inbound-messages/{message}/correct",
    "correct_message",
    roles=MANAGERS,
    answer=InboundMessage,
    refusals=("not_found", "already_settled", *RECORD_REFUSALS),
)
async def correct(call: Call, message: UUID, body: NewEvent) -> Answer:
    """Record the event that a message means, where its source said it wrong; both are done, or neither.

    It is recorded by whoever says so, and the message is on record as that event.
    """
    database, skew = call.resources.database, timedelta(seconds=call.resources.settings.clock_skew_s_max)
    return await call.perform(lambda act: correct_message(act, database, skew, message, body))


@route(
    "POST",
    "/v1/inbound-messages/{message}/discard",
    "discard_message",
    roles=MANAGERS,
    answer=InboundMessage,
    refusals=("not_found", "already_settled"),
)
async def discard(call: Call, message: UUID, body: Discard) -> Answer:
    """Discard a message that waits for review: it is no event, for a reason, and stays on record."""
    return await call.perform(lambda act: discard_message(act, message, body))
