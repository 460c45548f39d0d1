"""Why a file or a line of events was not taken."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "invalid.no_text": Sentence("There is no text; choose a file or paste its lines."),
    "not_found.import": Sentence("There is no such import."),
    "malformed.not_csv": Sentence("is not CSV ({why}). Correct it and import it again."),
    "invalid.column_unknown": Sentence(
        "has a column {column!r}, and no event has that. There are: {known}.",
        page="has a column {column!r}, and no event has that. Say what it is, or that it is not read.",
    ),
    "invalid.column_twice": Sentence("names a column twice. Name each once."),
    "invalid.columns_missing": Sentence(
        "needs the columns participant_reference, behavior or target, outcome, and occurred_at."
    ),
    "malformed.cells": Sentence(
        "The line has {cells} cells for {columns} columns; quote cells that hold a comma."
    ),
    "malformed.line": Sentence("The line is no JSON object: {why}."),
    "invalid.line_lacks": Sentence("{field} is empty. Write it in, or leave the line out."),
    "invalid.line_year": Sentence("occurred_at lies in the year {year}; look at it again."),
    "invalid.line_offset": Sentence(
        "occurred_at has no offset from UTC ({text}); write it as in 2026-02-03T09:30:00-08:00."
    ),
    "invalid.line_time": Sentence(
        "occurred_at is no time with its offset ({text}); write it as 2026-02-03T09:30:00-08:00."
    ),
    "invalid.line": Sentence("{fault}.", page="{fault} Correct the line."),
    "invalid.line_at": Sentence("{fault} - at `{place}`.", page="{place}: {fault} Correct the line."),
    "invalid.line_start_year": Sentence("starts_on lies in the year {year}; look at it again."),
    "outside_enrollment.starts_differ": Sentence(
        "No enrollment that starts on {day} holds this event: others start on {known}. Correct starts_on, or "
        "leave it out."
    ),
    "outside_enrollment.line": Sentence(
        "The event of {day} lies before the day on which the enrollment starts ({first_day}); correct one of "
        "them."
    ),
    "already_recorded.line": Sentence(
        "{recorded} is on record for {day} at {time}, and the line says {outcome}. Import it with "
        "--corrections apply to correct the record, or leave the line out.",
        page=(
            "{recorded} is on record for {day} at {time}, and the line says {outcome}. If the line is "
            "right, apply the corrections; if not, leave it out."
        ),
    ),
    "not_enrolled.line": Sentence(
        "The participant is not enrolled yet; give program and starts_on to enroll them."
    ),
    "unknown_program.line": Sentence("No program {program} is published. There is: {known}."),
    "unknown_program.line_none": Sentence(
        "No program {program} is published. There is: none yet; publish one with POST /v1/programs.",
        page="No program {program} is published, nor any other. Publish one first.",
    ),
}
