"""The first page of Manage: what waits, how today and this week go, and for a new clinic what to do first."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Final

from markupsafe import Markup

from service.core.currencies import in_order, is_money
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.ledger.reports import Paid, ReportFilter, read_report
from service.flows.people.emergencies import list_emergencies
from service.flows.screens.overview import COUNTED_MAX, Overview, read_overview
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import CONSENTING, page
from service.web.pages.manage.report_charts import Bar, bars

WEEKS: Final = 8


@page("GET", "/manage", who=CONSENTING)
async def show(call: PageCall) -> Answer:
    """Show what waits, each with the page where it is done."""
    found = await call.do(read_overview)
    if isinstance(found, Refused):
        return call.refuse(found)
    today = call.now.astimezone(call.voice.zone).date()
    monday = today - timedelta(days=today.weekday())
    wanted = ReportFilter(monday - timedelta(weeks=WEEKS - 1), today)
    report = await call.do(partial(read_report, wanted=wanted))
    if isinstance(report, Refused):
        return call.refuse(report)
    open_looks = 0
    if call.signed_in.role == "manager":
        looks = await call.do(partial(list_emergencies, page=Page(), to_review=True))
        open_looks = 0 if isinstance(looks, Refused) else len(looks.items)
    mondays = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    earned = [one for one in report.paid if one.by == "week" and is_money(one.unit)]
    return call.show(
        "manage/overview.html",
        tiles=_tiles(call, found),
        open_looks=open_looks,
        first=_first_steps(found) if call.signed_in.role == "manager" else [],
        today=found.today,
        report=report,
        this_week=[one for one in report.paid if one.by == "week" and one.week == monday],
        charts=[
            (unit, _chart(call, mondays, {one.week: one for one in earned if one.unit == unit}))
            for unit in in_order(one.unit for one in earned)
        ],
        weeks=[one for one in report.paid if one.by == "week"],
        counted_max=COUNTED_MAX,
    )


def _chart(call: PageCall, mondays: list[date], weeks: Mapping[date | None, Paid]) -> Markup:
    """What was earned by week in one currency."""
    drawn = [
        Bar(
            call.voice.day(week, "MMMd"),
            weeks[week].net if week in weeks else 0,
            call.voice.money(weeks[week].net, weeks[week].unit) if week in weeks else "",
        )
        for week in mondays
    ]
    return bars(call.voice.plain("manage.over.chart"), drawn)


def _tiles(call: PageCall, found: Overview) -> list[tuple[str, int, str]]:
    """Waiting work: its word, count and page; only what this role can look at."""
    waits = found.waiting
    tiles = [
        (
            "approvals",
            waits.awards + waits.write_offs + waits.redemption_changes + waits.openings,
            "/manage/approvals",
        ),
        ("redemptions", waits.redemptions + waits.prizes, "/manage/redemptions"),
    ]
    if call.signed_in.role == "manager":
        tiles.append(("messages", waits.messages, "/manage/sources"))
    if call.signed_in.role != "clinician":
        tiles += [
            ("providers", waits.providers, "/manage/providers"),
            ("stock", waits.rewards, "/manage/shelf"),
            ("subscribers", found.failing, "/manage/subscribers"),
        ]
    return [tile for tile in tiles if tile[1]]


def _first_steps(found: Overview) -> list[tuple[str, str]]:
    """First steps of a new clinic with their pages; empty once they are done."""
    waits = found.waiting
    steps = [
        ("program", "/manage/programs", waits.programs),
        ("shelf", "/manage/shelf", waits.shelf),
        ("people", "/desk", waits.enrollments),
    ]
    return [(word, where) for word, where, there in steps if not there]
