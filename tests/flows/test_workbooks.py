"""Workbooks are read like their text, in bounded time and memory, however they were made or damaged."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime
from functools import cache

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.refusals import Refused
from service.core.sheets.mapping import Mapping
from service.flows.imports.enroll_people import Line
from service.flows.imports.event_lines import Reading, read_table
from service.flows.imports.workbooks import open_workbook
from tests.flows.importing import LOS_ANGELES, PLAIN
from tests.flows.tabling import (
    COLUMNS,
    ROW,
    THAT,
    decided,
    read,
    why,
    whys,
    workbook,
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_to_a_workbook_is_read_or_refused(data: st.DataObject) -> None:
    """Bytes changed, cut or put in, in the package and in the parts that it is packed from."""
    parts = _parts()
    name = data.draw(st.sampled_from(sorted(parts)))
    body = bytearray(parts[name])
    place = data.draw(st.integers(0, len(body) - 1))
    body[place : place + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for one, content in parts.items():
            packed.writestr(zipfile.ZipInfo(one), bytes(body) if one == name else content)
    damaged = bytearray(file.getvalue())
    if data.draw(st.booleans()):
        del damaged[data.draw(st.integers(0, len(damaged) - 1)) :]
    made = read_table(bytes(damaged), PLAIN, LOS_ANGELES)
    if isinstance(made, Reading):
        assert all(isinstance(read.line, Line | Refused) for read in made.lines())


@cache
def _parts() -> dict[str, bytes]:
    """The parts of a workbook, made once."""
    whole = workbook(list(COLUMNS[:-1]), ROW.strip().split(","))
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        return {one.filename: packed.read(one) for one in packed.infolist()}


def test_workbook_is_read_like_its_text() -> None:
    """Numbers, days, times, and a number that shows zeros in front, on the first sheet that has a table."""
    head = ["Patient ID", "Target", "Result", "Collected At", "Program", "Starts On", "Accession"]
    at = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001  a cell has no zone
    row = [4711, "stimulant-negative", "Negative", at, "our-program", date(2026, 3, 2), "R-1"]
    data = workbook(["Visits of March"], head, [None], row, title="March", before="Notes")
    lines = read(data, Mapping(times="year-month-day"))
    assert [one.number for one in lines] == [4]
    line = lines[0].line
    assert isinstance(line, Line)
    assert (line.event.participant_reference, line.event.occurred_at) == ("4711", THAT)
    assert (line.event.outcome, line.starts_on) == ("negative", date(2026, 3, 2))
    found = decided(data)
    assert (found.sheet, found.other_sheets, found.titles) == ("March", ("Notes",), 1)
    assert whys(data) == {4: "time_offset"}
    assert why(data, Mapping(sheet="April")) == "invalid.sheet"


def test_ids_that_a_workbook_has_spoiled_are_refused_as_such() -> None:
    """A date, an error, and a number beyond the digits that a spreadsheet keeps."""
    rows = [
        [value, *ROW.strip().split(",")[1:]] for value in (date(2026, 3, 2), "#N/A", 1.2e17, True, "'0001")
    ]
    data = workbook(list(COLUMNS[:-1]), *rows)
    assert list(whys(data).values()) == ["id_date", "id_error", "id_powers", "id_nothing", "id_apostrophe"]


def test_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    """A bomb of zeros, a sheet of one cell at its far corner, and a page of another kind."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(140):
                part.write(b" " * 1024 * 1024)
    began = time.monotonic()
    assert why(file.getvalue()) == "too_large.workbook"
    made = openpyxl.Workbook()
    made.active["A1"], made.active["XFD1048576"] = "outcome", "x"
    far = io.BytesIO()
    made.save(far)
    assert why(far.getvalue()) == "invalid.columns_missing"
    assert time.monotonic() - began < 30
    assert why(b"PK\x03\x04 and no more") == "malformed.workbook"
    assert why(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old one") == "malformed.workbook_old"


def _bomb(form: str | None, text: str) -> bytes:
    """A workbook of a few kilobytes in which one format or one text stands in a hundred cells of a row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*COLUMNS, *(f"more {number}" for number in range(100))])
    sheet.append([*ROW.strip().split(","), *(1 if form else text for _ in range(100))])
    if form is not None:
        for cell in sheet[2]:
            cell.number_format = form
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_format_of_a_million_zeros_makes_no_cell_of_a_million_letters() -> None:
    """Each cell of it would be as long, and a few kilobytes would fill the memory."""
    made = open_workbook(_bomb("0" * 1_000_000, ""), PLAIN)
    assert not isinstance(made, Refused)
    rows = list(made.rows())
    assert [row.fault for row in rows] == [None, None]
    assert max(len(cell) for row in rows for cell in row.cells) < 100


def test_a_text_that_stands_in_every_cell_makes_no_row_longer_than_a_line() -> None:
    """A workbook keeps it once; a row of it is refused as a line of a text file is."""
    made = open_workbook(_bomb(None, "x" * 30_000), PLAIN)
    assert not isinstance(made, Refused)
    (_, row) = made.rows()
    assert row.fault is not None
    assert row.fault.reason == "malformed.long_line"
    assert row.cells == ()
