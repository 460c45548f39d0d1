"""Lines of events: rows of a table, or one JSON object a line, each understood or refused."""

from collections.abc import Iterator
from datetime import date, tzinfo
from typing import Any, Final

import msgspec
from msgspec import Struct

from schemas.events import NewEvent
from service.core.refusals import Fault, Refused, refused
from service.core.shape_faults import shape_fault
from service.core.sheets.columns import NOTES, judge_heading
from service.core.sheets.decoding import Bytes
from service.core.sheets.mapping import Mapping
from service.core.sheets.reading import Reader
from service.core.sheets.spoiled import spoiled_id
from service.flows.imports.enroll_people import Line
from service.flows.imports.people_lines import PersonLine, person_line
from service.flows.imports.tables import JsonLines, Kind, Table, open_table

YEARS: Final = range(1900, 2200)
"""The years in which a behavior can have been verified; further off, calendar sums end."""
IDS: Final = ("participant_reference", "reference")


class Read(Struct, frozen=True):
    """One line as it was read: its number, what it said, and the event or person in it or why none."""

    number: int
    said: dict[str, Any]
    line: Line | PersonLine | Refused


class Reading:
    """The lines of a table that was opened.

    Attributes:
        table: the table.
        columns: the names of its columns, as a file of its refused lines has them.
        why: why it cannot be brought in, none where it can.
        reader: the reader of its rows; none for JSON.
    """

    def __init__(self, table: Table | JsonLines, mapping: Mapping, zone: tzinfo) -> None:
        """Read by a mapping; `zone` is that of times without an offset."""
        self.table = table
        self.columns: tuple[str, ...] = ()
        self.why: Refused | None = None
        self.reader: Reader | None = None
        if isinstance(table, Table):
            self.columns = tuple(dict.fromkeys(name for name in table.heading.names if name))
            self.why = judge_heading(table.heading, mapping)
            self.reader = Reader(table.heading, mapping, zone)

    def lines(self) -> Iterator[Read]:
        """All lines, one after the other."""
        if isinstance(self.table, JsonLines):
            yield from _json_lines(self.table)
        elif self.reader is not None:
            yield from _rows(self.table, self.reader)


def read_table(data: Bytes, mapping: Mapping, zone: tzinfo, kind: Kind | None = None) -> Reading | Refused:
    """Open a table, of a kind where that is known, for its lines; refused where it cannot be read at all.

    A table that was opened may still lack columns: `why` says so.
    """
    table = open_table(data, mapping, kind)
    return table if isinstance(table, Refused) else Reading(table, mapping, zone)


def _rows(table: Table, reader: Reader) -> Iterator[Read]:
    names = table.heading.names
    for row in table.rows():
        said: dict[str, Any] = {name: cell for name, cell in zip(names, row.cells, strict=False) if name}
        given = row.fault if row.fault is not None else reader.read(row.cells)
        if isinstance(given, Refused):
            yield Read(row.number, said, given)
        else:
            yield Read(row.number, said, _person_of(given) if reader.of_people else line_of(given))


def _json_lines(table: JsonLines) -> Iterator[Read]:
    for line in table.lines():
        if line.fault is not None:
            yield Read(line.number, {}, line.fault)
            continue
        try:
            said = msgspec.json.decode(line.text, type=dict[str, Any])
        except (msgspec.MsgspecError, RecursionError) as why:
            yield Read(line.number, {"text": line.text.rstrip()}, refused("malformed.line", why=str(why)))
            continue
        given = {name: value for name, value in said.items() if name not in NOTES}
        yield Read(line.number, said, _spoiled(given) or line_of(given))


def _spoiled(given: dict[str, Any]) -> Refused | None:
    found = (spoiled_id(given[name], name) for name in IDS if isinstance(given.get(name), str))
    return next((why for why in found if why is not None), None)


def _person_of(given: dict[str, Any]) -> PersonLine | Refused:
    try:
        return person_line(given)
    except msgspec.ValidationError as why:
        return _refusal_of(shape_fault(why), None)


def line_of(given: dict[str, Any]) -> Line | Refused:
    """One line as an event; else why not, with the remedy."""
    event = dict(given)
    day = event.pop("starts_on", None)
    for needed in ("outcome", "occurred_at"):
        if needed not in event:
            return refused("invalid.line_lacks", f"$.{needed}", field=needed)
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
