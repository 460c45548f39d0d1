"""When groups meet, on the clinic's wall clock."""

from collections.abc import Sequence
from datetime import date
from typing import Final, get_args

from schemas.groups import GroupTime
from schemas.program import Weekday
from service.core.expected_days import Closed

WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)
"""The weekdays in the order of their numbers, from Monday (0) on."""


def time_on(times: Sequence[GroupTime], day: date) -> GroupTime | None:
    """The time at which a group meets on a day, closed or not; none where it does not."""
    return next((one for one in times if one.weekday == WEEKDAYS[day.weekday()]), None)


def meets_on(times: Sequence[GroupTime], day: date, closed: Closed) -> bool:
    """Whether a group meets on a day: on its weekday, where that is no closure."""
    return time_on(times, day) is not None and not any(first <= day <= last for first, last in closed)


def in_order(times: Sequence[GroupTime]) -> tuple[GroupTime, ...]:
    """Times of a week from Monday on."""
    return tuple(sorted(times, key=lambda one: WEEKDAYS.index(one.weekday)))
