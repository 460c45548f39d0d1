"""What a point is worth in money, by clinic and by day."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Day
from schemas.people import Text

Cents = Annotated[int, Meta(ge=1, le=100_000)]
"""Cents for one point."""


class NewPointsWorth(Struct, frozen=True, forbid_unknown_fields=True):
    """What one point is worth from a day on; nothing is overwritten, and the latest that was said holds."""

    amount: Cents
    """Cents for one point."""
    unit: Literal["usd"] = "usd"
    """Always `usd`."""
    starts_on: Day | None = None
    """First local day that it holds for; today where left out."""
    reason: Text | None = None
    """Why it is so; kept on record."""


class PointsWorth(Struct, frozen=True):
    """What one point is worth from a day on, until a later day's holds; of several for a day, the newest."""

    id: UUID
    amount: int
    """Cents for one point."""
    starts_on: date
    """First local day that it holds for."""
    created_at: datetime
    created_by: UUID
    reason: str | None = None
    """Why it is so."""
    unit: Literal["usd"] = "usd"
    """Always `usd`."""


class PointsWorthPage(Struct, frozen=True):
    """One page of what points were said to be worth, newest first."""

    items: tuple[PointsWorth, ...]
    next_cursor: str | None = None
