"""What a success earns, and what comes on top of it: the ways of earning, bonuses and their conditions."""

from typing import Annotated

from msgspec import Meta, Struct, field

from schemas.terms import Amount, Count, Rises, Rung, SameDay, Slug, Week, Words


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """Something is paid only where another target has a success that stands on the same local day."""

    target: Slug
    """Name of the other target."""
    on: SameDay = "day"
    """The time that both lie in: the same local day."""


class Title(Struct, frozen=True, forbid_unknown_fields=True):
    """A word of a program's own as people read it."""

    en: Words
    """In English, such as `Reduced`."""
    es: Words
    """In Spanish, such as `Reducida`."""


class Measure(Struct, frozen=True, forbid_unknown_fields=True):
    """What is counted, where it is none of the known words."""

    one: Title
    """One of it, such as `lap` and `vuelta`."""
    many: Title
    """Several of it, such as `laps` and `vueltas`."""


Per = Slug | Measure
"""What is counted: `hour`, `minute`, `day`, `step`, `dose`, `page`, `mile`, `kilometer`, or own words."""


class Flat(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="flat"):
    """The same amount for every success."""

    amount: Amount
    """Amount earned by each success, in minor units of the program's unit."""
    if_: Condition | None = field(default=None, name="if")
    """What else must be so for it to be paid; nothing where left out."""


class Rate(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="rate"):
    """An amount for each hour, step or dose: `min(max, amount * quantity)`, half a minor unit rounded up."""

    amount: Amount
    """Amount earned by one, in minor units of the program's unit."""
    per: Per
    """What is counted: `hour`, `minute`, `day`, `step`, `dose`, `page`, `mile`, `kilometer`, or own words."""
    max: Amount | None = None
    """The most that one success earns; without it all of its quantity is paid."""
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
    per: Per | None = None
    """What is counted, where the value of a rung is for each hour, step or dose of an event's quantity."""
    if_: Condition | None = field(default=None, name="if")
    """What else must be so for it to be paid; nothing where left out."""


class Table(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="table"):
    """The value of each rung written out; the last value repeats."""

    values: Annotated[tuple[Amount, ...], Meta(min_length=1, max_length=1000)]
    """Value of each rung from 0 on, in minor units of the program's unit."""
    first: Rung = 0
    """The rung that an enrollment, or a phase that begins anew, opens on."""
    per: Per | None = None
    """What is counted, where the value of a rung is for each hour, step or dose of an event's quantity."""
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


Earn = Flat | Rate | Ladder | Table | Draws
"""The earnings of a success."""


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
