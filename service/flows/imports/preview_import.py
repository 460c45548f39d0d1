"""Try an import by the very rules, taking everything back, and read what would become of each line."""

from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.people import Language
from schemas.receipts import Money
from service.core.recording import totals
from service.core.refusals import Refused
from service.flows.imports.bring_import import read_import
from service.flows.imports.enroll_people import Line
from service.flows.imports.import_events import LineResult
from service.flows.imports.staging import said_of
from service.flows.perform import Act, Done
from service.store import import_lines, imports
from service.store.database.pool import Tx
from service.store.import_lines import KeptLine, LineState
from service.store.imports import Corrections, Import

PAGE_LINES: Final = 200
"""How many lines of a preview are read at once."""

_result = msgspec.json.Decoder(LineResult)


class PreviewLine(Struct, frozen=True):
    """A line of an import, its event where it could be read, and what would become of it.

    `earned` is the sum of its awards in each unit, with what they change of others.
    """

    number: int
    said: dict[str, Any]
    line: Line | None
    result: LineResult
    earned: tuple[Money, ...]


class PreviewPage(Struct, frozen=True):
    """An import with one page of its lines; the next page begins after `next_after`, if there is one."""

    of: Import
    items: tuple[PreviewLine, ...]
    next_after: int | None


async def preview_import(
    act: Act,
    import_id: UUID,
    *,
    enrolls: bool,
    corrections: Corrections = "offer",
    language: Language = "en",
) -> Done[Import] | Refused:
    """Let the worker try an import; one that was tried before is tried again."""
    begun = await imports.preview(act, import_id, enrolls=enrolls, corrections=corrections, language=language)
    if begun:
        act.audit("import.preview_begun", import_id, enrolls=int(enrolls), corrections=corrections)
    return await read_import(act, import_id)


async def read_preview(
    act: Act, import_id: UUID, *, after: int = 0, state: LineState | None = None, limit: int = PAGE_LINES
) -> Done[PreviewPage] | Refused:
    """The lines of an import that was tried, in the order of the file; with `state`, those that are in it.

    There are none before it was tried, nor after it has ended.
    """
    known = await read_import(act, import_id)
    if isinstance(known, Refused):
        return known
    found = await lines_after(act, import_id, after, state=state, limit=limit + 1)
    more = found[limit - 1].number if len(found) > limit else None
    return Done(PreviewPage(known.value, tuple(found[:limit]), more))


async def lines_after(
    tx: Tx, import_id: UUID, after: int, *, state: LineState | None = None, limit: int = PAGE_LINES
) -> list[PreviewLine]:
    """The next lines of an import after one, in the order of the file."""
    return [_line(one) for one in await import_lines.after(tx, import_id, after, limit, state)]


def _line(kept: KeptLine) -> PreviewLine:
    result = LineResult(kept.state) if kept.result is None else _result.decode(kept.result)
    said = said_of(kept.said)
    return PreviewLine(kept.number, said.said, said.line, result, totals(result.awards))
