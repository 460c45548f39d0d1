"""Imports over HTTP: checked without effect, recorded by the worker, safe twice, refused lines as a file."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
import pytest

from service.flows.imports.run_imports import run_imports
from service.web import examples
from tests.web.office import Office, office, text_of

if TYPE_CHECKING:
    import httpx

__all__ = ["office"]

HEAD = "participant_reference,target,outcome,occurred_at,program,starts_on\n"
LINE = "{who},stimulant-negative,{outcome},2026-08-{day:02}T09:30:00-04:00,clinic-vouchers,2026-08-03\n"
TEXT = (
    HEAD
    + "".join(
        LINE.format(who=who, outcome="negative", day=day) for who in ("I-1", "I-2") for day in (3, 6, 10)
    )
    + LINE.format(who="I-1", outcome="no such", day=12)
    + "I-1,stimulant-negative,negative,2026-08-13 09:30,clinic-vouchers,2026-08-03\n"
)


async def checked(office: Office, text: str) -> str:
    """Bring in a text; gives its page's path."""
    answer = await office.post("/manage/imports", {"text": text})
    assert answer.status_code == 303, text_of(answer.text)
    return answer.headers["location"]


async def ran(office: Office) -> None:
    """Do as the worker does."""
    await run_imports(office.server.database, UUID(office.clinic.id), timedelta(minutes=5))


async def events(office: Office) -> list[str]:
    """Who has which events on record."""
    items = (await office.clinic.get("/v1/events", limit=200)).json()["items"]
    return [item["occurred_at"] for item in items]


async def test_a_text_is_checked_begun_and_recorded_once(office: Office) -> None:
    """Checking records nothing; the worker records what is in order; the same text again adds nothing."""
    await office.clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    path = await checked(office, TEXT)
    page = text_of((await office.get(path)).text)
    assert "Lines 8 In order 7 With a fault 1" in page
    assert "Line 9: occurred_at is no time with its offset (2026-08-13 09:30)" in page
    await ran(office)
    assert await events(office) == []
    begun = await office.post(f"{path}/begin", {"enrolls": "yes"})
    assert begun.headers["location"] == path
    running = await office.get(path)
    assert "0 of 8 lines" in text_of(running.text)
    assert 'hx-trigger="load delay:1s"' in running.text
    await ran(office)
    page = text_of((await office.get(path)).text)
    assert "Recorded 6 On record before 0 Not taken 2" in page
    assert len(await events(office)) == 6
    refused = await office.get(f"{path}/refused")
    rows = read(refused)
    assert [(row["line"], row["participant_reference"]) for row in rows] == [("8", "I-1"), ("9", "I-1")]
    assert "no such" in rows[0]["outcome"]
    again = await checked(office, TEXT)
    await office.post(f"{again}/begin", {"enrolls": "yes"})
    await ran(office)
    assert "Recorded 0 On record before 6 Not taken 2" in text_of((await office.get(again)).text)
    assert len(await events(office)) == 6
    mended = refused.text.removeprefix("\ufeff").replace("2026-08-13 09:30", "2026-08-13T09:30:00-04:00")
    last = await checked(office, mended)
    await office.post(f"{last}/begin", {})
    await ran(office)
    assert "Recorded 1 On record before 0 Not taken 1" in text_of((await office.get(last)).text)


async def test_an_import_goes_on_where_a_worker_was_killed(office: Office) -> None:
    """What was recorded before counts as on record, and nothing is recorded twice."""
    await office.clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    first = await checked(office, TEXT)
    await office.post(f"{first}/begin", {"enrolls": "yes"})
    await ran(office)
    second = await checked(office, TEXT)
    await office.post(f"{second}/begin", {"enrolls": "yes"})
    await office.post(f"{second}/begin", {"enrolls": "yes"})
    await ran(office)
    await ran(office)
    assert len(await events(office)) == 6


async def test_json_lines_are_taken_too_and_refused_ones_come_back_as_such(office: Office) -> None:
    """Each refused line holds what it said, with why."""
    text = '{"participant_reference": "N-1", "target": "x", "outcome": "negative"}\nno json\n'
    path = await checked(office, text)
    assert "Lines 2 In order 0 With a fault 2" in text_of((await office.get(path)).text)
    await office.post(f"{path}/begin", {})
    await ran(office)
    lines = (await office.get(f"{path}/refused")).text.splitlines()
    assert [msgspec.json.decode(line)["line"] for line in lines] == [1, 2]
    assert msgspec.json.decode(lines[0])["participant_reference"] == "N-1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no event has that"),
        ("outcome,occurred_at\nnegative,2026\n", "needs the columns"),
        ('outcome,"occurred\n', "is not CSV"),
    ],
)
async def test_a_text_that_is_none_of_events_says_what_it_needs(office: Office, text: str, says: str) -> None:
    """It cannot be begun."""
    path = await checked(office, text)
    page = await office.get(path)
    assert says in text_of(page.text)
    assert "/begin" not in page.text
    await office.post(f"{path}/begin", {})
    assert "Cannot be read" in text_of((await office.get(path)).text)


async def test_only_a_manager_imports_and_nothing_is_no_import(office: Office) -> None:
    """An empty form says what to do at its field."""
    for role in ("auditor", "clinician", "front_desk"):
        assert (await office.get("/manage/imports", role)).status_code == 403
    empty = await office.post("/manage/imports", {"text": "  "})
    assert (empty.status_code, 'id="text-fault"' in empty.text) == (422, True)
    sample = read(await office.get("/manage/imports/example.csv"))
    assert sample[0]["outcome"] == "negative"


def read(answer: httpx.Response) -> list[dict[str, str]]:
    """Read a file as a spreadsheet would."""
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
