"""Members of staff: who signs in, as what."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.people import Email, Language, Name
from schemas.shown_once import ShownOnce

StaffRole = Literal["front_desk", "clinician", "manager", "auditor"]
"""The role of a person; `integration` is for programs alone."""
Password = Annotated[str, Meta(min_length=1, max_length=200)]


class NewStaff(Struct, frozen=True, forbid_unknown_fields=True):
    """A new member of staff."""

    email: Email
    """The address that they sign in with."""
    role: StaffRole
    name: Name | None = None
    """Their name for others."""
    language: Language = "en"
    """The language of their pages."""
    password: Password | None = None
    """Left out: they choose it themselves, by a link."""


class StaffChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to a member of staff; a field left out stays, and null clears a name."""

    role: StaffRole | UnsetType = UNSET
    """Their role; with another one they are signed out everywhere at once."""
    name: Name | UnsetType | None = UNSET
    """Their name for others."""
    language: Language | UnsetType = UNSET
    """The language of their pages."""
    disabled: bool | UnsetType = UNSET
    """Whether they are kept out; whoever is, is signed out everywhere at once."""


class Staff(Struct, frozen=True):
    """A member of staff."""

    id: UUID
    email: str
    """The address that they sign in with."""
    role: StaffRole
    language: Language
    """The language of their pages."""
    created_at: datetime
    name: str | None = None
    """Their name for others."""
    disabled_at: datetime | None = None
    """Since when they are kept out; null while they are not."""
    second_factor: datetime | None = None
    """Since when they sign in with a second factor; null while they do not."""


class Invitation(Struct, frozen=True):
    """A link by which a member of staff chooses their password; it works once."""

    ends_at: datetime
    """Until when it works."""
    url: ShownOnce = None
    """The link, shown once; null where it went to them by mail, and in a repeated answer."""


class CreatedStaff(Struct, frozen=True):
    """A new member of staff."""

    id: UUID
    email: str
    """The address that they sign in with."""
    role: StaffRole
    name: str | None = None
    """Their name for others."""
    password: ShownOnce = None
    """Null: they choose it themselves."""
    invitation: Invitation | None = None
    """The link by which they do."""


class StaffPage(Struct, frozen=True):
    """One page of the staff, newest first."""

    items: tuple[Staff, ...]
    next_cursor: str | None = None


class NewSession(Struct, frozen=True, forbid_unknown_fields=True):
    """The sign-in of a member of staff by a program that they use."""

    email: Email
    """The address that they sign in with."""
    password: Password
    """Their password."""
    code: Annotated[str, Meta(max_length=40)] | None = None
    """The six digits of the second factor, or a code on paper; where they have one."""


class OpenedStaffSession(Struct, frozen=True):
    """A session under which a member of staff acts as themselves."""

    id: UUID
    token: str
    """The secret, shown once: sent as `Authorization: Bearer cms_...`."""
    staff: UUID
    """Who is signed in."""
    role: StaffRole
    ends_at: datetime
    """When it ends at the latest; it ends before where it is not used for 15 minutes."""


class NewProof(Struct, frozen=True, forbid_unknown_fields=True):
    """The password or the second factor of whoever is signed in, shown again."""

    password: Password | None = None
    """The password; or the code below."""
    code: Annotated[str, Meta(max_length=40)] | None = None
    """The six digits of the second factor, or a code on paper."""


class Proved(Struct, frozen=True):
    """Whoever is signed in has shown who they are."""

    until: datetime
    """Until when they are not asked again."""


class EndedSession(Struct, frozen=True):
    """A session that was ended."""

    id: UUID
