"""The columns of an import on its page: guessed, shown, changed, remembered; without JavaScript too."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from service.flows.imports.run_imports import run_imports
from service.web.contract import examples
from tests.web.manage import Manage, manage, text_of

if TYPE_CHECKING:
    import httpx

__all__ = ["manage"]

FILE = (
    "Visits of August;;;;\r\n"
    "Patient ID;Result;Date;Time;Ward\r\n"
    "C-1;NEG;8/3/2026;9:30 AM;3\r\n"
    "C-2;No show;8/3/2026;9:40 AM;3\r\n"
    ";;;;\r\n"
    "C-3;Négatif;8/3/2026;9:50 AM;3\r\n"
).encode("cp1252")
CHOSEN = {
    "times": "month/day/year",
    "zone": "America/New_York",
    "set-target": "stimulant-negative",
    "set-program": "clinic-vouchers",
    "set-starts_on": "8/3/2026",
    "column-0": "Patient ID",
    "field-0": "participant_reference",
    "column-1": "Result",
    "field-1": "outcome",
    "column-2": "Date",
    "field-2": "occurred_at",
    "column-3": "Time",
    "field-3": "time_of_day",
    "column-4": "Ward",
    "field-4": "",
    "word-0": "No show",
    "means-0": "missed",
    "word-1": "Négatif",
    "means-1": "negative",
}


async def sent(manage: Manage, data: bytes, name: str = "visits.csv") -> str:
    """Send a file as a browser does; gives its page's path."""
    answer = await upload(manage, data, name)
    assert answer.status_code == 303, text_of(answer.text)
    return answer.headers["location"]


async def upload(manage: Manage, data: bytes, name: str = "visits.csv") -> httpx.Response:
    """Send the form with a file in it, and an empty text."""
    page = await manage.get("/manage/imports")
    assert 'enctype="multipart/form-data"' in page.text
    return await manage.post("/manage/imports", {"text": ""}, files={"file": (name, data)})


async def test_file_is_read_as_it_was_chosen_and_the_choice_is_remembered(manage: Manage) -> None:
    """Every column is one or passed over by choice; the next file with such columns needs none."""
    await manage.clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    path = await sent(manage, FILE)
    page = text_of((await manage.get(path)).text)
    assert "Windows-1252; semicolons between cells" in page
    assert "1 line above the column names was passed over" in page
    assert "'Ward'" in page
    chosen = await manage.post(f"{path}/columns", CHOSEN)
    assert chosen.headers["location"] == path
    page = text_of((await manage.get(path)).text)
    assert "Lines 3 In order 3 With a fault 0" in page
    assert "Columns not read: Ward." in page
    await manage.post(f"{path}/begin", {"enrolls": "yes"})
    await run_imports(manage.server.database, UUID(manage.clinic.id), timedelta(minutes=5))
    assert "Recorded 3 On record before 0 Not taken 0" in text_of((await manage.get(path)).text)
    again = text_of((await manage.get(await sent(manage, FILE))).text)
    assert "Lines 3 In order 3 With a fault 0" in again
    await manage.post(f"{path}/columns", {"column-0": "Patient ID"})
    assert "Recorded 3" in text_of((await manage.get(path)).text)


async def test_file_with_a_number_nearly_on_record_says_so_before_anything_is_recorded(
    manage: Manage,
) -> None:
    """Both numbers stand there, to be looked at."""
    await manage.person("0004711")
    lines = b"participant_reference,target,outcome,occurred_at\n4711,test,negative,2026-08-03T13:30:00Z\n"
    page = text_of((await manage.get(await sent(manage, lines))).text)
    assert "These numbers are nearly the same." in page
    assert "0004711 · 4711" in page


async def test_choice_lets_go_of_a_preview_by_another_one(manage: Manage) -> None:
    """What was tried by the former columns is not what would be recorded."""
    await manage.clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    path = await sent(manage, FILE)
    await manage.post(f"{path}/columns", CHOSEN)
    await manage.post(f"{path}/preview", {"enrolls": "yes"})
    await run_imports(manage.server.database, UUID(manage.clinic.id), timedelta(minutes=5))
    assert "What each column is" in text_of((await manage.get(path)).text)
    await manage.post(f"{path}/columns", CHOSEN | {"times": "day/month/year"})
    page = text_of((await manage.get(path)).text)
    assert "Checked, not begun" in page
    await manage.post(f"{path}/columns", CHOSEN | {"zone": "Nowhere/Land"})
    assert "Needs your choice" in text_of((await manage.get(path)).text)
    await manage.post(f"{path}/columns", CHOSEN)
    assert "Checked, not begun" in text_of((await manage.get(path)).text)


async def test_what_is_no_table_and_what_is_too_large_is_said(manage: Manage) -> None:
    """At the form, or on a page that offers nothing to choose."""
    path = await sent(manage, bytes(range(256)) * 40, "photo.csv")
    page = await manage.get(path)
    assert "neither a text, a workbook" in text_of(page.text)
    assert "/columns" not in page.text
    assert (await upload(manage, b"a" * (5 * 1024 * 1024 + 1))).status_code == 413
    assert (await upload(manage, b"")).status_code == 422
    unknown = "/manage/imports/00000000-0000-7000-8000-000000000000/columns"
    assert (await manage.post(unknown, CHOSEN)).status_code == 404
