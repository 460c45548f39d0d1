"""Bring in a text of events: checked without effect, then begun; a worker goes through it."""

import io
from collections.abc import Iterator
from uuid import UUID

from msgspec import Struct

from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.imports.event_lines import Read, UnreadableError, csv_lines, ndjson_lines
from service.flows.perform import Act, Done
from service.store import imports
from service.store.imports import Corrections, Found, Import, Trouble
from service.store.running_imports import Going

__all__ = ["Import", "Imports", "begin_import", "check_import", "list_imports", "read_import"]

TROUBLES_SHOWN = 10
"""How many lines that would be refused are shown with why."""


class Imports(Struct, frozen=True):
    """One page of imports, newest first."""

    items: tuple[Import, ...]
    next_cursor: str | None = None


async def check_import(act: Act, text: str) -> Done[Import] | Refused:
    """Keep a text and say what is in it; nothing of it is recorded before it is begun."""
    text = text.strip().removeprefix("\ufeff")
    if not text:
        return refused("invalid.no_text", "$.text")
    is_csv = not text.startswith("{")
    lines, found = _found(text, is_csv=is_csv)
    made = Import(
        id=act.new_id(),
        created_at=act.now,
        created_by=act.actor.id,
        is_csv=is_csv,
        enrolls=False,
        lines=lines,
        found=found,
        status="checked" if found.unreadable is None else "unreadable",
        lines_done=0,
        recorded=0,
        known=0,
        refused=0,
        refused_lines=None,
    )
    await imports.insert(act, act.actor, made, text if found.unreadable is None else "")
    act.audit("import.checked", made.id, lines=lines, refused=found.bad)
    return Done(made, "created")


async def begin_import(
    act: Act, import_id: UUID, *, enrolls: bool, corrections: Corrections = "offer"
) -> Done[Import] | Refused:
    """Let the worker record what was checked or tried; one that was begun before goes on as it is."""
    if await imports.begin(act, import_id, enrolls=enrolls, corrections=corrections):
        act.audit("import.begun", import_id, enrolls=int(enrolls), corrections=corrections)
    return await read_import(act, import_id)


async def read_import(act: Act, import_id: UUID) -> Done[Import] | Refused:
    """One import and how far it has come."""
    known = await imports.find(act, import_id)
    return refused("not_found.import") if known is None else Done(known)


async def list_imports(act: Act, page: Page) -> Done[Imports] | Refused:
    """Imports, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await imports.before(act, last, page.limit + 1)
    return Done(Imports(*cut(found, page, lambda one: one.id.bytes)))


def _found(text: str, *, is_csv: bool) -> tuple[int, Found]:
    columns: list[str] = []
    good, troubles, bad = 0, list[Trouble](), 0
    try:
        for read in _lines_of(text, columns, is_csv=is_csv):
            if isinstance(read.line, Refused):
                bad += 1
                if len(troubles) < TROUBLES_SHOWN:
                    troubles.append(Trouble(read.number, read.line))
            else:
                good += 1
    except UnreadableError as error:
        return 0, Found(tuple(columns), 0, 0, (), error.why)
    return good + bad, Found(tuple(columns), good, bad, tuple(troubles))


def reads_of(going: Going) -> Iterator[Read]:
    """All lines of an import that was checked, as they are read."""
    return _lines_of(going.body, [], is_csv=going.is_csv)


def _lines_of(text: str, columns: list[str], *, is_csv: bool) -> Iterator[Read]:
    """All lines of a text; raises UnreadableError where it is no text of events."""
    file = io.StringIO(text, newline="")
    return csv_lines(file, columns) if is_csv else ndjson_lines(file)
