"""Tables as files for spreadsheets: CSV, and workbooks (.xlsx) in which numbers are numbers and days days.

Nothing in a cell is ever a formula: in CSV whatever a program would take for one is marked as text, and in a
workbook it is text by its type.
"""

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from schemas.program import Unit
from service.core.currencies import digits_of
from service.web.http.answers import Answer
from service.web.pages.framework.download import amount_cell, as_csv, as_file

XLSX_MEDIA: Final = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_CELL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
"""Characters that XML has no way to write."""
SHEET_TITLE_MAX: Final = 31
NO_TITLE: Final = re.compile(r"[\\*?:/\[\]]")
"""Characters that no sheet's name may hold."""
WIDTHS: Final = (10, 46)
"""How wide a column is at least and at most, in characters."""


class Amount(Struct, frozen=True):
    """An amount in minor units."""

    amount: int
    unit: Unit


Cell = str | int | float | date | Amount | None
"""What stands in a cell."""


class Table(Struct, frozen=True):
    """A table as a file has it: what its sheet is called, and its rows below the names of its columns."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def table_csv(name: str, table: Table) -> Answer:
    """A table as CSV, with amounts of money in whole units."""
    rows: list[list[object]] = [
        [amount_cell(one.amount, one.unit) if isinstance(one, Amount) else one for one in row]
        for row in table.rows
    ]
    return as_csv(name, [[*table.head], *rows])


def as_workbook(name: str, tables: Sequence[Table]) -> Answer:
    """Tables as the sheets of one workbook, whose first row stays in sight."""
    return as_file(name, XLSX_MEDIA, workbook(tables))


def workbook(tables: Sequence[Table]) -> bytes:
    """The bytes of a workbook with a sheet for each table."""
    # Read where it is used: few processes ever write a workbook.
    import openpyxl  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = openpyxl.Workbook(write_only=True)
    for place, table in enumerate(tables, 1):
        sheet = book.create_sheet(sheet_title(table.title, place))
        sheet.freeze_panes = "A2"
        for column, said in enumerate(table.head, 1):
            shown = [said, *(str(_value(row[column - 1])) for row in table.rows)]
            width = min(max(WIDTHS[0], *(len(one) + 2 for one in shown)), WIDTHS[1])
            sheet.column_dimensions[get_column_letter(column)].width = width
        head = []
        for said in table.head:
            cell = _cell(WriteOnlyCell(sheet), said)
            cell.font = Font(bold=True)
            head.append(cell)
        sheet.append(head)
        for row in table.rows:
            sheet.append([_cell(WriteOnlyCell(sheet), one) for one in row])
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def sheet_title(title: str, place: int) -> str:
    """A name that a sheet may have: short, without forbidden characters, and unlike others by its number."""
    said = NO_CELL.sub("", NO_TITLE.sub(" ", title)).strip("' ")
    number = f"{place}. "
    return number + said[: SHEET_TITLE_MAX - len(number)]


def _value(given: Cell) -> str | int | float | date | Decimal | None:
    if isinstance(given, Amount):
        digits = digits_of(given.unit)
        return Decimal(given.amount).scaleb(-digits) if digits else given.amount
    return NO_CELL.sub("", given) if isinstance(given, str) else given


def _cell(cell: Any, given: Cell) -> Any:  # noqa: ANN401  the library has no types
    """A cell with its value: text as text whatever it begins with, days and amounts in their formats."""
    cell.value = _value(given)
    if isinstance(given, str):
        # Else a text that begins with "=" were a formula; the prefix keeps it text when it is edited.
        cell.data_type = "s"
        cell.quotePrefix = True
    elif isinstance(given, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(given, Amount) and (digits := digits_of(given.unit)):
        cell.number_format = f"0.{'0' * digits}"
    return cell
