"""Lines of events as CSV with a header, or as one JSON object a line: read, and each understood or refused.

What is wrong with the whole text is raised as `UnreadableError`; its sentence goes on after the text's name.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final, TextIO

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from schemas.events import NewEvent
from service.core.plain_cells import cell_as_it_was
from service.core.refusals import Fault, Refused, refused
from service.core.shape_faults import shape_fault
from service.flows.imports.enroll_people import Line

NOTES: Final = ("line", "code", "words")
"""The columns that a file of refused lines has before its own; an import passes over them."""
COLUMNS: Final = frozenset({"starts_on", *(field.name for field in fields(NewEvent))})
FLAGS: Final = frozenset({"another", "corrects"})
"""The columns that hold yes or no."""
WORDS: Final = {"true": True, "yes": True, "false": False, "no": False}
YEARS: Final = range(1900, 2200)
"""The years in which a behavior can have been verified; further off, calendar sums end."""
LETTERS_MAX: Final = 64 * 1024
"""The longest line of NDJSON, in characters."""


class UnreadableError(Exception):
    """The text cannot be read as events at all; the sentence of `why` goes on after the name of the text."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why.reason)
        self.why = why


class Read(Struct, frozen=True):
    """One line as it was read: its number, what it said, and the event in it or why there is none."""

    number: int
    said: dict[str, Any]
    line: Line | Refused


def csv_lines(text: Iterable[str], columns: list[str]) -> Iterator[Read]:
    """Read CSV row by row; its columns are put into `columns`.

    Raises UnreadableError where it is not CSV, or not of events.
    """
    reader = csv.reader(text, strict=True)
    try:
        columns[:] = [name.strip() for name in next(reader, [])]
        _check_columns(columns)
        end = reader.line_num
        for cells in reader:
            # A quoted cell may go over several lines: a row is known by the first of them.
            number, end = end + 1, reader.line_num
            if cells:
                yield _row(number, cells, columns)
    except csv.Error as why:
        raise UnreadableError(refused("malformed.not_csv", why=str(why))) from why


def _row(number: int, cells: list[str], columns: list[str]) -> Read:
    if set(NOTES) <= set(columns):
        # A file of refused lines: what was marked for spreadsheets comes back as it was.
        cells = [cell_as_it_was(cell) for cell in cells]
    said: dict[str, Any] = dict(zip(columns, cells, strict=False))
    if len(cells) > len(columns):
        return Read(number, said, refused("malformed.cells", cells=len(cells), columns=len(columns)))
    given: dict[str, Any] = {
        name: cell.strip() for name, cell in said.items() if cell.strip() and name not in NOTES
    }
    for name in FLAGS & given.keys():
        given[name] = WORDS.get(given[name].casefold(), given[name])
    return Read(number, said, line_of(given))


def ndjson_lines(text: TextIO) -> Iterator[Read]:
    """Read JSON line by line.

    Raises UnreadableError where a line is too long to be one of events.
    """
    number = 0
    while line := text.readline(LETTERS_MAX + 1):
        number += 1
        if len(line) > LETTERS_MAX:
            raise UnreadableError(refused("malformed.long_line", number=number, characters=LETTERS_MAX))
        if not line.strip():
            continue
        try:
            said = msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.MsgspecError as why:
            yield Read(number, {"text": line.rstrip()}, refused("malformed.line", why=str(why)))
            continue
        yield Read(number, said, line_of({name: value for name, value in said.items() if name not in NOTES}))


def line_of(given: dict[str, Any]) -> Line | Refused:
    """One line as an event; else why not, with the remedy."""
    event = dict(given)
    day = event.pop("starts_on", None)
    try:
        line = Line(msgspec.convert(event, NewEvent), msgspec.convert(day, date | None))
        if line.event.occurred_at.year in YEARS:
            return line
        return refused("invalid.line_year", year=line.event.occurred_at.year)
    except msgspec.ValidationError as why:
        return _refusal_of(shape_fault(why), event.get("occurred_at"))


def _refusal_of(found: Fault, occurred_at: object) -> Refused:
    """Why a line is no event; times are told with the form that they must have."""
    match found.reason:
        case "shape.zone":
            return refused("invalid.line_offset", text=str(occurred_at))
        case "shape.moment":
            return refused("invalid.line_time", text=str(occurred_at))
        case _:
            return Refused("invalid.line" if found.pointer == "$" else "invalid.line_at", faults=(found,))


def _check_columns(columns: list[str]) -> None:
    have = set(columns) - set(NOTES)
    unknown = sorted(have - COLUMNS)
    if unknown:
        raise UnreadableError(
            refused("invalid.column_unknown", column=unknown[0], known=tuple(sorted(COLUMNS)))
        )
    if len(columns) != len(set(columns)):
        raise UnreadableError(refused("invalid.column_twice"))
    whom, what = {"participant_reference", "participant", "enrollment"}, {"behavior", "target"}
    if not {"outcome", "occurred_at"} <= have or not have & whom or not have & what:
        raise UnreadableError(refused("invalid.columns_missing"))
