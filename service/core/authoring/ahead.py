"""What of a target's state still decides something from a week on, so that like states are taken for one."""

from math import lcm
from typing import Self, assert_never

from msgspec import Struct
from msgspec.structs import replace

from schemas.program import Draws, Earn, Flat, Ladder, Phase, Rate, RunBonus, Table, TotalBonus
from service.core.compiled import TargetRules
from service.core.phases import weeks_of
from service.core.rungs import LEVEL
from service.core.state import TargetState


class Ahead(Struct, frozen=True):
    """What of a state still decides something from a week on: a crowd then stands at few different ones.

    Two runs that lie `lap` apart, both beyond `run`, pay alike from then on; beyond `rung` every rung does.
    """

    run: int
    lap: int | None
    total: int
    rung: int | None

    @classmethod
    def of(cls, target: TargetRules, week: int) -> Self:
        """What decides in the weeks from one on."""
        phases = [one for one in target.target.phases if weeks_of(one)[1] >= week]
        bonuses = [one for one in target.target.bonuses if one.weeks is None or one.weeks[1] >= week]
        runs = [one for one in bonuses if isinstance(one, RunBonus)]
        recoveries = [one.on_failure.recovery.after for one in phases if one.on_failure.recovery]
        lap = None if any(one.every and one.once for one in runs) else lcm(*(one.every or 1 for one in runs))
        tops = [_top(one) for one in phases]
        return cls(
            max([0, *recoveries, *(max(one.at, default=0) for one in runs)]),
            lap,
            max((max(one.at) for one in bonuses if isinstance(one, TotalBonus)), default=-1) + 1,
            None if None in tops else max((one for one in tops if one is not None), default=0),
        )

    def essence(self, state: TargetState) -> TargetState:
        """A state without what decides nothing any more."""
        run, rung, resume = state.run, state.rung, state.resume
        if self.lap is not None and run > self.run + self.lap:
            run = self.run + 1 + (run - self.run - 1) % self.lap
        if self.rung is not None:
            rung = min(rung, self.rung)
            resume = None if resume is None or not self.rung else min(resume, self.rung)
        total = min(state.total, self.total)
        return replace(
            state, run=run, rung=rung, resume=resume, total=total, succeeded_on=None, wanted_on=None
        )


def _top(phase: Phase) -> int | None:
    """A rung from which on all are worth the same, and so is the one below it; else none."""
    to, top = phase.on_failure.to, _level_from(phase.earn)
    if isinstance(phase.earn, LEVEL) or top is None:
        return top
    return None if to is not None and to.back is not None else max(top, to.rung + 1 if to and to.rung else 0)


def _level_from(earn: Earn) -> int | None:
    match earn:
        case Flat() | Rate():
            return 0
        case Table(values):
            return len(values)
        case Ladder() | Draws():
            if earn.step and earn.max is None:
                return None
            rises = -(-max(0, (earn.max or 0) - earn.start) // earn.step) if earn.step else 0
            return rises * (1 if earn.every == "week" else earn.every) + 1
        case _ as unreachable:
            assert_never(unreachable)
