"""Where value leaves: when one person is not enough to hand it out, and the look of another one."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.people import Role, Text
from schemas.program import Unit

AloneDays = Annotated[int, Meta(ge=0, le=3650)]
AloneHours = Annotated[int, Meta(ge=0, le=720)]
AloneAmount = Annotated[int, Meta(ge=0, le=100_000_000)]
DeedKind = Literal[
    "recorded_late", "recorded_much", "enrolled_late", "welcomed_again", "welcomed_much", "withdrew_spent"
]  # fmt: skip  # table: kinds of deeds
"""What one person did alone: `recorded_late`, a visit recorded long after it was; `recorded_much`, more on
one day than one person records alone, or in all while nobody else has had to do with the participant;
`enrolled_late`, an enrollment opened long after its first day; `welcomed_again`, one with a welcome in a
program that the participant had begun before; `welcomed_much`, one with a welcome beyond what one person
opens enrollments with on one day; `withdrew_spent`, a correction that takes back what was handed out already,
which stays out."""


class SecondPersonRulesChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to the rules; a field left out stays, and null sets no bound."""

    roles: tuple[Role, ...] | UnsetType = UNSET
    """Whose deeds are asked about, and who is bound by the rules; managers and integrations, where a clinic
    names them, only where somebody else on the staff could look."""
    record_within_days: AloneDays | UnsetType | None = UNSET
    """How long after a visit it is recorded without being asked about, in local days."""
    enroll_within_days: AloneDays | UnsetType | None = UNSET
    """How long after an enrollment's first day it is opened without being asked about, in local days."""
    recorded_usd_max: AloneAmount | UnsetType | None = UNSET
    """How much one person records for one participant on one day without being asked about, in cents."""
    recorded_points_max: AloneAmount | UnsetType | None = UNSET
    """The same in points."""
    recorded_draws_max: AloneAmount | UnsetType | None = UNSET
    """The same in draws."""
    welcomed_usd_max: AloneAmount | UnsetType | None = UNSET
    """How much the welcomes of all enrollments that one person opens on one day may come to without being
    asked about, in cents."""
    welcomed_points_max: AloneAmount | UnsetType | None = UNSET
    """The same in points."""
    welcomed_draws_max: AloneAmount | UnsetType | None = UNSET
    """The same in draws."""
    given_usd_max: AloneAmount | UnsetType | None = UNSET
    """How much one person hands out to one participant on one day, in cents."""
    given_points_max: AloneAmount | UnsetType | None = UNSET
    """The same in points."""
    unseen_usd_max: AloneAmount | UnsetType | None = UNSET
    """How much in all goes out in seven days to people whom one person alone has had to do with, by that
    person or at their own request, in cents of worth."""
    overturn_own: bool | UnsetType = UNSET
    """Whether somebody may overturn a result that they recorded themselves to a success."""
    new_address_hours: AloneHours | UnsetType | None = UNSET
    """For how long a phone number or mail address that was changed is sent no sign-in code, unless the
    participant or a second person confirms it."""


class SecondPersonRules(Struct, frozen=True):
    """When one person is not enough: what they recorded or opened that another person looks at.

    Whoever loosens them is held to those of before, until another manager sets them, as they stand or
    otherwise.
    """

    roles: tuple[Role, ...] = ("front_desk", "clinician")
    """Whose deeds are asked about, and who is bound by the rules; managers and integrations, where a clinic
    names them, only where somebody else on the staff could look."""
    record_within_days: int | None = 14
    """How long after a visit it is recorded without being asked about, in local days."""
    enroll_within_days: int | None = 30
    """How long after an enrollment's first day it is opened without being asked about, in local days."""
    recorded_usd_max: int | None = 20_000
    """How much one person records for one participant on one day without being asked about, in cents."""
    recorded_points_max: int | None = 20_000
    """The same in points."""
    recorded_draws_max: int | None = 200
    """The same in draws."""
    welcomed_usd_max: int | None = 10_000
    """How much the welcomes of all enrollments that one person opens on one day may come to without being
    asked about, in cents."""
    welcomed_points_max: int | None = 10_000
    """The same in points."""
    welcomed_draws_max: int | None = 100
    """The same in draws."""
    given_usd_max: int | None = 25_000
    """How much one person hands out to one participant on one day, in cents."""
    given_points_max: int | None = 25_000
    """The same in points."""
    unseen_usd_max: int | None = 20_000
    """How much in all goes out in seven days to people whom one person alone has had to do with, by that
    person or at their own request, in cents of worth."""
    overturn_own: bool = False
    """Whether somebody may overturn a result that they recorded themselves to a success."""
    new_address_hours: int | None = 48
    """For how long a phone number or mail address that was changed is sent no sign-in code, unless the
    participant or a second person confirms it."""
    set_at: datetime | None = None
    """Since when they hold; null while they are those of a new clinic."""
    set_by: UUID | None = None
    """Who set them: a member of staff or a key."""


class DeedAlone(Struct, frozen=True):
    """Something that one person did alone and nobody else has looked at yet."""

    kind: DeedKind
    """What it was."""
    by: UUID
    """Who did it: a member of staff or a key."""
    done_at: datetime
    """When it was recorded or opened."""
    since: datetime
    """What it is about: the time of the visit, or the beginning of the enrollment's first day."""
    id: UUID
    """The event or enrollment."""
    unit: Unit | None = None
    """The unit of what it earned; null where it earned nothing by itself."""
    amount: int = 0
    """What it earned, in minor units of `unit`; of a day's sum, the whole of it."""


class NewSecondLook(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody else looked at what one person did alone for a participant, and found it right."""

    note: Text | None = None
    """What they looked at; kept on record."""


class SecondLook(Struct, frozen=True):
    """A look of another person, after which what was done until then is asked about no more."""

    id: UUID
    participant: UUID
    looked_at: datetime
    """When; what was done until then is asked about no more."""
    looked_by: UUID
    """Who looked: a member of staff or a key."""
    deeds: int
    """How many deeds they looked at."""
    note: str | None = None
    """What they said of it."""


class SecondLooks(Struct, frozen=True):
    """What waits for a second look, oldest first, and the looks taken so far, newest first."""

    waiting: tuple[DeedAlone, ...]
    """What one person did alone since the last look, oldest first."""
    items: tuple[SecondLook, ...]
    """The looks, newest first; at most 100."""
