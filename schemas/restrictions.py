"""Restrictions that people ask for, and looks at a whole record in an emergency."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from schemas.people import Text

RestrictionStatus = Literal["asked", "agreed", "declined", "ended"]
"""What is `agreed` to binds until it is `ended`."""


class NewRestriction(Struct, frozen=True, forbid_unknown_fields=True):
    """A participant's request that somebody is not told of them; it binds once it is agreed to."""

    participant: UUID
    request: Text
    """What they ask, in their words."""
    subscriber: UUID | None = None
    """Id of the subscriber that is to be told nothing."""
    recipient: Text | None = None
    """Or who else is to be told nothing, such as a relative or a health plan."""


class RestrictionAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a request is declined, in words for the person who asked."""

    answer: Text
    """Why it is declined."""


class Restriction(Struct, frozen=True):
    """A request that somebody is not told of a participant, and what became of it."""

    id: UUID
    participant: UUID
    request: str
    """What they ask, in their words."""
    status: RestrictionStatus
    """Its state."""
    asked_at: datetime
    """When it was recorded."""
    recorded_by: UUID
    """Who recorded it: a key or member of staff."""
    subscriber: UUID | None = None
    """Id of the subscriber that is told nothing while it is agreed."""
    recipient: str | None = None
    """Or who else is told nothing."""
    answer: str | None = None
    """Why it was declined."""
    settled_at: datetime | None = None
    """When it was agreed to or declined."""
    settled_by: UUID | None = None
    """Who agreed to it or declined it."""
    ended_at: datetime | None = None
    """When it ended."""
    ended_by: UUID | None = None
    """Who ended it."""


class RestrictionPage(Struct, frozen=True):
    """One page of restrictions, newest first."""

    items: tuple[Restriction, ...]
    next_cursor: str | None = None


class NewEmergency(Struct, frozen=True, forbid_unknown_fields=True):
    """A medical emergency in which somebody's whole record is looked at without their consent."""

    participant: UUID
    reason: Text
    """What the emergency is."""
    recipient: Text
    """Which medical personnel are told, with where they belong to."""


class Emergency(Struct, frozen=True):
    """A look at a whole record in an emergency; another person looks it over afterwards."""

    id: UUID
    participant: UUID
    reason: str
    """What the emergency was."""
    recipient: str
    """Which medical personnel were told, with where they belong to."""
    opened_at: datetime
    """When the record was opened."""
    opened_by: UUID
    """Who opened it."""
    ends_at: datetime
    """Until when whoever opened it may look at it."""
    reviewed_at: datetime | None = None
    """When another person looked it over; null while nobody has."""
    reviewed_by: UUID | None = None
    """Who looked it over."""


class EmergencyPage(Struct, frozen=True):
    """One page of looks in an emergency, newest first."""

    items: tuple[Emergency, ...]
    next_cursor: str | None = None
