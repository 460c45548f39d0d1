"""Members of staff: who signs in, as what."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.people import Email, Language, Name

StaffRole = Literal["front_desk", "clinician", "manager", "auditor"]
"""What a person may be; `integration` is for programs alone."""
Password = Annotated[str, Meta(min_length=1, max_length=200)]


class NewStaff(Struct, frozen=True, forbid_unknown_fields=True):
    """A new member of staff, who signs in by `email`; without a `password` one is made up and given once."""

    email: Email
    role: StaffRole
    name: Name | None = None
    language: Language = "en"
    password: Password | None = None


class StaffChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change about a member of staff; a field left out stays, and null clears a name.

    Whoever is `disabled`, or has another role, is signed out everywhere at once.
    """

    role: StaffRole | UnsetType = UNSET
    name: Name | UnsetType | None = UNSET
    language: Language | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET


class Staff(Struct, frozen=True):
    """A member of staff; `second_factor` says since when they sign in with one."""

    id: UUID
    email: str
    role: StaffRole
    language: Language
    created_at: datetime
    name: str | None = None
    disabled_at: datetime | None = None
    second_factor: datetime | None = None


class CreatedStaff(Struct, frozen=True):
    """A new member of staff with the password that was made up, which is shown once."""

    id: UUID
    email: str
    role: StaffRole
    name: str | None = None
    password: str | None = None


class StaffPage(Struct, frozen=True):
    """One page of the staff, newest first."""

    items: tuple[Staff, ...]
    next_cursor: str | None = None
