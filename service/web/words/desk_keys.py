"""Texts of the front desk: the keys, and taps that were not taken."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    # One letter for each outcome, out of its word: no two of one behavior share theirs, and an outcome that
    # several behaviors have has the same in all of them.
    "desk.key.negative": "N",
    "desk.key.positive": "P",
    "desk.key.refused": "E",
    "desk.key.tampered": "R",
    "desk.key.missed": "M",
    "desk.key.excused": "X",
    "desk.key.pending": "G",
    "desk.key.invalid": "I",
    "desk.key.dilute": "D",
    "desk.key.attended": "A",
    "desk.key.absent": "T",
    "desk.key.late": "L",
    "desk.key.left_early": "Y",
    "desk.key.rescheduled": "S",
    "desk.key.completed": "C",
    "desk.key.not_done": "O",
    "desk.key.partial": "L",
    "desk.key.taken": "K",
    "desk.key.held_by_prescriber": "H",
    "desk.key.verified": "V",
    "desk.key.not_verified": "F",
    "desk.recorded_for": "Recorded for {name}: {outcome}.",
    "desk.row_begun": "Row {digits}…",
    "desk.opening": "Opening…",
    "desk.undecided": "Needs your decision",
    "desk.undecided_says": (
        "These records were made on this device and not taken. Nothing is lost: open the person and decide."
    ),
    "desk.undecided_mine": "You recorded {outcome} on this device on {at}. It was not taken.",
    "desk.undecided_theirs": (
        "{name} recorded {outcome} on this device. It was not taken, and {name} has to decide."
    ),
    "desk.undecided_ask": "Yours is another visit of that day, or only one of the two is right. Which?",
    "desk.undecided_free": "What stood in its way is no longer on record.",
    "desk.undecided_send": "Record it now",
    "desk.undecided_drop": "Remove mine",
}
