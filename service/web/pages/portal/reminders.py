"""Reminders as somebody in care has them: yes by text or mail, no, how they read, and what was sent."""

from datetime import timedelta
from functools import partial
from typing import Final, Literal

from msgspec import Struct

from schemas.reminders import NewReminderLeave
from service.core.calendar import local_day
from service.core.refusals import Refused
from service.core.words.reminders import reminder_words
from service.flows.reminders.settings import portal_leave, read_own
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import PARTICIPANT, page
from service.web.pages.portal.saying import AmountFormatter

PATH: Final = "/portal/reminders"


class RemindersQuery(Struct, frozen=True):
    """What was just done."""

    done: Literal["said"] | None = None


class LeaveForm(Struct, frozen=True):
    """What they said."""

    way: Literal["text", "email", "none"]


@page("GET", PATH, who=PARTICIPANT)
async def show(call: PageCall, asked: RemindersQuery) -> Answer:
    """Show what they said, with what changes it."""
    own = await call.do(partial(read_own, participant=call.actor.id))
    if isinstance(own, Refused):
        return call.refuse(own)
    tomorrow = local_day(call.now, call.voice.zone) + timedelta(days=1)
    sample = reminder_words(
        "before_visit",
        call.voice.language,
        called=own.settings.called,
        day=tomorrow,
        hears_replies=own.settings.replies,
    )
    saying = AmountFormatter(call)
    return call.show(
        "portal/reminders.html", saying=saying, own=own, sample=sample, is_done=asked.done is not None
    )


@page("POST", PATH, who=PARTICIPANT)
async def say(call: PageCall) -> Answer:
    """Do as they say, at once."""
    form = call.form.read(LeaveForm)
    if isinstance(form, Refused):
        return call.refuse(form)
    new = NewReminderLeave(None if form.way == "none" else form.way)
    done = await call.do(partial(portal_leave, participant=call.actor.id, new=new))
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{PATH}?done=said")
