"""Reminders by text or mail: what a clinic sends, who gave leave, what was sent, and answers to them."""

from uuid import UUID

from msgspec import Struct

from schemas.reminders import (
    NewReminderLeave,
    NewReply,
    ReminderKind,
    ReminderLeave,
    ReminderPage,
    ReminderSettings,
    ReminderSettingsChange,
    ReminderStatus,
    TakenReply,
)
from service.core.cursors import LIMIT, Page
from service.flows.reminders.settings import (
    ReminderFilter,
    list_reminders,
    read_leave,
    read_settings,
    say_leave,
    set_settings,
    take_reply,
)
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import DESK, MANAGERS, READERS, RECORDERS, route


class RemindersQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which reminders are asked for."""

    participant: UUID | None = None
    """Only those of one person."""
    kind: ReminderKind | None = None
    """Only those of one kind."""
    status: ReminderStatus | None = None
    """Only those of which this became."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route("GET", "/v1/reminders", "list_reminders", roles=READERS, answer=ReminderPage)
async def find(call: Call, asked: RemindersQuery) -> Answer:
    """List reminders, newest first: to whom, of what kind, and what became of each; words are not kept."""
    wanted = ReminderFilter(asked.participant, asked.kind, asked.status)
    return await call.perform(lambda act: list_reminders(act, Page(asked.limit, asked.cursor), wanted))


@route(
    "POST",
    "/v1/reminders/replies",
    "take_reminder_reply",
    roles=RECORDERS,
    answer=TakenReply,
)
async def reply(call: Call, body: NewReply) -> Answer:
    """Take an answer to a text, as the gateway for texts received it.

    STOP, or a word like it, in English or Spanish, ends reminders for everybody with the number that it came
    from; START gives them back to those who stopped them so. The text is not kept, and the answer is the same
    whether anybody has the number or not.
    """
    return await call.perform(lambda act: take_reply(act, body))


@route("GET", "/v1/reminder-settings", "read_reminder_settings", roles=READERS, answer=ReminderSettings)
async def settings(call: Call) -> Answer:
    """Read what the clinic reminds people of, and when. Before anybody sets it, it reminds of nothing."""
    return await call.perform(read_settings)


@route(
    "POST",
    "/v1/reminder-settings",
    "set_reminder_settings",
    roles=MANAGERS,
    answer=ReminderSettings,
    statuses=(201,),
)
async def set_(call: Call, body: ReminderSettingsChange) -> Answer:
    """Set what the clinic reminds people of, and when; what is left out stays."""
    return await call.perform(lambda act: set_settings(act, body), lambda _made: "/v1/reminder-settings")


@route(
    "GET",
    "/v1/participants/{participant}/reminder-leave",
    "read_reminder_leave",
    roles=READERS,
    answer=ReminderLeave,
    refusals=("not_found",),
)
async def leave(call: Call, participant: UUID) -> Answer:
    """Read whether somebody may be reminded, and where. Without leave nobody is."""
    return await call.perform(lambda act: read_leave(act, participant))


@route(
    "POST",
    "/v1/participants/{participant}/reminder-leave",
    "say_reminder_leave",
    roles=DESK,
    answer=ReminderLeave,
    statuses=(201,),
    refusals=("not_found",),
)
async def say(call: Call, participant: UUID, body: NewReminderLeave) -> Answer:
    """Write down what somebody said about being reminded: where, or not any more. The last word holds."""
    return await call.perform(
        lambda act: say_leave(act, participant, body),
        lambda _made: f"/v1/participants/{participant}/reminder-leave",
    )
