"""Read expected visits: the clinic's list of one day, or those of one enrollment, past and ahead."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.receipts import Money
from schemas.visits import EnrollmentVisits, Visit, VisitPage
from service.core.attendance import attendance
from service.core.calendar import day_end, local_day
from service.core.compiled import Rules
from service.core.corrections import PastFact
from service.core.cursors import Page, cursor_of, from_place, place_key
from service.core.expected_days import Closed, due_visits
from service.core.outlook import outlook
from service.core.refusals import Refused, refused
from service.core.state import State
from service.flows.perform import Act, Done
from service.store import clinics, enrollments, episodes, participants, visits
from service.store.visits import InCare

ENROLLMENTS_MAX = 200
"""How many enrollments are looked through at once."""
LOOKED_MAX = 2000
"""How many enrollments one page looks through; one that finds little in them is short, and leads on."""
DAYS_MAX = 366
"""How many days of one enrollment are shown at once."""

HORIZON_DAYS = 14
"""How far beyond the days that are shown visits are laid out: further off, they are in another week."""


class _Looking(Struct, frozen=True):
    """The clinic's days, as one reading sees them."""

    zone: ZoneInfo
    today: date
    closed: Closed


async def list_visits(act: Act, page: Page, day: date | None = None) -> Done[VisitPage] | Refused:
    """Everybody who is expected on a day or came on it; each participant shown is told once a page."""
    place = from_place(page)
    if isinstance(place, Refused):
        return place
    looking = await _looking(act)
    on = day or looking.today
    begins, seen = place
    shown: list[Visit] = []
    for _ in range(LOOKED_MAX // ENROLLMENTS_MAX):
        rows = await visits.in_care(act, begins, on, ENROLLMENTS_MAX)
        left = await _concerned(act, rows, on, looking)
        while left:
            # As many as this page may need: each of them has a visit that day.
            some, left = left[: page.limit - len(shown) + 1], left[page.limit - len(shown) + 1 :]
            found = await _visits(act, some, looking, on, on)
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
    )
    items = await _visits(act, [one], await _looking(act), first, until)
    act.audit("visits.read", enrollment_id, known.participant)
    return Done(EnrollmentVisits(enrollment_id, first, until, tuple(items[enrollment_id])))


async def _looking(act: Act) -> _Looking:
    zone = await clinics.zone(act)
    return _Looking(zone, local_day(act.now, zone), await visits.closed_days(act))


async def _concerned(act: Act, rows: Sequence[InCare], day: date, looking: _Looking) -> list[InCare]:
    """Those who are expected on a day or have an event on it."""
    begins, ends = (day_end(one, looking.zone) for one in (day - timedelta(days=1), day))
    came = await visits.with_events(act, [one.enrollment for one in rows], begins, ends)
    concerned = []
    for one in rows:
        rules = await episodes.rules_of(act, one.program, one.version)
        if one.enrollment in came or _is_due(rules, one, day, looking.closed):
            concerned.append(one)
    return concerned


def _is_due(rules: Rules, one: InCare, day: date, closed: Closed) -> bool:
    """Whether a visit is due on a day, or would be if it were open."""
    return any(
        due.on == day
        for place in range(len(rules.targets))
        for heeded in ((), closed)
        for due in due_visits(rules, place, one.starts_on, closed=heeded)
    )


async def _visits(
    act: Act, people: Sequence[InCare], looking: _Looking, since: date, until: date
) -> dict[UUID, list[Visit]]:
    """The visits of some enrollments between two days, each with its event and with what comes next."""
    ruled = await episodes.ruled(act, people)
    stand = await episodes.came_facts(act, ruled, looking.zone)
    states = await enrollments.checkpoints(act, [one.enrollment for one in people])
    return {
        one.enrollment: _of_one(
            one, own.rules, stand[one.enrollment], states[one.enrollment], looking, since, until
        )
        for one, own in zip(people, ruled, strict=True)
    }


def _of_one(
    one: InCare,
    rules: Rules,
    past: Sequence[PastFact],
    state: State,
    looking: _Looking,
    since: date,
    until: date,
) -> list[Visit]:
    event_of = {known.fact.no: known.event for known in past}
    facts = [known.fact for known in past]
    # No fact lies ahead, and none meets a visit of another week: what is due later plays no part.
    horizon = max(until, looking.today) + timedelta(days=HORIZON_DAYS)
    last_day = horizon if one.last_day is None else min(one.last_day, horizon)
    found = attendance(rules, one.starts_on, last_day, looking.closed, facts, since, until)
    ahead = _next(rules, state, one, looking, until) if found else ()
    return [
        Visit(
            one.participant,
            one.display_code,
            one.enrollment,
            one.program,
            rules.program.targets[visit.target].name,
            visit.due_on,
            visit.status,
            None if visit.fact is None else event_of[visit.fact.no],
            None if visit.fact is None else visit.fact.outcome,
            ahead[visit.target],
        )
        for visit in found
    ]


def _next(
    rules: Rules, state: State, one: InCare, looking: _Looking, day: date
) -> tuple[tuple[Money, ...], ...]:
    """The next success's value on each target, seen from a day, or from today where that is past."""
    seen_on = max(day, looking.today)
    if one.last_day is not None and one.last_day < seen_on:
        seen_on = max(one.last_day, looking.today)
    if one.last_day is not None and one.last_day < seen_on:
        return ((),) * len(rules.targets)
    last_day = None if state.last_at is None else local_day(state.last_at, looking.zone)
    ahead = outlook(rules, state, one.starts_on, seen_on, "en", last_day=last_day)
    return tuple(target.next for target in ahead)


def _page(act: Act, day: date, shown: Sequence[Visit], more: bytes | None) -> Done[VisitPage]:
    for participant in dict.fromkeys(visit.participant for visit in shown):
        act.audit("visits.listed", None, participant, day=day.isoformat())
    return Done(VisitPage(day, tuple(shown), None if more is None else cursor_of(more)))
