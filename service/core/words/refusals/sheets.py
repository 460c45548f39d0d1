"""Why a table, or a line of it, cannot be read; `{column}` is a column as the table names it."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

_TABLES: Final[Catalog] = {
    "malformed.not_text": Sentence(
        "is neither a text, a workbook (.xlsx) nor JSON lines. Export it as CSV or .xlsx."
    ),
    "malformed.workbook": Sentence("is no workbook that can be read. Save it again as .xlsx, or as CSV."),
    "malformed.workbook_old": Sentence(
        "is a workbook of an old kind (.xls), or under a password. Save it as .xlsx without one, or as CSV."
    ),
    "malformed.workbook_empty": Sentence(
        "is a workbook with nothing in it. Save the sheet that has the lines."
    ),
    "too_large.workbook": Sentence(
        "is a workbook of more than {megabytes} MB once unpacked. Export the sheet as CSV."
    ),
    "too_large.sheet": Sentence(
        "The sheet has more than {cells} cells, most of them empty. Export it as CSV."
    ),
    "malformed.lines": Sentence(
        "has lines that cannot be read, the first of them line {number}. Export it as CSV in UTF-8."
    ),
    "invalid.sheet": Sentence("has no sheet {sheet!r}. There is: {sheets}."),
    "invalid.encoding": Sentence("cannot be read in the encoding {encoding!r}. There is: {known}."),
    "invalid.separator": Sentence("The separator is one sign, or one of: {known}."),
    "invalid.times_directive": Sentence(
        "The pattern of times has %{letter}, which is not known. There is: {known}."
    ),
    "invalid.times_parts": Sentence(
        "The pattern of times names a year, a month and a day, each part once, such as %m/%d/%Y %H:%M."
    ),
    "invalid.columns_unknown": Sentence(
        "has columns that are not known ({columns}), and no event has that. There are: {known}. Say which of "
        "these each is (--map 'COLUMN=FIELD'), or that it is passed over (--map 'COLUMN=').",
        page=(
            "has columns that are not known ({columns}), and no event has that. Say what each is, or "
            "that it "
            "is not read."
        ),
    ),
    "invalid.column_absent": Sentence("has no column {column!r}. There is: {columns}."),
    "invalid.column_named_twice": Sentence(
        "names the column {column!r} twice, or has two that mean the same. Leave one."
    ),
}
_LINES: Final[Catalog] = {
    "malformed.line_quote": Sentence(
        "A quotation mark stands inside a cell. Write it twice there, and put the cell in quotation marks."
    ),
    "malformed.line_bytes": Sentence(
        "The byte {byte} at character {character} is not {encoding}. Type that word anew, or export as UTF-8."
    ),
    "malformed.long_line": Sentence("The line has more than {characters} characters. Shorten it."),
    "malformed.many_cells": Sentence(
        "The line has more than {most} cells. Leave out columns that nobody needs."
    ),
    "invalid.mark": Sentence("{column} is {text!r}; write yes or no."),
    "invalid.outcome_none": Sentence("{column} is {text!r}, which is no outcome. Write what happened."),
    "invalid.outcome_word": Sentence(
        "{column} is {text!r}, which nobody has said the meaning of. Perhaps it means {meant}: say so "
        "(--outcome '{text}=OUTCOME'), or write the outcome.",
        page=(
            "{column} is {text!r}, which nobody has said the meaning of. Perhaps it means {meant}: say "
            "so, or "
            "write the outcome."
        ),
    ),
}
_PEOPLE: Final[Catalog] = {
    "outside_enrollment.other_start": Sentence(
        "On record they are in this program from {known}, and not from {day}. Correct the day, or close that "
        "enrollment first."
    ),
}
_IDS: Final[Catalog] = {
    "invalid.id_powers": Sentence(
        "{column} is {text}: a spreadsheet has made powers of ten of a long number, and its digits are lost. "
        "Format the column as text where it comes from, and export it again."
    ),
    "invalid.id_decimal": Sentence(
        "{column} is {text}: a spreadsheet has made a decimal of a number, and zeros before it may be lost. "
        "Format the column as text where it comes from, and export it again."
    ),
    "invalid.id_apostrophe": Sentence(
        "{column} begins with an apostrophe ({text}), by which a spreadsheet keeps a text. Take it away."
    ),
    "invalid.id_error": Sentence(
        "{column} is {text}, an error of a formula in a spreadsheet. Write the number itself."
    ),
    "invalid.id_nothing": Sentence(
        "{column} is {text}, which stands for nothing and is nobody's number. Write the number, or leave the "
        "line out."
    ),
    "invalid.id_date": Sentence(
        "{column} is {text}: a spreadsheet has made a date of it. Format the column as text where it comes "
        "from, and export it again."
    ),
}
_TIMES: Final[Catalog] = {
    "invalid.time_offset": Sentence(
        "{column} has no offset from UTC ({text}); write it as in 2026-02-03T09:30:00-08:00, or say which "
        "zone it is of (--zone).",
        page=(
            "{column} has no offset from UTC ({text}); write it as in 2026-02-03T09:30:00-08:00, or choose "
            "how times are written."
        ),
    ),
    "invalid.time_offset_form": Sentence(
        "{column} is no time with its offset ({text}); write it as 2026-02-03T09:30:00-08:00, or say how "
        "times are written (--times).",
        page=(
            "{column} is no time with its offset ({text}); write it as 2026-02-03T09:30:00-08:00, or choose "
            "how times are written."
        ),
    ),
    "invalid.time_order": Sentence(
        "{column} can be read with the month or with the day first ({text}); say which "
        "(--times month/day/year or --times day/month/year).",
        page=(
            "{column} can be read with the month or with the day first ({text}); choose how times are "
            "written."
        ),
    ),
    "invalid.time_not_of_form": Sentence("{column} is not written as {form} ({text}). Write it so."),
    "invalid.time_date_alone": Sentence(
        "{column} is a date without a time of day ({text}); write the time too, or say that it means noon "
        "(--date-alone noon).",
        page=(
            "{column} is a date without a time of day ({text}); write the time too, or choose that it means "
            "noon."
        ),
    ),
    "invalid.time_unix": Sentence(
        "{column} is a number ({text}), perhaps of seconds since 1970; say that such numbers are times "
        "(--unix-times), or write the time.",
        page=(
            "{column} is a number ({text}), perhaps of seconds since 1970; choose that such numbers are "
            "times, or write the time."
        ),
    ),
    "invalid.time_skipped": Sentence(
        "{column} is a time that there was not in {zone} ({text}): the clocks went forward over it. Write "
        "the "
        "time that it was."
    ),
    "invalid.time_twice": Sentence(
        "{column} is a time that there was twice in {zone} ({text}): the clocks went back over it. Write it "
        "with its offset, as in 2026-11-01T01:30:00-07:00."
    ),
    "invalid.time_weekday": Sentence(
        "{column} names another weekday than its date has ({text}). Look at it again."
    ),
    "invalid.time_none": Sentence(
        "{column} is no time that can be read ({text}). Write it as 2026-02-03T09:30:00-08:00."
    ),
    "invalid.day_none": Sentence("{column} is no day that can be read ({text}). Write it as 2026-02-03."),
}
SENTENCES: Final[Catalog] = {**_TABLES, **_LINES, **_PEOPLE, **_IDS, **_TIMES}
