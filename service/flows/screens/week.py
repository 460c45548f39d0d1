"""Read a week of the clinic: who is expected, came and was missed on each day, groups and closures."""

from collections import Counter
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.groups import Group, GroupTime
from schemas.program import Title
from schemas.visits import Visit, VisitStatus
from service.core.calendar import local_day
from service.core.compiled import Rules
from service.core.meetings import time_on
from service.core.naming import target_title
from service.flows.perform import Act, Done
from service.flows.screens.group import has_hats
from service.flows.screens.shown import audit_listed
from service.flows.visits.visits_of_days import of_everybody
from service.store import clinics, groups, names, redemptions, visits
from service.store.names import Named

DAYS: Final = 7
GROUPS_MAX: Final = 200
SHOWN_MAX: Final = 300
"""How many people of a day are shown; where there are more, the page says so."""
HANDED_MAX: Final = 99
"""How far what waits to be handed over is counted."""
ORDER: Final[tuple[VisitStatus, ...]] = ("missed", "expected", "came", "excused")
"""What stands of a day, in the order in which it is shown: a missed visit is what somebody acts on."""


class WeekDay(Struct, frozen=True):
    """One day: how many people are in each state, whether the clinic is closed, and the groups that meet."""

    on: date
    counts: dict[VisitStatus, int]
    is_closed: bool
    groups: tuple[tuple[Group, GroupTime], ...]


class DayPerson(Struct, frozen=True):
    """Somebody on the day that is open: their state, and the targets that it is about."""

    person: Named
    status: VisitStatus
    targets: tuple[Title, ...]
    places: tuple[tuple[UUID, str, Title], ...] = ()
    """The visits that are expected still, by enrollment and target, where the day is not over."""


class Week(Struct, frozen=True):
    """Seven days from a Monday on, and the people of the day that is open."""

    days: tuple[WeekDay, ...]
    on: date
    today: date
    people: tuple[DayPerson, ...]
    is_whole: bool
    """Whether everybody of that day is shown."""
    to_hand_over: int
    has_hats: bool


async def read_week(act: Act, on: date | None = None) -> Done[Week]:
    """The week that a day lies in, today's where none is given; whoever is shown is told once a day."""
    today = local_day(act.now, await clinics.zone(act))
    day = on or today
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=ahead) for ahead in range(DAYS)]
    found, rules = await of_everybody(act, week, with_next=False)
    closed = await visits.closed_days(act)
    meeting = await groups.meeting(act, GROUPS_MAX)
    days = []
    for one in week:
        is_closed = any(first <= one <= last for first, last in closed)
        times = [(each, time) for each in meeting if (time := time_on(each.times, one)) is not None]
        times.sort(key=lambda each: each[1].begins)
        states = Counter(status for status, _ in _by_person(found[one], rules).values())
        days.append(WeekDay(one, dict(states), is_closed, () if is_closed else tuple(times)))
    own = _by_person(found[day], rules)
    called = await names.of(act, list(own))
    ahead = _ahead(found[day], rules) if day >= today else {}
    people = [
        DayPerson(called[who], status, targets, ahead.get(who, ())) for who, (status, targets) in own.items()
    ]
    people.sort(
        key=lambda one: (
            ORDER.index(one.status),
            (one.person.name or "~").casefold(),
            one.person.display_code,
        )
    )
    shown = people[:SHOWN_MAX]
    audit_listed(act, today, [one.person.id for one in shown], day=day.isoformat())
    waiting = await redemptions.waiting(act, HANDED_MAX)
    is_whole = len(shown) == len(people)
    return Done(Week(tuple(days), day, today, tuple(shown), is_whole, waiting, await has_hats(act)))


def _ahead(some: list[Visit], rules: dict[UUID, Rules]) -> dict[UUID, tuple[tuple[UUID, str, Title], ...]]:
    """Each person's visits that are expected still."""
    found: dict[UUID, dict[tuple[UUID, str, Title], None]] = {}
    for one in some:
        if one.status == "expected":
            place = (one.enrollment, one.target, _title(rules[one.enrollment], one.target))
            found.setdefault(one.participant, {})[place] = None
    return {who: tuple(places) for who, places in found.items()}


def _by_person(
    some: list[Visit], rules: dict[UUID, Rules]
) -> dict[UUID, tuple[VisitStatus, tuple[Title, ...]]]:
    """The state of each person's day, the first in `ORDER` of their visits, and the targets in that state."""
    found: dict[UUID, list[Visit]] = {}
    for one in some:
        if one.status in ORDER:
            found.setdefault(one.participant, []).append(one)
    states = {}
    for who, own in found.items():
        status = min((one.status for one in own), key=ORDER.index)
        targets = dict.fromkeys(
            _title(rules[one.enrollment], one.target) for one in own if one.status == status
        )
        states[who] = (status, tuple(targets))
    return states


def _title(rules: Rules, target: str) -> Title:
    return target_title(rules.program, rules.targets[rules.place_of[target]].target)
