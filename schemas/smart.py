"""SMART Backend Services: programs that sign who they are, and are given tokens for minutes."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Day
from schemas.people import Name, Role

_TYPES = r"Patient|Observation|Encounter|CarePlan|Account|ChargeItem|\*"
SmartScope = Annotated[str, Meta(pattern=rf"^system/(?:{_TYPES})\.(?:rs|r|s|read)$(?!\n)")]
"""What a program may read as FHIR: `system/Observation.rs`, or `system/*.rs` for all types and exports."""


class NewSmartClient(Struct, frozen=True, forbid_unknown_fields=True):
    """A program that reads FHIR by tokens (SMART Backend Services); it is listed and revoked as a key."""

    scopes: Annotated[tuple[SmartScope, ...], Meta(min_length=1, max_length=20)]
    """What it may be given tokens for."""
    jwks: dict[str, Any] | None = None
    """Its public keys (RFC 7517); or give `jwks_url`."""
    jwks_url: Annotated[str, Meta(max_length=2000)] | None = None
    """Where its public keys are, over HTTPS; or give `jwks`."""
    role: Role = "auditor"
    """What it sees: a role that sees no names is given none."""
    label: Name | None = None
    """Its name for people."""
    responsible: UUID | None = None
    """Who on the staff answers for it; whoever registers it where left out."""
    expires_on: Day | None = None
    """Its last local day; a year from now where left out."""


class SmartClient(Struct, frozen=True):
    """A registered program."""

    id: UUID
    """Its key's id: `DELETE /v1/keys/{id}` ends it."""
    client_id: str
    """What it calls itself in its assertions, as `iss` and `sub`."""
    scopes: tuple[str, ...]
    """What it may be given tokens for."""
    role: Role
    created_at: datetime
    responsible: UUID | None = None
    """The member of staff who answers for it."""
    expires_on: date | None = None
    """The last local day on which it is given tokens."""


class AccessToken(Struct, frozen=True):
    """A token for some minutes (RFC 6749, 5.1)."""

    access_token: str
    token_type: str
    expires_in: int
    """How many seconds it opens anything."""
    scope: str
    """What it opens, separated by blanks."""
