"""Which outcomes a behavior has, and what each of them means before a program decides otherwise."""

from schemas.program import Behavior, Effect

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

RETESTABLE = frozenset({"invalid", "dilute"})
"""Test outcomes that say nothing of the person yet; a valid retest in time replaces them."""

VALID_TEST = frozenset({"negative", "positive"})
"""Test outcomes that are a result, and so can replace an invalid or dilute one."""


def outcomes_of(behavior: Behavior) -> dict[str, Effect]:
    """Every outcome of a behavior with the effect it has when a program says nothing."""
    return FIXED[behavior] | OPEN[behavior]
