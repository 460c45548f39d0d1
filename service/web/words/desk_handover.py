"""Texts of the front desk on what is handed over, what was given, and what slips win."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "desk.handover.count": "{count} waiting",
    "desk.handover.none": "Nothing waits to be handed over. What people redeem appears here.",
    "desk.handover.rewards": "Redeemed",
    "desk.handover.prizes": "Won in draws",
    "desk.handover.give": "Give",
    "desk.handover.cancel": "Cancel reward",
    "desk.handover.cancel_says": "They get {amount} back in their balance.",
    "desk.handover.cancel_sure": "Cancel this reward",
    "desk.handover.which": "Which reward",
    "desk.handover.empty_shelf": "There are no rewards of this kind. Ask a manager to add some.",
    "desk.handover.given": "Given, and on record.",
    "desk.tier.good_job": "Good job!",
    "desk.tier.small": "Small prize",
    "desk.tier.large": "Large prize",
    "desk.tier.jumbo": "Jumbo prize",
    "desk.handover.gave": "Given: {reward}, to {name}.",
    "desk.handover.undone": "Undone. It waits to be handed over again.",
    "desk.handover.canceled": "Canceled. What it cost is back in their balance.",
    "desk.handover.code": "Given. Show them this code:",
    "desk.given.title": "Rewards given",
    "desk.given.lead": "Replace a card or a thing that is lost, used or broken, or take it back.",
    "desk.given.none": "Nothing was handed over yet.",
    "desk.given.link": "Link, as good as money:",
    "desk.given.ordered": "on order",
    "desk.given.awaiting_provider": "on its way",
    "desk.given.awaiting_funds": "waits for the clinic's account",
    "desk.given.code": "Code:",
    "desk.given.void": "Void, worth nothing:",
    "desk.given.was_taken_back": "taken back",
    "desk.given.waits.replacement": "A replacement waits for another person",
    "desk.given.waits.take_back": "Taking it back waits for another person",
    "desk.given.replace": "Replace",
    "desk.given.replace_says.code": (
        "The next code on the shelf takes its place, and the code before is worth nothing."
    ),
    "desk.given.replace_says.item": "Another piece leaves the shelf. Nothing is earned or paid again.",
    "desk.given.which": "Which codes are void",
    "desk.given.pieces": "How many pieces",
    "desk.given.another": "It is lost again: another replacement is needed today",
    "desk.given.replace_go": "Replace it",
    "desk.given.take_back": "Take back",
    "desk.given.take_back_says": "{amount} can be used again, and a code is worth nothing from now on.",
    "desk.given.restock": "It goes back on the shelf",
    "desk.given.take_back_go": "Take it back",
    "desk.given.replaced": "Replaced. What is given below is what stands now.",
    "desk.given.taken_back": "Taken back. The amount can be used again.",
    "desk.given.prizes": "Prizes given",
    "desk.given.prize_take_back_says": (
        "The prize waits to be handed over again, and a code is worth nothing from now on."
    ),
    "desk.given.prize_taken_back": "Taken back. The prize can be handed over again.",
    "desk.given.proposed": "It waits for a manager who is another person. Until then nothing changes.",
    "desk.handover": "To hand over",
}
