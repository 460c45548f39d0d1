"""Forecasts: what a program costs for so many people, and how people are imagined to come and succeed."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from schemas.program import Behavior, Period, Program, Slug, Unit

PEOPLE_MAX = 2000
Part = Annotated[float, Meta(ge=0, le=1)]
"""A probability, or a part of a whole."""
ModelSource = Literal["published", "own", "given"]
"""Where a model's figures come from: visits of public trials, the clinic's own history, or whoever asks."""


class Habit(Struct, frozen=True, forbid_unknown_fields=True):
    """How often an expected visit of one kind of behavior is a success, by how the one before went."""

    success_after_success: Part
    """Probability of a success after a success."""
    success_after_miss: Part
    """Probability of a success after anything else."""


class BehaviorModel(Struct, frozen=True, forbid_unknown_fields=True):
    """How people are imagined: they keep coming from week to week, and success is more likely after success.

    Who stops coming does not come back. The first visit succeeds as often as a visit does in the long run.
    """

    keeps_coming: Part
    """Probability that somebody who came in one week still comes in the next."""
    habits: dict[Behavior, Habit] = {}
    """By kind of behavior; one that is left out has the published figures."""


class NewForecast(Struct, frozen=True, forbid_unknown_fields=True):
    """A program, by name or as a document, and so many people; nothing is stored."""

    program: Slug | Program
    """Name of a published program (its latest version), or a whole document."""
    people: Annotated[int, Meta(ge=1, le=PEOPLE_MAX)]
    """How many people start together."""
    budget: Annotated[int, Meta(ge=0, le=10**12)] | None = None
    """What there is to spend, in minor units of the first unit of the answer."""
    model: BehaviorModel | None = None
    """How people are imagined; the published figures where left out."""
    own_history: bool = False
    """Whether the clinic's own history decides, where there is enough of it and no model is given."""
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 1
    """Chance begins here: the same question with the same seed has the same answer."""


class Spread(Struct, frozen=True):
    """What is spent in one time, in minor units."""

    low: int
    """The 5th percentile: one group in twenty spends less."""
    median: int
    """The 50th percentile."""
    high: int
    """The 95th percentile: one group in twenty spends more."""
    expected: int
    """The mean."""
    greatest: int
    """Everybody succeeds every time and draws the greatest prizes."""


class MonthForecast(Struct, frozen=True):
    """One month from the start day on."""

    month: int
    """Counted from 1."""
    spent: Spread
    """What all of them are paid in it."""


class CapEffect(Struct, frozen=True):
    """What one cap of the program keeps from being paid."""

    per: Period
    """The period of the cap."""
    amount: int
    """The cap, in minor units of the program's unit."""
    unpaid: int
    """The mean of what more would be paid to all without it, the other caps left as they are."""


class UnitForecast(Struct, frozen=True):
    """The cost in one unit."""

    unit: Unit
    """The unit of every amount in it."""
    months: tuple[MonthForecast, ...]
    """Month by month."""
    total: Spread
    """The whole program."""


class Forecast(Struct, frozen=True):
    """What a program costs for so many people who start together."""

    people: int
    """How many people start together."""
    costs: tuple[UnitForecast, ...]
    """By unit, that of the program's awards first; prizes of draws are counted as money."""
    caps: tuple[CapEffect, ...]
    """The effect of each cap of the program, in the order written."""
    over_budget: float | None
    """The part of imagined groups that spend more than the budget; null without one."""
    is_exact: bool
    """Whether the expected figures are worked out exactly, and not from imagined people."""
    model: BehaviorModel
    """How people were imagined, every figure written out."""
    model_from: ModelSource
    """Where the figures of the model come from."""
    imagined: int
    """How many people were imagined."""
    shelf_prizes: bool
    """Whether some slips win from the shelf, whose cost is not counted."""
    seed: int
    """Where chance began."""
