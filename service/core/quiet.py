"""Visits that earned nothing: no money moved for them, so no statement has a line of them."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from schemas.ids import Id
from schemas.people import Language
from schemas.program import Effect, Unit
from schemas.receipts import Reason
from service.core.catalogs import worded
from service.core.compiled import Rules
from service.core.corrections import PastFact
from service.core.ledger import Posted, SlotKey
from service.core.rules import fold
from service.core.state import Fact, Why
from service.core.words.sentences import MoneyWriter, money, noun_of, reason


class Quiet(Struct, frozen=True):
    """A visit for which nothing was posted: its fact as it stands, what it does, and why, by unit.

    `is_held_back` says that the rules would pay for it and something else took all of it off.
    """

    event: Id
    fact: Fact
    effect: Effect
    why: tuple[tuple[Unit, Why], ...]
    is_held_back: bool


class QuietVisit(Struct, frozen=True):
    """A visit that earned nothing, as it is told: its day, its outcome, what it does, and its reasons."""

    event: Id
    day: date
    noun: str
    outcome: str
    effect: Effect
    reasons: tuple[Reason, ...]


def quiet(
    rules: Rules, starts_on: date, facts: Sequence[PastFact], posted: Mapping[SlotKey, Posted]
) -> list[Quiet]:
    """The visits of an enrollment for which nothing was posted.

    A missed visit that was met after all is none: the visit that met it stands for both.
    """
    amounts: dict[int, int] = {}
    for (no, _, _), one in posted.items():
        amounts[no] = amounts.get(no, 0) + one.amount
    _, decisions = fold(rules, starts_on, (known.fact for known in facts))
    found = []
    for known in facts:
        made = decisions[known.fact.no]
        why = tuple((award.unit, each) for award in made.awards for each in award.why)
        if not amounts.get(known.fact.no) and not any(each.code == "replaced" for _, each in why):
            would = any(award.amount for award in made.awards)
            found.append(Quiet(known.event, known.fact, made.effect, why, would))
    return found


def told(one: Quiet, rules: Rules, language: Language, write: MoneyWriter = money) -> QuietVisit:
    """A visit that earned nothing with its reasons in words, whose amounts `write` writes."""
    noun = noun_of(rules.program.targets[one.fact.target])
    return QuietVisit(
        one.event,
        one.fact.day,
        worded(noun, language),
        one.fact.outcome,
        one.effect,
        tuple(reason(why, unit, noun, language, write) for unit, why in one.why),
    )
