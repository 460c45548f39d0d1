"""The limits of a target: how many of its successes count in a day, a program week, a month, or in all."""

from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from schemas.program import LimitPeriod, Target
from schemas.receipts import ReasonCode
from service.core.calendar import period_key
from service.core.state import TargetState

Limits = tuple[tuple[LimitPeriod, int], ...]
"""Periods, each with the number of successes that count in it."""

OVER: Final[dict[LimitPeriod, ReasonCode]] = {
    "day": "over_limit:day",
    "week": "over_limit",
    "month": "over_limit:month",
    "enrollment": "over_limit:enrollment",
}
"""The reason that a limit of each period gives."""


def limits_of(target: Target) -> Limits:
    """The limits of a target, the short form written out."""
    written = target.limit if isinstance(target.limit, tuple) else (target.limit,)
    found: list[tuple[LimitPeriod, int]] = []
    for limit in written:
        if limit is not None and limit.per_week is not None:
            found.append(("week", limit.per_week))
        elif limit is not None and limit.count is not None and limit.per is not None:
            found.append((limit.per, limit.count))
    return tuple(found)


def count_in(target: Target, period: LimitPeriod) -> int | None:
    """How many successes of a period count, where the target limits them."""
    return min((count for per, count in limits_of(target) if per == period), default=None)


def reached(limits: Limits, before: TargetState, day: date) -> LimitPeriod | None:
    """The first limit, other than by the week, that leaves no room for a success on a day."""
    for (per, count), (key, counted) in zip(limits, before.counted, strict=False):
        if counted >= count and key == period_key(per, day, 0):
            return per
    return None


def counting(limits: Limits, after: TargetState, day: date) -> TargetState:
    """The state with one more success counted on a day."""
    before = after.counted or ((-1, 0),) * len(limits)
    keys = [period_key(per, day, 0) for per, _ in limits]
    counted = tuple((new, 1 + (n if key == new else 0)) for new, (key, n) in zip(keys, before, strict=True))
    return replace(after, counted=counted)


def first_free(limits: Limits, here: TargetState, day: date) -> date | None:
    """The first day from `day` on on which a success counts by them; none where none does any more."""
    match reached(limits, here, day):
        case "day":
            return first_free(limits, here, day + timedelta(days=1))
        case "month":
            return first_free(limits, here, (day.replace(day=1) + timedelta(days=31)).replace(day=1))
        case "enrollment":
            return None
        case _:
            return day
