"""Hours attended in a week, against those that the level of care asks for."""

from datetime import date
from uuid import UUID

from msgspec import Struct


class WeekHours(Struct, frozen=True):
    """What somebody attended in one week, Monday to Sunday by the clinic's clock."""

    participant: UUID
    reference: str
    """The clinic's own reference."""
    display_code: str
    week: date
    """Its Monday."""
    minutes: int
    """Minutes attended, as the events of attendance say; withdrawn events, and those of people who
    were not there, count for nothing."""
    asked: int
    """Minutes that intensive outpatient care asks for: 540, or 360 of adolescents. Who turns 18 in the year
    counts as one until it ends; whose year of birth is not known is an adult."""
    is_met: bool
    """Whether the minutes attended are those asked for, or more."""
    sessions: int
    """How many sessions they were at."""
    unnamed: int
    """How many of these name no minutes, and so count for nothing."""


class WeekHoursPage(Struct, frozen=True):
    """One week of everybody who had a target of attendance in it, one page of them."""

    week: date
    """Its Monday."""
    items: tuple[WeekHours, ...]
    next_cursor: str | None = None
