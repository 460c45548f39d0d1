"""The bonuses of a success that counts: they look at the numbers after it, and never at the rung."""

from collections.abc import Collection
from typing import assert_never

from msgspec.structs import replace

from schemas.program import Bonus, Condition, RunBonus, TotalBonus, Unit, WeekBonus
from schemas.receipts import ReasonCode
from service.core.state import Award, TargetState, Why


def bonuses_after(
    bonuses: tuple[Bonus, ...], after: TargetState, unit: Unit, unmet: Collection[Condition]
) -> tuple[TargetState, tuple[Award, ...]]:
    """The bonuses that a success brings, and the state with those remembered that are paid once.

    One whose condition is `unmet` is told with nothing in it, and can still be paid another time.
    """
    awards: list[Award] = []
    for place, bonus in enumerate(bonuses):
        code, count, due = _due(bonus, after)
        if not due or not bonus.amount or not _in_weeks(bonus, after.week):
            continue
        once = isinstance(bonus, RunBonus) and bonus.once
        if once and (place, count) in after.paid_once:
            continue
        if bonus.if_ in unmet:
            awards.append(Award(f"bonus:{place}", "bonus", unit, 0, 0, (Why("condition_unmet"),)))
            continue
        if once:
            after = replace(after, paid_once=(*after.paid_once, (place, count)))
        why = (Why(code, bonus.amount, count),)
        awards.append(Award(f"bonus:{place}", "bonus", unit, bonus.amount, 0, why))
    return after, tuple(awards)


def _in_weeks(bonus: Bonus, week: int) -> bool:
    return bonus.weeks is None or bonus.weeks[0] <= week <= bonus.weeks[1]


def _due(bonus: Bonus, after: TargetState) -> tuple[ReasonCode, int, bool]:
    match bonus:
        case RunBonus():
            due = after.run in bonus.at if bonus.every is None else after.run % bonus.every == 0
            return "run_bonus", after.run, due
        case WeekBonus():
            return "week_bonus", after.in_week, after.in_week == bonus.successes
        case TotalBonus():
            return "total_bonus", after.total, after.total in bonus.at
        case _ as unreachable:
            assert_never(unreachable)
