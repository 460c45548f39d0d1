"""The visits of some days and what becomes of each, read in an amount that these days decide.

What an enrollment's visits of a day come to is said by the facts of the days around it. Where somebody came
on days of grace for weeks, earlier facts have a say as well; then all of theirs are read.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.visits import Visit
from service.core.attendance import attendance, bearing, reaches_back
from service.core.calendar import day_end, local_day
from service.core.compiled import Rules
from service.core.corrections import PastFact, came
from service.core.cursors import FIRST_ID
from service.core.expected_days import Closed, Plans, due_within, is_laid_on
from service.core.phases import DAYS_A_WEEK
from service.flows.perform import Act
from service.flows.visits.next_worth import Ahead, ahead_of_each, next_of
from service.store import clinics, episodes, planned_visits, visits
from service.store.episodes import Ruled
from service.store.visits import InCare

ENROLLMENTS_AT_ONCE = 1000
"""How many enrollments in care are read at once."""
HORIZON_DAYS = 14
"""How far beyond the days that are shown visits are laid out: further off, they are in another week."""


class Looking(Struct, frozen=True):
    """The clinic's days, as one reading sees them."""

    zone: ZoneInfo
    today: date
    closed: Closed

    def around(self, day: date) -> Closed:
        """The closures that may touch the program week in which a day lies, whenever that begins."""
        week = timedelta(days=DAYS_A_WEEK - 1)
        return [(first, last) for first, last in self.closed if first <= day + week and last >= day - week]


async def look(act: Act) -> Looking:
    """Read the clinic's zone and closures."""
    zone = await clinics.zone(act)
    return Looking(zone, local_day(act.now, zone), await visits.closed_days(act))


async def of_everybody(
    act: Act, days: Sequence[date], *, with_next: bool = True
) -> tuple[dict[date, list[Visit]], dict[UUID, Rules]]:
    """Everybody's visits of each of some days that follow one another, and the rules of those enrollments.

    Where not `with_next`, what the next success is worth is left out.
    """
    looking = await look(act)
    rows = await _in_care(act, days[0], days[-1])
    ruled = {one.id: one for one in await episodes.ruled(act, rows)}
    plans = await planned_visits.plans(act, list(ruled))
    window = bearing({one.rules for one in ruled.values()}, days[0], days[-1])
    told = await episodes.rows_of_days(act, looking.zone, window, None)
    on: dict[date, list[InCare]] = {}
    for day in days:
        first, after = _bounds(day, looking.zone)
        there = {who for who, own in told.items() if any(first <= one["occurred_at"] < after for one in own)}
        on[day] = [
            one
            for one in rows
            if _concerns(one, ruled[one.enrollment].rules, day, looking, there, plans.get(one.enrollment, ()))
        ]
    concerned = {one.enrollment: one for some in on.values() for one in some}
    facts = episodes.facts_of_days(told, [ruled[who] for who in concerned], looking.zone)
    known = await _judged(act, list(concerned.values()), ruled, facts, looking, (window[0], days[0]), plans)
    ahead = (
        await ahead_of_each(act, concerned.values(), ruled, looking.zone, looking.today, days[-1])
        if with_next
        else {}
    )
    found: dict[date, list[Visit]] = {
        day: [
            visit
            for one in some
            for visit in _of_one(
                one,
                ruled[one.enrollment].rules,
                known[one.enrollment],
                ahead.get(one.enrollment),
                looking,
                day,
                day,
                plans.get(one.enrollment, ()),
            )
        ]
        for day, some in on.items()
    }
    return found, {who: ruled[who].rules for who in concerned}


async def _in_care(act: Act, first: date, last: date) -> list[InCare]:
    """All enrollments that are in care between two days, read some at a time."""
    rows: list[InCare] = []
    begins, read = FIRST_ID, ENROLLMENTS_AT_ONCE
    while read == ENROLLMENTS_AT_ONCE:
        some = await visits.in_care(act, begins, first, last, ENROLLMENTS_AT_ONCE)
        rows += some
        read = len(some)
        begins = UUID(int=some[-1].enrollment.int + 1) if some else begins
    return rows


async def there_on(act: Act, day: date, looking: Looking) -> set[UUID]:
    """The enrollments that have an event on a day."""
    return await visits.with_events(act, *_bounds(day, looking.zone))


def _bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments between which a local day lies."""
    return day_end(day - timedelta(days=1), zone), day_end(day, zone)


async def concerned_on(
    act: Act, rows: Sequence[InCare], day: date, looking: Looking, there: set[UUID]
) -> list[InCare]:
    """Those of some enrollments of whom a visit is due on a day, or who are `there`."""
    ruled = await episodes.ruled(act, rows)
    plans = await planned_visits.plans(act, [one.id for one in ruled])
    return [
        one
        for one, own in zip(rows, ruled, strict=True)
        if _concerns(one, own.rules, day, looking, there, plans.get(own.id, ()))
    ]


async def of_some(
    act: Act,
    people: Sequence[InCare],
    looking: Looking,
    since: date,
    until: date,
    *,
    with_next: bool = True,
) -> dict[UUID, list[Visit]]:
    """The visits of some enrollments between two days, each with its event and with what comes next.

    Where not `with_next`, what the next success is worth is left out.
    """
    ruled = {one.id: one for one in await episodes.ruled(act, people)}
    plans = await planned_visits.plans(act, list(ruled))
    window = bearing({one.rules for one in ruled.values()}, since, until)
    told = await episodes.rows_of_days(act, looking.zone, window, list(ruled))
    facts = episodes.facts_of_days(told, list(ruled.values()), looking.zone)
    known = await _judged(act, people, ruled, facts, looking, (window[0], since), plans)
    ahead = await ahead_of_each(act, people, ruled, looking.zone, looking.today, until) if with_next else {}
    return {
        one.enrollment: _of_one(
            one,
            ruled[one.enrollment].rules,
            known[one.enrollment],
            ahead.get(one.enrollment),
            looking,
            since,
            until,
            plans.get(one.enrollment, ()),
        )
        for one in people
    }


async def of_enrollment(act: Act, one: InCare, since: date, until: date) -> list[Visit]:
    """The visits of one enrollment between two days, from all that is on record of it."""
    looking = await look(act)
    ruled = await episodes.ruled(act, [one])
    known = await episodes.came_facts(act, ruled, looking.zone)
    rules = ruled[0].rules
    ahead = await ahead_of_each(act, [one], {one.enrollment: ruled[0]}, looking.zone, looking.today, until)
    plans = (await planned_visits.plans(act, [one.enrollment])).get(one.enrollment, ())
    own, next_ = known[one.enrollment], ahead[one.enrollment]
    return _of_one(one, rules, own, next_, looking, since, until, plans)


def _concerns(one: InCare, rules: Rules, day: date, looking: Looking, there: set[UUID], plans: Plans) -> bool:
    """Whether somebody in care came on a day, or a visit is due on it or would be if it were open."""
    if one.starts_on > day or (one.last_day is not None and one.last_day < day):
        return False
    return (
        one.enrollment in there
        or any(plan.on == day for plan in plans)
        or any(
            is_laid_on(rules, place, one.starts_on, day) or _moved_to(rules, place, one, day, looking)
            for place in range(len(rules.targets))
        )
    )


def _moved_to(rules: Rules, place: int, one: InCare, day: date, looking: Looking) -> bool:
    """Whether a closure moved a visit to a day."""
    closed = looking.around(day)
    if not closed:
        return False
    week = (day - one.starts_on).days // DAYS_A_WEEK + 1
    return any(due.on == day for due in due_within(rules, place, one.starts_on, (week, week), closed=closed))


async def _judged(
    act: Act,
    people: Sequence[InCare],
    ruled: Mapping[UUID, Ruled],
    facts: Mapping[UUID, Sequence[PastFact]],
    looking: Looking,
    days: tuple[date, date],
    plans: Mapping[UUID, Plans],
) -> dict[UUID, list[PastFact]]:
    """The facts by which visits from the second of two days on are met, given those from the first day on."""
    known_from, since = days
    corrected = await episodes.corrections(act, [one.enrollment for one in people])
    known = {one.enrollment: came(facts.get(one.enrollment, ()), corrected[one.enrollment]) for one in people}
    earlier = [
        ruled[one.enrollment]
        for one in people
        if reaches_back(
            ruled[one.enrollment].rules,
            one.starts_on,
            one.last_day,
            looking.closed,
            [past.fact for past in known[one.enrollment]],
            since,
            known_from,
            plans.get(one.enrollment, ()),
        )
    ]
    return known | (await episodes.came_facts(act, earlier, looking.zone) if earlier else {})


def _of_one(
    one: InCare,
    rules: Rules,
    past: Sequence[PastFact],
    next_: Ahead | None,
    looking: Looking,
    since: date,
    until: date,
    plans: Plans,
) -> list[Visit]:
    event_of = {known.fact.no: known.event for known in past}
    facts = [known.fact for known in past]
    # No fact lies ahead, and none meets a visit of another week: what is due later plays no part.
    horizon = max(until, looking.today) + timedelta(days=HORIZON_DAYS)
    last_day = horizon if one.last_day is None else min(one.last_day, horizon)
    found = attendance(rules, one.starts_on, last_day, looking.closed, facts, since, until, plans)
    ahead = next_of(rules, next_, one, looking.today, until) if found and next_ is not None else None
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
            () if ahead is None else ahead[visit.target],
        )
        for visit in found
    ]
