"""One target behavior of a program: its phases, the visits expected, limits and allowances."""

from typing import Annotated

from msgspec import Meta, Struct, field

from schemas.earning import Bonus, Earn, Title
from schemas.terms import (
    AllowancePeriod,
    Begin,
    Behavior,
    Count,
    DayNumber,
    Effect,
    FirstDay,
    LimitPeriod,
    Percent,
    RecoveryPays,
    RecoveryTo,
    Rung,
    Slug,
    Week,
    Weekday,
    Words,
)


class Recovery(Struct, frozen=True, forbid_unknown_fields=True):
    """How the rung held before a reset is regained."""

    after: Count
    """How many successes in a row since the failure bring the rung back."""
    pays: RecoveryPays
    """Whether the success that follows them (`next`) or the last of them (`nth`) is paid at the regained
    rung."""
    to: RecoveryTo
    """Whether the value due at the failure (`due`) or the last value paid (`paid`) is regained."""


class Landing(Struct, frozen=True, forbid_unknown_fields=True):
    """The rung on which a reset lands: a fixed one, or some rungs back; never one above the present."""

    rung: Rung | None = None
    """The rung itself, from 0; or give `back`."""
    back: Count | None = None
    """How many rungs below the present one, but not below rung 0; or give `rung`."""


class OnFailure(Struct, frozen=True, forbid_unknown_fields=True):
    """The effect of a failure on the rung."""

    reset: bool = False
    """Whether the next success starts at rung 0 again, or at the rung that `to` says."""
    recovery: Recovery | None = None
    """How the rung before a reset is regained; without it, not at all."""
    to: Landing | None = None
    """The rung on which a reset lands; rung 0 where left out."""


class Visits(Struct, frozen=True, forbid_unknown_fields=True):
    """The visits that are expected: on named weekdays, so many times a week, or on days that are drawn."""

    weekdays: Annotated[tuple[Weekday, ...], Meta(max_length=7)] = ()
    """Weekdays on which a visit is expected."""
    per_week: Annotated[int, Meta(ge=1, le=21)] | None = None
    """How many visits are expected in a program week, on any days."""
    min_days_between: Annotated[int, Meta(ge=0, le=31)] = 0
    """The fewest days from one expected visit to the next."""
    missed_after_hours: Annotated[int, Meta(ge=0, le=24 * 31)] | None = None
    """Hours after the end of the local day until a visit counts as missed; without it, it never does."""
    per_day: Annotated[int, Meta(ge=1, le=24)] = 1
    """How many events one local day can hold; one more is recorded only where it is said to be meant."""
    every_weeks: Annotated[int, Meta(ge=1, le=52)] = 1
    """Visits fall in each so many-th week of their phase: with 2 in its second, fourth and so on."""
    first_day: FirstDay = "counts"
    """Whether the start day is an expected visit, where it lies on one of the weekdays."""
    lots: Annotated[int, Meta(ge=1, le=7)] | None = field(default=None, name="random")
    """How many days of a program week are drawn by lot, each on its own morning and told to nobody before."""
    of: Annotated[tuple[Weekday, ...], Meta(max_length=7)] = ()
    """The weekdays that `random` draws from; every day of the week where left out."""


class OutcomeRule(Struct, frozen=True, forbid_unknown_fields=True):
    """The effect of an outcome, where a program says more of it than one word."""

    effect: Effect
    """What it does: `success`, `failure` or `neutral`."""
    pays: Percent = 100
    """How much of the value due a success pays, in percent, rounded half up to a whole minor unit."""
    title: Title | None = None
    """The outcome as people read it, where it is the program's own; its word where left out."""


Outcomes = dict[str, Effect | OutcomeRule]


class Phase(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The time in which one way of earning holds, in program weeks or in days from the start day."""

    weeks: tuple[Week, Week] | None = None
    """First and last program week, both included; or give `days`."""
    days: tuple[DayNumber, DayNumber] | None = None
    """First and last day, both included, counted from 1 on the start day; or give `weeks`."""
    earn: Earn
    """The earnings of a success."""
    on_failure: OnFailure = OnFailure()
    """The effect of a failure on the rung."""
    visits: Visits | None = None
    """The visits that are expected in these weeks; the target's own where left out."""
    begin: Begin = "on"
    """Whether rung, run and way back go on from the phase before (`on`) or begin again (`anew`)."""
    outcomes: Outcomes = {}
    """Outcomes that have another effect here than in the rest of the target."""


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """How many successes of a period count; further ones are recorded, earn nothing and move nothing."""

    per_week: Count | None = None
    """How many successes of a program week count; the short form of `count` with `per: week`."""
    count: Count | None = None
    """How many successes of the period count; goes with `per`."""
    per: LimitPeriod | None = None
    """The period in which they are counted."""


class Allowance(Struct, frozen=True, forbid_unknown_fields=True):
    """How often a neutral outcome is allowed; beyond it, the outcome counts as a failure."""

    outcome: Slug
    """The neutral outcome that is limited."""
    count: Annotated[int, Meta(ge=0, le=10_000)]
    """How often it is allowed."""
    per: AllowancePeriod = "week"
    """The period in which it is counted."""


class Noun(Struct, frozen=True, forbid_unknown_fields=True):
    """The name of one success in sentences: `Your next {noun} is worth ...`."""

    en: Words
    """In English, such as `negative test`."""
    es: Words
    """In Spanish, such as `prueba negativa`."""


class Hat(Struct, frozen=True, forbid_unknown_fields=True):
    """Name in the hat: of those who came to a session, half are drawn and credited draws.

    Each person has a ticket for each day in a row on which they came, back to the last that they missed.
    """

    draws: Annotated[int, Meta(ge=1, le=100)] = 1
    """Draws credited to each name drawn."""
    bowl: Slug = "standard-500"
    """Name of the bowl that the draws are from."""


class Target(Struct, frozen=True, forbid_unknown_fields=True):
    """One target behavior with a ladder of its own; a miss on one target never touches another."""

    name: Slug
    """Name within the program."""
    behavior: Behavior
    """Kind of behavior; it says which outcomes there are."""
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1, max_length=100)]
    """The weeks of the program and what they earn; weeks that no phase covers earn nothing."""
    bonuses: Annotated[tuple[Bonus, ...], Meta(max_length=50)] = ()
    """Payments on top of the ladder."""
    limit: Limit | Annotated[tuple[Limit, ...], Meta(max_length=4)] | None = None
    """How many successes count: one limit, or a list of them, each for another period."""
    outcomes: Outcomes = {}
    """Effects of outcomes that the program decides, and of outcome words of its own."""
    allowances: Annotated[tuple[Allowance, ...], Meta(max_length=20)] = ()
    """How often neutral outcomes are allowed."""
    retest_minutes: Annotated[int, Meta(ge=1, le=60 * 24 * 7)] | None = None
    """How long after an invalid or dilute test a valid one takes its place, in minutes."""
    visits: Visits | None = None
    """The visits that are expected, in phases that say nothing of their own."""
    noun: Noun | None = None
    """The name of one success in sentences; the usual word where left out."""
    title: Title | None = None
    """What the target is called at the desk and on pages; the name of one success where left out."""
    hat: Hat | None = None
    """Names drawn from the hat at its sessions."""
