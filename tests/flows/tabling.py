"""Short words for tests of tables: opened, read, and why they or their lines are refused."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest

from service.core.refusals import Refused
from service.core.sheets.decided import Decided
from service.core.sheets.mapping import Mapping
from service.flows.imports.event_lines import Read, Reading, read_table
from tests.flows.importing import CASES, LOS_ANGELES, PLAIN

COLUMNS = ("participant_reference", "target", "outcome", "occurred_at", "program", "starts_on", "note")
HEAD = ",".join(COLUMNS[:-1]) + "\n"
ROW = "B-1,stimulant-negative,negative,2026-03-02T09:30:00-08:00,our-program,2026-03-02\n"
MONTH_FIRST = Mapping(times="month/day/year")
THAT = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)


def opened(data: str | bytes, mapping: Mapping = PLAIN) -> Reading:
    """Open a table that can be."""
    made = read_table(data.encode() if isinstance(data, str) else data, mapping, LOS_ANGELES)
    assert isinstance(made, Reading), made
    return made


def read(data: str | bytes, mapping: Mapping = PLAIN) -> list[Read]:
    """Read all lines of a table that can be brought in."""
    made = opened(data, mapping)
    assert made.why is None, made.why
    return list(made.lines())


def whys(data: str | bytes, mapping: Mapping = PLAIN) -> dict[int, str]:
    """Say why lines were refused, by number; those that were not are empty."""
    return {
        one.number: one.line.reason.partition(".")[2] if isinstance(one.line, Refused) else ""
        for one in read(data, mapping)
    }


def why(data: str | bytes, mapping: Mapping = PLAIN) -> str:
    """Say why a whole table was refused."""
    made = read_table(data.encode() if isinstance(data, str) else data, mapping, LOS_ANGELES)
    found = made.why if isinstance(made, Reading) else made
    assert found is not None
    return found.reason


def decided(data: str | bytes, mapping: Mapping = PLAIN) -> Decided:
    """Say what was found out about a table."""
    return opened(data, mapping).table.decided


def case(name: str) -> bytes:
    """Give a case from practice."""
    path = CASES / name
    if not path.exists():
        pytest.skip("the cases from practice are not on this machine")
    return path.read_bytes()


def workbook(*rows: list[Any], title: str = "Visits", before: str | None = None) -> bytes:
    """Make a workbook; `before` is a sheet without a table, in front of it."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if before is not None:
        made.create_sheet(before, 0).append(["Read this first"])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
