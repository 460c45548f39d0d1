"""Workbooks (.xlsx): the rows of a sheet as text, read in bounded time and memory however it was made."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final

from msgspec import Struct

from service.core.refusals import Refused, refused
from service.core.sheets.columns import count_known
from service.core.sheets.decoding import LINE_LETTERS_MAX, Bytes
from service.core.sheets.heading import ROWS_LOOKED_AT, choose_header
from service.core.sheets.mapping import Mapping
from service.core.sheets.splitting import CELLS_MAX, Row

ZIP: Final = b"PK\x03\x04"
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a workbook of before 2007 begins, and one under a password."""
UNPACKED_MAX: Final = 128 * 1024 * 1024
"""How many bytes a workbook may have once it is unpacked."""
PARTS_MAX: Final = 5000
ROWS_MAX: Final = 1_048_576
"""How many rows a sheet has at most, by its format."""
ROWS_AT_ONCE: Final = 500
WIDTHS_MAX: Final = 30_000_000
"""How many cells, empty ones among them, are gone through."""
EXACT_MAX: Final = 10**15
"""From here on a spreadsheet's numbers have lost digits."""

_ZEROS: Final = re.compile(r"0{2,32}")
"""A format of zeros alone, no longer than any id: each of its cells is as long as the format says."""


class Sheet(Struct, frozen=True):
    """A sheet of a workbook, and where its table begins."""

    name: str
    others: tuple[str, ...]
    header: Row
    titles: int
    workbook: Any

    def rows(self) -> Iterator[Row]:
        """The rows of the sheet from its first, those without anything in them left out."""
        return _rows(self.workbook[self.name])


def open_workbook(data: Bytes, mapping: Mapping) -> Sheet | Refused:
    """The sheet of a workbook that somebody has chosen, else the first with a header that we know."""
    import openpyxl  # noqa: PLC0415  few processes ever read one

    try:
        why = _judge(data)
        if why is not None:
            return why
        with warnings.catch_warnings():
            # Of what a workbook has beside its cells.
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(
                io.BytesIO(bytes(data[:])), read_only=True, data_only=True, keep_links=False
            )
        return _sheet_of(workbook, mapping)
    except Exception:  # noqa: BLE001  its reader raises anything for a file that is damaged
        return refused("malformed.workbook")


def _judge(data: Bytes) -> Refused | None:
    with zipfile.ZipFile(io.BytesIO(bytes(data[:]))) as packed:
        parts = packed.infolist()
        if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_MAX:
            return refused("too_large.workbook", megabytes=UNPACKED_MAX // 1024 // 1024)
        if not any(part.filename == "xl/workbook.xml" for part in parts):
            return refused("malformed.workbook")
    return None


def _sheet_of(workbook: Any, mapping: Mapping) -> Sheet | Refused:  # noqa: ANN401  openpyxl has no types
    names = tuple(sheet.title for sheet in workbook.worksheets)
    if mapping.sheet is not None and mapping.sheet not in names:
        return refused("invalid.sheet", sheet=mapping.sheet[:60], sheets=names)
    best: Sheet | None = None
    for name in names if mapping.sheet is None else (mapping.sheet,):
        rows = list(islice(_rows(workbook[name]), ROWS_LOOKED_AT))
        found = choose_header(rows, mapping)
        if found is None:
            continue
        others = tuple(other for other in names if other != name)
        sheet = Sheet(name, others, found[0], found[1], workbook)
        if count_known(found[0].cells, mapping):
            return sheet
        best = best or sheet
    return best or refused("malformed.workbook_empty")


def _rows(sheet: Any) -> Iterator[Row]:  # noqa: ANN401  openpyxl has no types
    sheet.reset_dimensions()
    cells = iter(sheet.iter_rows())
    number = widths = 0
    while number < ROWS_MAX:
        found, why = _next(cells)
        for row in found:
            number += 1
            widths += len(row)
            if any(cell.value is not None for cell in row):
                made = _row(number, row)
                if not made.is_blank:
                    yield made
            if widths > WIDTHS_MAX:
                yield Row(number, (), refused("too_large.sheet", cells=WIDTHS_MAX))
                return
        if why is not None:
            yield Row(number + 1, (), why)
        if len(found) < ROWS_AT_ONCE:
            return


def _row(number: int, row: Any) -> Row:  # noqa: ANN401  openpyxl has no types
    """A row as text, no longer than a line of a text file: one text can stand in any number of cells."""
    cells = []
    letters = 0
    for cell in row[:CELLS_MAX]:
        cells.append(_text(cell))
        letters += len(cells[-1])
        if letters > LINE_LETTERS_MAX:
            return Row(number, (), refused("malformed.long_line", characters=LINE_LETTERS_MAX))
    return Row(number, tuple(cells))


def _next(cells: Iterator[Any]) -> tuple[list[Any], Refused | None]:
    """The next rows as they are, and why there are no more where the sheet is damaged."""
    found: list[Any] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found.extend(islice(cells, ROWS_AT_ONCE))
    except Exception:  # noqa: BLE001  its reader raises anything for a file that is damaged
        return found, refused("malformed.workbook")
    return found, None


def _text(cell: Any) -> str:  # noqa: ANN401  openpyxl has no types
    """A cell as CSV would have it: whole numbers without a point, times with the year first."""
    match cell.value:
        case None:
            return ""
        case bool() as truth:
            return "TRUE" if truth else "FALSE"
        case int() | float() as number:
            return _number(number, cell.number_format)
        case datetime() as at:
            whole = at + timedelta(microseconds=500_000)
            whole = whole.replace(microsecond=0)
            return f"{whole:%Y-%m-%d}" if whole.time() == time() else f"{whole:%Y-%m-%d %H:%M:%S}"
        case date() as day:
            return day.isoformat()
        case time() as clock:
            return f"{clock:%H:%M:%S}"
        case other:
            return str(other)


def _number(number: float, form: str | None) -> str:
    if number != number or abs(number) >= EXACT_MAX:  # noqa: PLR0124  not a number
        return f"{number:.15G}"
    if number == int(number):
        # A format of zeros alone shows zeros in front, as ids have them.
        return str(int(number)).zfill(len(form) if form and _ZEROS.fullmatch(form) else 1)
    return repr(number)
