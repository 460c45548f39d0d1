"""Openings: what somebody brings along from another system, proposed by one person, approved by another."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Day
from schemas.people import Text
from schemas.program import Slug, Unit
from schemas.receipts import Balance

OpeningStatus = Literal["proposed", "approved", "refused", "withdrawn"]
"""An opening waits until another person approves or refuses it; one that was wrong is withdrawn."""
OpeningAmount = Annotated[int, Meta(ge=0, le=10_000_000)]


class NewOpening(Struct, frozen=True, forbid_unknown_fields=True):
    """What a participant could spend in another system, and what they had been paid there, on a day."""

    participant: UUID
    unit: Unit
    as_of: Day
    """The local day that it is the state of; today or earlier. Its calendar year is that of caps and tax."""
    reason: Text
    """Where it comes from; kept on record."""
    available: OpeningAmount = 0
    """What can be spent from now on, in minor units of `unit`."""
    paid_before: OpeningAmount = 0
    """What was paid out there before, in minor units of `unit`; it is history and can never be spent."""
    paid_in_year: OpeningAmount | None = None
    """The part of `paid_before` that was paid in the calendar year of `as_of`; all of it where left out."""
    funding: Slug | None = None
    """Who pays; the enrollment's funding where left out."""
    enrollment: UUID | None = None
    """Id of the enrollment that it belongs to; needed for `draw`."""


class WithdrawOpening(Struct, frozen=True, forbid_unknown_fields=True):
    """Why an opening was wrong."""

    reason: Text
    """Why; kept on record."""


class Opening(Struct, frozen=True):
    """What a participant brings along from another system, in one unit.

    It counts once, for the year of `as_of`, in the tax report and in caps of a year or an enrollment;
    spending it later counts nothing again.
    """

    id: UUID
    participant: UUID
    unit: Unit
    available: int
    """What can be spent since it was approved, in minor units of `unit`."""
    paid_before: int
    """What was paid out before, in minor units of `unit`."""
    paid_in_year: int
    """The part of it that counts for the calendar year of `as_of`."""
    as_of: date
    """The local day that it is the state of."""
    reason: str
    """Where it comes from."""
    status: OpeningStatus
    proposed_at: datetime
    proposed_by: UUID
    funding: str | None = None
    """Who pays; null where the clinic does."""
    enrollment: UUID | None = None
    """Id of the enrollment that it belongs to."""
    settled_at: datetime | None = None
    settled_by: UUID | None = None
    refusal: str | None = None
    withdrawn_at: datetime | None = None
    """When it was withdrawn."""
    withdrawn_by: UUID | None = None
    """Who withdrew it: a key or member of staff."""
    withdrawal: str | None = None
    """Why it was withdrawn."""
    unrecovered: int | None = None
    """What of `available` had been spent when it was withdrawn, and stays with the participant."""
    earned_here: int = 0
    """What visits up to `as_of` have earned here in `unit`; where any, look that it is not in both."""
    balances: tuple[Balance, ...] = ()
    """The participant's balances right after it; only in the answer to approving and withdrawing."""


class OpeningPage(Struct, frozen=True):
    """One page of openings, newest first."""

    items: tuple[Opening, ...]
    next_cursor: str | None = None
