"""A program's own caps over its prizes: what draws win in the program's unit counts beside its awards.

The fold knows no prizes, since chance is no fact. So these caps look at what one enrollment was really
credited, when a prize is credited or handed over, and when an award is posted after one was.
"""

from collections.abc import Iterable
from datetime import date

from schemas.ids import Id
from schemas.program import Draws, Period, Program
from service.core.dated_caps import DatedCap, Limits, Spot, counting, summed


def caps_on_prizes(enrollment: Id, program: Program) -> tuple[DatedCap, ...]:
    """The caps of a program with draws, as they look at one enrollment; of two for a period the tighter."""
    if program.unit == "draw" or not _draws(program):
        return ()
    tightest: dict[Period, int] = {}
    for cap in program.caps:
        tightest[cap.per] = min(cap.amount, tightest.get(cap.per, cap.amount))
    # They bind one enrollment, so its id tells their totals from any others.
    return tuple(
        DatedCap(enrollment, per, program.unit, amount, date.min) for per, amount in tightest.items()
    )


def limits_of(
    caps: tuple[DatedCap, ...], credited: Iterable[tuple[Spot, int]], spots: Iterable[Spot]
) -> Limits:
    """The caps with what they have seen, by what an enrollment was credited, for some spots."""
    seen = summed(caps, credited)
    keys = (key for spot in spots for _, key in counting(caps, spot))
    return Limits(caps, {key: seen.get(key, 0) for key in keys})


def _draws(program: Program) -> bool:
    return any(
        target.hat is not None or any(isinstance(phase.earn, Draws) for phase in target.phases)
        for target in program.targets
    )
