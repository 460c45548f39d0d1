"""Subscribers, what was delivered to them, consents, and what was disclosed of whom."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.events import Day
from schemas.notices import NoticeType
from schemas.people import Text

SubscriberStatus = Literal["active", "disabled"]
DisabledWhy = Literal["by_hand", "gone"]
DeliveryStatus = Literal["waiting", "delivered", "failed", "dead", "withheld"]
AttemptOutcome = Literal["delivered", "failed", "gone", "withheld", "refused"]

ReceiverUrl = Annotated[
    str, Meta(min_length=8, max_length=2048, pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$(?!\n)")
]
Types = Annotated[tuple[NoticeType, ...], Meta(min_length=1, max_length=20)]


class NewSubscriber(Struct, frozen=True, forbid_unknown_fields=True):
    """Where notices go and of which types; with `consent_required`, only of participants who consented."""

    url: ReceiverUrl
    types: Types
    consent_required: bool = False


class SubscriberChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change about a subscriber; a field left out stays.

    `status: disabled` stops deliveries and keeps the notices; `active` starts them again.
    """

    url: ReceiverUrl | UnsetType = UNSET
    types: Types | UnsetType = UNSET
    consent_required: bool | UnsetType = UNSET
    status: SubscriberStatus | UnsetType = UNSET


class Subscriber(Struct, frozen=True):
    """A webhook endpoint; it is disabled by hand, or because it answered 410.

    Its secret is shown when it is made and when it is rotated, and never again.
    """

    id: UUID
    url: str
    types: tuple[NoticeType, ...]
    consent_required: bool
    status: SubscriberStatus
    created_at: datetime
    created_by: UUID
    disabled_why: DisabledWhy | None = None
    disabled_at: datetime | None = None
    old_secret_until: datetime | None = None


class MadeSubscriber(Subscriber, frozen=True, kw_only=True):
    """A new subscriber with the secret that its notices are signed with, shown once."""

    secret: str


class SubscriberPage(Struct, frozen=True):
    """One page of subscribers, newest first."""

    items: tuple[Subscriber, ...]
    next_cursor: str | None = None


class RotatedSecret(Struct, frozen=True):
    """A subscriber's new secret, shown once; until `old_secret_until` the one before signs too."""

    id: UUID
    secret: str
    old_secret_until: datetime


class QueuedTest(Struct, frozen=True):
    """A test.ping that is on its way to one subscriber."""

    subscriber: UUID
    type: Literal["test.ping"]
    queued_at: datetime


class Attempt(Struct, frozen=True):
    """One try to deliver a notice; `answer` is the beginning of what was answered, or why nothing was.

    `withheld` was not sent, for want of a consent; `refused` neither, because of where the address leads.
    """

    at: datetime
    outcome: AttemptOutcome
    took_ms: int
    status: int | None = None
    answer: str | None = None


class Delivery(Struct, frozen=True):
    """A notice for one subscriber; its id is the `webhook-id` of every attempt.

    `waiting` was not tried since it was queued, `failed` will be tried again at `next_attempt_at`, `dead`
    will not be, `withheld` lacks a consent; what is not tried again can be replayed.
    """

    id: UUID
    subscriber: UUID
    sequence: int
    type: NoticeType
    status: DeliveryStatus
    created_at: datetime
    attempts: tuple[Attempt, ...]
    participant: UUID | None = None
    next_attempt_at: datetime | None = None


class DeliveryPage(Struct, frozen=True):
    """One page of deliveries, newest first."""

    items: tuple[Delivery, ...]
    next_cursor: str | None = None


class Replay(Struct, frozen=True, forbid_unknown_fields=True):
    """Which notices are sent again: those queued from `since` on, and before `until` where that is given.

    With `undelivered_only`, those that were delivered are left out.
    """

    since: Annotated[datetime, Meta(tz=True)]
    until: Annotated[datetime, Meta(tz=True)] | None = None
    undelivered_only: bool = False


class Replayed(Struct, frozen=True):
    """How many notices are on their way again."""

    subscriber: UUID
    deliveries: int


class NewConsent(Struct, frozen=True, forbid_unknown_fields=True):
    """A participant's consent that a subscriber is told of them; `expires_on` is its last day."""

    participant: UUID
    subscriber: UUID
    purpose: Text
    expires_on: Day | None = None


class Consent(Struct, frozen=True):
    """A consent as it was given; it holds until it is revoked or its last local day is over."""

    id: UUID
    participant: UUID
    subscriber: UUID
    purpose: str
    given_at: datetime
    recorded_by: UUID
    in_force: bool
    expires_on: date | None = None
    revoked_at: datetime | None = None
    revoked_by: UUID | None = None


class ConsentPage(Struct, frozen=True):
    """One page of consents, newest first."""

    items: tuple[Consent, ...]
    next_cursor: str | None = None


class Disclosure(Struct, frozen=True):
    """A notice about a participant that was delivered, and the consent that it was sent under, if any."""

    id: UUID
    participant: UUID
    subscriber: UUID
    delivery: UUID
    type: NoticeType
    at: datetime
    consent: UUID | None = None


class DisclosurePage(Struct, frozen=True):
    """One page of what was disclosed of a participant, newest first."""

    items: tuple[Disclosure, ...]
    next_cursor: str | None = None
