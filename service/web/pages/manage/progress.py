"""Who stays, who comes and what it costs, by week and program, two periods side by side, and as files."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from service.core.cursors import LIMIT_MAX, Page
from service.core.refusals import Refused
from service.flows.ledger.progress import (
    PUBLISHED,
    Period,
    Periods,
    Progress,
    WeekVisited,
    read_periods,
    read_progress,
)
from service.flows.ledger.reports import ReportFilter
from service.flows.programs.programs import list_programs
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.download import amount_cell, as_csv
from service.web.pages.framework.forms import day_in, faults_of
from service.web.pages.framework.page import SEEING, page
from service.web.pages.manage.report_charts import Bar, bars
from service.web.pages.manage.reports import Word

PATH: Final = "/manage/reports/progress"


class ProgressQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which days, which program, and which other days beside them; empty where it does not matter."""

    since: Word = ""
    until: Word = ""
    program: Word = ""
    than_since: Word = ""
    than_until: Word = ""


class Figures(Struct, frozen=True):
    """The figures of one period: counts, cents, shares in percent, minutes; none where nothing is known."""

    people: int
    net: int
    by_person: int | None
    by_success: int | None
    came: int
    attendance: int | None
    success: int | None
    recorded: float | None
    given: float | None


@page("GET", PATH, who=SEEING)
async def show(call: PageCall, asked: ProgressQuery) -> Answer:
    """Show how it goes in some days, beside others."""
    found, sides = await _progress(call, asked), await _periods(call, asked)
    refusal = next((one for one in (found, sides) if isinstance(one, Refused)), None)
    if isinstance(found, Refused) or isinstance(sides, Refused):
        found, sides = await _progress(call, ProgressQuery()), await _periods(call, ProgressQuery())
        if isinstance(found, Refused):
            return call.refuse(found)
        if isinstance(sides, Refused):
            return call.refuse(sides)
    programs = await call.do(partial(list_programs, page=Page(LIMIT_MAX)))
    titles = (
        {}
        if isinstance(programs, Refused)
        else {one.name: call.voice.titled(one.document.title) for one in programs.items}
    )
    days = msgspec.structs.replace(asked, since=found.since.isoformat(), until=found.until.isoformat())
    say = call.voice.plain
    came, earned = _by_week(call, found.weeks)
    kept = [(str(one.week), _percent(one.came, one.began)) for one in found.kept]
    return call.show_refused(
        "manage/progress.html",
        refusal,
        found=found,
        sides=(sides.now, sides.before),
        figures=(_figures(sides.now), _figures(sides.before)),
        published=PUBLISHED,
        asked=days,
        programs=titles,
        query=urlencode(msgspec.structs.asdict(days)),
        kept_chart=bars(say("manage.prog.kept_chart"), _shares(call, kept)),
        came_chart=bars(say("manage.prog.weeks_chart"), _shares(call, came)),
        success_chart=bars(say("manage.prog.success_chart"), _shares(call, earned)),
        faults=faults_of(call, refusal),
    )


@page("GET", PATH + "/weeks.csv", who=SEEING)
async def weeks(call: PageCall, asked: ProgressQuery) -> Answer:
    """Give the visits by week and program as a file."""
    found = await _progress(call, asked)
    if isinstance(found, Refused):
        return call.refuse(found)
    rows: list[list[object]] = [
        [one.week, one.program, one.came, one.missed, one.earning] for one in found.weeks
    ]
    head: list[object] = ["week", "program", "came", "missed", "earning"]
    return as_csv(f"visits-{found.since}-{found.until}.csv", [head, *rows])


@page("GET", PATH + "/stays.csv", who=SEEING)
async def stays(call: PageCall, asked: ProgressQuery) -> Answer:
    """Give how many stayed how long as a file."""
    found = await _progress(call, asked)
    if isinstance(found, Refused):
        return call.refuse(found)
    rows: list[list[object]] = [[one.week, one.began, one.came] for one in found.kept]
    return as_csv(f"stays-{found.since}-{found.until}.csv", [["program_week", "began", "came"], *rows])


@page("GET", PATH + "/periods.csv", who=SEEING)
async def periods(call: PageCall, asked: ProgressQuery) -> Answer:
    """Give two periods side by side as a file."""
    sides = await _periods(call, asked)
    if isinstance(sides, Refused):
        return call.refuse(sides)
    rows: list[list[object]] = []
    for report in (sides.now, sides.before):
        one = _figures(report)
        money = [
            None if each is None else amount_cell(each, "usd")
            for each in (one.net, one.by_person, one.by_success)
        ]
        minutes = [None if each is None else round(each) for each in (one.recorded, one.given)]
        shares = [one.came, one.attendance, one.success]
        rows.append([report.since, report.until, one.people, *money, *shares, *minutes])
    head: list[object] = ["since", "until", "people", "net", "by_person", "by_success", "came", "attendance"]
    return as_csv(
        f"periods-{sides.now.since}-{sides.now.until}.csv",
        [[*head, "success", "minutes_to_record", "minutes_to_hand_over"], *rows],
    )


async def _progress(call: PageCall, asked: ProgressQuery) -> Progress | Refused:
    wanted = ReportFilter(day_in(asked.since), day_in(asked.until), asked.program or None)
    return await call.do(partial(read_progress, wanted=wanted))


async def _periods(call: PageCall, asked: ProgressQuery) -> Periods | Refused:
    program = asked.program or None
    now = ReportFilter(day_in(asked.since), day_in(asked.until), program)
    before = ReportFilter(day_in(asked.than_since), day_in(asked.than_until), program)
    return await call.do(partial(read_periods, now=now, before=before))


def _figures(report: Period) -> Figures:
    """The figures of some days; money in dollars alone, and hand-overs of every program."""
    people, net = report.people, report.net
    visits = report.visits
    return Figures(
        people,
        net,
        round(net / people) if people else None,
        round(net / visits.earning) if visits.earning else None,
        visits.came,
        _percent(visits.came, visits.came + visits.missed),
        _percent(visits.earning, visits.came),
        None if visits.minutes is None else visits.minutes.median,
        None if report.waited is None else report.waited.median,
    )


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


Shares = list[tuple[str, int | None]]


def _by_week(call: PageCall, weeks: Sequence[WeekVisited]) -> tuple[Shares, Shares]:
    """Of all programs, by the week's Monday: the share of visits that people came to, and that earned."""
    came: Counter[date] = Counter()
    missed: Counter[date] = Counter()
    earning: Counter[date] = Counter()
    for one in weeks:
        came[one.week] += one.came
        missed[one.week] += one.missed
        earning[one.week] += one.earning
    labels = {week: call.voice.day(week, "MMMd") for week in came}
    return (
        [(label, _percent(came[week], came[week] + missed[week])) for week, label in labels.items()],
        [(label, _percent(earning[week], came[week])) for week, label in labels.items()],
    )


def _shares(call: PageCall, shares: Sequence[tuple[str, int | None]]) -> list[Bar]:
    return [
        Bar(label, share, call.voice.plain("manage.prog.percent", count=share))
        for label, share in shares
        if share is not None
    ]
