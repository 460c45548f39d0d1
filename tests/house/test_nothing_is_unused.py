"""What nothing uses is not kept: code, the words of the pages, queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from vulture import Vulture  # type: ignore[import-untyped]

from service.store.database.queries import nouns, queries
from service.web.words import WORDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "service" / "web"

CONFIDENCE_MIN = 60
"""Vulture's percentage for a name that occurs nowhere else; what it is surer of, ruff finds too."""

KEPT = {
    "checker/check.py: dont_write_bytecode": "read by the interpreter",
    "service/app.py: from_environment": "named by text: a server loads it in each of its processes",
    "service/commands/clinic_archive.py: bring_in": "named by text in service/commands/archive_options.py",
    "service/commands/event_files.py: __getitem__": "called by square brackets",
    "service/commands/watch_port.py: address_family": "read by the server of the standard library",
    "service/commands/watch_port.py: daemon_threads": "the same",
    "service/commands/watch_port.py: do_GET": "called by it",
    "service/commands/watch_port.py: log_message": "the same",
    "service/commands/program.py: show_table": "named by text in service/commands/arguments.py",
    "service/commands/speech.py: on_broken_pipe": "called by rich",
    "service/core/authoring/programs.py: sd": "the other half",
    "service/core/sheets/decoding.py: __getitem__": "called by square brackets",
    "service/embedded/__init__.py: admin_url": "for tests and benchmarks, which make databases",
    "service/web/pages/framework/workbook.py: data_type": "read by openpyxl",
    "service/web/pages/framework/workbook.py: font": "the same",
    "service/web/pages/framework/workbook.py: freeze_panes": "the same",
    "service/web/pages/framework/workbook.py: quotePrefix": "the same",
    "service/flows/submissions/pictures.py: MAX_IMAGE_PIXELS": "read by Pillow",
    "service/store/database/queries.py: nouns": "for the tests that go through every query",
    "service/web/api/health.py: revocations": "a field of an answer, written whole",
    "service/web/http/access.py: clinic_id": "a field of a line in the log, written whole",
    "service/web/http/access.py: logger": "the same",
    "service/web/http/connections.py: disconnected": "read by uvicorn",
    "service/web/http/connections.py: keep_alive": "read by uvicorn",
    "service/web/http/connections.py: send_400_response": "called by uvicorn",
    "service/web/http/unanswered.py: disconnected": "read by uvicorn",
    "service/web/paths.py: to_asgi_response": "called by Litestar",
}
"""What vulture finds and is used all the same, with the reason; an entry that it no longer finds is stale."""

FIELDS = ("schemas/", "service/store/rows.py")
"""Where variables are fields, which others read by their place or name."""

GIVEN = {
    "desk.": {"to_record", "yesterday", "done"},
    "manage.": {"every_visit", "one_miss", "one_miss_none", "one_miss_recovery"},
}
"""The ends of keys that begin with a face's name alone: the groups of a day, the scenarios of a review."""


@cache
def read(*endings: str) -> str:
    """Read the whole service, without the words themselves and other people's scripts."""
    return "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("service", "schemas")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in endings and not {"words", "vendor"} & set(path.relative_to(ROOT).parts)
    )


def unused() -> Iterator[str]:
    """Name what nothing in the code or in the templates uses.

    Fields of the published language are written and read by msgspec, those of rows by asyncpg: no finding.
    """
    found = Vulture()
    found.scavenge([str(ROOT / "service"), str(ROOT / "schemas"), str(ROOT / "checker")])
    drawn = set(re.findall(r"\.([a-z_0-9]+)", read(".html")))
    for one in found.get_unused_code(min_confidence=CONFIDENCE_MIN):
        place = str(one.filename.relative_to(ROOT))
        if one.name not in drawn and not (place.startswith(FIELDS) and one.typ == "variable"):
            yield f"{place}: {one.name}"


def test_all_code_is_used_or_kept_for_a_reason() -> None:
    """Who removes the last use removes the thing; who keeps it says why."""
    found = set(unused())
    assert found - set(KEPT) == set()
    assert set(KEPT) - found == set()


@cache
def said() -> tuple[set[str], set[str], set[str]]:
    """Find the keys that are written whole, the beginnings of those put together, and all quoted words."""
    text = read(".py", ".html", ".js")
    faces = "|".join({key.split(".")[0] for key in WORDS})
    whole = set(re.findall(rf"[\"']((?:{faces})\.[\w.]+)[\"']", text))
    begun = set(re.findall(rf"[\"']((?:{faces})\.(?:[\w.]*[._])?)(?:[\"'] ?[~+]|\{{)", text))
    begun |= set(re.findall(rf"(?m)^[A-Z_]+\b.* = [\"']((?:{faces})\.[\w.]+\.)[\"']$", text))
    words = set(re.findall(r"[\"']([\w.]+)[\"']", text)) | set(re.findall(r"(?m)^\s+(\w+): ", text))
    return whole, begun, words | {word.replace(".", "_") for word in words}


def is_said(key: str) -> bool:
    """Tell whether a key is written whole, or put together of a beginning and a known word."""
    whole, begun, words = said()
    if key in whole:
        return True
    for start in begun:
        end = key.removeprefix(start)
        pieces = {end} if end in words else set(re.split(r"[._]", end))
        known = end in GIVEN[start] if start in GIVEN else words.issuperset(pieces)
        if end not in {"", key} and known:
            return True
    return False


def test_every_word_of_the_pages_is_said_somewhere() -> None:
    """A text that no page shows is translated and reviewed for nobody."""
    assert [key for key in WORDS if not is_said(key.split(":")[0])] == []


def test_every_query_is_asked() -> None:
    """A query that nothing runs is kept correct for nobody."""
    text = read(".py")
    names = [f"{noun}/{verb}" for noun in nouns() for verb in queries(noun)]
    assert [name for name in names if f'"{name}"' not in text] == []
