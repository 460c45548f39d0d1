"""Subscribers, and what was delivered to them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.notices import NoticeType
from schemas.shown_once import ShownOnce

SubscriberStatus = Literal["active", "disabled"]
"""A disabled subscriber is sent nothing, and its notices are kept."""
DisabledWhy = Literal["by_hand", "gone"]
"""A subscriber is disabled by hand, or because it answered 410 Gone."""
NoticeFormat = Literal["plain", "fhir"]
"""`plain`: the notice itself, as JSON; `fhir`: the same as a bundle of FHIR R4."""
DeliveryStatus = Literal["waiting", "delivered", "failed", "dead", "withheld"]
"""`waiting` was not tried since it was queued, `failed` will be tried again, `dead` will not be, `withheld`
lacks a consent; what is not tried again can be replayed."""
AttemptOutcome = Literal["delivered", "failed", "gone", "withheld", "refused"]
"""`withheld` was not sent, for want of a consent; `refused` neither, because of where the address leads;
`gone` was answered 410."""

ReceiverUrl = Annotated[
    str, Meta(min_length=8, max_length=2048, pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$(?!\n)")
]
Types = Annotated[tuple[NoticeType, ...], Meta(min_length=1, max_length=20)]


class NewSubscriber(Struct, frozen=True, forbid_unknown_fields=True):
    """Where notices go and of which types: only of participants who consented, unless it says otherwise."""

    url: ReceiverUrl
    """Where notices are posted: a public address over HTTPS, save where a setting allows others."""
    types: Types
    """Which types of notices it is sent."""
    consent_required: bool = True
    """Whether it is told only of participants who consented; false where an agreement with it says so."""
    format: NoticeFormat = "plain"
    """How it is told: as plain JSON, or as FHIR R4."""


class SubscriberChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to a subscriber; a field left out stays."""

    url: ReceiverUrl | UnsetType = UNSET
    """Where notices are posted: a public address over HTTPS, save where a setting allows others."""
    types: Types | UnsetType = UNSET
    """Which types of notices it is sent."""
    consent_required: bool | UnsetType = UNSET
    """Whether it is told only of participants who consented."""
    format: NoticeFormat | UnsetType = UNSET
    """How it is told; what waits is sent so, too."""
    status: SubscriberStatus | UnsetType = UNSET
    """`disabled` stops deliveries and keeps the notices; `active` starts them again."""


class Subscriber(Struct, frozen=True):
    """A webhook endpoint; it is disabled by hand, or because it answered 410.

    Its secret is shown when it is made and when it is rotated, and never again.
    """

    id: UUID
    url: str
    """Where notices are posted."""
    types: tuple[NoticeType, ...]
    """Which types of notices it is sent."""
    consent_required: bool
    """Whether it is told only of participants who consented."""
    status: SubscriberStatus
    """Whether notices are delivered."""
    created_at: datetime
    created_by: UUID
    disabled_why: DisabledWhy | None = None
    """By hand, or because it answered 410."""
    disabled_at: datetime | None = None
    """Since when it is disabled; null while it is active."""
    old_secret_until: datetime | None = None
    """Until when the secret before the last rotation signs too."""
    format: NoticeFormat = "plain"
    """How it is told: as plain JSON, or as FHIR R4."""


class MadeSubscriber(Subscriber, frozen=True, kw_only=True):
    """A new subscriber with the secret that its notices are signed with, shown once."""

    secret: ShownOnce
    """The secret that its notices are signed with, shown once: null in a repeated answer."""


class SubscriberPage(Struct, frozen=True):
    """One page of subscribers, newest first."""

    items: tuple[Subscriber, ...]
    next_cursor: str | None = None


class RotatedSecret(Struct, frozen=True):
    """A subscriber's new secret."""

    id: UUID
    """Id of the subscriber."""
    secret: ShownOnce
    """The secret that its notices are signed with, shown once: null in a repeated answer."""
    old_secret_until: datetime
    """Until when the secret before the rotation signs too."""


class QueuedTest(Struct, frozen=True):
    """A test.ping that is on its way to one subscriber."""

    subscriber: UUID
    type: Literal["test.ping"]
    """Always `test.ping`."""
    queued_at: datetime
    """When it was queued."""


class Attempt(Struct, frozen=True):
    """One try to deliver a notice."""

    at: datetime
    """When it was made."""
    outcome: AttemptOutcome
    """Its state."""
    took_ms: int
    """How long it took, in milliseconds."""
    status: int | None = None
    """The HTTP status that was answered; null where nothing was."""
    answer: str | None = None
    """The beginning of what was answered, or why nothing was."""


class Delivery(Struct, frozen=True):
    """A notice for one subscriber, and what became of it."""

    id: UUID
    """The `webhook-id` of every attempt."""
    subscriber: UUID
    sequence: int
    """The subscriber's own number of the notice, from 1 without gaps."""
    type: NoticeType
    """Type of the notice."""
    status: DeliveryStatus
    """Its state."""
    created_at: datetime
    """When it was queued."""
    attempts: tuple[Attempt, ...]
    """Every attempt to deliver it, oldest first."""
    participant: UUID | None = None
    """Id of the participant that it is about; null for a test."""
    next_attempt_at: datetime | None = None
    """When it is tried again; null where it is not."""


class DeliveryPage(Struct, frozen=True):
    """One page of deliveries, newest first."""

    items: tuple[Delivery, ...]
    next_cursor: str | None = None


class Replay(Struct, frozen=True, forbid_unknown_fields=True):
    """Which notices are sent again: those queued from `since` on, and before `until` where that is given."""

    since: Annotated[datetime, Meta(tz=True)]
    """The first moment of queuing that is sent again."""
    until: Annotated[datetime, Meta(tz=True)] | None = None
    """The moment of queuing before which it ends; now where left out."""
    undelivered_only: bool = False
    """Whether those that were delivered are left out."""


class Replayed(Struct, frozen=True):
    """How many notices are on their way again."""

    subscriber: UUID
    deliveries: int
    """How many notices are on their way again."""
