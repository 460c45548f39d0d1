"""One person's reminders at the desk: what they said about them, and what was sent."""

from functools import partial
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from schemas.people import Participant
from schemas.reminders import NewReminderLeave
from service.core.refusals import Refused
from service.flows.people.participants import read_participant
from service.flows.perform import Act, Done
from service.flows.reminders.settings import OwnReminders, read_own, say_leave
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import AT_DESK, page

PATH: Final = "/desk/people/{person}/reminders"
Way = Literal["text", "email", "none"]


class RemindersQuery(Struct, frozen=True):
    """What was just done."""

    done: Literal["said"] | None = None


class LeaveForm(Struct, frozen=True):
    """What somebody said."""

    way: Way


class _Seen(Struct, frozen=True):
    person: Participant
    own: OwnReminders


@page("GET", PATH, who=AT_DESK)
async def show(call: PageCall, person: UUID, asked: RemindersQuery) -> Answer:
    """Show what they said and what was sent."""
    return await _show(call, person, is_done=asked.done is not None)


@page("POST", PATH, who=AT_DESK)
async def say(call: PageCall, person: UUID) -> Answer:
    """Write down what they said; it holds at once."""
    form = call.form.read(LeaveForm)
    if isinstance(form, Refused):
        return await _show(call, person, form)
    new = NewReminderLeave(None if form.way == "none" else form.way)
    done = await call.do(partial(say_leave, participant=person, new=new))
    if isinstance(done, Refused):
        return await _show(call, person, done)
    return call.go(f"{PATH.format(person=person)}?done=said")


async def _seen(act: Act, person: UUID) -> Done[_Seen] | Refused:
    known = await read_participant(act, person)
    if isinstance(known, Refused):
        return known
    own = await read_own(act, person)
    return own if isinstance(own, Refused) else Done(_Seen(known.value, own.value))


async def _show(
    call: PageCall, person: UUID, refusal: Refused | None = None, *, is_done: bool = False
) -> Answer:
    seen = await call.do(partial(_seen, person=person))
    if isinstance(seen, Refused):
        return call.refuse(seen)
    # What is wrong with a channel is told at the form, whose buttons are the channels.
    faults = {"way" if name == "channel" else name: text for name, text in faults_of(call, refusal).items()}
    return call.show_refused("desk/reminders.html", refusal, seen=seen, is_done=is_done, faults=faults)
