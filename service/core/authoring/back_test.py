"""The past under other rules: facts that stand, folded by the rules that are tried, and nothing posted."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from schemas.program import Unit
from schemas.receipts import Money
from service.core.compiled import Rules
from service.core.rules import fold
from service.core.state import Decision, Fact


def refitted(facts: Sequence[Fact], own: Rules, tried: Rules) -> tuple[Fact, ...]:
    """The facts that other rules know, as they see them: those of a target and an outcome that they have."""
    found: list[Fact] = []
    for fact in facts:
        place = tried.place_of.get(own.program.targets[fact.target].name)
        if place is not None and fact.outcome in tried.targets[place].effects:
            found.append(replace(fact, target=place))
    return tuple(found)


def earned(rules: Rules, starts_on: date, facts: Sequence[Fact]) -> tuple[Money, ...]:
    """What rules say of facts in all, the welcome and the program's own caps included, by unit."""
    _, decisions = fold(rules, starts_on, facts)
    return sums_of(decisions.values())


def sums_of(decisions: Iterable[Decision]) -> tuple[Money, ...]:
    """What decisions come to by unit; a unit of nothing is left out."""
    sums: dict[Unit, int] = {}
    for decision in decisions:
        for award in decision.awards:
            sums[award.unit] = sums.get(award.unit, 0) + award.amount
    return tuple(Money(unit, amount) for unit, amount in sorted(sums.items()) if amount)


def together(sums: Iterable[Sequence[Money]]) -> tuple[Money, ...]:
    """Sums of several people as one, by unit."""
    found: dict[Unit, int] = {}
    for one in sums:
        for money in one:
            found[money.unit] = found.get(money.unit, 0) + money.amount
    return tuple(Money(unit, amount) for unit, amount in sorted(found.items()))
