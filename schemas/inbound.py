"""What other services tell us: where messages come from, how they are read, and what became of them."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.events import NewEvent
from schemas.people import Name, Text
from schemas.problem import Code, Fault

HeaderName = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9-]+$(?!\n)")]
Place = Annotated[str, Meta(min_length=1, max_length=256, pattern=r"^[^\x00-\x1f]*$(?!\n)")]
"""A place in a message: `$.result.code`, `results[0].code`, or the JSON Pointer `/results/0/code`."""
Word = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f]*$(?!\n)")]
Words = Annotated[dict[Word, Word], Meta(max_length=200)]
SourceSecret = Annotated[str, Meta(min_length=16, max_length=256, pattern=r"^[!-~]+$(?!\n)")]


class StandardWebhooks(Struct, frozen=True, forbid_unknown_fields=True, tag="standard_webhooks"):
    """The source signs by Standard Webhooks 1.0, with headers that begin with `webhook-` or `svix-`.

    Without `prefix` it may use either.
    """

    prefix: Literal["webhook", "svix"] | None = None


class PlainHmac(Struct, frozen=True, forbid_unknown_fields=True, tag="plain_hmac"):
    """The source puts the HMAC-SHA256 of the body in hex into a header; `sha256=` may stand before it.

    It covers neither time nor id, so a message is known again by its body.
    """

    header: HeaderName = "x-hub-signature-256"


class Bearer(Struct, frozen=True, forbid_unknown_fields=True, tag="bearer"):
    """The source shows the secret itself, as `Authorization: Bearer ...`."""


Verifier = StandardWebhooks | PlainHmac | Bearer
TimeForm = Literal["rfc3339", "epoch_seconds", "epoch_milliseconds", "pattern"]


class FieldRule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a field of the event comes from.

    It is what stands `at` a place of the message, put into our words where there are `words`, or `value`
    where nothing stands there. A rule without `at` is a constant. Their words are compared without regard
    to case.
    """

    at: Place | None = None
    value: Word | None = None
    words: Words = {}


class TimeRule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where the time of the event comes from, and how it is written.

    A `pattern` is made of `%Y %m %d %H %M %S %f %I %p %z`, such as `%m/%d/%Y %H:%M`; without `%z` it is in
    `zone`, and without `zone` in the clinic's.
    """

    at: Place
    form: TimeForm = "rfc3339"
    pattern: Word | None = None
    zone: Word | None = None


class OnlyRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Which messages are events: those that have one of `values` at a place; the others are ignored."""

    at: Place
    values: Annotated[tuple[Word, ...], Meta(min_length=1, max_length=50)]


class EventMapping(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a message becomes an event: a rule for each field of the event.

    Without `reference` the event's reference is made from the message, so that it is recorded once.
    """

    outcome: FieldRule
    occurred_at: TimeRule
    participant_reference: FieldRule | None = None
    participant: FieldRule | None = None
    enrollment: FieldRule | None = None
    behavior: FieldRule | None = None
    target: FieldRule | None = None
    program: FieldRule | None = None
    reference: FieldRule | None = None
    evidence: FieldRule | None = None
    note: FieldRule | None = None
    only: OnlyRule | None = None


class NewSource(Struct, frozen=True, forbid_unknown_fields=True):
    """Another service that will send us messages.

    Without `secret` one is made; one of Standard Webhooks is `whsec_` and base64 of 24 to 64 bytes. Without
    `mapping` its messages are events as `POST /v1/events` takes them, or `{type, timestamp, data}` around
    one.
    """

    name: Name | None = None
    verifier: Verifier = StandardWebhooks()
    mapping: EventMapping | None = None
    secret: SourceSecret | None = None


class SourceChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change about a source; a field left out stays, null clears it."""

    name: Name | UnsetType | None = UNSET
    mapping: EventMapping | UnsetType | None = UNSET


class NewSecret(Struct, frozen=True, forbid_unknown_fields=True):
    """A source's next secret; without one it is made."""

    secret: SourceSecret | None = None


class Source(Struct, frozen=True, kw_only=True):
    """Another service that sends us messages to `address`; its secret is shown when it is made, never again.

    Until `old_secret_until` the secret before the last rotation is believed too.
    """

    id: UUID
    address: str
    verifier: Verifier
    created_at: datetime
    created_by: UUID
    name: str | None = None
    mapping: EventMapping | None = None
    old_secret_until: datetime | None = None


class IssuedSource(Source, frozen=True, kw_only=True):
    """A source with its secret."""

    secret: str


class SourcePage(Struct, frozen=True):
    """One page of sources, newest first."""

    items: tuple[Source, ...]
    next_cursor: str | None = None


class Sample(Struct, frozen=True, forbid_unknown_fields=True):
    """A message to be tried; with `mapping`, by that one instead of the source's own."""

    sample: Any
    mapping: EventMapping | UnsetType | None = UNSET


class Doubtful(Struct, frozen=True):
    """Why a message became no event: a code, what is wrong, and at which places."""

    code: Code
    detail: str
    faults: tuple[Fault, ...] = ()


class Tried(Struct, frozen=True):
    """What a sample would become: an event, nothing because it is ignored, or a case for review."""

    ignored: bool
    event: NewEvent | None = None
    review: Doubtful | None = None


class TakenMessage(Struct, frozen=True):
    """A message is kept: under which id, and since when. A repeat is answered like the first."""

    id: UUID
    received_at: datetime


MessageStatus = Literal["kept", "recorded", "ignored", "review", "discarded"]


class InboundMessage(Struct, frozen=True, kw_only=True):
    """A message that came in, and what became of it.

    `kept` is not understood yet, `recorded` is on record as `event`, `ignored` is no event by its source's
    mapping, `review` waits for somebody because of `code`, and `discarded` was looked at and is no event.
    """

    id: UUID
    source: UUID
    received_at: datetime
    status: MessageStatus
    tries: int
    code: Code | None = None
    event: UUID | None = None
    participant: UUID | None = None
    settled_at: datetime | None = None
    discarded_by: UUID | None = None


class WholeMessage(InboundMessage, frozen=True, kw_only=True):
    """A message with what is in it: its body as text, or in base64 where it is not UTF-8."""

    sender_id: str | None = None
    body: str | None = None
    body_base64: str | None = None
    review: Doubtful | None = None
    reason: str | None = None


class MessagePage(Struct, frozen=True):
    """One page of messages, newest first."""

    items: tuple[InboundMessage, ...]
    next_cursor: str | None = None


class PutBack(Struct, frozen=True):
    """How many messages that waited for review are tried again; with `more` there are others."""

    messages: int
    more: bool


class Discard(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a message is no event."""

    reason: Text
