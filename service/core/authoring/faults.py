"""Faults of a program whose shape is right: all at once, each at its place and with its remedy."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import assert_never

from msgspec.structs import asdict

from schemas.program import (
    Bonus,
    Condition,
    Draws,
    Earn,
    Flat,
    Ladder,
    Landing,
    Noun,
    Phase,
    Program,
    Rate,
    RunBonus,
    Table,
    Target,
    Title,
    TotalBonus,
    Visits,
    WeekBonus,
)
from service.core.authoring.outcome_faults import of_allowances, of_outcomes
from service.core.authoring.phase_faults import of_phases
from service.core.compiled import pace
from service.core.currencies import is_money
from service.core.levels import nexts_of
from service.core.limits import count_in, limits_of
from service.core.quantities import KNOWN, per_of
from service.core.refusals import Fault, fault
from service.core.rungs import rises_by_week

PREDEFINED_BOWLS = frozenset({"standard-500"})
"""The bowls that every program may name without writing them out."""
NAMES_TAKEN = frozenset({"back-test", "forecast", "review", "table"})
"""Names that stand beside the programs' own in addresses, and mean something else there."""

Found = Iterator[Fault]


def check(program: Program) -> tuple[Fault, ...]:
    """Find every fault of a program that the shapes alone do not forbid."""
    return (
        *_of_name(program),
        *_doubled("$.targets", [t.name for t in program.targets]),
        *_of_bowls(program),
        *_of_targets(program),
        *_of_nexts(program),
    )


def _of_name(program: Program) -> Found:
    if program.name in NAMES_TAKEN:
        yield fault("$.name", "program.name_taken", name=program.name)


def _of_nexts(program: Program) -> Found:
    names, seen = tuple(target.name for target in program.targets), set[str]()
    for number, one in enumerate(nexts_of(program)):
        at = f"$.then[{number}]" if isinstance(program.then, tuple) else "$.then"
        if one.when.of not in names:
            yield fault(f"{at}.when.of", "program.not_a_target", target=one.when.of, known=names)
        if one.program == program.name:
            yield fault(f"{at}.program", "program.then_itself", name=one.program)
        if one.program in seen:
            yield fault(f"{at}.program", "program.named_twice", name=one.program)
        seen.add(one.program)


def _of_targets(program: Program) -> Found:
    looks: tuple[Callable[[Target, str], Found], ...] = (
        of_phases,
        of_outcomes,
        of_allowances,
        _of_bonuses,
        _of_limits,
        _of_words,
        _of_measures,
    )
    bowls = PREDEFINED_BOWLS | {bowl.name for bowl in program.bowls}
    for place, target in enumerate(program.targets):
        yield from _of_currency(program, target, f"$.targets[{place}]")
    for place, target in enumerate(program.targets):
        at = f"$.targets[{place}]"
        for look in looks:
            yield from look(target, at)
        for number, phase in enumerate(target.phases):
            yield from _of_earn(phase.earn, bowls, f"{at}.phases[{number}].earn")
            yield from _of_condition(program, target, phase.earn.if_, f"{at}.phases[{number}].earn.if.target")
            yield from _of_rises(target, phase, f"{at}.phases[{number}]")
            yield from _of_landing(phase.on_failure.to, f"{at}.phases[{number}].on_failure.to")
            if phase.visits is not None:
                yield from _of_visits(phase.visits, f"{at}.phases[{number}].visits")
        for number, bonus in enumerate(target.bonuses):
            yield from _of_condition(program, target, bonus.if_, f"{at}.bonuses[{number}].if.target")
        if target.visits is not None:
            yield from _of_visits(target.visits, f"{at}.visits")
        yield from _of_hat(target, bowls, at)


def _of_currency(program: Program, target: Target, at: str) -> Found:
    """The predefined bowls hold dollars, and a program has money in one currency."""
    if program.unit == "usd" or not is_money(program.unit):
        return
    earned = [(f"{at}.phases[{number}].earn", phase.earn) for number, phase in enumerate(target.phases)]
    named = [(f"{where}.bowl", earn.bowl) for where, earn in earned if isinstance(earn, Draws)]
    if target.hat is not None:
        named.append((f"{at}.hat.bowl", target.hat.bowl))
    for where, bowl in named:
        if bowl in PREDEFINED_BOWLS:
            yield fault(where, "program.bowl_of_dollars", bowl=bowl, currency=program.unit)


def _of_condition(program: Program, target: Target, condition: Condition | None, at: str) -> Found:
    others = tuple(one.name for one in program.targets if one.name != target.name)
    if condition is not None and condition.target not in others:
        yield fault(at, "program.condition_unknown", target=condition.target, known=others)


def _doubled(at: str, names: list[str]) -> Found:
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            yield fault(f"{at}[{place}].name", "program.named_twice", name=name)
        seen.add(name)


def _of_bowls(program: Program) -> Found:
    yield from _doubled("$.bowls", [bowl.name for bowl in program.bowls])
    for place, bowl in enumerate(program.bowls):
        if bowl.name in PREDEFINED_BOWLS:
            yield fault(f"$.bowls[{place}].name", "program.bowl_predefined", name=bowl.name)
        for number, tier in enumerate(bowl.tiers):
            if tier.value is not None and tier.category is not None:
                at = f"$.bowls[{place}].tiers[{number}]"
                yield fault(at, "program.tier_of_both")


def _of_earn(earn: Earn, bowls: frozenset[str], at: str) -> Found:
    match earn:
        case Ladder() | Draws():
            if earn.max is not None and earn.max < earn.start:
                yield fault(f"{at}.max", "program.max_below_start", start=earn.start)
            if isinstance(earn, Draws) and earn.bowl not in bowls:
                yield fault(f"{at}.bowl", "program.bowl_unknown", bowl=earn.bowl)
        case Rate():
            if earn.max is not None and earn.max < earn.amount:
                yield fault(f"{at}.max", "program.max_below_amount", amount=earn.amount)
        case Flat() | Table():
            return
        case _ as unreachable:
            assert_never(unreachable)


def _of_landing(to: Landing | None, at: str) -> Found:
    if to is not None and (to.rung is None) == (to.back is None):
        yield fault(at, "program.landing_of_one")


def _of_bonuses(target: Target, at: str) -> Found:
    for number, bonus in enumerate(target.bonuses):
        yield from _of_bonus(bonus, target, f"{at}.bonuses[{number}]")


def _of_bonus(bonus: Bonus, target: Target, at: str) -> Found:
    if bonus.weeks is not None and bonus.weeks[0] > bonus.weeks[1]:
        yield fault(f"{at}.weeks", "program.weeks_turned", first=bonus.weeks[0], last=bonus.weeks[1])
    match bonus:
        case WeekBonus():
            most = count_in(target, "week")
            if most is not None and bonus.successes > most:
                yield fault(f"{at}.successes", "program.successes_beyond_limit", most=most)
        case TotalBonus():
            yield from _of_milestones(bonus.at, at)
        case RunBonus():
            if (bonus.every is None) == (not bonus.at):
                yield fault(at, "program.run_of_one")
            yield from _of_milestones(bonus.at, at)
        case _ as unreachable:
            assert_never(unreachable)


def _of_milestones(numbers: tuple[int, ...], at: str) -> Found:
    if any(later <= before for before, later in pairwise(numbers)):
        yield fault(f"{at}.at", "program.milestones_unordered")


def _of_limits(target: Target, at: str) -> Found:
    written = target.limit if isinstance(target.limit, tuple) else (target.limit,)
    for number, limit in enumerate(written):
        where = f"{at}.limit[{number}]" if isinstance(target.limit, tuple) else f"{at}.limit"
        if limit is None:
            continue
        is_short, is_long = limit.per_week is not None, limit.count is not None and limit.per is not None
        is_half = (limit.count is None) != (limit.per is None)
        if is_short == is_long or is_half:
            yield fault(where, "program.limit_of_one")
    periods = [per for per, _ in limits_of(target)]
    if len(periods) != len(set(periods)):
        yield fault(f"{at}.limit", "program.limit_twice")


def _of_rises(target: Target, phase: Phase, at: str) -> Found:
    if (
        rises_by_week(phase.earn)
        and not pace(phase.visits or target.visits)
        and count_in(target, "week") is None
    ):
        yield fault(f"{at}.earn.every", "program.week_of_no_visits")


def _of_words(target: Target, at: str) -> Found:
    if target.retest_minutes is not None and target.behavior != "test":
        yield fault(f"{at}.retest_minutes", "program.retest_of_no_test", behavior=target.behavior)
    for field, words in (("noun", target.noun), ("title", target.title)):
        yield from _of_one_line(words, f"{at}.{field}")


def _of_one_line(words: Noun | Title | None, at: str) -> Found:
    for language, word in () if words is None else asdict(words).items():
        if word != word.strip() or "\n" in word:
            yield fault(f"{at}.{language}", "program.noun_of_lines")


def _of_measures(target: Target, at: str) -> Found:
    """One event has one quantity, so all that a target pays in counts the same, or nothing does."""
    first = per_of(target.phases[0].earn)
    for number, phase in enumerate(target.phases):
        per, where = per_of(phase.earn), f"{at}.phases[{number}].earn"
        if isinstance(per, str) and per not in KNOWN:
            yield fault(f"{where}.per", "program.measure_unknown", word=per, known=tuple(KNOWN))
        if per != first:
            yield fault(where if per is None else f"{where}.per", "program.measures_mixed")


def _of_hat(target: Target, bowls: frozenset[str], at: str) -> Found:
    if target.hat is None:
        return
    if target.behavior != "attendance":
        yield fault(f"{at}.hat", "program.hat_of_no_attendance", behavior=target.behavior)
    if target.hat.bowl not in bowls:
        yield fault(f"{at}.hat.bowl", "program.bowl_unknown", bowl=target.hat.bowl)


def _of_visits(visits: Visits, at: str) -> Found:
    days = len(visits.weekdays)
    if days != len(set(visits.weekdays)):
        yield fault(f"{at}.weekdays", "program.day_twice")
    if days and visits.per_week is not None and visits.per_week != days:
        yield fault(f"{at}.per_week", "program.per_week_and_days", per_week=visits.per_week, days=days)
    if visits.lots is not None:
        yield from _of_lots(visits, visits.lots, at)
    elif visits.of:
        yield fault(f"{at}.of", "program.of_without_lots")


def _of_lots(visits: Visits, count: int, at: str) -> Found:
    for name in ("weekdays", "per_week", "min_days_between"):
        if getattr(visits, name):
            yield fault(f"{at}.{name}", "program.lots_alone")
    if len(visits.of) != len(set(visits.of)):
        yield fault(f"{at}.of", "program.day_twice")
    elif visits.of and count > len(visits.of):
        yield fault(f"{at}.random", "program.lots_too_many", count=count, days=len(visits.of))
