"""Bring in a table of events: checked without effect, then begun; a worker goes through it."""

import asyncio
from collections.abc import Iterator
from datetime import tzinfo
from functools import partial
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.core.sheets.mapping import Mapping
from service.flows.imports.checking import Checked, check, zone_of
from service.flows.imports.event_lines import Read, read_table
from service.flows.imports.near_numbers import near_numbers
from service.flows.perform import Act, Done
from service.store import clinics, import_lines, imports
from service.store.imports import Corrections, Import
from service.store.running_imports import Going

__all__ = [
    "Import",
    "Imports",
    "begin_import",
    "check_import",
    "list_imports",
    "match_columns",
    "read_import",
    "reads_of",
]


class Imports(Struct, frozen=True):
    """One page of imports, newest first."""

    items: tuple[Import, ...]
    next_cursor: str | None = None


async def check_import(act: Act, data: bytes, mapping: Mapping | None = None) -> Done[Import] | Refused:
    """Keep a table and say what is in it; nothing of it is recorded before it is begun.

    Without a mapping it is read as the last one with the same columns was, or as its columns' names say.
    """
    if not data.strip():
        return refused("invalid.no_text", "$.text")
    zone = await clinics.zone(act)
    chosen = mapping or Mapping()
    checked = await _checked(act, data, chosen, zone)
    if mapping is None:
        known = await imports.remembered(act, checked.found.columns)
        if known is not None and known != chosen:
            chosen = known
            checked = await _checked(act, data, chosen, zone)
    made = Import(
        id=act.new_id(),
        created_at=act.now,
        created_by=act.actor.id,
        is_csv=not checked.is_json,
        enrolls=False,
        lines=checked.lines,
        found=checked.found,
        status="checked" if checked.found.unreadable is None else "unreadable",
        lines_done=0,
        recorded=0,
        known=0,
        refused=0,
        refused_lines=None,
        mapping=chosen,
    )
    # What is no table at all is not kept.
    await imports.insert(act, act.actor, made, data if checked.found.columns or checked.is_json else b"")
    act.audit("import.checked", made.id, lines=checked.lines, refused=checked.found.bad)
    return Done(made, "created")


async def match_columns(act: Act, import_id: UUID, mapping: Mapping) -> Done[Import] | Refused:
    """Read a table that has not begun yet by another mapping; what was tried by the former one is let go."""
    known = await imports.find(act, import_id)
    if known is None:
        return refused("not_found.import")
    data = await imports.body_of(act, import_id)
    if not data:
        return Done(known)
    checked = await _checked(act, data, mapping, await clinics.zone(act))
    status: imports.Status = "checked" if checked.found.unreadable is None else "unreadable"
    # Without columns, such as under an encoding that is not its own, those of before stay to be chosen from.
    found = (
        checked.found if checked.found.columns else replace(known.found, unreadable=checked.found.unreadable)
    )
    made = replace(known, lines=checked.lines, found=found, mapping=mapping, status=status)
    if await imports.rematch(act, import_id, made):
        await import_lines.forget(act, import_id)
        act.audit("import.matched", import_id, lines=checked.lines, refused=checked.found.bad)
    return await read_import(act, import_id)


async def _checked(act: Act, data: bytes, mapping: Mapping, zone: tzinfo) -> Checked:
    """Check beside the loop: a table of some megabytes takes seconds."""
    loop = asyncio.get_running_loop()
    checked = await loop.run_in_executor(None, partial(check, data, mapping, zone))
    near = await near_numbers(act, checked.numbers)
    return replace(checked, found=replace(checked.found, near=near))


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


def reads_of(going: Going, own: tzinfo) -> Iterator[Read]:
    """All lines of an import that was checked, as they are read; `own` is the clinic's zone."""
    zone = zone_of(going.mapping, own)
    reading = read_table(going.body, going.mapping, own if isinstance(zone, Refused) else zone)
    return iter(()) if isinstance(reading, Refused) else reading.lines()
