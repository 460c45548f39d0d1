"""Caps that a clinic or a funder sets for all programs, and the thresholds and reports of the tax office."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Day
from schemas.people import Text
from schemas.program import Amount, Period, Slug, Unit

Year = Annotated[int, Meta(ge=1901, le=2199)]
"""A calendar year that payments can lie in."""


class NewCap(Struct, frozen=True, forbid_unknown_fields=True):
    """The most that a participant is credited in a calendar period over all programs, in minor units.

    It holds for what counts for a day from `starts_on` to `ends_on`, and counts the whole period around it.
    With `funding` it looks at what that source pays, without at all that the clinic pays.
    """

    per: Period
    unit: Unit
    amount: Amount
    starts_on: Day
    reason: Text
    funding: Slug | None = None
    ends_on: Day | None = None


class ClinicCap(Struct, frozen=True):
    """A cap of the clinic or of a funder; without `ends_on` it holds until it is ended."""

    id: UUID
    per: Period
    unit: Unit
    amount: int
    starts_on: date
    reason: str
    created_at: datetime
    created_by: UUID
    funding: str | None = None
    ends_on: date | None = None


class ClinicCapPage(Struct, frozen=True):
    """One page of caps, newest first."""

    items: tuple[ClinicCap, ...]
    next_cursor: str | None = None


class EndCap(Struct, frozen=True, forbid_unknown_fields=True):
    """The last local day that a cap holds for: today or later."""

    on: Day


class CapWarning(Struct, frozen=True):
    """A participant came to `percent` of a cap in a period for the first time.

    `period` is `2026`, `2026-03`, `2026-W10`, `2026-03-02`, an enrollment's id, or an event's name.
    """

    id: UUID
    cap: UUID
    participant: UUID
    period: str
    percent: Literal[80, 100]
    reached_at: datetime


class CapWarningPage(Struct, frozen=True):
    """One page of a cap's warnings, newest first."""

    items: tuple[CapWarning, ...]
    next_cursor: str | None = None


class NewTaxThreshold(Struct, frozen=True, forbid_unknown_fields=True):
    """From which calendar year of payment on how much is to be reported, in cents."""

    from_year: Year
    amount: Amount


class TaxThreshold(Struct, frozen=True):
    """What is to be reported for payments from a calendar year on, until a later year's threshold holds."""

    id: UUID
    from_year: int
    amount: int
    created_at: datetime
    created_by: UUID
    unit: Literal["usd"] = "usd"


class TaxThresholdPage(Struct, frozen=True):
    """One page of tax thresholds, the latest year first; of several for one year, the one that holds."""

    items: tuple[TaxThreshold, ...]
    next_cursor: str | None = None


class TaxLine(Struct, frozen=True):
    """What one participant was credited in money in a calendar year of payment, in cents.

    `net` is `credited` less `taken_back`, `given` what was handed over in the year. `reached` says whether
    `net` comes to the year's `threshold`.
    """

    participant: UUID
    reference: str
    display_code: str
    credited: int
    taken_back: int
    net: int
    given: int
    threshold: int
    reached: bool


class TaxReport(Struct, frozen=True):
    """One page of a calendar year's report, by participant id.

    A page looks at a bounded number of participants, so it may have fewer lines than were asked for, or none,
    while `next_cursor` leads on.
    """

    year: int
    threshold: int
    items: tuple[TaxLine, ...]
    next_cursor: str | None = None
