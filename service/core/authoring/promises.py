"""What is promised: what open enrollments would still be paid if all went well, by their programs."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Final

from msgspec import Struct

from schemas.program import Unit
from service.core.authoring.perfect import mean_of, perfect_run
from service.core.authoring.table import STARTS_ON
from service.core.compiled import Rules
from service.core.draws.draws import prize_unit

Course = Mapping[Unit, Sequence[float]]
"""By unit, what a perfect run has paid by the end of each of its days, from the start day on."""

COURSES_KEPT_MAX: Final = 200
"""How many versions' courses a process keeps: each is worked out once, for a version never changes."""


class OpenEnrollments(Struct, frozen=True):
    """So many open enrollments of one version that began on one day, of one funder, with one planned end."""

    program: str
    version: int
    funding: str | None
    starts_on: date
    ends_on: date | None
    count: int


@lru_cache(maxsize=COURSES_KEPT_MAX)
def course_of(rules: Rules) -> Course:
    """What a perfect run pays, day by day; a draw as it wins on average, in the unit of its prizes."""
    program = rules.program
    days = program.weeks * 7
    paid: dict[Unit, list[float]] = {}
    for one in perfect_run(program):
        day = min((one.day - STARTS_ON).days, days - 1)
        if one.paid and program.unit != "draw":
            paid.setdefault(program.unit, [0.0] * days)[day] += one.paid
        if one.draws:
            unit = prize_unit(program, one.bowl.name)
            paid.setdefault(unit, [0.0] * days)[day] += one.draws * mean_of(one.bowl)
    return {unit: tuple(accumulate(each)) for unit, each in paid.items()}


def promised(course: Course, unit: Unit, some: OpenEnrollments, after: date, until: date) -> float:
    """What some enrollments would be paid in one unit after a day and until another, that day included."""
    sums = course.get(unit, ())
    last = until if some.ends_on is None else min(until, some.ends_on)

    def by(day: date) -> float:
        place = min((day - some.starts_on).days, len(sums) - 1)
        return sums[place] if place >= 0 else 0.0

    return some.count * max(by(last) - by(min(after, last)), 0.0)
