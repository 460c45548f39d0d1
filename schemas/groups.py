"""Groups: who meets on which days, led by whom, and what a session of one records."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.events import Moment, Note, Outcome
from schemas.program import Minutes, Slug, Weekday

GROUP_MEMBERS_MAX = 60
"""How many people may be in a group at once."""

GroupTitle = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]
Clock = Annotated[str, Meta(pattern=r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)")]
"""A time of the day on the clinic's wall clock."""
Length = Annotated[int, Meta(ge=5, le=720)]
"""How long a session is planned to be, in minutes."""


class GroupName(Struct, frozen=True, forbid_unknown_fields=True):
    """What a group is called, in both languages."""

    en: GroupTitle
    """Its name in English."""
    es: GroupTitle
    """Its name in Spanish."""


class GroupPlace(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a member's attendance is recorded: a target of a program that they may be enrolled in."""

    program: Slug
    """Name of the program."""
    target: Slug
    """Name of a target of it whose behavior is `attendance`."""


class GroupTime(Struct, frozen=True, forbid_unknown_fields=True):
    """When a group meets on one weekday."""

    weekday: Weekday
    """The day of the week."""
    begins: Clock
    """When it begins, on the clinic's wall clock."""
    minutes: Length
    """How long it takes."""


Places = Annotated[tuple[GroupPlace, ...], Meta(min_length=1, max_length=10)]
Times = Annotated[tuple[GroupTime, ...], Meta(max_length=7)]


class NewGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """A group that meets, and where the attendance of its members is recorded."""

    name: GroupName
    """Its name, in both languages."""
    places: Places
    """Programs with their target, each program once. A member's attendance is recorded in the first of them
    that they are enrolled in on that day."""
    times: Times = ()
    """When it meets, each weekday once; without any, sessions are recorded whenever there is one."""
    leader: UUID | None = None
    """Id of the member of staff who leads it."""


class GroupChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to a group; a field left out stays. What was recorded stays as it is."""

    name: GroupName | UnsetType = UNSET
    """Its name, in both languages."""
    places: Places | UnsetType = UNSET
    """Programs with their target, each program once."""
    times: Times | UnsetType = UNSET
    """When it meets, each weekday once."""
    leader: UUID | UnsetType | None = UNSET
    """Id of the member of staff who leads it; null for nobody."""
    active: bool | UnsetType = UNSET
    """Whether it meets: one that does not is at no desk."""


class Group(Struct, frozen=True):
    """A group that meets."""

    id: UUID
    name: GroupName
    """Its name, in both languages."""
    places: tuple[GroupPlace, ...]
    """Programs with their target; attendance is recorded in the first that a member is enrolled in."""
    times: tuple[GroupTime, ...]
    """When it meets, from Monday on."""
    leader: UUID | None
    """Id of the member of staff who leads it."""
    active: bool
    """Whether it meets."""
    members: int
    """How many people are in it now."""
    created_at: datetime
    created_by: UUID


class GroupPage(Struct, frozen=True):
    """One page of groups, newest first."""

    items: tuple[Group, ...]
    next_cursor: str | None = None


class NewGroupMember(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who joins a group."""

    participant: UUID


class GroupMember(Struct, frozen=True):
    """Somebody who is in a group."""

    participant: UUID
    display_code: str
    joined_at: datetime
    """When they joined."""
    added_by: UUID
    """Who put them in: a key or member of staff."""
    left_at: datetime | None = None
    """When they left; null while they are in it."""


class GroupMembers(Struct, frozen=True):
    """Everybody who is in a group now, in the order in which they joined."""

    items: tuple[GroupMember, ...]
    """Its members."""


class Attendance(Struct, frozen=True, forbid_unknown_fields=True):
    """What became of one member at a session."""

    participant: UUID
    outcome: Outcome
    """An outcome of attendance: `attended`, `absent`, `late`, `excused`, `left_early` or `rescheduled`."""
    note: Note | None = None
    """Free text for the record; kept encrypted."""
    another: bool = False
    """Whether it is meant beside an event of the same target and local day."""
    minutes: Minutes | None = None
    """How long they were there, in minutes."""


class NewGroupSession(Struct, frozen=True, forbid_unknown_fields=True):
    """A session as it was: each member's attendance becomes an event of its own."""

    occurred_at: Moment
    """When it was, with an offset; its local day is the session's day."""
    attendance: Annotated[tuple[Attendance, ...], Meta(min_length=1, max_length=GROUP_MEMBERS_MAX)]
    """Those whose attendance is recorded, each once; whoever is left out is left as they are."""


SeatStatus = Literal["open", "recorded", "not_enrolled"]
"""`open`: nothing is recorded of that day; `recorded`: it is; `not_enrolled`: on that day they are in none of
the group's programs."""


class Seat(Struct, frozen=True):
    """One member at a session: where their attendance is recorded, and what stands there."""

    participant: UUID
    display_code: str
    status: SeatStatus
    """Whether something is recorded of that day, or can be."""
    enrollment: UUID | None = None
    """Id of the enrollment that a record goes to."""
    target: str | None = None
    event: UUID | None = None
    """Id of the event that stands, the last one of the day."""
    outcome: str | None = None
    """Outcome of that event."""


class GroupSession(Struct, frozen=True):
    """A group on one day: its members, and what is recorded of each."""

    group: UUID
    """Id of the group."""
    on: date
    """The local day."""
    meets: bool
    """Whether it meets on that day, by its times and the clinic's closures."""
    seats: tuple[Seat, ...]
    """Its members on that day."""
