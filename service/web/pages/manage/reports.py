"""Reports on a page, as files and on paper: what was paid, and how the work goes."""

from functools import partial
from typing import Annotated, Final
from urllib.parse import urlencode

import msgspec
from markupsafe import Markup
from msgspec import Meta, Struct

from schemas.caps import TaxLine, TaxReport, Year
from schemas.program import Unit
from service.core.currencies import in_order, is_money
from service.core.cursors import LIMIT_MAX, Page
from service.core.refusals import Refused
from service.flows.ledger.reports import Report, ReportFilter, read_report
from service.flows.ledger.tax import newest_tax_lines, tax_report
from service.flows.people.accounting import release_file
from service.flows.perform import Act, Done
from service.flows.programs.programs import list_programs
from service.flows.programs.titles import read_titles
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.download import amount_cell, as_csv
from service.web.pages.framework.forms import day_in, faults_of
from service.web.pages.framework.page import SEEING, page
from service.web.pages.manage.report_charts import Bar, bars

PATH: Final = "/manage/reports"
PAGES_MAX: Final = 500
"""How many pages of the tax report one file is read from: a hundred thousand people."""
LINES_MAX: Final = 100
"""How many lines of the tax report one page shows."""
LOOKS_MAX: Final = 4
"""How often a page looks for lines, among two hundred people at a time, before it leaves it to the next."""
Word = Annotated[str, Meta(max_length=64)]


class ReportQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which days, which program and whose money; empty where it does not matter.

    `clinic` as whose money is the clinic's own, which no funder pays.
    """

    since: Word = ""
    until: Word = ""
    program: Word = ""
    funding: Word = ""


class TaxQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which year of payment; the running one where none is named. A page of it goes on from `cursor`."""

    year: Year | None = None
    cursor: Word = ""


OWN: Final = "-clinic"
"""The name of the clinic's own money in an address; no funder can have it."""


@page("GET", PATH, who=SEEING)
async def show(call: PageCall, asked: ReportQuery) -> Answer:
    """Show the report of some days."""
    found = await _report(call, asked)
    refusal = found if isinstance(found, Refused) else None
    if isinstance(found, Refused):
        found = await _report(call, ReportQuery())
        if isinstance(found, Refused):
            return call.refuse(found)
    programs = await call.do(partial(list_programs, page=Page(LIMIT_MAX)))
    titles = (
        {}
        if isinstance(programs, Refused)
        else {one.name: call.voice.titled(one.document.title) for one in programs.items}
    )
    funders = {one.funding for one in found.paid if one.by == "funding" and one.funding}
    asked_days = ReportQuery(found.since.isoformat(), found.until.isoformat(), asked.program, asked.funding)
    called = await call.do(partial(read_titles, of=[one.enrollment for one in found.another]))
    return call.show_refused(
        "manage/reports.html",
        refusal,
        report=found,
        target_titles={} if isinstance(called, Refused) else called.targets,
        asked=asked_days,
        own=OWN,
        programs=titles,
        funders=sorted(funders | ({asked.funding} if asked.funding not in {"", OWN} else set())),
        charts=_charts(call, found),
        file=f"{PATH}/paid.csv?{urlencode(msgspec.structs.asdict(asked_days))}",
        faults=faults_of(call, refusal),
    )


def _charts(call: PageCall, found: Report) -> list[tuple[Unit, Markup]]:
    """What was earned by week, a chart for each currency: amounts of two are no sum."""
    drawn: dict[Unit, list[Bar]] = {}
    for one in found.paid:
        if one.by == "week" and one.week is not None and is_money(one.unit):
            said = call.voice.money(one.net, one.unit)
            drawn.setdefault(one.unit, []).append(Bar(call.voice.day(one.week, "MMMd"), one.net, said))
    title = call.voice.plain("manage.rep.by_week")
    return [(unit, bars(title, drawn[unit])) for unit in in_order(drawn)]


@page("GET", PATH + "/paid.csv", who=SEEING)
async def paid(call: PageCall, asked: ReportQuery) -> Answer:
    """Give what was paid by week, program and payer as a file."""
    found = await _report(call, asked)
    if isinstance(found, Refused):
        return call.refuse(found)
    head: list[object] = ["week", "program", "funding", "unit", "credited", "taken_back", "net", "people"]
    rows: list[list[object]] = [
        [
            one.week,
            one.program,
            one.funding,
            one.unit,
            amount_cell(one.credited, one.unit),
            amount_cell(one.taken_back, one.unit),
            amount_cell(one.net, one.unit),
            one.people,
        ]
        for one in found.paid
        if one.by == "detail"
    ]
    return as_csv(f"paid-{found.since}-{found.until}.csv", [head, *rows])


@page("GET", PATH + "/tax", who=SEEING)
async def tax(call: PageCall, asked: TaxQuery) -> Answer:
    """Show who was paid how much in a calendar year of payment."""
    found = await _newest_lines(call, asked)
    if isinstance(found, Refused):
        return call.refuse(found)
    return call.show("manage/tax.html", found=found, is_first=not asked.cursor)


@page("GET", PATH + "/tax.csv", who=SEEING)
async def tax_file(call: PageCall, asked: TaxQuery) -> Answer:
    """Give the tax report as a file."""
    found = await _tax(call, asked)
    if isinstance(found, Refused):
        return call.refuse(found)
    year, threshold, lines = found
    head: list[object] = ["year", "reference", "code", "credited", "taken_back", "net", "given", "threshold"]
    rows: list[list[object]] = [
        [
            year,
            one.reference,
            one.display_code,
            *(
                amount_cell(amount, "usd")
                for amount in (one.credited, one.taken_back, one.net, one.given, threshold)
            ),
            "yes" if one.reached else "no",
            amount_cell(one.in_kind, "usd"),
            one.unvalued,
            amount_cell(one.brought_over, "usd"),
        ]
        for one in lines
    ]
    told = await call.do(
        partial(
            release_file,
            people=[one.participant for one in lines],
            what="tax_report",
            purpose=call.voice.plain("manage.acc.for_tax", year=year),
        )
    )
    if isinstance(told, Refused):
        return call.refuse(told)
    whole: list[list[object]] = [[*head, "reached", "in_kind", "unvalued", "brought_over"], *rows]
    return as_csv(f"tax-{year}.csv", whole, tells_of_people=True)


async def _report(call: PageCall, asked: ReportQuery) -> Report | Refused:
    funding = "" if asked.funding == OWN else asked.funding or None
    wanted = ReportFilter(day_in(asked.since), day_in(asked.until), asked.program or None, funding)
    return await call.do(partial(read_report, wanted=wanted))


async def _newest_lines(call: PageCall, asked: TaxQuery) -> TaxReport | Refused:
    """One page of lines, those of who was registered last first, and where the next one goes on."""
    lines: tuple[TaxLine, ...] = ()
    cursor = asked.cursor or None
    for looks in range(1, LOOKS_MAX + 1):
        wanted = Page(LINES_MAX - len(lines), cursor)
        found = await call.do(partial(newest_tax_lines, page=wanted, year=asked.year))
        if isinstance(found, Refused):
            return found
        lines, cursor = (*lines, *found.items), found.next_cursor
        if cursor is None or len(lines) == LINES_MAX or looks == LOOKS_MAX:
            return TaxReport(found.year, found.threshold, lines, cursor)
    raise AssertionError("a page looks at least once")


async def _tax(call: PageCall, asked: TaxQuery) -> tuple[int, int, list[TaxLine]] | Refused:
    """A year's whole report: its year, its threshold and its lines."""
    lines: list[TaxLine] = []
    cursor: str | None = None
    year, threshold = asked.year or 0, 0
    for _ in range(PAGES_MAX):
        operation = partial(_tax_page, page=Page(LIMIT_MAX, cursor), year=asked.year)
        found = await call.do(operation)
        if isinstance(found, Refused):
            return found
        year, threshold, cursor = found.year, found.threshold, found.next_cursor
        lines += found.items
        if cursor is None:
            break
    return year, threshold, lines


async def _tax_page(act: Act, page: Page, year: int | None) -> Done[TaxReport] | Refused:
    return await tax_report(act, page, year)
