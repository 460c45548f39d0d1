"""Days drawn by lot: whether a day is one of those on which somebody is asked to come, decided that morning.

A program that draws days by lot asks somebody to come on so many days of each program week, out of
those that it names. Each of those days has its turn on its own morning, with the seed that is in use then:
of the days that are left, as many are drawn as are still wanted, so each is as likely as the next and the
number comes out exactly. Nothing of a later day is decided before, so there is nothing to tell.

Days on which the clinic is closed, as known on that morning, have no turn; so fewer are drawn where fewer
are left. Anyone who has the revealed seed works each decision out again from its record.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from schemas.drawn_days import DayRecord
from schemas.ids import Id
from service.core.compiled import Rules
from service.core.draws.draws import check_seed, slip
from service.core.expected_days import Closed, is_closed
from service.core.laid_days import days_to_draw


class Turn(Struct, frozen=True):
    """One day's turn: the days left, itself the first, and how many of them are still wanted."""

    days: tuple[date, ...]
    wanted: int

    @property
    def is_open(self) -> bool:
        """Whether chance decides it: nothing more may be wanted."""
        return self.wanted > 0


def day_name(enrollment: Id, target: str, day: date) -> str:
    """The id that a day goes into the hash with: one turn a day, so that nobody can choose it."""
    return f"day/{enrollment}/{target}/{day.isoformat()}"


def turn_of(
    rules: Rules, place: int, starts_on: date, day: date, drawn: int, closed: Closed, last_day: date | None
) -> Turn | None:
    """A day's turn, `drawn` of its program week being drawn before it; None where it has none.

    Neither a closed day nor one after the enrollment's last day has one.
    """
    wanted, days = days_to_draw(rules, place, starts_on, day)
    left = tuple(
        one
        for one in days
        if one >= day and not is_closed(one, closed) and (last_day is None or one <= last_day)
    )
    return Turn(left, max(wanted - drawn, 0)) if day in left else None


def slip_of(seed: bytes, enrollment: Id, target: str, turn: Turn) -> int | None:
    """The slip, from 1 to the number of days left, or None where nothing more is wanted."""
    if not turn.is_open:
        return None
    return slip(seed, day_name(enrollment, target, turn.days[0]), 0, len(turn.days))


def is_hit(drawn: int | None, wanted: int) -> bool:
    """Whether a slip draws its day: one of the first `wanted`."""
    return drawn is not None and drawn <= wanted


def check_day(record: DayRecord, seed: bytes) -> Iterator[str]:
    """Everything about the record of a day's turn that does not follow from its seed, in sentences."""
    yield from check_seed(record.commitment, seed)
    name = day_name(record.enrollment, record.target, record.day)
    if record.draw_id != name:
        yield f"The draw's id must be {name}, and the record says {record.draw_id}."
    if not record.days or record.days[0] != record.day:
        yield f"The days left begin with {record.day}, and the record says {_said(record.days)}."
        return
    expected = slip_of(seed, record.enrollment, record.target, Turn(record.days, record.wanted))
    if record.slip != expected:
        yield f"The slip must be {expected}, and the record says {record.slip}."
    elif record.drawn != is_hit(expected, record.wanted):
        yield f"Slip {expected} of {len(record.days)} with {record.wanted} wanted says otherwise of the day."


def _said(days: Sequence[date]) -> str:
    return ", ".join(one.isoformat() for one in days) or "none"
