"""Read expected visits: the clinic's list of one day, or those of one enrollment, past and ahead."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from schemas.visits import EnrollmentVisits, Visit, VisitPage
from service.core.cursors import Page, cursor_of, from_place, place_key
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.flows.visits.visits_of_days import (
    concerned_on,
    look,
    of_enrollment,
    of_some,
    there_on,
)
from service.store import enrollments, episodes, participants, visits
from service.store.visits import InCare

ENROLLMENTS_MAX = 200
"""How many enrollments are looked through at once."""
LOOKED_MAX = 2000
"""How many enrollments one page looks through; one that finds little in them is short, and leads on."""
DAYS_MAX = 366
"""How many days of one enrollment are shown at once."""


async def list_visits(act: Act, page: Page, day: date | None = None) -> Done[VisitPage] | Refused:
    """Everybody who is expected on a day or came on it; each participant shown is told once a page."""
    place = from_place(page)
    if isinstance(place, Refused):
        return place
    looking = await look(act)
    on = day or looking.today
    there = await there_on(act, on, looking)
    begins, seen = place
    shown: list[Visit] = []
    for _ in range(LOOKED_MAX // ENROLLMENTS_MAX):
        rows = await visits.in_care(act, begins, on, on, ENROLLMENTS_MAX)
        left = await concerned_on(act, rows, on, looking, there)
        while left:
            # As many as this page may need: each of them has a visit that day.
            some, left = left[: page.limit - len(shown) + 1], left[page.limit - len(shown) + 1 :]
            found = await of_some(act, some, looking, on, on)
            for one in some:
                skipped = seen if one.enrollment == begins else 0
                own, room = found[one.enrollment][skipped:], page.limit - len(shown)
                shown += own[:room]
                if len(own) > room:
                    return _page(act, on, shown, place_key(one.enrollment, skipped + room))
        if len(rows) < ENROLLMENTS_MAX:
            return _page(act, on, shown, None)
        begins, seen = UUID(int=rows[-1].enrollment.int + 1), 0
    return _page(act, on, shown, place_key(begins, 0))


async def read_visits(
    act: Act, enrollment_id: UUID, *, since: date | None = None, until: date | None = None
) -> Done[EnrollmentVisits] | Refused:
    """The visits of one enrollment between two days, both included; from its start day on without them."""
    known = await enrollments.find(act, enrollment_id)
    if known is None:
        return refused("not_found.enrollment")
    person = await participants.find(act, known.participant)
    last_day = known.closed_on or known.ends_on
    first = since or known.starts_on
    if until is None:
        rules = await episodes.rules_of(act, known.program, known.version)
        over = known.starts_on + timedelta(weeks=rules.program.weeks, days=-1)
        until = max(first, min(last_day or over, over, first + timedelta(days=DAYS_MAX - 1)))
    if not 0 <= (until - first).days < DAYS_MAX:
        return refused("invalid.visits_of_many_days", "until", days=DAYS_MAX)
    one = InCare(
        known.id,
        known.participant,
        person.participant.display_code if person else "",
        known.program,
        known.version,
        known.starts_on,
        last_day,
        known.funding,
    )
    items = await of_enrollment(act, one, first, until)
    act.audit("visits.read", enrollment_id, known.participant)
    return Done(EnrollmentVisits(enrollment_id, first, until, tuple(items)))


def _page(act: Act, day: date, shown: Sequence[Visit], more: bytes | None) -> Done[VisitPage]:
    for participant in dict.fromkeys(visit.participant for visit in shown):
        act.audit("visits.listed", None, participant, day=day.isoformat())
    return Done(VisitPage(day, tuple(shown), None if more is None else cursor_of(more)))
