"""Manual awards and write-offs, read for `rewards verify`."""

from collections.abc import AsyncIterator, Sequence
from datetime import tzinfo
from uuid import UUID

from service.core.books import Due, Wrong
from service.core.checking_second_persons import (
    ManualAwardRow,
    WriteOffRow,
    manual_due,
    of_manual_award,
    of_write_off,
)
from service.store import books
from service.store.database import Tx


async def manual_dues(tx: Tx, clinic: UUID, people: Sequence[UUID], zone: tzinfo) -> dict[UUID, list[Due]]:
    """The transfers that some participants' manual awards call for."""
    found = await books.of_participants(tx, clinic, "manual_awards_of", people)
    return {who: [manual_due(ManualAwardRow(*row), zone) for row in rows] for who, rows in found.items()}


async def second_persons(tx: Tx, clinic: UUID) -> AsyncIterator[Wrong]:
    """Every manual award and write-off that is not as two persons make it."""
    async for row in books.all_rows(tx, clinic, "manual_awards"):
        for wrong in of_manual_award(ManualAwardRow(*row)):
            yield wrong
    async for row in books.all_rows(tx, clinic, "write_offs"):
        for wrong in of_write_off(WriteOffRow(*row)):
            yield wrong
