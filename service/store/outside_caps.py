"""What caps outside the fold leave enrollments, for who only looks: nothing is kept, and nobody is locked."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from schemas.people import Enrollment
from schemas.program import Program
from service.core.dated_caps import NOTHING_OUTSIDE, DatedCap, Limits, Outside, Spot
from service.core.draws.program_caps import caps_on_prizes, limits_of
from service.store import caps
from service.store.cap_totals import Credits, Tallies, credited_of_each
from service.store.database.pool import Tx

_NO_CREDITS = Credits([], has_prizes=False)


class Asked(Struct, frozen=True):
    """An enrollment of which it is asked what caps leave it on some days."""

    enrollment: UUID
    participant: UUID
    funding: str | None
    program: Program
    days: tuple[date | None, ...]

    def spots(self, known: Iterable[DatedCap]) -> list[Spot]:
        """What would be credited on these days, in each unit that one of the caps counts."""
        return [
            Spot(unit, day, "", self.funding, self.enrollment)
            for day in self.days
            for unit in {cap.unit for cap in known}
            if day is not None
        ]


async def outside(tx: Tx, enrollment: Enrollment, program: Program, days: Iterable[date | None]) -> Outside:
    """What caps outside the fold leave one enrollment on some days."""
    asked = Asked(enrollment.id, enrollment.participant, enrollment.funding, program, tuple(days))
    return (await outside_of_each(tx, [asked]))[enrollment.id]


async def outside_of_each(tx: Tx, asked: Sequence[Asked]) -> dict[UUID, Outside]:
    """What caps outside the fold leave each of some enrollments, read for all of them at once.

    A program's own caps are among them where it has given prizes, which the fold knows nothing of.
    """
    tallies = Tallies(tx, await caps.whole(tx))
    own = {one.enrollment: caps_on_prizes(one.enrollment, one.program) for one in asked}
    drawing = {one.enrollment: one.participant for one in asked if own[one.enrollment]}
    credits_of = await credited_of_each(tx, drawing) if drawing else {}
    if tallies.caps:
        await tallies.read((one.participant, spot) for one in asked for spot in one.spots(tallies.caps))
    found: dict[UUID, Outside] = {}
    for one in asked:
        credited = credits_of.get(one.enrollment, _NO_CREDITS)
        known = (*tallies.caps, *(own[one.enrollment] if credited.has_prizes else ()))
        if not known:
            found[one.enrollment] = NOTHING_OUTSIDE
            continue
        seen = limits_of(own[one.enrollment], credited.credits, one.spots(known)).totals
        limits = Limits(known, {**tallies.limits(one.participant).totals, **seen})
        found[one.enrollment] = Outside(limits, one.enrollment, one.funding)
    return found
