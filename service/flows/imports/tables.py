"""Tables as they come: bytes of a text, a workbook or JSON lines, opened and read row by row."""

from collections.abc import Iterator
from itertools import islice
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from service.core.plain_cells import cell_as_it_was
from service.core.refusals import Refused, refused
from service.core.sheets.columns import Heading, heading_of, is_of_people, plain_name
from service.core.sheets.decided import Decided
from service.core.sheets.decoding import Bytes, Encoding, TextLine, encoding_of, text_lines
from service.core.sheets.heading import Beginning, find_beginning
from service.core.sheets.mapping import Mapping
from service.core.sheets.splitting import Row, rows_of
from service.flows.imports.workbooks import COMPOUND, ZIP, Sheet, open_workbook

Kind = Literal["table", "json"]
"""What a file's name says that it holds."""


class JsonLines(Struct, frozen=True):
    """Lines of JSON that were found, one object each."""

    data: Bytes
    encoding: Encoding

    @property
    def decided(self) -> Decided:
        """What was found out."""
        return Decided("json", self.encoding.name)

    def lines(self) -> Iterator[TextLine]:
        """The lines, the empty ones left out."""
        return (line for line in text_lines(self.data, self.encoding) if line.fault or line.text.strip())


class Table(Struct, frozen=True):
    """A table that was found, with its columns: `begins` in a text, or on a `sheet` of a workbook."""

    decided: Decided
    heading: Heading
    header: Row
    data: Bytes
    encoding: Encoding | None = None
    begins: Beginning | None = None
    sheet: Sheet | None = None

    def rows(self) -> Iterator[Row]:
        """The rows below the header, without those that have nothing in them or are the header once more."""
        again = [plain_name(cell) for cell in self.header.cells]
        for row in self._rows():
            if row.number > self.header.number and [plain_name(cell) for cell in row.cells] != again:
                yield self._as_it_was(row)

    def _as_it_was(self, row: Row) -> Row:
        """A row of a file of refused lines as it was before it was marked for spreadsheets."""
        if not self.heading.is_ours:
            return row
        return replace(row, cells=tuple(map(cell_as_it_was, row.cells)))

    def _rows(self) -> Iterator[Row]:
        if self.sheet is not None:
            return self.sheet.rows()
        if self.encoding is None or self.begins is None:
            raise AssertionError("a table is a text or a sheet")
        lines = text_lines(self.data, self.encoding)
        below = (line for line in lines if line.number >= self.header.number)
        return rows_of(below, self.begins.separator)


def open_table(data: Bytes, mapping: Mapping, kind: Kind | None = None) -> Table | JsonLines | Refused:
    """Find out what some bytes are, unless their kind is known, and where the table in them begins."""
    start = bytes(data[: len(COMPOUND)])
    if start.startswith(ZIP):
        sheet = open_workbook(data, mapping)
        return sheet if isinstance(sheet, Refused) else _of_sheet(sheet, data, mapping)
    if start == COMPOUND:
        return refused("malformed.workbook_old")
    encoding = encoding_of(data, mapping.encoding)
    if isinstance(encoding, Refused):
        return encoding
    first = next((line for line in islice(text_lines(data, encoding), 1000) if line.text.strip()), None)
    if first is None:
        return refused("invalid.columns_missing")
    if kind == "json" or (kind is None and first.text.lstrip().startswith("{")):
        return JsonLines(data, encoding)
    begins = find_beginning(text_lines(data, encoding), mapping)
    if isinstance(begins, Refused):
        return begins
    heading = heading_of(begins.header.cells, mapping)
    decided = Decided(
        "text",
        encoding.name,
        begins.separator,
        begins.titles,
        passed_over=heading.passed_over,
        of_people=is_of_people(heading, mapping),
    )
    return Table(decided, heading, begins.header, data, encoding, begins)


def _of_sheet(sheet: Sheet, data: Bytes, mapping: Mapping) -> Table:
    heading = heading_of(sheet.header.cells, mapping)
    decided = Decided(
        "workbook",
        titles=sheet.titles,
        sheet=sheet.name,
        other_sheets=sheet.others,
        passed_over=heading.passed_over,
        of_people=is_of_people(heading, mapping),
    )
    return Table(decided, heading, sheet.header, data, sheet=sheet)
