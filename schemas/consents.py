"""Consents to disclose, as 42 CFR 2.31 asks for them, and what was disclosed to subscribers."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Day
from schemas.notices import NoticeType
from schemas.people import Name, Text

ConsentKind = Literal["specific", "tpo"]
"""`specific` is for one purpose; `tpo` for all future treatment, payment and health care operations."""
SignedHow = Literal["typed", "drawn", "paper"]
"""`typed` is a name in the place of a signature, `drawn` a picture of it, `paper` the clinic's form."""
SignatureMedia = Literal["image/png", "image/jpeg"]
SIGNATURE_CHARACTERS_MAX = 270_000
"""Some 200 KB of a picture in Base64."""


class NewSignature(Struct, frozen=True, forbid_unknown_fields=True):
    """Who signed a consent, how and on which day."""

    how: SignedHow
    name: Name
    """Who signed: the participant, or who may sign for them. Kept encrypted."""
    signed_on: Day
    """The local day of the signature, today or earlier."""
    drawn: (
        Annotated[str, Meta(max_length=SIGNATURE_CHARACTERS_MAX, pattern=r"^[A-Za-z0-9+/]+={0,2}$(?!\n)")]
        | None
    ) = None
    """With `drawn`: the picture, PNG or JPEG, in Base64. Kept encrypted."""


class NewConsent(Struct, frozen=True, forbid_unknown_fields=True):
    """A participant's consent that somebody is told of them.

    The short form has a subscriber, a purpose and perhaps a last day. With `kind` it is the whole form of
    42 CFR 2.31: it needs `information` and `signature` too, and a `specific` one an end.
    """

    participant: UUID
    subscriber: UUID | None
    """Id of the subscriber that may be told; null where `recipient` alone says who."""
    purpose: Text
    """Its purpose, in the participant's words or the form's."""
    expires_on: Day | None = None
    """Last local day that it holds for; null while it has no such day."""
    kind: ConsentKind | None = None
    """The kind of the whole form; left out in the short form."""
    information: Text | None = None
    """How much may be told and of what kind, such as `that I come in and what I earn, no test results`."""
    recipient: Text | None = None
    """To whom, by name or as a class, such as `my treating providers and health plans`."""
    recipient_is_class: bool = False
    """Whether `recipient` is a class of recipients and not a name."""
    ends_when: Text | None = None
    """The event or condition that ends it, such as `the end of my treatment here`; it is then revoked."""
    how_to_revoke: Text | None = None
    """How it can be taken back, where the clinic has its own way; else by telling anybody at the clinic."""
    signature: NewSignature | None = None
    """The signature of the whole form."""


class Signature(Struct, frozen=True):
    """Who signed a consent, how and on which day; its picture is shown on the page of the consent."""

    how: SignedHow
    name: str
    """Who signed."""
    signed_on: date
    """The local day of the signature."""


class Consent(Struct, frozen=True):
    """A consent as it was given; it holds until it is revoked or its last local day is over."""

    id: UUID
    participant: UUID
    subscriber: UUID | None
    """Id of the subscriber that may be told; null where `recipient` alone says who."""
    purpose: str
    """Its purpose, in the participant's words or the form's."""
    given_at: datetime
    """When it was recorded."""
    recorded_by: UUID
    """Who recorded it: a key or member of staff."""
    in_force: bool
    """Whether it holds now."""
    expires_on: date | None = None
    """Last local day that it holds for; null while it has no such day."""
    revoked_at: datetime | None = None
    """When it was revoked; null while it was not."""
    revoked_by: UUID | None = None
    """Who revoked it: a key, a member of staff, or the participant."""
    kind: ConsentKind | None = None
    """The kind of the whole form; null for one in the short form."""
    information: str | None = None
    """How much may be told and of what kind; null in the short form, which is for what notices hold."""
    recipient: str | None = None
    """To whom, by name or as a class; null where `subscriber` says it."""
    recipient_is_class: bool = False
    """Whether `recipient` is a class of recipients and not a name."""
    ends_when: str | None = None
    """The event or condition that ends it, if any."""
    how_to_revoke: str | None = None
    """How it can be taken back, where the clinic has its own way."""
    signature: Signature | None = None
    """The signature of the whole form."""


class ConsentPage(Struct, frozen=True):
    """One page of consents, newest first."""

    items: tuple[Consent, ...]
    next_cursor: str | None = None


class Disclosure(Struct, frozen=True):
    """A notice about a participant that was delivered, and the consent that it was sent under, if any."""

    id: UUID
    """Id of the disclosure."""
    participant: UUID
    subscriber: UUID
    delivery: UUID
    """Id of the delivery, which is the notice's `webhook-id`."""
    type: NoticeType
    """Type of the notice."""
    at: datetime
    """When it was delivered."""
    consent: UUID | None = None
    """Id of the consent that it was sent under, if any."""


class DisclosurePage(Struct, frozen=True):
    """One page of what was disclosed of a participant, newest first."""

    items: tuple[Disclosure, ...]
    next_cursor: str | None = None
