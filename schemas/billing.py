"""Service lines for billing: what was done for whom, by the clinic's own codes, and these codes."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Day, Outcome
from schemas.program import Slug

BillingCode = Annotated[str, Meta(min_length=1, max_length=32, pattern=r"^[!-~](?:[ -~]*[!-~])?$(?!\n)")]
"""A code as whoever pays knows it, with its modifiers: `H0050`, `80305 QW`."""


class NewBillingRule(Struct, frozen=True, forbid_unknown_fields=True):
    """By which codes events of a target are billed from a day on, until a later rule says otherwise.

    A rule that names the outcome goes before one for all outcomes.
    """

    program: Slug
    """Name of the program."""
    target: Slug
    """Name of the target."""
    starts_on: Day
    """First local day of the events that it holds for."""
    outcome: Outcome | None = None
    """The outcome; null for every outcome that has no rule of its own."""
    procedure: BillingCode | None = None
    """The procedure code; null where nothing is billed from that day on."""
    result: BillingCode | None = None
    """The result code, such as a diagnosis that goes with the outcome; goes with `procedure`."""


class BillingRule(Struct, frozen=True):
    """By which codes events of a target are billed from a day on."""

    id: UUID
    program: str
    """Name of the program."""
    target: str
    """Name of the target."""
    starts_on: date
    """First local day of the events that it holds for."""
    created_at: datetime
    created_by: UUID
    outcome: str | None = None
    """The outcome; null for every outcome that has no rule of its own."""
    procedure: str | None = None
    """The procedure code; null where nothing is billed from that day on."""
    result: str | None = None
    """The result code."""


class BillingRulePage(Struct, frozen=True):
    """One page of billing rules, newest first."""

    items: tuple[BillingRule, ...]
    next_cursor: str | None = None


ServiceLineStatus = Literal["final", "corrected", "void"]
"""`final`: as it was recorded; `corrected`: a correction changed its codes or minutes; `void`: nothing is
left to be billed, and what was billed for it is to be reversed."""


class ServiceLine(Struct, frozen=True):
    """One service as it stands, after corrections; it says neither outcome nor amount."""

    event: UUID
    """Id of the event: one line has one for ever, whatever is corrected."""
    on: date
    """Its local day."""
    participant: UUID
    reference: str
    """The clinic's own reference of the participant."""
    display_code: str
    program: str
    """Name of the program."""
    target: str
    """Name of the target."""
    procedure: str
    """The procedure code; of a void line the one that it had when it was recorded."""
    status: ServiceLineStatus
    """What corrections made of it."""
    recorded_by: UUID
    """Who recorded it: a key or member of staff."""
    staff: str | None = None
    """Their name, where they have one."""
    minutes: int | None = None
    """Minutes attended, where they were said."""
    result: str | None = None
    """The result code, where there is one."""
    changed_at: datetime | None = None
    """When it was last corrected; null where it never was."""


class ServiceLinePage(Struct, frozen=True):
    """One page of service lines, newest recorded first."""

    items: tuple[ServiceLine, ...]
    next_cursor: str | None = None
