"""Inbound messages: their sources, how they are read, and what became of them."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.mapping import EventMapping
from schemas.people import Name, Text
from schemas.problem import Code, Fault
from schemas.shown_once import ShownOnce

HL7_MEDIA: Final = ("application/hl7-v2", "x-application/hl7-v2+er7", "text/plain")
"""Media types of HL7 version 2: taken of a source whose messages are of that format."""

HeaderName = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9-]+$(?!\n)")]
SourceSecret = Annotated[str, Meta(min_length=16, max_length=256, pattern=r"^[!-~]+$(?!\n)")]


HeaderPrefix = Literal["webhook", "svix"]
"""The first part of the names of a Standard Webhooks signature's headers."""


class StandardWebhooks(Struct, frozen=True, forbid_unknown_fields=True, tag="standard_webhooks"):
    """The source signs by Standard Webhooks 1.0, with headers that begin with `webhook-` or `svix-`."""

    prefix: HeaderPrefix | None = None
    """The first part of the headers' names; either where left out."""


class PlainHmac(Struct, frozen=True, forbid_unknown_fields=True, tag="plain_hmac"):
    """The source puts the HMAC-SHA256 of the body in hex into a header; `sha256=` may stand before it.

    It covers neither time nor id, so a message is known again by its body.
    """

    header: HeaderName = "x-hub-signature-256"
    """Name of the header that holds the signature."""


class Bearer(Struct, frozen=True, forbid_unknown_fields=True, tag="bearer"):
    """The source shows the secret itself, as `Authorization: Bearer ...`."""


Verifier = StandardWebhooks | PlainHmac | Bearer
"""How a source proves that a message is its own."""


class NewSource(Struct, frozen=True, forbid_unknown_fields=True):
    """Another service that will send us messages.

    Without `mapping` its messages are events as `POST /v1/events` takes them, or `{type, timestamp, data}`
    around one.
    """

    name: Name | None = None
    """Its name for people."""
    verifier: Verifier = StandardWebhooks()
    """How its messages are signed."""
    mapping: EventMapping | None = None
    """How its messages are read; null where they are events in our own form."""
    secret: SourceSecret | None = None
    """The secret it signs with; made where left out. Of Standard Webhooks: `whsec_` and base64 of 24 to 64
    bytes."""


class SourceChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to a source; a field left out stays, null clears it."""

    name: Name | UnsetType | None = UNSET
    """Its name for people."""
    mapping: EventMapping | UnsetType | None = UNSET
    """How its messages are read; null where they are events in our own form."""


class NewSecret(Struct, frozen=True, forbid_unknown_fields=True):
    """A source's next secret; without one it is made."""

    secret: SourceSecret | None = None
    """The secret it signs with from now on; made where left out."""


class Source(Struct, frozen=True, kw_only=True):
    """Another service that sends us messages; its secret is shown when it is made, never again."""

    id: UUID
    address: str
    """Where its messages are sent to."""
    verifier: Verifier
    """How its messages are signed."""
    created_at: datetime
    created_by: UUID
    name: str | None = None
    """Its name for people."""
    mapping: EventMapping | None = None
    """How its messages are read; null where they are events in our own form."""
    old_secret_until: datetime | None = None
    """Until when the secret before the last rotation is believed too."""


class IssuedSource(Source, frozen=True, kw_only=True):
    """A source with its secret."""

    secret: ShownOnce
    """The secret it signs with, shown once: null in a repeated answer."""


class SourcePage(Struct, frozen=True):
    """One page of sources, newest first."""

    items: tuple[Source, ...]
    next_cursor: str | None = None


class Doubtful(Struct, frozen=True):
    """Why a message became no event: a code, what is wrong, and at which places."""

    code: Code
    """Why, as a code of problems."""
    detail: str
    """Why, in one sentence."""
    faults: tuple[Fault, ...] = ()
    """The faults, each at its place of the message."""


class TakenMessage(Struct, frozen=True):
    """A message is kept; a repeat is answered like the first."""

    id: UUID
    received_at: datetime
    """When it came in for the first time."""


MessageStatus = Literal["kept", "recorded", "ignored", "review", "discarded"]
"""`kept` is not understood yet, `recorded` is on record as an event, `ignored` is no event by its source's
mapping, `review` waits for somebody, and `discarded` was looked at and is no event."""


class InboundMessage(Struct, frozen=True, kw_only=True):
    """A message that came in, and what became of it."""

    id: UUID
    source: UUID
    """Id of the source."""
    received_at: datetime
    """When it came in for the first time."""
    status: MessageStatus
    """Its state."""
    tries: int
    """How often it was tried to understand it."""
    code: Code | None = None
    """Why it waits for review, as a code of problems."""
    event: UUID | None = None
    """Id of the event that it was recorded as."""
    participant: UUID | None = None
    """Id of the participant that it is about, once that is known."""
    settled_at: datetime | None = None
    """When it came to its `status`; null while it is `kept`."""
    discarded_by: UUID | None = None
    """Who found that it is no event: a key or member of staff."""


EffectKind = Literal[
    "recorded",
    "corrected",
    "withdrawn",
    "known",
    "planned",
    "canceled",
    "registered",
    "changed",
    "merged",
]
"""`recorded` is a new event, `corrected` and `withdrawn` changed one, and `known` was on record already;
`planned` and `canceled` are of an expected visit, and `registered`, `changed` and `merged` of a person."""


class MessageEffect(Struct, frozen=True):
    """One thing that a message did, where it did more than record one event."""

    kind: EffectKind
    """What it did."""
    subject: UUID
    """Id of the event, of the planned visit, of the participant, or of the merge."""
    day_alone: bool = False
    """Whether the message named a day and no time, so that noon stands for it."""


class WholeMessage(InboundMessage, frozen=True, kw_only=True):
    """A message with what is in it."""

    sender_id: str | None = None
    """The id that its sender gave it."""
    body: str | None = None
    """Its body as text; null where it is not UTF-8."""
    body_base64: str | None = None
    """Its body in base64, where it is not UTF-8."""
    review: Doubtful | None = None
    """Why it waits for somebody."""
    reason: str | None = None
    """Why it was discarded."""
    effects: tuple[MessageEffect, ...] = ()
    """What it did, in its order, where that was more than to record one event."""


class MessagePage(Struct, frozen=True):
    """One page of messages, newest first."""

    items: tuple[InboundMessage, ...]
    next_cursor: str | None = None


class PutBack(Struct, frozen=True):
    """How many messages that waited for review are tried again."""

    messages: int
    """How many are tried again."""
    more: bool
    """Whether others wait beyond those."""


class Discard(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a message is no event."""

    reason: Text
    """Why the message is no event; kept on record."""
