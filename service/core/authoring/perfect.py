"""The perfect run of a program: every visit of every target a success, and what each of them pays.

It is the greatest that one person can cost. Targets without visits and without a limit are imagined once a
week, as in the tables that pages show; `is_open` says that there could be more.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from schemas.books import TableOutcome
from schemas.program import Bowl, Draws, Earn, Program, Rate, Unit
from service.core.authoring.scenarios import success_of, visits_of
from service.core.authoring.table import STARTS_ON, VISITS_MAX, facts_of, spread
from service.core.compiled import Rules, compile_rules, pace
from service.core.draws.bowls import STANDARD_BOWL
from service.core.draws.draws import bowl_of, prize_unit
from service.core.limits import limits_of
from service.core.quantities import ONE, per_of
from service.core.rules import fold
from service.core.state import WELCOME_FACT, Award, Fact


class PerfectVisit(Struct, frozen=True):
    """One success of a perfect run; the welcome has no target.

    `paid` and `clipped` are in minor units of the program's unit, `draws` what it earns beside them, from
    `bowl`; `ordinal` counts the visits of its target from 1.
    """

    target: int | None
    ordinal: int
    week: int
    day: date
    paid: int
    clipped: int
    draws: int = 0
    bowl: Bowl = STANDARD_BOWL
    single: int = 0
    """Its base award before caps."""


class Cost(Struct, frozen=True):
    """Sums of a perfect run in one unit: awards for certain, and draws as expected and at the greatest."""

    unit: Unit
    awards: int
    draws: int
    expected: float
    greatest: int


def is_open(program: Program) -> bool:
    """Whether some target says neither how often somebody is expected nor how often a success counts."""
    return any(
        (
            not limits_of(target)
            and not pace(target.visits)
            and any(not pace(phase.visits) for phase in target.phases)
        )
        or any(per_of(phase.earn) is not None and not _fullest(phase.earn) for phase in target.phases)
        for target in program.targets
    )


def at_the_most(rules: Rules, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Imagined visits with the quantities that pay the most, where a rate has a most; else with one each."""
    return tuple(
        replace(fact, quantity=_fullest(phase.earn) or ONE)
        if rules.targets[fact.target].by_quantity
        and (phase := rules.targets[fact.target].phase(fact.week, fact.after)) is not None
        else fact
        for fact in facts
    )


def _fullest(earn: Earn) -> int:
    """The least quantity that pays the most of a rate, in hundredths; 0 where it has no most."""
    return -(-earn.max * ONE // earn.amount) if isinstance(earn, Rate) and earn.max and earn.amount else 0


def perfect_run(program: Program) -> tuple[PerfectVisit, ...]:
    """Every visit of a perfect run in the order of days."""
    rules = compile_rules(program)
    imagined: list[TableOutcome] = []
    for target in program.targets:
        count = min(VISITS_MAX - len(imagined), visits_of(program, target))
        if count > 0:
            imagined += spread(program, target.name, [success_of(target.behavior)] * count)
    facts = at_the_most(rules, facts_of(rules, imagined))
    _, decisions = fold(rules, STARTS_ON, facts)
    run: list[PerfectVisit] = []
    if WELCOME_FACT in decisions:
        run.append(_visit(rules, None, 0, 1, STARTS_ON, decisions[WELCOME_FACT].awards))
    ordinals = [0] * len(program.targets)
    for fact in sorted(facts, key=lambda one: (one.at, one.no)):
        ordinals[fact.target] += 1
        awards = decisions[fact.no].awards
        run.append(_visit(rules, fact.target, ordinals[fact.target], fact.week, fact.day, awards))
    return tuple(run)


def _visit(
    rules: Rules, target: int | None, ordinal: int, week: int, day: date, awards: Sequence[Award]
) -> PerfectVisit:
    own = [one for one in awards if one.unit == rules.program.unit and one.unit != "draw"]
    drawn = sum(one.amount for one in awards if one.unit == "draw")
    paid, clipped = sum(one.amount for one in own), sum(one.clipped for one in own)
    single = sum(one.amount + one.clipped for one in awards if one.slot == "base" and one.unit != "draw")
    bowl = bowl_at(rules, target, week)
    return PerfectVisit(target, ordinal, week, day, paid, clipped, drawn, bowl, single)


def bowl_at(rules: Rules, target: int | None, week: int) -> Bowl:
    """The bowl that draws of a target come from in a week; the standard one where none is named."""
    phase = None if target is None else rules.targets[target].phase(week)
    name = phase.earn.bowl if phase is not None and isinstance(phase.earn, Draws) else None
    return (bowl_of(rules.program, name) if name else None) or STANDARD_BOWL


def mean_of(bowl: Bowl) -> float:
    """What one draw wins on average, in minor units; a prize from the shelf counts as nothing."""
    slips = sum(tier.slips for tier in bowl.tiers)
    return sum(tier.slips * (tier.value or 0) for tier in bowl.tiers) / slips


def most_of(bowl: Bowl) -> int:
    """The greatest prize of one draw, in minor units."""
    return max(tier.value or 0 for tier in bowl.tiers)


def costs(program: Program, run: Sequence[PerfectVisit]) -> tuple[Cost, ...]:
    """What a perfect run comes to in each unit of money or points; prizes before caps."""
    sums: dict[Unit, list[float]] = {}
    for one in run:
        if program.unit != "draw":
            sums.setdefault(program.unit, [0, 0, 0, 0])[0] += one.paid
        if one.draws:
            drawn = sums.setdefault(prize_unit(program, one.bowl.name), [0, 0, 0, 0])
            drawn[1] += one.draws
            drawn[2] += one.draws * mean_of(one.bowl)
            drawn[3] += one.draws * most_of(one.bowl)
    return tuple(
        Cost(unit, int(awards), int(draws), awards + mean, int(awards + most))
        for unit, (awards, draws, mean, most) in sums.items()
    )
