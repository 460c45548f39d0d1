"""Texts of what lies ahead of somebody, and of asking for a reward for them, at the front desk."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "desk.ahead.visits": "Next visits",
    "desk.ahead.no_visits": "No visit is expected in the next four weeks.",
    "desk.ahead.groups": "Groups",
    "desk.ahead.requests": "Asked for, not handed over yet",
    "desk.ahead.since": "since {at}",
    "desk.ahead.hand_over": "Hand over",
    "desk.choose.open": "Ask for a reward",
    "desk.choose.title": "Ask for a reward",
    "desk.choose.lead": "For somebody without a phone: choose together, and press for them.",
    "desk.choose.none": "Nothing on the shelf costs as little as they have now.",
    "desk.choose.ask": "Choose",
    "desk.choose.sure": "{amount} leaves the balance of {name} for: {reward}.",
    "desk.choose.go": "Ask for it",
    "desk.choose.not_yet": "Not yet within reach",
    "desk.person.asked": "Asked for. It waits to be handed over.",
}
