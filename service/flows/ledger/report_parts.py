"""Read a report's parts: by target, by who recorded and handed over, and by group; and all of it together."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.earning import Title
from schemas.reports import (
    EarnedFigures,
    GroupVisits,
    PeriodFigures,
    ProgressReport,
    PublishedFigure,
    RecorderVisits,
    StillComing,
    TargetVisits,
    Took,
    WeekVisits,
)
from service.core.calendar import day_end, local_day
from service.core.naming import target_titles
from service.core.refusals import Refused
from service.flows.ledger.progress import PUBLISHED, Earned, Period, read_periods, read_progress
from service.flows.ledger.reports import ReportFilter, days_of
from service.flows.perform import Act, Done
from service.store import actors, clinics, programs, report_parts, reports
from service.store.report_parts import Counts, OfGroup, OfRecorder, OfTarget
from service.store.reports import Minutes


class Parts(Struct, frozen=True):
    """The parts of a report."""

    targets: tuple[TargetVisits, ...]
    recorders: tuple[RecorderVisits, ...]
    groups: tuple[GroupVisits, ...]


async def read_parts(act: Act, wanted: ReportFilter) -> Done[Parts] | Refused:
    """The parts of a report of some days, which are bounded as a report's are; that it was read is told."""
    zone: ZoneInfo = await clinics.zone(act)
    days = days_of(wanted, local_day(act.now, zone))
    if isinstance(days, Refused):
        return days
    since, until = days
    begins, ends = day_end(since - timedelta(days=1), zone), day_end(until, zone)
    await reports.plan_freely(act)
    targets = await report_parts.by_target(act, since, until, wanted.program)
    recorders = await report_parts.by_recorder(act, since, until, begins, ends, wanted.program)
    groups = await report_parts.by_group(act, since, until, begins, ends, zone.key, wanted.program)
    names = await actors.names(act, [one.by for one in recorders])
    titles = {name: await _titles(act, name) for name in {one.program for one in targets}}
    act.audit("report.read", since=since.isoformat(), until=until.isoformat())
    return Done(
        Parts(
            tuple(_target(one, titles[one.program].get(one.target)) for one in targets),
            tuple(_recorder(one, names.get(one.by)) for one in recorders),
            tuple(map(_group, groups)),
        )
    )


def _target(one: OfTarget, title: Title | None) -> TargetVisits:
    return TargetVisits(program=one.program, target=one.target, title=title, **_counts(one.counts))


def _recorder(one: OfRecorder, name: str | None) -> RecorderVisits:
    return RecorderVisits(
        by=one.by,
        name=name,
        recorded_after=took(one.recorded),
        given=one.given,
        handed_over_after=took(one.waited),
        **_counts(one.counts),
    )


def _group(one: OfGroup) -> GroupVisits:
    return GroupVisits(
        group=one.group,
        name=Title(one.name_en, one.name_es),
        people=one.people,
        recorded_after=took(one.recorded),
        given=one.given,
        handed_over_after=took(one.waited),
        **_counts(one.counts),
    )


async def read_whole(act: Act, now: ReportFilter, before: ReportFilter) -> Done[ProgressReport] | Refused:
    """All of it: who stays, who comes and what it costs, in parts and with other days beside."""
    found, sides, parts = await read_progress(act, now), await read_periods(act, now, before), None
    if isinstance(found, Refused):
        return found
    if isinstance(sides, Refused):
        return sides
    parts = await read_parts(act, now)
    if isinstance(parts, Refused):
        return parts
    return Done(
        ProgressReport(
            now=figures(sides.value.now),
            before=figures(sides.value.before),
            program=now.program,
            weeks=tuple(
                WeekVisits(one.week, one.program, one.came, one.missed, one.earning)
                for one in found.value.weeks
            ),
            kept=tuple(StillComing(one.week, one.began, one.came) for one in found.value.kept),
            targets=parts.value.targets,
            recorders=parts.value.recorders,
            groups=parts.value.groups,
            published=tuple(
                PublishedFigure(one.weeks, one.with_incentives, one.without, one.source) for one in PUBLISHED
            ),
        )
    )


def figures(one: Period) -> PeriodFigures:
    """The figures of some days; hand-overs are of every program."""
    visits = one.visits
    return PeriodFigures(
        since=one.since,
        until=one.until,
        earned=tuple(_earned(each, visits.earning if len(one.earned) == 1 else 0) for each in one.earned),
        came=visits.came,
        missed=visits.missed,
        earning=visits.earning,
        failing=visits.failing,
        resets=visits.resets,
        recoveries=visits.recoveries,
        recorded_after=took(visits.minutes),
        handed_over_after=took(one.waited),
    )


def _earned(one: Earned, successes: int) -> EarnedFigures:
    return EarnedFigures(
        one.unit,
        one.people,
        one.net,
        round(one.net / one.people) if one.people else None,
        round(one.net / successes) if successes else None,
    )


def took(minutes: Minutes | None) -> Took | None:
    """How long something took, as it is answered."""
    return None if minutes is None else Took(minutes.median, minutes.p90)


def _counts(one: Counts) -> dict[str, int]:
    return {"came": one.came, "missed": one.missed, "earning": one.earning, "failing": one.failing}


async def _titles(act: Act, program: str) -> dict[str, Title]:
    known = await programs.latest(act, program)
    return {} if known is None else target_titles(known.document)
