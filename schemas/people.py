"""Participants, enrollments and keys."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.events import Day, Reference
from schemas.program import Slug

Role = Literal["front_desk", "clinician", "manager", "auditor", "integration"]
Language = Literal["en", "es"]
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]
Phone = Annotated[str, Meta(min_length=3, max_length=32, pattern=r"^\+?[0-9(][0-9 ().-]*$(?!\n)")]
Email = Annotated[
    str,
    Meta(min_length=3, max_length=254, pattern=r"^[^@\x00-\x20\x7f-\xa0]+@[^@\x00-\x20\x7f-\xa0]+$(?!\n)"),
]
Text = Annotated[str, Meta(min_length=1, max_length=1000, pattern=r"^[^\x00]*$(?!\n)")]


class Clinic(Struct, frozen=True):
    """A tenant; `timezone` is the IANA name of the zone in which its days and weeks are counted."""

    id: UUID
    name: str
    timezone: str


class NewParticipant(Struct, frozen=True, forbid_unknown_fields=True):
    """A person in care, known by the clinic's own `reference`; the rest is optional, and kept encrypted."""

    reference: Reference
    name: Name | None = None
    phone: Phone | None = None
    email: Email | None = None
    language: Language = "en"


class ParticipantChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change about a participant; a field left out stays, null clears it."""

    reference: Reference | UnsetType = UNSET
    name: Name | UnsetType | None = UNSET
    phone: Phone | UnsetType | None = UNSET
    email: Email | UnsetType | None = UNSET
    language: Language | UnsetType = UNSET


class Participant(Struct, frozen=True):
    """A person in care; `display_code` is the short code that is said aloud at the desk."""

    id: UUID
    reference: str
    display_code: str
    created_at: datetime
    language: Language
    name: str | None = None
    phone: str | None = None
    email: str | None = None


class SignInCode(Struct, frozen=True):
    """A code that opens the portal once, until `ends_at` or the next code; `url` is what a QR code shows."""

    code: str
    ends_at: datetime
    url: str


class ParticipantPage(Struct, frozen=True):
    """One page of participants, newest first."""

    items: tuple[Participant, ...]
    next_cursor: str | None = None


class NewEnrollment(Struct, frozen=True, forbid_unknown_fields=True):
    """One episode in one program; without `version` the latest one.

    `funding` names who pays. `ends_on` is the planned last local day, after which it is closed by itself.
    """

    participant: UUID
    program: Slug
    starts_on: Day
    version: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    funding: Slug | None = None
    ends_on: Day | None = None


class Enrollment(Struct, frozen=True):
    """One participant's episode in one program version, from a start day in the clinic's time zone.

    `ends_on` is the planned last day, `closed_on` the last day of one that is closed.
    """

    id: UUID
    participant: UUID
    program: str
    version: int
    starts_on: date
    opened_at: datetime
    status: Literal["open", "closed"]
    funding: str | None = None
    closed_on: date | None = None
    close_reason: str | None = None
    ends_on: date | None = None


class EnrollmentPage(Struct, frozen=True):
    """One page of enrollments, newest first."""

    items: tuple[Enrollment, ...]
    next_cursor: str | None = None


class MoveEnrollment(Struct, frozen=True, forbid_unknown_fields=True):
    """To which newer version of its program an enrollment moves, and why."""

    version: Annotated[int, Meta(ge=1, le=1_000_000)]
    reason: Text


class CloseEnrollment(Struct, frozen=True, forbid_unknown_fields=True):
    """Why an enrollment ends and which local day is its last."""

    reason: Text
    on: Day


class TransferEnrollment(Struct, frozen=True, forbid_unknown_fields=True):
    """To which program somebody goes on, and why: a step down, or another program.

    `on` is the last local day of the enrollment, and the next one begins on `starts_on`, or else the day
    after. Without `funding` the same pays as before.
    """

    program: Slug
    on: Day
    reason: Text
    version: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    starts_on: Day | None = None
    funding: Slug | None = None


class TransferredEnrollment(Struct, frozen=True):
    """The enrollment that was closed, and the one that goes on from it."""

    closed: Enrollment
    opened: Enrollment


class NewKey(Struct, frozen=True, forbid_unknown_fields=True):
    """A key for a program or a desk; it acts as itself with one role."""

    role: Role
    label: Name | None = None


class Key(Struct, frozen=True):
    """A key as it can be shown: never its secret."""

    id: UUID
    role: Role
    created_at: datetime
    label: str | None = None
    revoked_at: datetime | None = None


class IssuedKey(Struct, frozen=True):
    """A new key with its secret, shown once."""

    id: UUID
    key: str
    role: Role
    label: str | None = None


class KeyPage(Struct, frozen=True):
    """One page of keys, newest first."""

    items: tuple[Key, ...]
    next_cursor: str | None = None
