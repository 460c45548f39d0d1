"""How far somebody is in a program, seen without a grudge: the week, what was reached, and what comes next.

A milestone that is reached stays: it counts what was ever earned, and no miss takes it away.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from schemas.program import Draws, Target, Unit
from schemas.program import Ladder as ProgramLadder
from service.core.calendar import program_week
from service.core.ladder import Ladder

COUNTS: Final = (1, 5, 10, 20, 30, 50, 75, 100)
"""How many visits that earned something make a milestone."""
HALF_OF_WEEKS_MIN: Final = 4
"""From how many weeks on the middle of a program is a milestone."""


class Milestone(Struct, frozen=True):
    """Something that was reached: so many visits, the middle of the program, or the highest step."""

    kind: Literal["visits", "half", "top"]
    count: int = 0
    amount: int = 0
    unit: Unit = "usd"


class Progress(Struct, frozen=True):
    """The program week of `weeks`, 0 before the first; what was reached, and what the next count lacks.

    `earned` counts visits that earned something, over all targets.
    """

    week: int
    weeks: int
    earned: int
    reached: tuple[Milestone, ...]
    next_count: int | None

    @property
    def lacks(self) -> int:
        """How many visits that earn something lie before the next count; 0 where there is none."""
        return 0 if self.next_count is None else self.next_count - self.earned


def progress(parts: Sequence[tuple[Target, Ladder]], starts_on: date, weeks: int, today: date) -> Progress:
    """How far somebody is, by all targets of an enrollment and their ladders."""
    week = min(max(program_week(today, starts_on), 0), weeks)
    earned = sum(1 for _, one in parts for bar in one.bars if bar.kind == "done")
    reached = [Milestone("visits", count) for count in COUNTS if count <= earned]
    if weeks >= HALF_OF_WEEKS_MIN and week * 2 > weeks:
        reached.append(Milestone("half"))
    # One of them, where several targets have a highest step: the largest.
    tops = [top for target, one in parts if (top := _top(target, one)) is not None]
    reached += sorted(tops, key=lambda top: top.amount)[-1:]
    # Of the counts only the largest is worth saying.
    counts = [one for one in reached if one.kind == "visits"][-1:]
    others = [one for one in reached if one.kind != "visits"]
    following = next((count for count in COUNTS if count > earned), None)
    return Progress(week, weeks, earned, (*counts, *others), following)


def _top(target: Target, one: Ladder) -> Milestone | None:
    """The highest step of a ladder that rises to one, once it was earned."""
    rising = Draws if one.unit == "draw" else ProgramLadder
    tops = [
        phase.earn.max
        for phase in target.phases
        if isinstance(phase.earn, rising) and phase.earn.max is not None and phase.earn.step
    ]
    most = max(tops, default=None)
    if most is None or not any(bar.kind == "done" and bar.amount >= most for bar in one.bars):
        return None
    return Milestone("top", amount=most, unit=one.unit)
