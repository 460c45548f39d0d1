"""Example histories of a program: every visit a success, and one miss with and without recovery."""

from typing import Final, get_args

from msgspec import Struct
from msgspec.structs import replace

from schemas.books import ProgramTable, TableOutcome
from schemas.people import Language
from schemas.program import Behavior, Effect, Phase, Program, Target, Weekday
from schemas.receipts import Money
from service.core.authoring.table import STARTS_ON, VISITS_MAX, spread, table
from service.core.compiled import pace
from service.core.conditions import bare
from service.core.limits import count_in
from service.core.outcomes import FIXED
from service.core.phases import DAYS_A_WEEK, in_order, weeks_of
from service.core.rungs import LEVEL

_WEEKDAYS: Final = get_args(Weekday)
SHOWN_MAX: Final = 600
"""The most visits of one target that a page imagines."""


class Scenarios(Struct, frozen=True):
    """One target's visits, imagined three times; without a way back the last two are one.

    `miss` is the visit that is missed, counted from 1. Where no recovery is written, `no_recovery` is none.
    """

    target: Target
    miss: int
    perfect: ProgramTable
    missed: ProgramTable
    no_recovery: ProgramTable | None


def success_of(behavior: Behavior) -> str:
    """The outcome that every visit of a perfect run has."""
    return _first(behavior, "success")


def failure_of(behavior: Behavior) -> str:
    """The outcome of a visit that is missed or did not succeed."""
    return "missed" if "missed" in FIXED[behavior] else _first(behavior, "failure")


def visits_of(program: Program, target: Target) -> int:
    """How many visits a target has in all: those expected, else as many as count, else one a week."""
    total = sum(_visits_in(phase, target, program) for phase in target.phases)
    if total == 0:
        total = sum(_weeks_in(one, program) for one in target.phases)
    return max(1, min(total, SHOWN_MAX, count_in(target, "enrollment") or SHOWN_MAX))


def scenarios(program: Program, target: str, miss: int | None, language: Language = "en") -> Scenarios:
    """Imagine a target's visits.

    Raises KeyError for a target that the program does not have.
    """
    found = {one.name: one for one in program.targets}[target]
    count = visits_of(program, found)
    at = min(max(1, miss or usual_miss(program, found)), count)
    good, bad = success_of(found.behavior), failure_of(found.behavior)
    perfect = [good] * count
    missed = [*perfect[: at - 1], bad, *perfect[at:]]
    # What it rests on is imagined as met, and the bonuses that rest on something as not.
    shown = bare(found, ())
    alone = replace(program, targets=(shown,))
    plain = replace(program, targets=(_without_recovery(shown),))
    both = [spread(alone, target, outcomes) for outcomes in (perfect, missed)]
    return Scenarios(
        found,
        at,
        table(alone, both[0], language),
        table(alone, both[1], language),
        None if plain == alone else table(plain, both[1], language),
    )


def usual_miss(program: Program, target: Target) -> int:
    """The visit that is missed unless one is named: in the middle of the first weeks that climb."""
    before = 0
    for phase in in_order(target.phases):
        weeks = _weeks_in(phase, program)
        count = _visits_in(phase, target, program) or weeks
        if phase.on_failure.reset and count:
            return before + (count + 1) // 2
        before += count
    return max(1, visits_of(program, target) // 2)


def perfect_totals(program: Program) -> tuple[Money, ...]:
    """The total of somebody who succeeds at every visit of every target, by unit, the welcome included."""
    imagined: list[TableOutcome] = []
    for target in program.targets:
        room = VISITS_MAX - len(imagined)
        outcomes = [success_of(target.behavior)] * min(room, visits_of(program, target))
        if outcomes:
            imagined += spread(program, target.name, outcomes)
    return table(program, imagined).totals


def climbs(target: Target) -> tuple[int, int] | None:
    """The weeks of the first phase whose value rises."""
    for phase in target.phases:
        if not isinstance(phase.earn, LEVEL):
            return weeks_of(phase)
    return None


def _without_recovery(target: Target) -> Target:
    phases = tuple(
        replace(one, on_failure=replace(one.on_failure, recovery=None)) if one.on_failure.recovery else one
        for one in target.phases
    )
    return replace(target, phases=phases)


def _visits_in(phase: Phase, target: Target, program: Program) -> int:
    """How many visits a phase has: those expected, else as many as count."""
    visits = phase.visits or target.visits
    if phase.days is not None and visits is not None and visits.weekdays:
        first, last = phase.days
        named = {_WEEKDAYS.index(day) for day in visits.weekdays}
        days = range(first, min(last, program.weeks * DAYS_A_WEEK) + 1)
        return sum((STARTS_ON.weekday() + day - 1) % DAYS_A_WEEK in named for day in days)
    weeks = _weeks_in(phase, program)
    if visits is not None and pace(visits):
        return weeks // visits.every_weeks * pace(visits)
    return weeks * (count_in(target, "week") or 0)


def _weeks_in(phase: Phase, program: Program) -> int:
    first, last = weeks_of(phase)
    return max(0, min(last, program.weeks) - first + 1)


def _first(behavior: Behavior, wanted: Effect) -> str:
    return next(outcome for outcome, effect in FIXED[behavior].items() if effect == wanted)
