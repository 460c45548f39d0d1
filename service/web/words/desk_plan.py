"""Texts of the front desk on single visits: moved, called off, one more, and somebody's calendar."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "desk.plan.title": "Move or call off a visit",
    "desk.plan.more": "One more visit",
    "desk.plan.which": "Which visit",
    "desk.plan.choose": "Choose a reason",
    "desk.plan.day": "New day (to move it)",
    "desk.plan.on": "Day",
    "desk.plan.day_needed": "Choose the new day.",
    "desk.plan.move": "Move the visit",
    "desk.plan.call_off": "Call it off",
    "desk.plan.add": "Add the visit",
    "desk.plan.says": "A visit that is called off is not missed. Both stay on record.",
    "desk.plan.more_says": "It counts by the program's rules when they come, and is never missed.",
    "desk.plan.change": "Move",
    "desk.plan.why.asked": "They asked for it",
    "desk.plan.why.unwell": "Not well",
    "desk.plan.why.travel": "Away",
    "desk.plan.why.clinic": "The clinic needs it",
    "desk.plan.why.other": "Another reason",
    "desk.person.move": "The visit was moved.",
    "desk.person.call_off": "The visit was called off.",
    "desk.person.add": "The visit was added.",
    "desk.cal.title": "Calendar",
    "desk.cal.came": "came",
    "desk.cal.missed": "missed",
    "desk.cal.expected": "expected",
    "desk.cal.excused": "excused",
    "desk.cal.closed": "closed",
    "desk.cal.canceled": "called off",
}
