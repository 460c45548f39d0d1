"""The program document: one reinforcement schedule, written by a clinic and folded as it stands.

The wire form is the syntax tree. Amounts are whole minor units of the program's unit (cents, points) or
whole draws. Weeks are program weeks, counted from 1 on the enrollment's start day.
"""

from typing import Annotated

from msgspec import Meta, Struct

from schemas.earning import (
    Bonus,
    Condition,
    Draws,
    Earn,
    Flat,
    Ladder,
    Measure,
    Per,
    Rate,
    RunBonus,
    Table,
    Title,
    TotalBonus,
    WeekBonus,
)
from schemas.targets import (
    Allowance,
    Hat,
    Landing,
    Limit,
    Noun,
    OnFailure,
    OutcomeRule,
    Outcomes,
    Phase,
    Recovery,
    Target,
    Visits,
)
from schemas.terms import (
    AMOUNT_MAX,
    WEEKS_MAX,
    AllowancePeriod,
    Amount,
    Begin,
    Behavior,
    Count,
    DayNumber,
    Effect,
    FirstDay,
    LimitPeriod,
    Meant,
    Minutes,
    Percent,
    Period,
    Policy,
    Quantity,
    RecoveryPays,
    RecoveryTo,
    Rises,
    Rung,
    SameDay,
    Slug,
    Unit,
    Week,
    Weekday,
    Words,
)

__all__ = [
    "AMOUNT_MAX",
    "WEEKS_MAX",
    "Allowance",
    "AllowancePeriod",
    "Amount",
    "Begin",
    "Behavior",
    "Bonus",
    "Bowl",
    "Cap",
    "Condition",
    "Corrections",
    "Count",
    "DayNumber",
    "Draws",
    "Earn",
    "Effect",
    "Excuses",
    "FirstDay",
    "Flat",
    "Hat",
    "Ladder",
    "Landing",
    "Limit",
    "LimitPeriod",
    "Meant",
    "Measure",
    "Minutes",
    "Next",
    "Noun",
    "OnFailure",
    "OutcomeRule",
    "Outcomes",
    "Per",
    "Percent",
    "Period",
    "Phase",
    "Policy",
    "Program",
    "Quantity",
    "Rate",
    "Reached",
    "Recovery",
    "RecoveryPays",
    "RecoveryTo",
    "Rises",
    "RunBonus",
    "Rung",
    "SameDay",
    "Slug",
    "Table",
    "Target",
    "Tier",
    "Title",
    "TotalBonus",
    "Unit",
    "Visits",
    "Week",
    "WeekBonus",
    "Weekday",
    "Words",
]


class Cap(Struct, frozen=True, forbid_unknown_fields=True):
    """The most that one enrollment is paid in a calendar period of the clinic's time zone.

    It holds for awards, and for what draws win, in the program's own unit; a calendar week begins on Monday.
    """

    per: Period
    """The calendar period that it is counted in."""
    amount: Amount
    """The most in one period, in minor units of the program's unit."""


class Corrections(Struct, frozen=True, forbid_unknown_fields=True):
    """Policies for money already paid when a later fact lowers an award: kept, or recovered."""

    lab_overturn: Policy = "keep"
    """After a lab overturned the outcome."""
    entry_error: Policy = "recover"
    """After the event was withdrawn as an error of entry."""
    excuse: Policy = "keep"
    """After the event was excused."""
    late: Policy = "keep"
    """After an event came in late."""


class Excuses(Struct, frozen=True, forbid_unknown_fields=True):
    """How absences are excused; those excused because the clinic was closed are not counted."""

    by_another: bool = False
    """Whether only somebody else than recorded an event may excuse it afterwards."""
    limit: Annotated[int, Meta(ge=0, le=10_000)] | None = None
    """How many excused events of all targets together keep their place; beyond it one counts as a failure."""


class Tier(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of slip: how many are in the bowl, and its value in minor units or its shelf category."""

    name: Words
    """Name of the tier."""
    slips: Annotated[int, Meta(ge=1, le=1_000_000)]
    """How many such slips are in the bowl."""
    value: Amount | None = None
    """Amount won by such a slip, in minor units of the program's unit."""
    category: Slug | None = None
    """Category of the shelf that such a slip's prize is chosen from."""


class Bowl(Struct, frozen=True, forbid_unknown_fields=True):
    """A bowl of slips, drawn from with replacement; tiers in the order of their slip numbers."""

    name: Slug
    """Name of the bowl."""
    tiers: Annotated[tuple[Tier, ...], Meta(min_length=1, max_length=50)]
    """The kinds of slips, in the order of their slips' numbers."""


class Reached(Struct, frozen=True, forbid_unknown_fields=True):
    """So many successes of a target, since the enrollment began."""

    successes: Count
    """How many successes that counted."""
    of: Slug
    """Name of the target."""


class Next(Struct, frozen=True, forbid_unknown_fields=True):
    """Another program, such as a step up or down, that is offered once something is reached."""

    program: Slug
    """Name of the program that somebody could go on with."""
    when: Reached
    """What must be reached for it to be offered; nothing moves by itself."""


class Program(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole program: targets, welcome, caps and policies. A published version never changes."""

    name: Slug
    """Name by which the program is known; versions of one program share it."""
    title: Words | Title
    """Its name for staff, in both languages or once for both."""
    unit: Unit
    """The unit that it pays in."""
    weeks: Week
    """How many program weeks it lasts."""
    targets: Annotated[tuple[Target, ...], Meta(min_length=1, max_length=50)]
    """The behaviors that it rewards."""
    welcome: Amount = 0
    """Paid once at enrollment, in minor units of `unit`."""
    caps: Annotated[tuple[Cap, ...], Meta(max_length=50)] = ()
    """The most that one enrollment is paid; applied in the order written."""
    corrections: Corrections = Corrections()
    """Policies for money already paid when a later fact lowers an award."""
    excuses: Excuses = Excuses()
    """How absences are excused."""
    bowls: Annotated[tuple[Bowl, ...], Meta(max_length=50)] = ()
    """Bowls of its own, beside the predefined `standard-500`."""
    record_within_days: Annotated[int, Meta(ge=0, le=3660)] | None = None
    """How many days back a visit may be recorded; any day inside the enrollment where left out."""
    source: Annotated[str, Meta(max_length=1000)] | None = None
    """Where a published schedule comes from."""
    then: Next | Annotated[tuple[Next, ...], Meta(max_length=5)] | None = None
    """The programs that may follow it, each offered to the desk and to managers when it is due."""
    shown_as: Title | None = None
    """Its name for participants, discreet; `12-week rewards program` by its weeks where left out."""
    meant: Annotated[tuple[Meant, ...], Meta(max_length=20)] = ()
    """Notes of the check that are meant as they are, and so are not made."""
