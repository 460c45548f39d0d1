"""Sources that are asked: a FHIR server is searched for what is new, and each resource is a message."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Moment

PulledKind = Literal["Observation", "DiagnosticReport", "Appointment", "Encounter"]
"""What is asked for: one type a source, as its mapping reads it."""
_Url = Annotated[str, Meta(min_length=8, max_length=2000)]


class NewPull(Struct, frozen=True, forbid_unknown_fields=True):
    """Where and how a source is asked."""

    base: _Url
    """The base address of a FHIR R4 server."""
    kind: PulledKind = "Observation"
    """What is asked for."""
    token_url: _Url | None = None
    """Where tokens are given (SMART Backend Services), where it asks for one."""
    client_id: Annotated[str, Meta(min_length=1, max_length=256)] | None = None
    """What we are called there; goes with `token_url`."""
    every_minutes: Annotated[int, Meta(ge=1, le=1440)] = 15
    """How often."""
    since: Moment | None = None
    """From which moment on; from now on where left out."""


class Pull(Struct, frozen=True):
    """How a source is asked, and how far that has come."""

    source: UUID
    """The source that is asked."""
    base: str
    """The base address of its server."""
    kind: PulledKind
    """What is asked for."""
    every_minutes: int
    """How often."""
    jwks: dict[str, Any]
    """Our public key (RFC 7517), to be registered there."""
    since: datetime
    """What was changed until then is here."""
    messages: int
    """How many resources came."""
    token_url: str | None = None
    """Where tokens are given."""
    client_id: str | None = None
    """What we are called there."""
    pulled_at: datetime | None = None
    """When all that was new had come for the last time."""
    fault: str | None = None
    """Why the last one came to nothing, in a word of docs/feeds.md; null where all is well."""
