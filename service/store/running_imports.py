"""Imports in somebody's hand: taken up, on their way, and ended."""

from datetime import datetime, timedelta
from typing import Final, Literal, cast
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.people import Language, Role
from service.core.actors import Actor
from service.core.sheets.mapping import Mapping
from service.store import imports
from service.store.database.pool import Tx
from service.store.imports import (
    BODY,
    REFUSED,
    Corrections,
    Counts,
    Found,
    Import,
    counts_of,
    found_of,
    mapping_of,
)

LEASE: Final = timedelta(seconds=60)
"""How long somebody has an import for themselves without a word of how far it has come."""


class LeaseLostError(Exception):
    """Somebody else has taken up the import meanwhile; what was done last is taken back."""


class Going(Struct):
    """An import in somebody's hand until `held_until`, with its text where it has one.

    `staged_at` says when all its lines stood sorted, `done_person` how far they were gone through.
    """

    id: UUID
    actor: Actor
    is_csv: bool
    enrolls: bool
    by_hand: bool
    corrections: Corrections
    language: Language
    is_preview: bool
    body: bytes
    mapping: Mapping
    columns: tuple[str, ...]
    lines: int
    lines_done: int
    counts: Counts
    held_until: datetime | None
    done_person: bytes | None = None
    staged_at: datetime | None = None


async def insert_by_hand(tx: Tx, going: Going) -> None:
    """Keep an import that is in hand at once: its lines follow, and it has no text."""
    going.held_until = tx.now + LEASE
    new = Import(
        going.id,
        tx.now,
        going.actor.id,
        going.is_csv,
        going.enrolls,
        0,
        Found((), 0, 0, ()),
        "previewing" if going.is_preview else "running",
        0,
        0,
        0,
        0,
        None,
        by_hand=True,
        corrections=going.corrections,
    )
    await imports.insert(tx, going.actor, new, b"", language=going.language, until=going.held_until)


async def claim(tx: Tx) -> Going | None:
    """Take up the oldest import that nobody works on."""
    until = tx.now + LEASE
    row = await tx.row("imports/claim", leased_until=until)
    if row is None:
        return None
    return Going(
        row["import_id"],
        Actor(tx.clinic, row["created_by"], cast("Role", row["role"])),
        row["is_csv"],
        row["enrolls"],
        row["by_hand"],
        cast("Corrections", row["corrections"]),
        cast("Language", row["language"]),
        row["status"] == "previewing",
        tx.cipher.open(tx.clinic, BODY, row["body"]),
        mapping_of(tx, row["mapping"]),
        found_of(tx, row).columns,
        row["lines"],
        row["lines_done"],
        counts_of(row),
        until,
        row["done_person"],
        row["staged_at"],
    )


async def advance(tx: Tx, going: Going) -> None:
    """Write how far an import has come, and keep it in hand.

    Raises LeaseLostError where it is in somebody else's.
    """
    until = tx.now + LEASE
    counts = going.counts
    done = await tx.run(
        "imports/advance",
        import_id=going.id,
        lines=going.lines,
        lines_done=going.lines_done,
        recorded=counts.recorded,
        known=counts.known,
        refused=counts.refused,
        counts=msgspec.json.encode(counts),
        done_person=going.done_person,
        staged_at=going.staged_at,
        leased_until=until,
        held_until=going.held_until,
    )
    _held(done)
    going.held_until = until


async def give_back(tx: Tx, going: Going) -> None:
    """Let others take up an import that is still in this hand."""
    await tx.run("imports/give_back", import_id=going.id, held_until=going.held_until)


async def end_preview(tx: Tx, going: Going) -> None:
    """Keep what a preview found.

    Raises LeaseLostError where it is in somebody else's hand.
    """
    done = await tx.run(
        "imports/end_preview",
        import_id=going.id,
        preview=msgspec.json.encode(going.counts),
        held_until=going.held_until,
    )
    _held(done)


async def end(tx: Tx, going: Going, status: Literal["ended", "stopped"], refused_lines: str) -> None:
    """Let go of the text, and keep the lines that were refused.

    Raises LeaseLostError where it is in somebody else's hand.
    """
    done = await tx.run(
        "imports/end",
        import_id=going.id,
        status=status,
        refused_lines=tx.cipher.seal(tx.clinic, REFUSED, refused_lines) if refused_lines else None,
        held_until=going.held_until,
    )
    _held(done)


def _held(done: str) -> None:
    if done != "UPDATE 1":
        raise LeaseLostError
