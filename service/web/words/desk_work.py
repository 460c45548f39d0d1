"""Texts of the work that waits, at the front desk."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "desk.work.whose": "Whose people",
    "desk.work.everybody": "Everybody",
    "desk.work.mine": "My groups",
    "desk.steps": "What comes next",
    "desk.steps.card": "Print a card for the person",
    "desk.steps_how.card": (
        "Open them in the list: the card lets them see what they earned on their own phone."
    ),
    "desk.steps.visit": "Record the first visit",
    "desk.steps_how.visit": "Open them in the list, and press what came of the visit.",
    "desk.steps.colleague": "Add a colleague",
    "desk.steps_how.colleague": "They choose a password of their own. Some things take two people.",
    "desk.steps_do": "Add",
    "desk.work": "To do",
    "desk.work.says": "What waits for you, with the page where it is done.",
    "desk.work.none": "Nothing waits for you now.",
    "desk.work.counted": "Waiting",
    "desk.work.handover": "Rewards to hand over",
    "desk.work.approvals": "Approvals",
    "desk.work.messages": "Messages to review",
    "desk.work.providers": "Providers to look at",
    "desk.work.budgets": "Budgets that are nearly spent",
    "desk.work.go": "Go there",
    "desk.work.see": "See",
    "desk.work.slipping": "Somebody may need a call",
    "desk.work.slipping_why": (
        "Two missed visits in a row, or {days} days without a visit. A kind word helps people back."
    ),
    "desk.work.missed_twice": "two visits missed in a row",
    "desk.work.came_last": "came last: {day}",
    "desk.work.never_came": "no visit yet",
    "desk.work.consents": "Consents that end soon",
    "desk.work.ends_on": "last day: {day}",
    "desk.work.low": "Running low on the shelf",
    "desk.work.more": "The first {count} are shown. The others follow when these are done.",
}
