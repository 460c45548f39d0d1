"""Texts of the desk's pages that merge two charts and take them apart."""

from typing import Final

from service.core.catalogs import Texts, plural

WORDS: Final[Texts] = {
    "desk.merge.title": "Merge two charts",
    "desk.merge.find_says": (
        "Find the other chart of this person. You see what would happen before anything is changed."
    ),
    "desk.merge.other": "The other chart",
    "desk.merge.other_hint": "A name, a number or a code.",
    "desk.merge.find": "Find",
    "desk.merge.found": "Found",
    "desk.merge.nobody": "No other chart is found by that. Try the whole name or the number.",
    "desk.merge.near": "Perhaps the same person",
    "desk.merge.none_near": "No other chart has a number, or a name and phone, like these.",
    "desk.merge.look": "See what would happen",
    "desk.merge.another": "Choose another chart",
    "desk.merge.says": "This is a preview by the very rules of the merge. Nothing has been changed yet.",
    "desk.merge.refused": "This cannot be done yet.",
    "desk.merge.goes_on": "This chart goes on",
    "desk.merge.ends": "This chart becomes part of it",
    "desk.merge.was_gone": (
        "What this chart gave back stays with the clinic, unless you say first that they are in care again."
    ),
    "desk.merge.stays_gone": "After the merge they are not in care here, as this chart says.",
    "desk.merge.swap": "Keep the other one instead",
    "desk.merge.no_value": "Nothing earned so far.",
    "desk.merge.held": "{amount} set aside",
    "desk.merge.given": "{amount} used",
    "desk.merge.twice": plural("1 visit is on both charts", "{count} visits are on both charts"),
    "desk.merge.twice_says": (
        "One visit is paid once. What does not stand is withdrawn, and its pay taken back where it is left."
    ),
    "desk.merge.undecided": "Please choose",
    "desk.merge.stands.survivor": "The one on the chart that goes on stands",
    "desk.merge.stands.ended": "The one on the other chart stands",
    "desk.merge.stands.both": "Both stand: they were two visits",
    "desk.merge.recorded": "recorded by {who} ({at})",
    "desk.merge.somebody": "somebody without a name",
    "desk.merge.open_twice": "Enrolled on both charts",
    "desk.merge.open_says": ("One person has one open enrollment in a program. Its visits stay on record."),
    "desk.merge.stays.survivor": "The one on the chart that goes on stays open; the other ends on {day}",
    "desk.merge.stays.ended": "The one on the other chart stays open; this one ends on {day}",
    "desk.merge.moves": "What moves",
    "desk.merge.events": plural("1 visit on record", "{count} visits on record"),
    "desk.merge.redemptions": plural(
        "1 reward that waits to be handed over", "{count} rewards that wait to be handed over"
    ),
    "desk.merge.numbers": "Its numbers, which find this person from now on",
    "desk.merge.after": "What they have afterwards",
    "desk.merge.again": "See again with these choices",
    "desk.merge.reason": "Why they are one person",
    "desk.merge.undoable": "If it was a mistake, somebody else can take the charts apart again.",
    "desk.merge.go": "Merge the charts",
    "desk.merges.title": "Merged charts",
    "desk.merges.none": "No chart was ever merged with this one.",
    "desk.merges.one": "{ended} became part of {survivor}",
    "desk.merges.undone": "Taken apart",
    "desk.merges.by": "Merged by {who} ({at})",
    "desk.merges.undone_by": "Taken apart by {who} ({at})",
    "desk.merges.undo": "Take apart",
    "desk.merges.done": "The charts are two again.",
    "desk.merges.note": "The chart {code} ({reference}) became part of this one.",
    "desk.merges.asked": "You asked for the chart {code} ({reference}): it is part of this one now.",
    "desk.merges.see": "See merges",
    "desk.person.merged": "The charts are one now.",
    "desk.details.two": "Two charts for one person?",
    "desk.details.two_says": (
        "Merge them: visits, numbers and what they have come together, and nothing is paid twice."
    ),
    "desk.details.whose": "See whose number it is",
    "desk.unmerge.title": "Take charts apart",
    "desk.unmerge.says": (
        "Each chart takes back what is its own. This is a preview; nothing has been changed yet."
    ),
    "desk.unmerge.refused": "This cannot be done.",
    "desk.unmerge.back": "What goes back to {who}",
    "desk.unmerge.lacking": "{amount} cannot go back: it was spent meanwhile.",
    "desk.unmerge.stays": "What stays with {who}",
    "desk.unmerge.reason": "Why they are two people",
    "desk.unmerge.go": "Take the charts apart",
}
