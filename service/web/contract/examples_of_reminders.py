"""Examples of reminders, leave for them and answers to them, for the contract."""

from datetime import date
from typing import Final

from msgspec import Struct

from schemas.reminders import (
    NewReminderLeave,
    NewReply,
    Reminder,
    ReminderLeave,
    ReminderPage,
    ReminderSettings,
    ReminderSettingsChange,
    TakenReply,
)
from service.web.contract.samples import AT, PARTICIPANT, sample_id

REMINDER, MANAGER = sample_id(80), sample_id(7)

BODIES: Final[dict[str, dict[str, object]]] = {
    "set_reminder_settings": {
        "a day before each visit": ReminderSettingsChange(
            kinds=("before_visit", "after_miss"), hours_before=24, called="Your care team"
        ),
        "nothing more": ReminderSettingsChange(kinds=()),
    },
    "say_reminder_leave": {
        "by text": NewReminderLeave("text"),
        "not any more": NewReminderLeave(None),
    },
    "take_reminder_reply": {"they want none": NewReply("+1 619 555 0101", "STOP")},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    ReminderSettings: ReminderSettings(
        ("before_visit", "after_miss"),
        24,
        "20:00",
        "08:00",
        "09:00",
        "Your care team",
        replies=True,
        set_at=AT,
        set_by=MANAGER,
    ),
    ReminderLeave: ReminderLeave(PARTICIPANT, "text", "portal", AT, PARTICIPANT),
    ReminderPage: ReminderPage(
        (Reminder(REMINDER, PARTICIPANT, "before_visit", "text", "sent", AT, AT, date(2026, 3, 3)),)
    ),
    TakenReply: TakenReply("stop"),
}
"""Answers, by their shape."""
