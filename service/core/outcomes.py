"""Which outcomes a behavior has, and what each of them means before a program decides otherwise."""

from collections.abc import Mapping

from schemas.program import Behavior, Effect, OutcomeRule, Target, Title

FIXED: dict[Behavior, dict[str, Effect]] = {
    "test": {
        "negative": "success",
        "positive": "failure",
        "refused": "failure",
        "tampered": "failure",
        "missed": "failure",
        "excused": "neutral",
        "pending": "neutral",
    },
    "attendance": {"attended": "success", "absent": "failure", "excused": "neutral"},
    "homework": {"completed": "success", "not_done": "failure", "excused": "neutral"},
    "medication": {
        "taken": "success",
        "missed": "failure",
        "refused": "failure",
        "excused": "neutral",
        "held_by_prescriber": "neutral",
    },
    "activity": {"verified": "success", "not_verified": "failure", "excused": "neutral"},
}
"""Outcomes whose effect no program may change."""

OPEN: dict[Behavior, dict[str, Effect]] = {
    "test": {"invalid": "failure", "dilute": "failure"},
    "attendance": {"late": "failure", "left_early": "failure", "rescheduled": "neutral"},
    "homework": {"partial": "failure"},
    "medication": {},
    "activity": {},
}
"""Outcomes that a program may give another effect, with the effect they have when it does not."""

EXCUSED = "excused"
"""The outcome that an excuse gives; every behavior has it, and it is neutral."""

NOT_CAME = frozenset({"missed", "absent", "excused", "rescheduled"})
"""Outcomes by which nobody came, whoever says so; the database's `is_came` has the same."""

RETESTABLE = frozenset({"invalid", "dilute"})
"""Test outcomes that say nothing of the person yet; a valid retest in time replaces them."""

VALID_TEST = frozenset({"negative", "positive"})
"""Test outcomes that are a result, and so can replace an invalid or dilute one."""


def outcomes_of(behavior: Behavior) -> dict[str, Effect]:
    """Every outcome of a behavior with the effect it has when a program says nothing."""
    return FIXED[behavior] | OPEN[behavior]


EVERY = frozenset(outcome for behavior in FIXED for outcome in FIXED[behavior] | OPEN[behavior])
"""The outcomes of all behaviors; a program's own words are others."""


def effect_of(rule: Effect | OutcomeRule) -> Effect:
    """The effect of an outcome, however it is written."""
    return rule.effect if isinstance(rule, OutcomeRule) else rule


def effects_of(outcomes: Mapping[str, Effect | OutcomeRule]) -> dict[str, Effect]:
    """The effects that a program gives outcomes."""
    return {outcome: effect_of(rule) for outcome, rule in outcomes.items()}


def parts_of(outcomes: Mapping[str, Effect | OutcomeRule]) -> dict[str, int]:
    """How much of the value due each outcome pays, in percent, where a program says so."""
    return {outcome: rule.pays for outcome, rule in outcomes.items() if isinstance(rule, OutcomeRule)}


def titles_of(target: Target) -> dict[str, Title]:
    """The titles of a program's own outcome words, where it gives some."""
    return {
        outcome: rule.title
        for outcome, rule in target.outcomes.items()
        if isinstance(rule, OutcomeRule) and rule.title is not None
    }


def own_words(target: Target) -> tuple[str, ...]:
    """The outcome words that are a program's own, in the order written."""
    return tuple(outcome for outcome in target.outcomes if outcome not in EVERY)
