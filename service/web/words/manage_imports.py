"""Texts of the pages of imports."""

from typing import Final

from service.core.catalogs import Texts, plural

WORDS: Final[Texts] = {
    "manage.imp.lead": (
        "Bring in visits from another system or a spreadsheet. You see what is in the "
        "file before anything is recorded. The same file twice records nothing twice."
    ),
    "manage.imp.new": "A new import",
    "manage.imp.file": "Choose a file",
    "manage.imp.file_hint": (
        "A spreadsheet (.xlsx), CSV or NDJSON, as it comes from your system. Up to 5 MB."
    ),
    "manage.imp.text": "Or paste the lines",
    "manage.imp.text_hint": "The line of column names comes first.",
    "manage.imp.no_text": "Choose a file, or paste its lines.",
    "manage.imp.too_long": "This is longer than 5 MB. Split it and bring in one part at a time.",
    "manage.imp.columns": "Which columns there are",
    "manage.imp.columns_why": (
        "Needed: participant_reference, behavior or target, outcome, and occurred_at with its "
        "offset. To enroll people too: program and starts_on."
    ),
    "manage.imp.example": "Download an example",
    "manage.imp.check": "Check it first",
    "manage.imp.past": "Imports so far",
    "manage.imp.none": "None yet.",
    "manage.imp.result": "{recorded} recorded, {known} on record before, {refused} not taken",
    "manage.imp.lines_n": plural("1 line", "{count} lines"),
    "manage.imp.status.checked": "Checked, not begun",
    "manage.imp.status.previewing": "Being tried",
    "manage.imp.status.previewed": "Tried, not begun",
    "manage.imp.status.stopped": "Stopped",
    "manage.imp.status.running": "Running",
    "manage.imp.status.ended": "Done",
    "manage.imp.status.unreadable": "Cannot be read",
    "manage.imp.status.columns": "Needs your choice",
    "manage.imp.title": "Import of {at}",
    "manage.imp.running": "Being recorded",
    "manage.imp.so_far": "{done} of {lines} lines",
    "manage.imp.leave": "You can leave this page. The import goes on.",
    "manage.imp.reload": "See how far it is",
    "manage.imp.ended": "Done",
    "manage.imp.recorded": "Recorded",
    "manage.imp.known": "On record before",
    "manage.imp.refused": "Not taken",
    "manage.imp.not_reached": "Not reached",
    "manage.imp.stopped": "Stopped before its end",
    "manage.imp.refused_why": (
        "The file of lines that were not accepted gives a reason for each. Correct that file and bring it in."
    ),
    "manage.imp.refused_file": "Download the lines that were not taken",
    "manage.imp.all_good": "Every line is on record.",
    "manage.imp.unreadable": "The file {why}",
    "manage.imp.found": "What is in it",
    "manage.imp.lines": "Lines",
    "manage.imp.good": "In order",
    "manage.imp.bad": "With a fault",
    "manage.imp.columns_found": "Columns:",
    "manage.imp.troubles": "The first faults",
    "manage.imp.line": "Line {number}:",
    "manage.imp.and_more": "and {count} more",
    "manage.imp.begin_why": (
        "Nothing is recorded yet. Lines with a fault are left out. You get them back as a file."
    ),
    "manage.imp.enroll": "Enroll people who are missing",
    "manage.imp.enroll_hint": "By the columns program and starts_on.",
    "manage.imp.corrections": "Correct the record where lines say otherwise",
    "manage.imp.corrections_hint": (
        "Another outcome becomes a correction; a missing note is added. Nothing is paid twice."
    ),
    "manage.imp.preview": "Preview",
    "manage.imp.preview_again": "Preview again",
    "manage.imp.previewing": "Being tried by the rules",
    "manage.imp.would": "What would become of it",
    "manage.imp.would_why": "Nothing is recorded yet. These are the awards that recording gives.",
    "manage.imp.corrected": "Corrected",
    "manage.imp.people": "New people",
    "manage.imp.opened": "New enrollments",
    "manage.imp.to_correct": "Could correct the record",
    "manage.imp.to_add": "Have a note to add",
    "manage.imp.added": "Notes added",
    "manage.imp.lines_of": "Line by line",
    "manage.imp.which": "Which lines are shown",
    "manage.imp.each": "What becomes of each line",
    "manage.imp.line_no": "Line",
    "manage.imp.line_what": "What becomes of it",
    "manage.imp.line_earns": "Earns",
    "manage.imp.line_why": "Why",
    "manage.imp.state.": "All lines",
    "manage.imp.state.recorded": "Would be recorded",
    "manage.imp.state.known": "On record already",
    "manage.imp.state.corrected": "Would correct the record",
    "manage.imp.state.refused": "Would not be taken",
    "manage.imp.is_new": "new person",
    "manage.imp.near": "perhaps the same person as {numbers}",
    "manage.imp.near_n": "Perhaps known already",
    "manage.imp.opens": "enrolled from {day}",
    "manage.imp.closes": "the one before ends on {day}",
    "manage.imp.offers.correction": "a correction is offered",
    "manage.imp.offers.addition": "its note can be added",
    "manage.imp.adds": "its note is added",
    "manage.imp.no_lines": "There are no such lines.",
    "manage.imp.more": "More lines",
    "manage.imp.begin": plural("Record 1 line", "Record {count} lines"),
}
