"""Faults of a target's outcomes: those that a program decides, its own words, and what is allowed of them."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import asdict

from schemas.program import Effect, OutcomeRule, Target
from service.core.outcomes import EVERY, FIXED, OPEN, effect_of, effects_of, outcomes_of
from service.core.refusals import Fault, fault

WHOLE: Final = OutcomeRule("success").pays
LETTERS_MAX: Final = 32
"""How long an outcome word of a program's own may be."""
_WORD: Final = re.compile(rf"(?=[a-z0-9_]{{1,{LETTERS_MAX}}}$)[a-z0-9]+(?:_[a-z0-9]+)*")


def of_outcomes(target: Target, at: str) -> Iterator[Fault]:
    """Every fault of the outcomes of a target and of its phases."""
    for outcome, rule in target.outcomes.items():
        where = f"{at}.outcomes.{outcome}"
        found = tuple(_of_word(target, outcome, where))
        yield from found or _of_rule(rule, where)
        if isinstance(rule, OutcomeRule) and rule.title is not None:
            if outcome in EVERY:
                yield fault(f"{where}.title", "program.title_unwanted")
            for language, word in asdict(rule.title).items():
                if word != word.strip() or "\n" in word:
                    yield fault(f"{where}.title.{language}", "program.noun_of_lines")
    known = outcomes_of(target.behavior).keys() | target.outcomes
    for number, phase in enumerate(target.phases):
        for outcome, rule in phase.outcomes.items():
            where = f"{at}.phases[{number}].outcomes.{outcome}"
            if outcome not in known and not tuple(_of_word(target, outcome, where)):
                yield fault(where, "program.outcome_undeclared", known=tuple(sorted(known - _fixed(target))))
                continue
            found = tuple(_of_word(target, outcome, where))
            yield from found or _of_rule(rule, where)
            if isinstance(rule, OutcomeRule) and rule.title is not None:
                yield fault(f"{where}.title", "program.title_unwanted")


def of_allowances(target: Target, at: str) -> Iterator[Fault]:
    """Every fault of the allowances of a target."""
    effects = outcomes_of(target.behavior) | effects_of(target.outcomes)
    seen: set[str] = set()
    for number, allowance in enumerate(target.allowances):
        where = f"{at}.allowances[{number}].outcome"
        name = allowance.outcome
        if name not in effects:
            known = tuple(effects)
            yield fault(
                where, "program.allowance_unknown", outcome=name, behavior=target.behavior, known=known
            )
        elif "neutral" not in {effects[name], *_in_phases(target, name)}:
            yield fault(where, "program.allowance_not_neutral", outcome=name, effect=effects[name])
        if name in seen:
            yield fault(where, "program.allowance_twice", outcome=name)
        seen.add(name)


def _fixed(target: Target) -> set[str]:
    return set(FIXED[target.behavior])


def _in_phases(target: Target, outcome: str) -> Iterator[Effect]:
    for phase in target.phases:
        if outcome in phase.outcomes:
            yield effect_of(phase.outcomes[outcome])


def _of_word(target: Target, outcome: str, where: str) -> Iterator[Fault]:
    """What keeps an outcome from being decided by a program."""
    may, kind = tuple(OPEN[target.behavior]), target.behavior
    if outcome in FIXED[kind]:
        effect = FIXED[kind][outcome]
        if may:
            yield fault(where, "program.outcome_fixed", effect=effect, behavior=kind, known=may)
        else:
            yield fault(where, "program.outcome_fixed_all", effect=effect, behavior=kind)
    elif outcome in EVERY and outcome not in OPEN[kind]:
        # One word means one thing: what another behavior calls so is no word of a program's own.
        if may:
            yield fault(where, "program.outcome_unknown", behavior=kind, known=may)
        else:
            yield fault(where, "program.outcome_unknown_all", behavior=kind)
    elif outcome not in EVERY and _WORD.fullmatch(outcome) is None:
        yield fault(where, "program.outcome_word", letters=LETTERS_MAX)


def _of_rule(rule: Effect | OutcomeRule, where: str) -> Iterator[Fault]:
    if isinstance(rule, OutcomeRule) and rule.effect != "success" and rule.pays != WHOLE:
        yield fault(f"{where}.pays", "program.pays_no_success", effect=rule.effect)
