"""Workbooks that are written hold numbers as numbers, days as days, and text as text."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from service.web.pages.framework.workbook import Amount, Cell, Table, table_csv, workbook
from tests.web.manage import Manage, manage
from tests.web.test_manage_reports import earned
from tests.web.test_progress_page import DAYS, rows_of

__all__ = ["manage"]

FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.com")', "'=1")


def read(body: bytes) -> openpyxl.Workbook:
    """Read a workbook as a spreadsheet program does."""
    return openpyxl.load_workbook(io.BytesIO(body))


def test_text_is_no_formula_whatever_it_begins_with() -> None:
    """A name that a program would work out is text in both kinds of files; the workbook keeps it as it is."""
    table = Table("Names", ("name",), [(one,) for one in FORMULAS])
    sheet = read(workbook([table])).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == list(FORMULAS)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    body = zipfile.ZipFile(io.BytesIO(workbook([table]))).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in body
    assert "<f " not in body
    text = (table_csv("names.csv", table).body or b"").decode()
    assert not any(line.startswith(("=", "+", "-", "@", '"=')) for line in text.splitlines())


def test_amounts_are_numbers_and_days_are_days() -> None:
    """Dollars have their cents, points are whole, and a spreadsheet can add and sort them."""
    rows: list[list[Cell]] = [
        [date(2026, 3, 2), Amount(1750, "usd"), Amount(-5, "usd"), Amount(40, "points"), 7, None, 2.5]
    ]
    sheet = read(workbook([Table("A", tuple("abcdefg"), rows)])).worksheets[0]
    day, dollars, back, points, count, nothing, share = next(sheet.iter_rows(min_row=2))
    assert (day.value, day.is_date) == (datetime(2026, 3, 2), True)  # noqa: DTZ001  as a sheet has it
    assert (dollars.value, dollars.number_format, back.value) == (17.5, "0.00", -0.05)
    assert (points.value, count.value, nothing.value, share.value) == (40, 7, None, 2.5)
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("title", ["a/b:c*d?[e]", "x" * 60, "", "'quoted'", "\x00\x1b"])
def test_every_sheet_has_a_name_that_it_may_have(title: str) -> None:
    """Short, of letters that may be, and unlike the others of its book."""
    book = read(workbook([Table(title, ("a\x07b",), [("\x00c",)]), Table(title, ("a",), [])]))
    first, second = book.sheetnames
    assert first != second
    assert max(len(first), len(second)) <= 31
    assert (book.worksheets[0]["A1"].value, book.worksheets[0]["A2"].value) == ("ab", "c")


async def test_the_workbook_of_a_report_has_every_table_of_the_page(manage: Manage) -> None:
    """A sheet for each file, with its very numbers."""
    await earned(manage, ("P-1", "P-2"))
    answer = await manage.get(f"/manage/reports/progress.xlsx?{DAYS}")
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
    book = read(answer.content)
    names = ("periods", "stays", "weeks", "targets", "recorders", "groups")
    assert len(book.worksheets) == len(names)
    for name, sheet in zip(names, book.worksheets, strict=True):
        text = (await manage.get(f"/manage/reports/progress/{name}.csv?{DAYS}")).text
        head, *rows = sheet.iter_rows(values_only=True)
        assert list(rows_of(text)[0] if rows else head) == list(head), name
        assert len(rows) == len(rows_of(text)), name
    (row,) = rows_of((await manage.get(f"/manage/reports/progress/targets.csv?{DAYS}")).text)
    sheet = book.worksheets[3]
    assert [str(cell.value) for cell in sheet[2]] == list(row.values())
    (who,) = rows_of((await manage.get(f"/manage/reports/progress/recorders.csv?{DAYS}")).text)
    assert (who["came"], who["earning"], who["success"]) == ("12", "10", "83")
    assert (await manage.get("/manage/reports/progress.xlsx", "clinician")).status_code == 403
