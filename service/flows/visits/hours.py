"""Hours attended by week, against those that intensive outpatient care asks for."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from schemas.hours import WeekHours, WeekHoursPage
from service.core.calendar import day_end, local_day
from service.core.cursors import Page, before_id, cut
from service.core.minutes import NOBODY_THERE, Attendance, asked_of
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import charts, clinics, episodes, minutes, names, participants
from service.store.names import Named

WEEK: Final = timedelta(days=7)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


async def list_hours(
    act: Act, page: Page, on: date | None = None, participant: UUID | None = None
) -> Done[WeekHoursPage] | Refused:
    """One week of everybody in a program with attendance, or of one participant; each one shown is told.

    The week is that of a local day, today's where none is given. Those with no session at all are in it too.
    """
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    week = monday_of(on or local_day(act.now, await clinics.zone(act)))
    if participant is not None:
        who = (await charts.leads_to(act, [participant])).get(participant)
        if who is None:
            return refused("not_found.participant")
        wanted = [who]
    else:
        wanted = await _in_care(act, week, last, page.limit + 1)
    found, more = cut(wanted, page, lambda one: one.bytes)
    act.audit("hours.listed", count=len(found), week=week.isoformat())
    for one in found:
        act.audit("hours.read", one, one, week=week.isoformat())
    return Done(WeekHoursPage(week, tuple(await hours_of(act, found, week)), more))


async def hours_of(act: Act, people: Sequence[UUID], week: date) -> list[WeekHours]:
    """What some participants attended in the week of a Monday, in their order."""
    zone = await clinics.zone(act)
    since, until = day_end(week - timedelta(days=1), zone), day_end(week + WEEK - timedelta(days=1), zone)
    attended = dict.fromkeys(people, Attendance())
    for one in await minutes.sessions(act, people, since, until):
        rules = await episodes.rules_of(act, one.program, one.version)
        target = rules.targets[rules.place_of[one.target]].target
        if target.behavior == "attendance" and one.outcome not in NOBODY_THERE:
            attended[one.participant] = attended[one.participant].and_one(one.minutes)
    born = await participants.birth_years(act, people)
    called = await names.of(act, people)
    return [
        _shown(called[one], week, attended[one], asked_of(born.get(one), week.year))
        for one in people
        if one in called
    ]


def _shown(who: Named, week: date, one: Attendance, asked: int) -> WeekHours:
    return WeekHours(
        who.id,
        who.reference,
        who.display_code,
        week,
        one.minutes,
        asked,
        one.minutes >= asked,
        one.sessions,
        one.unnamed,
    )


async def _in_care(act: Act, week: date, last: UUID, rows_max: int) -> list[UUID]:
    """Who was in a program with attendance in a week, the newest id first."""
    through = week + WEEK - timedelta(days=1)
    of = [
        (program, version)
        for program, version in await minutes.versions(act)
        if any(
            one.behavior == "attendance"
            for one in (await episodes.rules_of(act, program, version)).program.targets
        )
    ]
    return await minutes.people(act, of, week, through, last, rows_max)
