"""The program document: one reinforcement schedule, written by a clinic and folded as it stands.

The wire form is the syntax tree. Amounts are whole minor units of the program's unit (cents, points) or
whole draws. Weeks are program weeks, counted from 1 on the enrollment's start day.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

AMOUNT_MAX = 100_000_000
WEEKS_MAX = 520

Unit = Literal["usd", "points", "draw"]
Behavior = Literal["test", "attendance", "homework", "medication", "activity"]
Effect = Literal["success", "failure", "neutral"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Period = Literal["event", "day", "week", "month", "year", "enrollment"]
Policy = Literal["keep", "recover"]

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$(?!\n)", max_length=64)]
Words = Annotated[str, Meta(min_length=1, max_length=200)]
Amount = Annotated[int, Meta(ge=0, le=AMOUNT_MAX)]
Count = Annotated[int, Meta(ge=1, le=10_000)]
Week = Annotated[int, Meta(ge=1, le=WEEKS_MAX)]


class Flat(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="flat"):
    """The same amount for every success."""

    amount: Amount


class Ladder(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="ladder"):
    """`min(max, start + step * (rung // every))` for a success at `rung`, counted from 0."""

    start: Amount
    step: Amount
    every: Count = 1
    max: Amount | None = None


class Table(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="table"):
    """The value of each rung written out; the last value repeats."""

    values: Annotated[tuple[Amount, ...], Meta(min_length=1, max_length=1000)]


class Draws(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="draws"):
    """A ladder counted in draws from a bowl, awarded in unit `draw`."""

    start: Amount
    step: Amount
    every: Count = 1
    max: Amount | None = None
    bowl: Slug = "standard-500"


Earn = Flat | Ladder | Table | Draws


class Recovery(Struct, frozen=True, forbid_unknown_fields=True):
    """How the rung held before a reset is regained.

    `after` consecutive successes count since the failure. `pays: next` pays the success that follows them
    at the regained rung, `pays: nth` the last of them. `to: due` regains the value that would have been
    due at the failure, `to: paid` the last value paid.
    """

    after: Count
    pays: Literal["next", "nth"]
    to: Literal["due", "paid"]


class OnFailure(Struct, frozen=True, forbid_unknown_fields=True):
    """What a failure does to the rung."""

    reset: bool = False
    recovery: Recovery | None = None


class Visits(Struct, frozen=True, forbid_unknown_fields=True):
    """The visits that are expected: on named weekdays, or a number of times a week.

    `missed_after_hours` is the grace in hours after the local day's end before a visit counts as missed.
    """

    weekdays: Annotated[tuple[Weekday, ...], Meta(max_length=7)] = ()
    per_week: Annotated[int, Meta(ge=1, le=21)] | None = None
    min_days_between: Annotated[int, Meta(ge=0, le=31)] = 0
    missed_after_hours: Annotated[int, Meta(ge=0, le=24 * 31)] | None = None


class Phase(Struct, frozen=True, forbid_unknown_fields=True):
    """The weeks (first and last, both included) in which one way of earning holds."""

    weeks: tuple[Week, Week]
    earn: Earn
    on_failure: OnFailure = OnFailure()
    visits: Visits | None = None


class RunBonus(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="run"):
    """Paid on each success that makes the run of consecutive successes a multiple of `every`."""

    every: Count
    amount: Amount


class WeekBonus(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="week"):
    """Paid on the success that is number `successes` of its program week."""

    successes: Count
    amount: Amount


class TotalBonus(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="total"):
    """Paid on the successes that bring the target's total to each number in `at`."""

    at: Annotated[tuple[Count, ...], Meta(min_length=1, max_length=100)]
    amount: Amount


Bonus = RunBonus | WeekBonus | TotalBonus


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """How many successes of a program week count; further ones are recorded and earn nothing."""

    per_week: Count


class Allowance(Struct, frozen=True, forbid_unknown_fields=True):
    """How often a neutral outcome is allowed; beyond it, the outcome counts as a failure."""

    outcome: Slug
    count: Annotated[int, Meta(ge=0, le=10_000)]
    per: Literal["week", "enrollment"] = "week"


class Noun(Struct, frozen=True, forbid_unknown_fields=True):
    """What one success is called in sentences: `Your next {noun} is worth ...`."""

    en: Words
    es: Words


class Hat(Struct, frozen=True, forbid_unknown_fields=True):
    """Name in the hat: of those who came to a session, half are drawn and credited `draws` from `bowl`.

    Each person has a ticket for each day in a row on which they came, back to the last that they missed.
    """

    draws: Annotated[int, Meta(ge=1, le=100)] = 1
    bowl: Slug = "standard-500"


class Target(Struct, frozen=True, forbid_unknown_fields=True):
    """One target behavior with a ladder of its own; a miss on one target never touches another.

    `retest_minutes` is how long after an invalid or dilute test a valid one replaces it.
    """

    name: Slug
    behavior: Behavior
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1, max_length=100)]
    bonuses: Annotated[tuple[Bonus, ...], Meta(max_length=50)] = ()
    limit: Limit | None = None
    outcomes: dict[str, Effect] = {}
    allowances: Annotated[tuple[Allowance, ...], Meta(max_length=20)] = ()
    retest_minutes: Annotated[int, Meta(ge=1, le=60 * 24 * 7)] | None = None
    visits: Visits | None = None
    noun: Noun | None = None
    hat: Hat | None = None


class Cap(Struct, frozen=True, forbid_unknown_fields=True):
    """The most that one enrollment is paid in a calendar period of the clinic's time zone.

    It holds for awards in the program's own unit; a calendar week begins on Monday.
    """

    per: Period
    amount: Amount


class Corrections(Struct, frozen=True, forbid_unknown_fields=True):
    """What happens to money already paid when a later fact lowers an award: kept, or recovered."""

    lab_overturn: Policy = "keep"
    entry_error: Policy = "recover"
    excuse: Policy = "keep"
    late: Policy = "keep"


class Excuses(Struct, frozen=True, forbid_unknown_fields=True):
    """How absences are excused in this program.

    With `by_another` an event is excused afterwards only by somebody else than recorded it. `limit` is how
    many excused events of all targets together keep their place; beyond it one counts as a failure.
    Excused because the clinic was closed, one is not counted.
    """

    by_another: bool = False
    limit: Annotated[int, Meta(ge=0, le=10_000)] | None = None


class Tier(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of slip: how many are in the bowl, and its value in minor units or its shelf category."""

    name: Words
    slips: Annotated[int, Meta(ge=1, le=1_000_000)]
    value: Amount | None = None
    category: Slug | None = None


class Bowl(Struct, frozen=True, forbid_unknown_fields=True):
    """A bowl of slips, drawn from with replacement; tiers in the order of their slip numbers."""

    name: Slug
    tiers: Annotated[tuple[Tier, ...], Meta(min_length=1, max_length=50)]


class Program(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole program: targets, welcome, caps and policies. A published version never changes.

    `record_within_days` is how many days back a visit may be recorded; without it, any day inside the
    enrollment. `source` says where a published schedule comes from.
    """

    name: Slug
    title: Words
    unit: Unit
    weeks: Week
    targets: Annotated[tuple[Target, ...], Meta(min_length=1, max_length=50)]
    welcome: Amount = 0
    caps: Annotated[tuple[Cap, ...], Meta(max_length=50)] = ()
    corrections: Corrections = Corrections()
    excuses: Excuses = Excuses()
    bowls: Annotated[tuple[Bowl, ...], Meta(max_length=50)] = ()
    record_within_days: Annotated[int, Meta(ge=0, le=3660)] | None = None
    source: Annotated[str, Meta(max_length=1000)] | None = None
