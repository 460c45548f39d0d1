"""Retests: which tests that said nothing of the person yet were replaced by a valid one in time."""

from collections.abc import Sequence

from service.core.compiled import Rules
from service.core.outcomes import RETESTABLE, VALID_TEST
from service.core.state import Fact


def retested(rules: Rules, ordered: Sequence[Fact]) -> frozenset[int]:
    """The invalid and dilute tests in whose place a valid retest of the same target stands."""
    waiting: dict[int, list[Fact]] = {}
    replaced: set[int] = set()
    for fact in ordered:
        window = rules.targets[fact.target].retest
        if window is None:
            continue
        if fact.outcome in VALID_TEST:
            replaced.update(w.no for w in waiting.pop(fact.target, []) if fact.at - w.at <= window)
        elif fact.outcome in RETESTABLE:
            waiting.setdefault(fact.target, []).append(fact)
    return frozenset(replaced)
