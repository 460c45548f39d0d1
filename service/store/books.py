"""The books as they stand on record, read page by page or row by row, for `rewards verify`."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from asyncpg import Record

from service.store.database.pool import Tx

ROWS_AHEAD = 2000
"""How many rows of a long reading are fetched at once."""
FEW = 1000
"""How many participants, events and audit entries a clinic has at most whose books are read by kept plans.

These go from row to row by its key, whatever the statistics say, which may be of a time with one clinic.
"""


async def steady(tx: Tx, few: int = FEW) -> None:
    """Make every later reading of the transaction see the same books; call it first in it.

    A clinic of at most `few` participants, events and audit entries is read by kept plans.
    """
    await tx.run("books/steady")
    tx.is_of_few = await tx.value("books/is_of_few", few=few)
    if not tx.is_of_few:
        await tx.run("books/whole")


async def participants(tx: Tx, after: UUID, limit: int) -> list[UUID]:
    """The next page of participants in id order."""
    return [row["participant_id"] for row in await tx.rows("books/participants", after=after, limit=limit)]


async def of_participants(tx: Tx, name: str, people: Sequence[UUID]) -> dict[UUID, list[Record]]:
    """The rows of a query about participants, such as `books/transfers`, by participant."""
    return _grouped(await tx.rows(name, participants=people), "participant_id")


async def of_enrollments(tx: Tx, name: str, enrollments: Sequence[UUID]) -> dict[UUID, list[Record]]:
    """The rows of a query about enrollments, such as `books/events`, by enrollment."""
    return _grouped(await tx.rows(name, enrollments=enrollments), "enrollment_id")


async def all_rows(tx: Tx, name: str, /, ahead: int = ROWS_AHEAD, **values: object) -> AsyncIterator[Record]:
    """Every row of a query about the whole clinic, such as `books/codes`, at most `ahead` at a time."""
    if tx.is_of_few:
        # One round trip by a plan that the connection has kept, where a cursor takes three and a new plan.
        rows = await tx.at_most(name, ahead + 1, **values)
        if len(rows) <= ahead:
            for row in rows:
                yield row
            return
    async for row in tx.each(name, ahead=ahead, **values):
        yield row


async def strays(tx: Tx) -> list[Record]:
    """The first row of each table that belongs to nothing."""
    return await tx.rows("books/strays")


async def head(tx: Tx) -> Record | None:
    """The end of the audit chain: its number and hash."""
    return await tx.row("books/head")


def _grouped(rows: Sequence[Any], key: str) -> dict[UUID, list[Record]]:
    groups: dict[UUID, list[Record]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups
