"""Conditions across targets: what is paid only where another target has a success on the same local day.

A success stands where its outcome is one and no retest took its place; whether it was paid does not matter,
so conditions cannot wait for each other. All facts of a day are looked at before any of them is decided, so
the order within a day, or of arrival, changes nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from schemas.program import Condition, Target
from service.core.compiled import Rules
from service.core.state import Fact, State, TargetState

Successes = frozenset[tuple[int, date]]
"""Targets, by their place, and the days on which they have a success."""

NONE: Successes = frozenset()


def successes(rules: Rules, facts: Sequence[Fact], replaced: Collection[int]) -> Successes:
    """The successes on which conditions of a program can rest, among all facts that stand."""
    if not rules.subjects:
        return NONE
    return frozenset(
        (fact.target, fact.day) for fact in facts if fact.no not in replaced and _is_one(rules, fact)
    )


def unmet(
    rules: Rules, state: State, conditions: Iterable[Condition], day: date, known: Successes
) -> frozenset[Condition]:
    """The conditions that are not met on a day, neither by the facts before nor by those known to follow."""
    return frozenset(
        one
        for one in conditions
        if state.targets[place := rules.place_of[one.target]].succeeded_on != day
        and (place, day) not in known
    )


def seen(rules: Rules, fact: Fact, after: TargetState, *, replaced: bool) -> TargetState:
    """A target whose fact was decided, with its success remembered where a condition rests on it."""
    if fact.target not in rules.subjects or replaced or not _is_one(rules, fact):
        return after
    return replace(after, succeeded_on=fact.day)


def wanting(
    rules: Rules, targets: tuple[TargetState, ...], conditions: Collection[Condition], day: date
) -> tuple[TargetState, ...]:
    """All targets, those marked that conditions waited for on a day: a success of theirs decides it again."""
    places = {rules.place_of[one.target] for one in conditions}
    return tuple(
        replace(state, wanted_on=day) if place in places else state for place, state in enumerate(targets)
    )


def bare(target: Target, met: Collection[int]) -> Target:
    """A target without conditions: of the bonuses that had one only those at the places `met` are paid."""
    phases = tuple(replace(one, earn=replace(one.earn, if_=None)) for one in target.phases)
    bonuses = tuple(
        replace(one, if_=None, amount=one.amount if one.if_ is None or place in met else 0)
        for place, one in enumerate(target.bonuses)
    )
    return replace(target, phases=phases, bonuses=bonuses)


def _is_one(rules: Rules, fact: Fact) -> bool:
    target = rules.targets[fact.target]
    phase = target.phase(fact.week, fact.after)
    return phase is not None and target.effects_in(phase)[fact.outcome] == "success"
