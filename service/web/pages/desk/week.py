"""The week: who is expected, came and was missed on each day, with the groups and the closures."""

from datetime import timedelta
from functools import partial

from msgspec import Struct

from schemas.events import Day
from service.core.refusals import Refused
from service.flows.screens.week import DAYS, ORDER, read_week
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.desk.planning import What
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page


class WeekQuery(Struct, frozen=True):
    """Which day is open in its week."""

    on: Day | None = None
    planned: What | None = None
    """What was just planned."""


@page("GET", "/desk/week", who=AT_DESK)
async def show(call: PageCall, asked: WeekQuery) -> Answer:
    """Show a week with one of its days open."""
    read = await call.do(partial(read_week, on=asked.on))
    if isinstance(read, Refused):
        return call.refuse(read)
    week, day = timedelta(days=DAYS), timedelta(days=1)
    steps = [
        ("before", read.on - week),
        ("yesterday", read.today - day),
        ("today", read.today),
        ("tomorrow", read.today + day),
        ("after", read.on + week),
    ]
    note = None if asked.planned is None else call.voice.plain(f"desk.person.{asked.planned}")
    return call.show("desk/week.html", week=read, steps=steps, order=ORDER, views=views, note=note)
