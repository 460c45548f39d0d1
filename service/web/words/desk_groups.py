"""Texts of groups at the front desk."""

from typing import Final

from service.core.catalogs import Texts, plural

WORDS: Final[Texts] = {
    "desk.groups": "Groups",
    "desk.group.open": "Open",
    "desk.group.meeting": "Meeting that day",
    "desk.group.others": "Other groups",
    "desk.group.none": "There is no group yet. Clinical staff make one under Manage.",
    "desk.group.none_today": "No group meets on this day.",
    "desk.group.recorded_of": "{recorded} of {count} recorded",
    "desk.group.members": plural("1 person", "{count} people"),
    "desk.group.led_by": "led by {name}",
    "desk.group.roster": "Roster",
    "desk.group.print": "Print",
    "desk.group.back": "Back to the session",
    "desk.group.person": "Person",
    "desk.group.signed": "Signature",
    "desk.group.part_2": "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
    "desk.group.closed": "The clinic is closed on this day. Record a session only if it took place.",
    "desk.group.offline": (
        "No connection. What you record is kept on this device and goes through once the line is back."
    ),
    "desk.group.waits": "{count} records wait on this device. Nothing is lost.",
    "desk.group.empty": "Nobody was in this group on that day. Add people under Manage.",
    "desk.group.minutes": "How long it was, in minutes",
    "desk.group.minutes_hint": "Said of those who were there. Late, or left early: correct it on their page.",
    "desk.group.says": ("Everybody is marked as present. Change those who are not, then record all at once."),
    "desk.group.keys": "Number, then letter; Ctrl + Enter records.",
    "desk.group.leave": "Leave open",
    "desk.group.record": "Record {count}",
    "desk.group.done": "{count} recorded.",
    "desk.group.recorded": "Recorded",
    "desk.group.why": "Why",
    "desk.group.not_enrolled": "Not in this group's programs that day",
    "desk.group.enroll": "Enroll",
    "desk.group.slips": "Draw slips for {code}",
}
