"""Read how people stay, come and succeed by week, two periods side by side; about nobody by name."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.program import WEEKS_MAX
from service.core.calendar import day_end, local_day
from service.core.refusals import Refused
from service.flows.ledger.reports import ReportFilter, days_of
from service.flows.perform import Act, Done
from service.store import clinics, episodes, reports
from service.store.reports import Earned, Minutes, Stayed, Visits, WeekVisited

__all__ = [
    "PUBLISHED",
    "Earned",
    "Kept",
    "Period",
    "Periods",
    "Progress",
    "Published",
    "WeekVisited",
    "read_periods",
    "read_progress",
]


class Published(Struct, frozen=True):
    """How many stayed in a public trial, in percent of those who began, with incentives and without."""

    weeks: int
    with_incentives: int
    without: int
    source: str


PUBLISHED: Final = (
    Published(24, 58, 11, "Higgins ST et al. Am J Psychiatry 1993;150:763-769 (beside drug counseling)"),
    Published(24, 75, 40, "Higgins ST et al. Arch Gen Psychiatry 1994;51:568-576"),
)
"""Parts of those who began that completed the weeks of treatment, as the papers' own abstracts have them."""


class Kept(Struct, frozen=True):
    """Of those whose program week is over, how many came in it or later."""

    week: int
    """The program week, counted from 1."""
    began: int
    came: int


class Progress(Struct, frozen=True):
    """How visits went by week and program, and how many of those who began in these days stayed how long."""

    since: date
    until: date
    weeks: tuple[WeekVisited, ...]
    kept: tuple[Kept, ...]


class Period(Struct, frozen=True):
    """The figures of some days: what was credited less taken back by currency, visits and hand-overs."""

    since: date
    until: date
    earned: tuple[Earned, ...]
    visits: Visits
    waited: Minutes | None


class Periods(Struct, frozen=True):
    """The figures of some days, and those of others beside them."""

    now: Period
    before: Period


async def read_progress(act: Act, wanted: ReportFilter) -> Done[Progress] | Refused:
    """How it goes in some days, which are bounded as a report's are; that it was read is told."""
    zone = await clinics.zone(act)
    today = local_day(act.now, zone)
    days = days_of(wanted, today)
    if isinstance(days, Refused):
        return days
    since, until = days
    await reports.plan_freely(act)
    found = await reports.stayed(act, since, until, wanted.program, today, zone.key)
    lasts = {
        (program, version): (await episodes.rules_of(act, program, version)).program.weeks
        for program, version in {(one.program, one.version) for one in found}
    }
    weeks = tuple(await reports.weeks_visited(act, since, until, wanted.program))
    act.audit("report.read", since=since.isoformat(), until=until.isoformat())
    return Done(Progress(since, until, weeks, kept_by_week(found, lasts)))


async def read_periods(act: Act, now: ReportFilter, before: ReportFilter) -> Done[Periods] | Refused:
    """Two periods side by side; where the other names no days, those just before, and as many."""
    zone = await clinics.zone(act)
    today = local_day(act.now, zone)
    days = days_of(now, today)
    if isinstance(days, Refused):
        return days
    since, until = days
    other = (
        (since - timedelta(days=(until - since).days + 1), since - timedelta(days=1))
        if before.since is None and before.until is None
        else days_of(before, today)
    )
    if isinstance(other, Refused):
        return other
    await reports.plan_freely(act)
    return Done(
        Periods(
            await _period(act, since, until, now.program, zone),
            await _period(act, *other, now.program, zone),
        )
    )


async def _period(act: Act, since: date, until: date, program: str | None, zone: ZoneInfo) -> Period:
    earned = tuple(await reports.paid_in_all(act, since, until, program))
    begins, ends = day_end(since - timedelta(days=1), zone), day_end(until, zone)
    _, waited = await reports.waits(act, begins, ends)
    act.audit("report.read", since=since.isoformat(), until=until.isoformat())
    return Period(since, until, earned, await reports.visits(act, since, until, program), waited)


def kept_by_week(found: Sequence[Stayed], lasts: Mapping[tuple[str, int], int]) -> tuple[Kept, ...]:
    """By program week, how many of those for whom it is over came in it or later.

    `lasts` says how many weeks each version has; a week counts for those alone whose program has it, so that
    whoever completed a shorter one is not taken for somebody who left.
    """
    rows: list[Kept] = []
    for week in range(1, WEEKS_MAX + 1):
        own = [one for one in found if one.weeks_over >= week and lasts[one.program, one.version] >= week]
        began = sum(one.enrollments for one in own)
        if not began:
            break
        rows.append(Kept(week, began, sum(one.enrollments for one in own if one.came_until >= week)))
    return tuple(rows)
