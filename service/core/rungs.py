"""The rungs of a ladder: what each is worth, where a ladder begins, and where a failure leaves it."""

from typing import Final, assert_never

from msgspec.structs import replace

from schemas.program import Draws, Earn, Flat, Ladder, Landing, Phase, Rate, Table
from service.core.phases import days_of
from service.core.state import TargetState

RISING: Final = (Ladder, Draws)
"""The ways of earning that rise."""
LEVEL: Final = (Flat, Rate)
"""The ways of earning that are the same on every rung."""


def earned_at(earn: Earn, rung: int) -> int:
    """The value of a success at `rung` (from 0), in minor units or draws; by quantity that of one."""
    match earn:
        case Ladder() | Draws():
            rises = rung if earn.every == "week" else rung // earn.every
            value = earn.start + earn.step * rises
            return value if earn.max is None or value < earn.max else earn.max
        case Flat() | Rate():
            return earn.amount
        case Table():
            return earn.values[min(rung, len(earn.values) - 1)]
        case _ as unreachable:
            assert_never(unreachable)


def first_rung(earn: Earn) -> int:
    """The rung that a way of earning opens on."""
    return 0 if isinstance(earn, Flat | Rate) else earn.first


def entered(phase: Phase, before: TargetState) -> TargetState:
    """A target with a fact in a phase: where that begins anew, its first fact begins the ladder again."""
    if phase.begin == "on":
        return before
    begun = days_of(phase)[0] if phase.weeks is None else phase.weeks[0]
    if before.begun == begun:
        return before
    return replace(before, begun=begun, rung=first_rung(phase.earn), run=0, resume=None)


def rises_by_week(earn: Earn) -> bool:
    """Whether a ladder rises with whole weeks, and not with single successes."""
    # A union made anew for each question would cost more than the question.
    return isinstance(earn, RISING) and earn.every == "week"


def failed(before: TargetState, phase: Phase) -> TargetState:
    """Where a failure leaves a target, by the rule of the phase in which it falls."""
    rule = phase.on_failure
    if rises_by_week(phase.earn):
        before = replace(before, missed_in=before.week)
    if not rule.reset:
        return replace(before, run=0)
    resume = before.resume
    if rule.recovery is not None:
        candidate = before.rung if rule.recovery.to == "due" else max(before.rung - 1, 0)
        resume = candidate if resume is None else max(resume, candidate)
    return replace(before, rung=_landing(rule.to, before.rung), run=0, resume=resume)


def _landing(to: Landing | None, rung: int) -> int:
    """The rung on which a reset from `rung` lands; a failure never raises anybody."""
    if to is None:
        return 0
    return max(rung - (to.back or 0), 0) if to.rung is None else min(to.rung, rung)
