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
from service.web.contract import examples
from tests.web.manage import Manage, manage, text_of

if TYPE_CHECKING:
    import httpx

__all__ = ["manage"]

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


async def checked(manage: Manage, text: str) -> str:
    """Bring in a text; gives its page's path."""
    answer = await manage.post("/manage/imports", {"text": text})
    assert answer.status_code == 303, text_of(answer.text)
    return answer.headers["location"]


async def ran(manage: Manage) -> None:
    """Do as the worker does."""
    await run_imports(manage.server.database, UUID(manage.clinic.id), timedelta(minutes=5))


async def events(manage: Manage) -> list[str]:
    """Who has which events on record."""
    items = (await manage.clinic.get("/v1/events", limit=200)).json()["items"]
    return [item["occurred_at"] for item in items]


async def test_a_text_is_checked_begun_and_recorded_once(manage: Manage) -> None:
    """Checking records nothing; the worker records what is in order; the same text again adds nothing."""
    await manage.clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    path = await checked(manage, TEXT)
    page = text_of((await manage.get(path)).text)
    assert "Lines 8 In order 7 With a fault 1" in page
    assert "Line 9: occurred_at is no time with its offset (2026-08-13 09:30)" in page
    await ran(manage)
    assert await events(manage) == []
    begun = await manage.post(f"{path}/begin", {"enrolls": "yes"})
    assert begun.headers["location"] == path
    running = await manage.get(path)
    assert "0 of 8 lines" in text_of(running.text)
    assert 'hx-trigger="load delay:1s"' in running.text
    await ran(manage)
    page = text_of((await manage.get(path)).text)
    assert "Recorded 6 On record before 0 Not taken 2" in page
    assert len(await events(manage)) == 6
    refused = await manage.get(f"{path}/refused")
    rows = read(refused)
    assert [(row["line"], row["participant_reference"]) for row in rows] == [("8", "I-1"), ("9", "I-1")]
    assert "no such" in rows[0]["outcome"]
    again = await checked(manage, TEXT)
    await manage.post(f"{again}/begin", {"enrolls": "yes"})
    await ran(manage)
    assert "Recorded 0 On record before 6 Not taken 2" in text_of((await manage.get(again)).text)
    assert len(await events(manage)) == 6
    mended = refused.text.removeprefix("\ufeff").replace("2026-08-13 09:30", "2026-08-13T09:30:00-04:00")
    last = await checked(manage, mended)
    await manage.post(f"{last}/begin", {})
    await ran(manage)
    assert "Recorded 1 On record before 0 Not taken 1" in text_of((await manage.get(last)).text)


async def test_an_import_goes_on_where_a_worker_was_killed(manage: Manage) -> None:
    """What was recorded before counts as on record, and nothing is recorded twice."""
    await manage.clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    first = await checked(manage, TEXT)
    await manage.post(f"{first}/begin", {"enrolls": "yes"})
    await ran(manage)
    second = await checked(manage, TEXT)
    await manage.post(f"{second}/begin", {"enrolls": "yes"})
    await manage.post(f"{second}/begin", {"enrolls": "yes"})
    await ran(manage)
    await ran(manage)
    assert len(await events(manage)) == 6


async def test_json_lines_are_taken_too_and_refused_ones_come_back_as_such(manage: Manage) -> None:
    """Each refused line holds what it said, with why."""
    text = '{"participant_reference": "N-1", "target": "x", "outcome": "negative"}\nno json\n'
    path = await checked(manage, text)
    assert "Lines 2 In order 0 With a fault 2" in text_of((await manage.get(path)).text)
    await manage.post(f"{path}/begin", {})
    await ran(manage)
    lines = (await manage.get(f"{path}/refused")).text.splitlines()
    assert [msgspec.json.decode(line)["line"] for line in lines] == [1, 2]
    assert msgspec.json.decode(lines[0])["participant_reference"] == "N-1"


@pytest.mark.parametrize(
    ("text", "says", "state"),
    [
        ("a,b\n1,2\n", "no event has that", "Needs your choice"),
        ("outcome,occurred_at\nnegative,2026\n", "needs the columns", "Needs your choice"),
        ('outcome,"occurred\n', "is not CSV", "Cannot be read"),
    ],
)
async def test_a_text_that_is_none_of_events_says_what_it_needs(
    manage: Manage, text: str, says: str, state: str
) -> None:
    """It cannot be begun; where choosing other columns may help, its state says so."""
    path = await checked(manage, text)
    page = await manage.get(path)
    assert says in text_of(page.text)
    assert "/begin" not in page.text
    await manage.post(f"{path}/begin", {})
    assert state in text_of((await manage.get(path)).text)


async def test_importing_needs_a_manager_and_a_nonempty_file(manage: Manage) -> None:
    """An empty form says what to do at its field."""
    for role in ("auditor", "clinician", "front_desk"):
        assert (await manage.get("/manage/imports", role)).status_code == 403
    empty = await manage.post("/manage/imports", {"text": "  "})
    assert (empty.status_code, 'id="text-fault"' in empty.text) == (422, True)
    sample = read(await manage.get("/manage/imports/example.csv"))
    assert sample[0]["outcome"] == "negative"


def read(answer: httpx.Response) -> list[dict[str, str]]:
    """Read a file as a spreadsheet would."""
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))


async def test_preview_says_what_each_line_would_earn_before_anything_is_recorded(manage: Manage) -> None:
    """Who is new and what is refused too; recording gives the counts of the preview."""
    await manage.clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    path = await checked(manage, TEXT)
    begun = await manage.post(f"{path}/preview", {"enrolls": "yes"})
    assert begun.status_code == 303, text_of(begun.text)
    assert "Being tried by the rules" in text_of((await manage.get(path)).text)
    await ran(manage)
    assert await events(manage) == []
    page = text_of((await manage.get(path)).text)
    assert "Recorded 6 On record before 0 Not taken 2 New people 2 New enrollments 2" in page
    assert "2 Would be recorded; new person; enrolled from" in page
    assert "$2.50" in page
    refused = text_of((await manage.get(f"{path}?state=refused")).text)
    assert ("8 Would not be taken" in refused, "2 Would be recorded" in refused) == (True, False)
    await manage.post(f"{path}/begin", {"enrolls": "yes"})
    await ran(manage)
    assert "Recorded 6 On record before 0 Not taken 2" in text_of((await manage.get(path)).text)
    assert len(await events(manage)) == 6


async def test_correction_is_offered_on_the_page_and_applied_where_it_is_wanted(manage: Manage) -> None:
    """Another outcome at the same moment: named first, corrected then."""
    await manage.clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    line = LINE.format(who="K-1", outcome="negative", day=3)
    for text, form, says in (
        (line, {}, "Recorded 1 On record before 0 Not taken 0"),
        (line.replace("negative,2026", "positive,2026"), {}, ""),
        (
            line.replace("negative,2026", "positive,2026"),
            {"corrections": "apply"},
            "Recorded 0 On record before 0 Corrected 1 Not taken 0",
        ),
    ):
        path = await checked(manage, HEAD + text)
        await manage.post(f"{path}/begin", {"enrolls": "yes", **form})
        await ran(manage)
        page = text_of((await manage.get(path)).text)
        assert (says or "Not taken 1 Could correct the record 1") in page
