"""Participants, enrollments and keys."""

from datetime import date, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.events import Day, Number
from schemas.languages import OwnLanguage
from schemas.program import Slug
from schemas.shown_once import ShownOnce

Role = Literal["front_desk", "clinician", "manager", "auditor", "integration"]
"""The rights of a key: `front_desk` records events and gives rewards, `clinician` also corrects and excuses,
`manager` also runs programs, shelf, keys and staff, `auditor` only reads, `integration` records events and
reads balances."""
Language = OwnLanguage
"""The language of sentences: one that there is a catalog of, and that is no draft."""
EnrollmentStatus = Literal["open", "closed"]
"""An enrollment is open until it is closed by somebody, or by itself after its planned last day."""
ParticipantStatus = Literal["active", "left", "moved", "deceased"]
"""Whether somebody is in care here: `moved` is who left because they moved away."""
Holding = Literal["release", "keep"]
"""What becomes of what somebody has here: it goes back to the clinic, or stays theirs."""
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]
Phone = Annotated[str, Meta(min_length=3, max_length=32, pattern=r"^\+?[0-9(][0-9 ().-]*$(?!\n)")]
Email = Annotated[
    str,
    Meta(min_length=3, max_length=254, pattern=r"^[^@\x00-\x20\x7f-\xa0]+@[^@\x00-\x20\x7f-\xa0]+$(?!\n)"),
]
System = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        pattern=r"^[^\x00-\x20\x7f-\xa0|](?:[^\x00-\x1f\x7f-\x9f|]*[^\x00-\x20\x7f-\xa0|])?$(?!\n)",
    ),
]
"""The name of whoever gives numbers to people; `system|value` is one text for a number of it."""
_FROM_TO: Final = {"starts_on": "from", "ends_on": "to"}
Mark = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]
"""What tells people of one name apart, such as the year of birth."""
BirthYear = Annotated[int, Meta(ge=1900, le=2199)]
"""The calendar year in which somebody was born."""
Text = Annotated[str, Meta(min_length=1, max_length=1000, pattern=r"^[^\x00]*$(?!\n)")]


class Clinic(Struct, frozen=True):
    """A tenant: it has its own staff, participants, programs and shelf."""

    id: UUID
    name: str
    """Its name for people."""
    timezone: str
    """IANA name of the zone in which its days and weeks are counted."""


class NewParticipant(Struct, frozen=True, forbid_unknown_fields=True):
    """A person in care, known by the clinic's own `reference`; the rest is optional, and kept encrypted."""

    reference: Number
    """The clinic's own reference, unique within the clinic whatever its capitals; kept without blanks around
    it."""
    name: Name | None = None
    """Kept encrypted."""
    phone: Phone | None = None
    """For texts; kept encrypted."""
    email: Email | None = None
    """For mails; kept encrypted."""
    language: Language = "en"
    """The language of sentences to the participant."""
    mark: Mark | None = None
    """Tells namesakes apart, such as a year of birth; kept encrypted."""
    birth_year: BirthYear | None = None
    """The year of birth, which says whether they are a minor; kept encrypted."""


class ParticipantChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to a participant; a field left out stays, null clears it."""

    reference: Number | UnsetType = UNSET
    """The clinic's own reference, unique within the clinic; the former one goes on finding them."""
    name: Name | UnsetType | None = UNSET
    """Kept encrypted."""
    phone: Phone | UnsetType | None = UNSET
    """For texts; kept encrypted."""
    email: Email | UnsetType | None = UNSET
    """For mails; kept encrypted."""
    language: Language | UnsetType = UNSET
    """The language of sentences to the participant."""
    status: ParticipantStatus | UnsetType = UNSET
    """Whether they are in care here. Whoever is not gets no codes, their enrollments are closed, and the
    deceased
    cannot sign in; `active` takes that back. By a clinician or a manager."""
    status_on: Day | UnsetType = UNSET
    """The local day since which they are not, goes with `status`; today where left out."""
    held: Holding | UnsetType = UNSET
    """What becomes of open redemptions and of what is available, goes with `status`: kept where left out.
    When they
    are active again, what was released comes back to them, unless this says that it stays with the clinic:
    `release`."""
    reason: Text | UnsetType = UNSET
    """Why, goes with `status`; kept encrypted."""
    mark: Mark | UnsetType | None = UNSET
    """Tells namesakes apart; kept encrypted."""
    birth_year: BirthYear | UnsetType | None = UNSET
    """The year of birth, which says whether they are a minor; kept encrypted."""


class NewIdentifier(Struct, frozen=True, forbid_unknown_fields=True, rename=_FROM_TO):
    """A number by which another system, or the clinic itself, knows a participant."""

    system: System
    """Who gave it, such as `MRN` or `LAB`; `reference` is the clinic's own."""
    value: Number
    """The number; capitals, and blanks around it, do not tell two apart."""
    starts_on: Day | None = None
    """First local day on which it was used; null where nobody knows."""
    ends_on: Day | None = None
    """Last local day on which it was used; it goes on finding the participant, and is nobody else's."""


class IdentifierChange(Struct, frozen=True, forbid_unknown_fields=True, rename=_FROM_TO):
    """The end of an identifier."""

    ends_on: Day | None
    """Last local day on which it was used; null where it is used still."""


class Identifier(Struct, frozen=True, rename=_FROM_TO):
    """A number by which a participant is known: it finds them for ever, and is nobody else's."""

    id: UUID
    system: str
    """Who gave it; `reference` is the clinic's own."""
    value: str
    """The number as it is written."""
    starts_on: date | None = None
    """First local day on which it was used; null where nobody knows."""
    ends_on: date | None = None
    """Last local day on which it was used; null where it is used still."""


class Participant(Struct, frozen=True):
    """A person in care."""

    id: UUID
    reference: str
    """The clinic's own reference, unique within the clinic."""
    display_code: str
    created_at: datetime
    language: Language
    """The language of sentences to the participant."""
    name: str | None = None
    """Null where none was given."""
    phone: str | None = None
    """For texts; null where none was given."""
    email: str | None = None
    """For mails; null where none was given."""
    status: ParticipantStatus = "active"
    """Whether they are in care here."""
    status_on: date | None = None
    """The local day since which they are not; null for the active."""
    identifiers: tuple[Identifier, ...] = ()
    """All numbers that find them, the clinic's own reference among them."""
    near: tuple[UUID, ...] | UnsetType = UNSET
    """Only when just registered, and where there are any: others who may be the same person, by a number that
    differs as by a slip (lost zeros, look-alikes, separators) or by the same name and telephone number."""
    mark: str | None = None
    """Tells namesakes apart; null where none was given."""
    birth_year: int | None = None
    """The year of birth; null where it is not known."""


class SignInCode(Struct, frozen=True):
    """A code that opens the portal once, until `ends_at` or the next code."""

    code: ShownOnce
    """The code to be typed, shown once: null in a repeated answer."""
    ends_at: datetime
    """Until when it opens the portal."""
    url: ShownOnce
    """The link that a QR code shows, shown once as well."""


class ParticipantPage(Struct, frozen=True):
    """One page of participants, newest first."""

    items: tuple[Participant, ...]
    next_cursor: str | None = None


class NewEnrollment(Struct, frozen=True, forbid_unknown_fields=True):
    """One episode in one program."""

    participant: UUID
    program: Slug
    starts_on: Day
    """First local day; program week 1 begins on it."""
    version: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    """Version of the program; the latest where left out."""
    funding: Slug | None = None
    """Who pays, by a name of the clinic's own; null where the clinic does."""
    ends_on: Day | None = None
    """Planned last local day, after which it is closed by itself."""


class Enrollment(Struct, frozen=True):
    """One participant's episode in one program version; its days are in the clinic's time zone."""

    id: UUID
    participant: UUID
    program: str
    version: int
    starts_on: date
    """First local day; program week 1 begins on it."""
    opened_at: datetime
    """When it was entered."""
    status: EnrollmentStatus
    """Whether it is open."""
    funding: str | None = None
    """Who pays, by a name of the clinic's own; null where the clinic does."""
    closed_on: date | None = None
    """Last local day of one that is closed."""
    close_reason: str | None = None
    """Why it was closed."""
    ends_on: date | None = None
    """Planned last local day, after which it is closed by itself."""


class EnrollmentPage(Struct, frozen=True):
    """One page of enrollments, newest first."""

    items: tuple[Enrollment, ...]
    next_cursor: str | None = None


class MoveEnrollment(Struct, frozen=True, forbid_unknown_fields=True):
    """To which newer version of its program an enrollment moves, and why."""

    version: Annotated[int, Meta(ge=1, le=1_000_000)]
    """A newer version of the enrollment's own program."""
    reason: Text
    """Why; kept on record."""


class CloseEnrollment(Struct, frozen=True, forbid_unknown_fields=True):
    """Why an enrollment ends and which local day is its last."""

    reason: Text
    """Why; kept on record."""
    on: Day
    """Last local day of the enrollment."""


class TransferEnrollment(Struct, frozen=True, forbid_unknown_fields=True):
    """To which program somebody goes on, and why: a step down, or another program."""

    program: Slug
    """Name of the program that the participant goes on with."""
    on: Day
    """Last local day of the enrollment that ends."""
    reason: Text
    """Why; kept on record."""
    version: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    """Version of the next program; the latest where left out."""
    starts_on: Day | None = None
    """First local day of the next enrollment; the day after `on` where left out."""
    funding: Slug | None = None
    """Who pays for the next enrollment; the same as before where left out."""


class TransferredEnrollment(Struct, frozen=True):
    """The enrollment that was closed, and the one that goes on from it."""

    closed: Enrollment
    """The enrollment that ended."""
    opened: Enrollment
    """The enrollment that goes on from it."""
