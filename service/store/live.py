"""Changes that open pages have missed, read for many of them at once."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec import Struct

from service.core.cursors import FIRST_ID
from service.core.live import Mark, begin
from service.store.database.pool import Tx
from service.store.statements import Line, line_of

LINES_MAX = 200
"""How many new transfers a page is told of at a time."""
ENTRIES_MAX = 2000
"""How many entries of the audit trail are looked through at a time."""


class News(Struct, frozen=True):
    """Changes that one page has missed: transfers, oldest first, and all that its mark counts by now."""

    recent: tuple[UUID, ...]
    lines: tuple[Line, ...]


class Changes(Struct, frozen=True):
    """Whose records changed up to a place in the audit trail; `of_several` names not all of them."""

    seq: int
    participants: tuple[UUID, ...]
    of_several: bool
    more: bool


async def latest(tx: Tx, participant: UUID) -> UUID:
    """The id of a participant's latest transfer, or the first of all ids."""
    found: UUID | None = await tx.value("transfers/latest", participant_id=participant)
    return found or FIRST_ID


async def after(tx: Tx, pages: Sequence[tuple[UUID, Mark]]) -> list[News]:
    """Changes that each page has missed, by its participant and its mark."""
    rows = await tx.rows(
        "transfers/after",
        participants=[participant for participant, _ in pages],
        begins=[begin(mark) for _, mark in pages],
        lasts=[mark.last for _, mark in pages],
        seen=[mark.seen for _, mark in pages],
        limit=LINES_MAX,
    )
    recent: list[tuple[UUID, ...]] = [()] * len(pages)
    lines: list[list[Line]] = [[] for _ in pages]
    for row in rows:
        place = row["place"] - 1
        recent[place] = tuple(row["ids"])
        if row["transfer_id"] is not None:
            lines[place].append(line_of(row))
    return [News(ids, tuple(own)) for ids, own in zip(recent, lines, strict=True)]


async def steps(tx: Tx, participants: Iterable[UUID]) -> dict[UUID, int]:
    """A number for each participant that grows with every fact, whatever it earned."""
    rows = await tx.rows("checkpoints/steps", participants=list(participants))
    return {row["participant_id"]: int(row["steps"]) for row in rows}


async def end_of_trail(tx: Tx) -> int:
    """The place of the audit trail's last entry."""
    row = await tx.row("audit/end")
    return 0 if row is None else int(row["seq"])


async def changes(tx: Tx, seq: int) -> Changes:
    """Whose records changed after a place in the audit trail."""
    row = await tx.row("audit/changes", after=seq, limit=ENTRIES_MAX)
    if row is None or row["seq"] is None:
        return Changes(seq, (), of_several=False, more=False)
    return Changes(
        row["seq"], tuple(row["participants"]), row["of_several"], more=row["entries"] == ENTRIES_MAX
    )
