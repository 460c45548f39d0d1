"""Caps that a clinic or a funder sets for all programs, and the thresholds and reports of the tax office."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Day
from schemas.people import Text
from schemas.program import Amount, Period, Slug, Unit

CapPercent = Literal[80, 100]
"""How much of a cap is worth a warning, in percent."""

Year = Annotated[int, Meta(ge=1901, le=2199)]
"""A calendar year that payments can lie in."""


class NewCap(Struct, frozen=True, forbid_unknown_fields=True):
    """The most that a participant is credited in a calendar period over all programs, in minor units.

    It holds for what counts for a day from `starts_on` to `ends_on`, and counts the whole period around it.
    """

    per: Period
    """The calendar period that it is counted in."""
    unit: Unit
    """The unit that it limits."""
    amount: Amount
    """The most in one period, in minor units of `unit`."""
    starts_on: Day
    """First local day that it holds for."""
    reason: Text
    """Why it is set; kept on record."""
    funding: Slug | None = None
    """The funding source that it limits; null for what the clinic itself pays."""
    ends_on: Day | None = None
    """Last local day that it holds for; null while it has no end."""


class ClinicCap(Struct, frozen=True):
    """A cap of the clinic or of a funder; without `ends_on` it holds until it is ended."""

    id: UUID
    per: Period
    """The calendar period that it is counted in."""
    unit: Unit
    """The unit that it limits."""
    amount: int
    """The most in one period, in minor units of `unit`."""
    starts_on: date
    """First local day that it holds for."""
    reason: str
    """Why it was set."""
    created_at: datetime
    created_by: UUID
    funding: str | None = None
    """The funding source that it limits; null for what the clinic itself pays."""
    ends_on: date | None = None
    """Last local day that it holds for; null while it has no end."""


class ClinicCapPage(Struct, frozen=True):
    """One page of caps, newest first."""

    items: tuple[ClinicCap, ...]
    next_cursor: str | None = None


class EndCap(Struct, frozen=True, forbid_unknown_fields=True):
    """The last local day that a cap holds for: today or later."""

    on: Day
    """Last local day that the cap holds for: today or later."""


class CapWarning(Struct, frozen=True):
    """A participant came to `percent` of a cap in a period for the first time."""

    id: UUID
    cap: UUID
    """Id of the cap."""
    participant: UUID
    period: str
    """`2026`, `2026-03`, `2026-W10`, `2026-03-02`, an enrollment's id, or an event's name."""
    percent: CapPercent
    """How much of the cap was reached."""
    reached_at: datetime
    """When it was reached for the first time in the period."""


class CapWarningPage(Struct, frozen=True):
    """One page of a cap's warnings, newest first."""

    items: tuple[CapWarning, ...]
    next_cursor: str | None = None


class NewTaxThreshold(Struct, frozen=True, forbid_unknown_fields=True):
    """From which calendar year of payment on how much is to be reported."""

    from_year: Year
    """First calendar year of payment that it holds for."""
    amount: Amount
    """From which yearly sum on a participant is to be reported, in cents."""


class TaxThreshold(Struct, frozen=True):
    """The reporting threshold for payments from a calendar year on, until a later year's holds."""

    id: UUID
    from_year: int
    """First calendar year of payment that it holds for."""
    amount: int
    """From which yearly sum on a participant is to be reported, in cents."""
    created_at: datetime
    created_by: UUID
    unit: Literal["usd"] = "usd"
    """Always `usd`."""


class TaxThresholdPage(Struct, frozen=True):
    """One page of tax thresholds, the latest year first; of several for one year, the one that holds."""

    items: tuple[TaxThreshold, ...]
    next_cursor: str | None = None


class TaxLine(Struct, frozen=True):
    """Value paid to one participant in a calendar year of payment: money credited, and things given."""

    participant: UUID
    reference: str
    """The clinic's own reference of the participant."""
    display_code: str
    credited: int
    """Credited in the year, in cents."""
    taken_back: int
    """Taken back in the year, in cents."""
    net: int
    """`credited` less `taken_back`, and `in_kind`, in cents."""
    given: int
    """Handed over in the year at its fair value, whatever it cost in, in cents."""
    threshold: int
    """The year's threshold, in cents."""
    reached: bool
    """Whether `net` comes to `threshold`."""
    in_kind: int = 0
    """Fair value of what was handed over for points or draws or as a prize, or above its price, in cents."""
    unvalued: int = 0
    """How many things were handed over that nobody has said the worth of, and that are in no sum."""
    brought_over: int = 0
    """Credited or paid out in the year by another system before, in cents; it is in the sums, once."""


class TaxReport(Struct, frozen=True):
    """One page of a calendar year's report, by participant id.

    A page looks at a bounded number of participants, so it may have fewer lines than were asked for, or none,
    while `next_cursor` leads on.
    """

    year: int
    """The calendar year of payment."""
    threshold: int
    """The year's threshold, in cents."""
    items: tuple[TaxLine, ...]
    next_cursor: str | None = None
