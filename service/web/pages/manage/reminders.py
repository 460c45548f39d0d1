"""Reminders on a page: what the clinic sends and when, how it reads, and what was sent."""

from datetime import date, timedelta
from functools import partial
from typing import Final, Literal

from msgspec import Struct

from schemas.groups import Clock
from schemas.people import Language
from schemas.reminders import CalledSo, HoursBefore, ReminderKind, ReminderSettings
from schemas.reminders import ReminderSettingsChange as Change
from service.core.calendar import local_day
from service.core.cursors import Page
from service.core.refusals import Refused
from service.core.reminders import clock
from service.core.words.reminders import reminder_words
from service.flows.reminders.settings import read_all, set_settings
from service.web.http.answers import Answer
from service.web.http.pagination import IdCursor
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import MANAGING, READING, page

PATH: Final = "/manage/reminders"
KINDS: Final[tuple[ReminderKind, ...]] = ("before_visit", "after_miss", "waiting")
SHOWN: Final = 25
KEPT_DAYS: Final = 56


class RemindersQuery(Struct, frozen=True):
    """Where the list goes on, and what was just done."""

    cursor: IdCursor | None = None
    done: Literal["saved"] | None = None


class RemindersForm(Struct, frozen=True):
    """All settings as the form shows them; what is not ticked is off."""

    hours_before: HoursBefore
    quiet_from: Clock
    quiet_until: Clock
    visits_begin: Clock
    kinds: tuple[ReminderKind, ...] = ()
    called: CalledSo | None = None
    replies: Literal["yes"] | None = None


@page("GET", PATH, who=READING)
async def show(call: PageCall, asked: RemindersQuery) -> Answer:
    """Show what is sent, and what was."""
    return await _show(call, asked)


@page("POST", PATH, who=MANAGING)
async def save(call: PageCall) -> Answer:
    """Set what is sent from now on."""
    form = call.form.read(RemindersForm)
    if isinstance(form, Refused):
        return await _show(call, RemindersQuery(), form)
    change = Change(
        form.kinds,
        form.hours_before,
        form.quiet_from,
        form.quiet_until,
        form.visits_begin,
        form.called,
        form.replies == "yes",
    )
    done = await call.do(partial(set_settings, change=change))
    if isinstance(done, Refused):
        return await _show(call, RemindersQuery(), done)
    return call.go(f"{PATH}?done=saved")


async def _show(call: PageCall, asked: RemindersQuery, refusal: Refused | None = None) -> Answer:
    seen = await call.do(partial(read_all, page=Page(SHOWN, asked.cursor), days=KEPT_DAYS))
    if isinstance(seen, Refused):
        return call.refuse(seen)
    tomorrow = local_day(call.now, call.voice.zone) + timedelta(days=1)
    return call.show_refused(
        "manage/reminders.html",
        refusal,
        seen=seen,
        asked=asked,
        kinds=KINDS,
        days=KEPT_DAYS,
        typed=None if refusal is None else call.form,
        samples=[(kind, sample(seen.settings, kind, tomorrow, call.voice.language)) for kind in KINDS],
        faults=faults_of(call, refusal),
    )


def sample(settings: ReminderSettings, kind: ReminderKind, day: date, language: Language) -> str:
    """A text of one kind as it would go out, about a day."""
    at = clock(settings.visits_begin) if kind == "before_visit" else None
    called = settings.called
    return reminder_words(kind, language, called=called, day=day, at=at, hears_replies=settings.replies)
