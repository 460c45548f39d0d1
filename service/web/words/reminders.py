"""Texts of reminders: what a clinic sends, what somebody said about it, and what was sent."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "rem.title": "Reminders",
    "rem.lead": (
        "Texts and mails before a visit, after a missed one and when something waits. They go only to "
        "people who said yes, and say nothing of what they are here for."
    ),
    "rem.off": "Nothing is sent now.",
    "rem.saved": "Saved. This holds from now on.",
    "rem.what": "What to remind people of",
    "rem.kind.before_visit": "Before a visit",
    "rem.kind.after_miss": "After a missed visit: we keep your place",
    "rem.kind.waiting": "When draws or a reward wait",
    "rem.when": "When",
    "rem.hours_before": "Hours before a visit",
    "rem.visits_begin": "Visits without a time begin at",
    "rem.quiet_from": "Send nothing from",
    "rem.quiet_until": "until",
    "rem.quiet_hint": (
        "What falls between goes out at the end of it, or before it where that would be too late."
    ),
    "rem.words": "Words",
    "rem.called": "What you call yourselves in them",
    "rem.called_hint": (
        "A name that gives nothing away, such as “Your care team”. Left empty, no name is said."
    ),
    "rem.replies": "Answers to texts reach this service, so texts say “Reply STOP”",
    "rem.looks": "How they read",
    "rem.save": "Save",
    "rem.sent": "What was sent",
    "rem.none": "Nothing yet.",
    "rem.to": "To",
    "rem.kind": "What",
    "rem.status": "What became of it",
    "rem.status.in_hand": "on its way",
    "rem.status.again": "not taken yet, tried again",
    "rem.status.sent": "sent",
    "rem.status.not_sent": "could not be sent",
    "rem.status.unsure": "not known; not sent again",
    "rem.channel.text": "by text",
    "rem.channel.email": "by mail",
    "rem.kept": "Visits kept, with a reminder and without",
    "rem.kept_why": (
        "Days on which somebody was expected, in the last {days} days. People who say yes may differ in "
        "other ways too."
    ),
    "rem.rep.with": "Days kept after a reminder",
    "rem.rep.without": "Days kept without one",
    "rem.rep.why": "{kept} of {all} days on which somebody was expected, in all programs.",
    "rem.with": "With a reminder",
    "rem.without": "Without",
    "rem.kept_of": "{kept} of {all}",
    "rem.desk.yes": "They said yes to reminders {how}.",
    "rem.desk.never": "They did not say yes, so nothing is sent to them.",
    "rem.desk.no": "They want no reminders.",
    "rem.desk.how.staff": "They told the staff on {day}.",
    "rem.desk.how.portal": "They said so on their own page on {day}.",
    "rem.desk.how.reply": "They answered a text on {day}.",
    "rem.desk.ask": (
        "Ask them: “May we remind you of your visits? The words say nothing of what you are here for, "
        "and you can stop it any time.”"
    ),
    "rem.desk.text": "Yes, by text",
    "rem.desk.email": "Yes, by mail",
    "rem.desk.stop": "No reminders",
    "rem.desk.no_way": "Neither a phone nor a mail address is on record. Write one down first.",
    "rem.desk.done": "Written down.",
    "rem.own.title": "Reminders for you",
    "rem.own.lead": (
        "We can remind you of your visits. The words say nothing of what you come for. You decide, and "
        "you can change your mind any time."
    ),
    "rem.own.yes": "You get reminders {how}.",
    "rem.own.no": "You get no reminders.",
    "rem.own.off": "Your clinic sends no reminders at this time. What you choose is kept.",
    "rem.own.text": "Remind me by text",
    "rem.own.email": "Remind me by mail",
    "rem.own.stop": "Stop reminders",
    "rem.own.no_way": "We have no phone number or mail address of yours. Tell us one when you come.",
    "rem.own.done": "Done. We do as you say.",
    "rem.own.looks": "It reads like this",
    "rem.own.sent": "What we sent you",
    "shared.nav.reminders": "Reminders",
    "shared.about.reminders": "texts mails quiet hours STOP",
    "manage.deed.reminder_in_hand": "sent a reminder",
    "manage.deed.reminders_set": "set what people are reminded of",
    "manage.deed.reminders_leave_said": "wrote down whether somebody may be reminded",
    "manage.deed.reminder_leave_read": "read whether somebody may be reminded",
    "manage.deed.reminders_listed": "saw reminders",
    "manage.deed.reminders_answered": "took an answer to a text",
}
