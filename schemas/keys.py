"""Keys: what a program or a desk acts by, with a role, scopes, an end, and a person who answers for it."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from schemas.events import Day
from schemas.people import Name, Role
from schemas.shown_once import ShownOnce

Scope = Literal[
    "people.read", "people.write", "events.read", "events.write", "money.read", "money.write",
    "shelf.read", "shelf.write", "programs.read", "programs.write", "notices.read", "notices.write",
    "secrets.write", "access.read", "access.write", "audit.read",
]  # fmt: skip  # table: an area of the API, and whether it is read or changed
"""What a key may do, inside its role: read or change people with their enrollments and consents, events and
visits, money (balances, caps, proposals), the shelf with redemptions and draws, programs, and deliveries;
change subscribers and sources with their addresses and secrets; read or change staff and keys; read the audit
trail."""


class NewKey(Struct, frozen=True, forbid_unknown_fields=True):
    """A key for a program or a desk; it acts as itself with one role, and a person answers for it."""

    role: Role
    label: Name | None = None
    """Its name for people."""
    responsible: UUID | None = None
    """The member of staff who answers for it; whoever issues it where left out, and with them it ends. To the
    second-person rule a key, who answers for it and who issued it are one person."""
    expires_on: Day | None = None
    """The last local day on which it opens anything; a year from now where left out."""
    scopes: tuple[Scope, ...] | None = None
    """What it may do, inside its role; all that whoever issues it may grant where left out."""


class Key(Struct, frozen=True):
    """A key as it can be shown: never its secret."""

    id: UUID
    role: Role
    created_at: datetime
    label: str | None = None
    """Its name for people."""
    revoked_at: datetime | None = None
    """When it was revoked; null while it holds."""
    responsible: UUID | None = None
    """The member of staff who answers for it; null for one that the operator made for nobody."""
    expires_on: date | None = None
    """The last local day on which it opens anything."""
    scopes: tuple[Scope, ...] = ()
    """What it may do, inside its role."""


class IssuedKey(Struct, frozen=True):
    """A new key with its secret, shown once."""

    id: UUID
    key: ShownOnce
    """The secret, shown once (null in a repeated answer): sent as `Authorization: Bearer cmr_...`."""
    role: Role
    label: str | None = None
    """Its name for people."""
    responsible: UUID | None = None
    """The member of staff who answers for it; null for one that the operator made for nobody."""
    expires_on: date | None = None
    """The last local day on which it opens anything."""
    scopes: tuple[Scope, ...] = ()
    """What it may do, inside its role."""


class KeyPage(Struct, frozen=True):
    """One page of keys, newest first."""

    items: tuple[Key, ...]
    next_cursor: str | None = None
