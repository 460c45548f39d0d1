"""Faults of a program whose shape is right: all at once, each at its place and with its remedy."""

from collections.abc import Callable, Iterator
from typing import assert_never

from schemas.problem import Fault
from schemas.program import (
    Bonus,
    Draws,
    Earn,
    Flat,
    Ladder,
    Phase,
    Program,
    RunBonus,
    Table,
    Target,
    TotalBonus,
    Visits,
    WeekBonus,
)
from service.core.outcomes import FIXED, OPEN, outcomes_of

DAYS_A_WEEK = 7
PREDEFINED_BOWLS = frozenset({"standard-500"})
"""The bowls that every program may name without writing them out."""
NAMES_TAKEN = frozenset({"table"})
"""Names that stand beside the programs' own in addresses, and mean something else there."""

Found = Iterator[Fault]


def check(program: Program) -> tuple[Fault, ...]:
    """Find every fault of a program that the shapes alone do not forbid."""
    return (
        *_of_name(program),
        *_doubled("$.targets", [t.name for t in program.targets]),
        *_of_bowls(program),
        *_of_targets(program),
    )


def warnings(program: Program) -> tuple[Fault, ...]:
    """Say what a program allows but its author may not have meant; none of it keeps the program out."""
    return tuple(
        warning for place, target in enumerate(program.targets) for warning in _doubts(program, target, place)
    )


def _of_name(program: Program) -> Found:
    if program.name in NAMES_TAKEN:
        yield Fault("$.name", f"`{program.name}` cannot be a program's name; choose another")


def _of_targets(program: Program) -> Found:
    looks: tuple[Callable[[Target, str], Found], ...] = (
        _of_phases,
        _of_outcomes,
        _of_allowances,
        _of_bonuses,
        _of_words,
    )
    bowls = PREDEFINED_BOWLS | {bowl.name for bowl in program.bowls}
    for place, target in enumerate(program.targets):
        at = f"$.targets[{place}]"
        for look in looks:
            yield from look(target, at)
        for number, phase in enumerate(target.phases):
            yield from _of_earn(phase.earn, bowls, f"{at}.phases[{number}].earn")
            if phase.visits is not None:
                yield from _of_visits(phase.visits, f"{at}.phases[{number}].visits")
        if target.visits is not None:
            yield from _of_visits(target.visits, f"{at}.visits")
        yield from _of_hat(target, bowls, at)


def _doubled(at: str, names: list[str]) -> Found:
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            yield Fault(f"{at}[{place}].name", f"`{name}` is named twice; give each its own name")
        seen.add(name)


def _of_bowls(program: Program) -> Found:
    yield from _doubled("$.bowls", [bowl.name for bowl in program.bowls])
    for place, bowl in enumerate(program.bowls):
        if bowl.name in PREDEFINED_BOWLS:
            yield Fault(f"$.bowls[{place}].name", f"`{bowl.name}` is predefined; choose another name")
        for number, tier in enumerate(bowl.tiers):
            if tier.value is not None and tier.category is not None:
                at = f"$.bowls[{place}].tiers[{number}]"
                yield Fault(at, "has both a value and a category; keep one of the two")


def _of_phases(target: Target, at: str) -> Found:
    for number, phase in enumerate(target.phases):
        first, last = phase.weeks
        where = f"{at}.phases[{number}].weeks"
        if first > last:
            yield Fault(where, f"week {first} is after week {last}; write the first week first")
            continue
        for earlier, other in enumerate(target.phases[:number]):
            if other.weeks[0] <= other.weeks[1] and first <= other.weeks[1] and other.weeks[0] <= last:
                both = f"weeks {max(first, other.weeks[0])} to {min(last, other.weeks[1])}"
                yield Fault(where, f"{both} are in phases[{earlier}] too; let each week have one phase")


def _of_earn(earn: Earn, bowls: frozenset[str], at: str) -> Found:
    match earn:
        case Ladder() | Draws():
            if earn.max is not None and earn.max < earn.start:
                yield Fault(f"{at}.max", f"is below start ({earn.start}); raise it, or lower start")
            if isinstance(earn, Draws) and earn.bowl not in bowls:
                yield Fault(
                    f"{at}.bowl", f"there is no bowl `{earn.bowl}`; add it to bowls, or name one of them"
                )
        case Flat() | Table():
            return
        case _ as unreachable:
            assert_never(unreachable)


def _of_outcomes(target: Target, at: str) -> Found:
    may = ", ".join(OPEN[target.behavior]) or "none"
    for outcome in target.outcomes:
        where = f"{at}.outcomes.{outcome}"
        if outcome in FIXED[target.behavior]:
            effect = FIXED[target.behavior][outcome]
            yield Fault(where, f"is always a {effect} for a {target.behavior}; a program may decide: {may}")
        elif outcome not in OPEN[target.behavior]:
            yield Fault(where, f"is no outcome of a {target.behavior}; a program may decide: {may}")


def _of_allowances(target: Target, at: str) -> Found:
    effects = outcomes_of(target.behavior) | target.outcomes
    seen: set[str] = set()
    for number, allowance in enumerate(target.allowances):
        where = f"{at}.allowances[{number}].outcome"
        name = allowance.outcome
        if name not in outcomes_of(target.behavior):
            known = ", ".join(outcomes_of(target.behavior))
            yield Fault(where, f"`{name}` is no outcome of a {target.behavior}; there are: {known}")
        elif effects[name] != "neutral":
            yield Fault(where, f"`{name}` is a {effects[name]} here; an allowance is for a neutral outcome")
        if name in seen:
            yield Fault(where, f"`{name}` already has an allowance; keep one of the two")
        seen.add(name)


def _of_bonuses(target: Target, at: str) -> Found:
    for number, bonus in enumerate(target.bonuses):
        yield from _of_bonus(bonus, target, f"{at}.bonuses[{number}]")


def _of_bonus(bonus: Bonus, target: Target, at: str) -> Found:
    match bonus:
        case WeekBonus():
            if target.limit is not None and bonus.successes > target.limit.per_week:
                most = target.limit.per_week
                yield Fault(
                    f"{at}.successes", f"only {most} successes count in a week; ask for {most} or fewer"
                )
        case TotalBonus():
            if any(later <= before for before, later in zip(bonus.at, bonus.at[1:], strict=False)):
                yield Fault(f"{at}.at", "must rise, each number once; write the milestones in order")
        case RunBonus():
            return
        case _ as unreachable:
            assert_never(unreachable)


def _of_words(target: Target, at: str) -> Found:
    if target.retest_minutes is not None and target.behavior != "test":
        yield Fault(
            f"{at}.retest_minutes",
            f"only a test can be repeated, and this is a {target.behavior}; take it out",
        )
    if target.noun is not None:
        for language, word in (("en", target.noun.en), ("es", target.noun.es)):
            if word != word.strip() or "\n" in word:
                yield Fault(f"{at}.noun.{language}", "must be one line without blanks around it")


def _of_hat(target: Target, bowls: frozenset[str], at: str) -> Found:
    if target.hat is None:
        return
    if target.behavior != "attendance":
        yield Fault(
            f"{at}.hat", f"names are drawn for attendance, and this is a {target.behavior}; take it out"
        )
    if target.hat.bowl not in bowls:
        yield Fault(
            f"{at}.hat.bowl", f"there is no bowl `{target.hat.bowl}`; add it to bowls, or name one of them"
        )


def _of_visits(visits: Visits, at: str) -> Found:
    days = len(visits.weekdays)
    if days != len(set(visits.weekdays)):
        yield Fault(f"{at}.weekdays", "names a day twice; name each day once")
    if days and visits.per_week is not None and visits.per_week != days:
        yield Fault(
            f"{at}.per_week", f"is {visits.per_week}, but {days} weekdays are named; keep one of the two"
        )


def _doubts_of_visits(visits: Visits | None, at: str) -> Found:
    if visits is None:
        return
    count = len(visits.weekdays) or visits.per_week
    if count is None:
        yield Fault(at, "says no visits, so none is expected; give weekdays, or per_week")
    elif (count - 1) * visits.min_days_between >= DAYS_A_WEEK:
        yield Fault(f"{at}.min_days_between", f"{count} visits do not fit into a week with that distance")


def _doubts(program: Program, target: Target, place: int) -> Found:
    at = f"$.targets[{place}]"
    yield from _doubts_of_visits(target.visits, f"{at}.visits")
    for number, phase in enumerate(target.phases):
        where = f"{at}.phases[{number}]"
        yield from _doubts_of_visits(phase.visits, f"{where}.visits")
        first, last = phase.weeks
        if last > program.weeks:
            never = "" if first <= program.weeks else ", and this phase never begins"
            lost = f"the program ends with week {program.weeks}: later weeks are not covered{never}"
            yield Fault(f"{where}.weeks", lost)
        if phase.on_failure.recovery is not None and not phase.on_failure.reset:
            yield Fault(f"{where}.on_failure.recovery", "has no effect without `reset: true`")
        count = _count(phase, target)
        if target.limit is not None and count > target.limit.per_week:
            most = target.limit.per_week
            yield Fault(
                f"{where}.weeks", f"{count} visits a week are expected, but only {most} successes count"
            )


def _count(phase: Phase, target: Target) -> int:
    visits = phase.visits or target.visits
    return 0 if visits is None else len(visits.weekdays) or visits.per_week or 0
