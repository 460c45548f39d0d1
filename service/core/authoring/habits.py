"""How people are imagined in a forecast: published figures, and figures counted in a history.

The published figures are fitted by maximum likelihood to the visits of 2,506 people in three trials of
opioid treatment (CTN-0027, -0030, -0051), of the public data set `public.ctn0094data` 1.0.6. For each person
the visits up to the last attended one are a chain: of a `test` a success is an attended visit without
stimulants, and of `attendance` an attended one; excused visits are left out. Keeping coming is fitted to
CTN-0027 and -0051, of 24 weeks each: whoever was last there before day 154 has stopped. These people were in
no rewards program. Homework, doses and activities have no such data, and are taken to be like attendance.
`tests/bench/fit_habits.py` works the figures out again.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, get_args

from msgspec import Struct

from schemas.forecasts import BehaviorModel, Habit
from schemas.program import Behavior

TEST: Final = Habit(0.871, 0.311)
COMING: Final = Habit(0.961, 0.639)
PUBLISHED: Final = BehaviorModel(
    0.979,
    {"test": TEST, "attendance": COMING, "homework": COMING, "medication": COMING, "activity": COMING},
)
"""Fitted figures, to three digits."""
ENOUGH_PEOPLE: Final = 20
"""From so many people on a clinic's own history says how people come."""
ENOUGH_VISITS: Final = 200
"""From so many visits that follow another on, it says how one kind of behavior goes."""


class Chain(Struct, frozen=True):
    """The successes and misses of one target of one person in the order of days."""

    behavior: Behavior
    went: tuple[bool, ...]


class Stay(Struct, frozen=True):
    """How long one person came: program weeks with a visit, and whether they stopped before the end."""

    weeks: int
    is_gone: bool


def completed(model: BehaviorModel | None) -> BehaviorModel:
    """A model with every figure written out: what it leaves out is as published."""
    if model is None:
        return PUBLISHED
    return BehaviorModel(model.keeps_coming, {**PUBLISHED.habits, **model.habits})


def long_run(habit: Habit) -> float:
    """The part of visits that succeed in the long run; half where either way never changes."""
    change = 1 - habit.success_after_success + habit.success_after_miss
    return habit.success_after_miss / change if change else 1 / 2


def habit_of(chains: Iterable[Sequence[bool]]) -> tuple[Habit | None, int]:
    """The figures of chains of visits, and how many visits follow another; none where one is never seen."""
    after: dict[bool, list[int]] = {True: [0, 0], False: [0, 0]}
    for chain in chains:
        for before, now in pairwise(chain):
            after[before][now] += 1
    (missed_on, back), (slipped, stayed) = after[False], after[True]
    pairs = missed_on + back + slipped + stayed
    if not stayed + slipped or not back + missed_on:
        return None, pairs
    return Habit(stayed / (stayed + slipped), back / (back + missed_on)), pairs


def model_of(chains: Sequence[Chain], stays: Sequence[Stay]) -> BehaviorModel | None:
    """The model of a history, kinds of too few visits as published; none where there is too little of it."""
    weeks = sum(one.weeks for one in stays)
    if len(stays) < ENOUGH_PEOPLE or not weeks:
        return None
    own: dict[Behavior, Habit] = {}
    for behavior in get_args(Behavior):
        found, pairs = habit_of([one.went for one in chains if one.behavior == behavior])
        if found is not None and pairs >= ENOUGH_VISITS:
            own[behavior] = found
    gone = sum(one.is_gone for one in stays)
    return completed(BehaviorModel(1 - gone / weeks, own)) if own else None


def habit(model: BehaviorModel, behavior: Behavior) -> Habit:
    """The figures of one kind of behavior."""
    habits: Mapping[Behavior, Habit] = model.habits
    return habits[behavior]
