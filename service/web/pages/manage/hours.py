"""Hours attended by week, against those that intensive outpatient care asks for; and as a file."""

from datetime import date, timedelta
from functools import partial
from typing import Final

from msgspec import Struct

from schemas.hours import WeekHours, WeekHoursPage
from service.core.cursors import LIMIT_MAX, Page
from service.core.refusals import Refused
from service.flows.people.accounting import release_file
from service.flows.visits.hours import list_hours
from service.web.http.answers import Answer
from service.web.pages.desk.views import length
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.download import as_csv
from service.web.pages.framework.forms import day_in
from service.web.pages.framework.page import SEEING, page
from service.web.pages.manage.reports import PAGES_MAX, Word

PATH: Final = "/manage/reports/hours"
LINES_MAX: Final = 100
"""How many people one page shows."""


class HoursQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """A day of the week that is asked for, today where none is; a page of it goes on from `cursor`."""

    on: Word = ""
    cursor: Word = ""


@page("GET", PATH, who=SEEING)
async def show(call: PageCall, asked: HoursQuery) -> Answer:
    """Show one week of everybody in a program with sessions."""
    found = await _read(call, day_in(asked.on), Page(LINES_MAX, asked.cursor or None))
    if isinstance(found, Refused):
        return call.refuse(found)
    return call.show(
        "manage/hours.html",
        found=found,
        until=found.week + timedelta(days=6),
        before=found.week - timedelta(days=7),
        after=found.week + timedelta(days=7),
        length=partial(length, call.voice),
    )


@page("GET", PATH + ".csv", who=SEEING)
async def file(call: PageCall, asked: HoursQuery) -> Answer:
    """Give one week of everybody as a file."""
    lines: list[WeekHours] = []
    on, cursor = day_in(asked.on), None
    week = None
    for _ in range(PAGES_MAX):
        found = await _read(call, on, Page(LIMIT_MAX, cursor))
        if isinstance(found, Refused):
            return call.refuse(found)
        lines += found.items
        week = on = found.week
        cursor = found.next_cursor
        if cursor is None:
            break
    purpose = call.voice.plain("manage.acc.for_hours", day=week)
    told = await call.do(
        partial(release_file, people=[one.participant for one in lines], what="hours", purpose=purpose)
    )
    if isinstance(told, Refused):
        return call.refuse(told)
    head: list[object] = ["week", "reference", "code", "minutes", "asked", "reached", "sessions", "unnamed"]
    rows: list[list[object]] = [
        [
            one.week,
            one.reference,
            one.display_code,
            one.minutes,
            one.asked,
            "yes" if one.is_met else "no",
            one.sessions,
            one.unnamed,
        ]
        for one in lines
    ]
    return as_csv(f"hours-{week}.csv", [head, *rows], tells_of_people=True)


async def _read(call: PageCall, on: date | None, wanted: Page) -> WeekHoursPage | Refused:
    return await call.do(partial(list_hours, page=wanted, on=on))
