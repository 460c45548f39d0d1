# long: the whole language in one place, each field with its meaning
# long: the whole language in one place, each field with its meaning
"""The program document: one reinforcement schedule, written by a clinic and folded as it stands.

The wire form is the syntax tree. Amounts are whole minor units of the program's unit (cents, points) or
whole draws. Weeks are program weeks, counted from 1 on the enrollment's start day.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

AMOUNT_MAX = 100_000_000
WEEKS_MAX = 520

Unit = Literal["usd", "points", "draw"]
"""The unit of an amount: `usd` in cents, `points` and `draw` in whole ones."""
Behavior = Literal["test", "attendance", "homework", "medication", "activity"]
"""The kind of behavior that is verified; it says which outcomes there are."""
Effect = Literal["success", "failure", "neutral"]
"""The effect of an outcome: a success earns, a failure may reset, a neutral outcome changes nothing."""
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
"""A day of the week, in the clinic's time zone."""
Period = Literal["event", "day", "week", "month", "year", "enrollment"]
"""The period of a cap: calendar periods of the clinic's time zone, the week from Monday on."""
AllowancePeriod = Literal["week", "enrollment"]
"""The period of an allowance: the program week, or the whole enrollment."""
LimitPeriod = Literal["day", "week", "month", "enrollment"]
"""The period of a limit: the local day, the program week, the calendar month, or the whole enrollment."""
Policy = Literal["keep", "recover"]
"""`keep`: what was paid too much is recorded and kept; `recover`: it is taken back from what is still
available."""
RecoveryPays = Literal["next", "nth"]
"""Which success is paid at the regained rung: the one that follows the successes in a row, or the last of
them."""
RecoveryTo = Literal["due", "paid"]
"""The regained value: the one that was due at the failure, or the last value that was paid."""

Begin = Literal["on", "anew"]
"""Whether a ladder goes on in a phase where it stood, or begins again with the first fact there."""

SameDay = Literal["day"]
"""The time in which the success of another target must lie."""
FirstDay = Literal["counts", "not"]
"""Whether somebody is expected on the very day on which an enrollment starts."""

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$(?!\n)", max_length=64)]
Words = Annotated[str, Meta(min_length=1, max_length=200)]
Amount = Annotated[int, Meta(ge=0, le=AMOUNT_MAX)]
Count = Annotated[int, Meta(ge=1, le=10_000)]
Rung = Annotated[int, Meta(ge=0, le=10_000)]
Rises = Count | Literal["week"]
"""How many successes a rise takes; `week`: the end of a program week in which every visit was one."""
Week = Annotated[int, Meta(ge=1, le=WEEKS_MAX)]


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """Something is paid only where another target has a success that stands on the same local day."""

    target: Slug
    """Name of the other target."""
    on: SameDay = "day"
    """The time that both lie in: the same local day."""


class Flat(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="flat"):
    """The same amount for every success."""

    amount: Amount
    """Amount earned by each success, in minor units of the program's unit."""
    if_: Condition | None = field(default=None, name="if")
    """What else must be so for it to be paid; nothing where left out."""


class Ladder(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="ladder"):
    """`min(max, start + step * (rung // every))` for a success at `rung`, counted from 0."""

    start: Amount
    """Value of rung 0, in minor units of the program's unit."""
    step: Amount
    """Amount added by each rise, in minor units of the program's unit."""
    every: Rises = 1
    """How many successes each rise takes, or `week`: it rises with each week without a miss."""
    max: Amount | None = None
    """The most that a success earns; without it the ladder has no top."""
    first: Rung = 0
    """The rung that an enrollment, or a phase that begins anew, opens on."""
    if_: Condition | None = field(default=None, name="if")
    """What else must be so for it to be paid; nothing where left out."""


class Table(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="table"):
    """The value of each rung written out; the last value repeats."""

    values: Annotated[tuple[Amount, ...], Meta(min_length=1, max_length=1000)]
    """Value of each rung from 0 on, in minor units of the program's unit."""
    first: Rung = 0
    """The rung that an enrollment, or a phase that begins anew, opens on."""
    if_: Condition | None = field(default=None, name="if")
    """What else must be so for it to be paid; nothing where left out."""


class Draws(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="draws"):
    """A ladder counted in draws from a bowl, awarded in unit `draw`."""

    start: Amount
    """Draws that rung 0 earns."""
    step: Amount
    """Draws that each rise adds."""
    every: Rises = 1
    """How many successes each rise takes, or `week`: it rises with each week without a miss."""
    max: Amount | None = None
    """The most draws that a success earns; without it the ladder has no top."""
    bowl: Slug = "standard-500"
    """Name of the bowl that the draws are from."""
    first: Rung = 0
    """The rung that an enrollment, or a phase that begins anew, opens on."""
    if_: Condition | None = field(default=None, name="if")
    """What else must be so for it to be paid; nothing where left out."""


Earn = Flat | Ladder | Table | Draws
"""The earnings of a success."""


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
    """The visits that are expected: on named weekdays, or a number of times a week."""

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


class Phase(Struct, frozen=True, forbid_unknown_fields=True):
    """The weeks in which one way of earning holds."""

    weeks: tuple[Week, Week]
    """First and last program week, both included."""
    earn: Earn
    """The earnings of a success."""
    on_failure: OnFailure = OnFailure()
    """The effect of a failure on the rung."""
    visits: Visits | None = None
    """The visits that are expected in these weeks; the target's own where left out."""
    begin: Begin = "on"
    """Whether rung, run and way back go on from the phase before (`on`) or begin again (`anew`)."""


class RunBonus(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="run"):
    """Paid on each success that makes the run of successes in a row a multiple of `every`, or one of `at`."""

    every: Count | None = None
    """Length of the run that is paid for, and each multiple of it; or give `at`."""
    at: Annotated[tuple[Count, ...], Meta(max_length=100)] = ()
    """The lengths of a run that are paid for; or give `every`."""
    once: bool = False
    """Whether each length of a run is paid for at most once in an enrollment."""
    amount: Amount
    """In minor units of the program's unit; draws on a target that earns draws."""
    weeks: tuple[Week, Week] | None = None
    """First and last program week in which it is paid; all of them where left out."""
    if_: Condition | None = field(default=None, name="if")
    """What else must be so for it to be paid; nothing where left out."""


class WeekBonus(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="week"):
    """Paid on the success that is number `successes` of its program week."""

    successes: Count
    """Which success of the program week is paid for."""
    amount: Amount
    """In minor units of the program's unit; draws on a target that earns draws."""
    weeks: tuple[Week, Week] | None = None
    """First and last program week in which it is paid; all of them where left out."""
    if_: Condition | None = field(default=None, name="if")
    """What else must be so for it to be paid; nothing where left out."""


class TotalBonus(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="total"):
    """Paid on the successes that bring the target's total to each number in `at`."""

    at: Annotated[tuple[Count, ...], Meta(min_length=1, max_length=100)]
    """The numbers of successes that are paid for."""
    amount: Amount
    """In minor units of the program's unit; draws on a target that earns draws."""
    weeks: tuple[Week, Week] | None = None
    """First and last program week in which it is paid; all of them where left out."""
    if_: Condition | None = field(default=None, name="if")
    """What else must be so for it to be paid; nothing where left out."""


Bonus = RunBonus | WeekBonus | TotalBonus
"""A payment on top of the ladder."""


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
    outcomes: dict[str, Effect] = {}
    """Effects of outcomes, where the program decides otherwise than is usual."""
    allowances: Annotated[tuple[Allowance, ...], Meta(max_length=20)] = ()
    """How often neutral outcomes are allowed."""
    retest_minutes: Annotated[int, Meta(ge=1, le=60 * 24 * 7)] | None = None
    """How long after an invalid or dilute test a valid one takes its place, in minutes."""
    visits: Visits | None = None
    """The visits that are expected, in phases that say nothing of their own."""
    noun: Noun | None = None
    """The name of one success in sentences; the usual word where left out."""
    hat: Hat | None = None
    """Names drawn from the hat at its sessions."""


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


class Program(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole program: targets, welcome, caps and policies. A published version never changes."""

    name: Slug
    """Name by which the program is known; versions of one program share it."""
    title: Words
    """Its name for people."""
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
