"""Who stays, who comes and what it costs, by week and program, two periods side by side, and as files."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from schemas.reports import ProgressReport, TargetVisits, WeekVisits
from service.core.cursors import LIMIT_MAX, Page
from service.core.refusals import Refused
from service.flows.ledger.report_parts import read_whole
from service.flows.ledger.reports import ReportFilter
from service.flows.programs.programs import list_programs
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import day_in, faults_of
from service.web.pages.framework.page import SEEING, page
from service.web.pages.framework.workbook import as_workbook, table_csv
from service.web.pages.manage.progress_tables import TABLES, currencies, earned_in
from service.web.pages.manage.report_charts import Bar, bars
from service.web.pages.manage.reports import Word

PATH: Final = "/manage/reports/progress"
TARGETS_DRAWN_MAX: Final = 8
"""How many targets the chart has; the table has them all."""
LABEL_MAX: Final = 14
"""How many letters of a title have room below a bar."""


class ProgressQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which days, which program, and which other days beside them; empty where it does not matter."""

    since: Word = ""
    until: Word = ""
    program: Word = ""
    than_since: Word = ""
    than_until: Word = ""


@page("GET", PATH, who=SEEING)
async def show(call: PageCall, asked: ProgressQuery) -> Answer:
    """Show how it goes in some days, beside others."""
    found = await _whole(call, asked)
    refusal = found if isinstance(found, Refused) else None
    if isinstance(found, Refused):
        found = await _whole(call, ProgressQuery())
        if isinstance(found, Refused):
            return call.refuse(found)
    programs = await call.do(partial(list_programs, page=Page(LIMIT_MAX)))
    titles = (
        {}
        if isinstance(programs, Refused)
        else {one.name: call.voice.titled(one.document.title) for one in programs.items}
    )
    days = msgspec.structs.replace(
        asked, since=found.now.since.isoformat(), until=found.now.until.isoformat()
    )
    say = call.voice.plain
    came, earned = _by_week(call, found.weeks)
    kept = [(str(one.week), _percent(one.came, one.began)) for one in found.kept]
    return call.show_refused(
        "manage/progress.html",
        refusal,
        found=found,
        figures=(found.now, found.before),
        currencies=currencies(found),
        earned_in=earned_in,
        files=tuple(TABLES),
        asked=days,
        programs=titles,
        query=urlencode(msgspec.structs.asdict(days)),
        saved_query=urlencode({"since": days.since, "until": days.until, "program": days.program}),
        kept_chart=bars(say("manage.prog.kept_chart"), _shares(call, kept)),
        came_chart=bars(say("manage.prog.weeks_chart"), _shares(call, came)),
        success_chart=bars(say("manage.prog.success_chart"), _shares(call, earned)),
        targets_chart=bars(say("manage.prog.targets_chart"), _shares(call, _by_target(call, found.targets))),
        faults=faults_of(call, refusal),
    )


@page("GET", PATH + "/weeks.csv", who=SEEING)
async def weeks(call: PageCall, asked: ProgressQuery) -> Answer:
    """Give the visits by week and program as a file."""
    return await _file(call, asked, "weeks")


@page("GET", PATH + "/stays.csv", who=SEEING)
async def stays(call: PageCall, asked: ProgressQuery) -> Answer:
    """Give how many stayed how long as a file."""
    return await _file(call, asked, "stays")


@page("GET", PATH + "/periods.csv", who=SEEING)
async def periods(call: PageCall, asked: ProgressQuery) -> Answer:
    """Give two periods side by side as a file."""
    return await _file(call, asked, "periods")


@page("GET", PATH + "/targets.csv", who=SEEING)
async def targets(call: PageCall, asked: ProgressQuery) -> Answer:
    """Give the visits by program and target as a file."""
    return await _file(call, asked, "targets")


@page("GET", PATH + "/recorders.csv", who=SEEING)
async def recorders(call: PageCall, asked: ProgressQuery) -> Answer:
    """Give what each person recorded and handed over as a file."""
    return await _file(call, asked, "recorders")


@page("GET", PATH + "/groups.csv", who=SEEING)
async def groups(call: PageCall, asked: ProgressQuery) -> Answer:
    """Give the visits by group as a file."""
    return await _file(call, asked, "groups")


@page("GET", PATH + ".xlsx", who=SEEING)
async def book(call: PageCall, asked: ProgressQuery) -> Answer:
    """Give all tables as one workbook."""
    found = await _whole(call, asked)
    if isinstance(found, Refused):
        return call.refuse(found)
    tables = [made(found, call.voice) for _, made in TABLES.values()]
    return as_workbook(f"progress-{found.now.since}-{found.now.until}.xlsx", tables)


async def _file(call: PageCall, asked: ProgressQuery, table: str) -> Answer:
    found = await _whole(call, asked)
    if isinstance(found, Refused):
        return call.refuse(found)
    name, made = TABLES[table]
    return table_csv(f"{name}-{found.now.since}-{found.now.until}.csv", made(found, call.voice))


async def _whole(call: PageCall, asked: ProgressQuery) -> ProgressReport | Refused:
    now, before = _filters(asked)
    return await call.do(partial(read_whole, now=now, before=before))


def _filters(asked: ProgressQuery) -> tuple[ReportFilter, ReportFilter]:
    program = asked.program or None
    return (
        ReportFilter(day_in(asked.since), day_in(asked.until), program),
        ReportFilter(day_in(asked.than_since), day_in(asked.than_until), program),
    )


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


Shares = list[tuple[str, int | None]]


def _by_week(call: PageCall, weeks: Sequence[WeekVisits]) -> tuple[Shares, Shares]:
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


def _by_target(call: PageCall, targets: Sequence[TargetVisits]) -> Shares:
    """Of the targets with most visits, the share of what people came to with the outcome that earns."""
    most = sorted(targets, key=lambda one: -one.came)[:TARGETS_DRAWN_MAX]
    return [
        (_short(call.voice.titled(one.title or one.target)), _percent(one.earning, one.came)) for one in most
    ]


def _short(title: str) -> str:
    """A title that has room below its bar; the table has it whole."""
    return title if len(title) <= LABEL_MAX else title[: LABEL_MAX - 1].rstrip() + "…"


def _shares(call: PageCall, shares: Sequence[tuple[str, int | None]]) -> list[Bar]:
    return [
        Bar(label, share, call.voice.plain("manage.prog.percent", count=share))
        for label, share in shares
        if share is not None
    ]
