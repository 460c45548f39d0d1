"""Read the report of some days: what was paid, for what, and how the work goes; about nobody by name."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from service.core.calendar import day_end, local_day
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import clinics, reminders, reports
from service.store.reminders import Kept
from service.store.reports import Another, CapUse, Given, InKind, Minutes, Openings, Paid, Visits

__all__ = [
    "DAYS_MAX",
    "Another",
    "CapUse",
    "Given",
    "InKind",
    "Minutes",
    "Openings",
    "Paid",
    "Report",
    "ReportFilter",
    "Visits",
    "days_of",
    "read_report",
]

DAYS_MAX = 400
"""How many days one report is about at most: a year with its edges."""
USUAL_DAYS = 56
"""How many days a report is about where none are named."""


ANOTHER_MAX = 100
"""How many second events of a day one report names, the newest."""


class ReportFilter(Struct, frozen=True):
    """Which days a report is about, both included, and of which program or of whose money."""

    since: date | None = None
    until: date | None = None
    program: str | None = None
    funding: str | None = None


class Report(Struct, frozen=True):
    """The report; `in_kind` is what was given for anything but money, and `given` shows in its own unit."""

    since: date
    until: date
    paid: tuple[Paid, ...]
    given: tuple[Given, ...]
    in_kind: tuple[InKind, ...]
    openings: tuple[Openings, ...]
    visits: Visits
    handed_over: int
    waited: Minutes | None
    another: tuple[Another, ...]
    caps: tuple[CapUse, ...]
    kept: Kept | None
    """Days on which people were expected, with a reminder and without; none where nobody is reminded."""


def days_of(wanted: ReportFilter, today: date) -> tuple[date, date] | Refused:
    """The first and the last day that a report is about; refused where they are too many, or none."""
    until = wanted.until or today
    since = wanted.since or until - timedelta(days=USUAL_DAYS - 1)
    if not 0 <= (until - since).days < DAYS_MAX:
        return refused("invalid.report_days", "$.since", days=DAYS_MAX)
    return since, until


async def read_report(act: Act, wanted: ReportFilter) -> Done[Report] | Refused:
    """The report of some days, up to today where no end is named; that it was read is told."""
    zone: ZoneInfo = await clinics.zone(act)
    days = days_of(wanted, local_day(act.now, zone))
    if isinstance(days, Refused):
        return days
    since, until = days
    begins, ends = day_end(since - timedelta(days=1), zone), day_end(until, zone)
    await reports.plan_freely(act)
    reminds = (await reminders.settings(act)).set_at is not None
    found = await reports.paid(act, since, until, wanted.program, wanted.funding)
    handed_over, waited = await reports.waits(act, begins, ends)
    act.audit("report.read", since=since.isoformat(), until=until.isoformat())
    return Done(
        Report(
            since,
            until,
            tuple(found),
            tuple(await reports.given(act, begins, ends)),
            tuple(await reports.in_kind(act, begins, ends, zone.key)),
            tuple(await reports.openings(act, since, until, wanted.funding)),
            await reports.visits(act, since, until, wanted.program),
            handed_over,
            waited,
            tuple(await reports.another(act, begins, ends, ANOTHER_MAX)),
            tuple(await reports.caps(act, since, until, begins, ends)),
            await reminders.kept(act, begins, ends, zone.key) if reminds else None,
        )
    )
