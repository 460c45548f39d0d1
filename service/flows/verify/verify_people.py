"""The numbers that people are known by, read for `rewards verify`; call it once the audit trail holds."""

from collections.abc import AsyncIterator

from service.core.verify.books import Mismatch
from service.core.verify.checking_people import IdentifierRow, gone, of_identifier, unreferenced
from service.store import books
from service.store.database.pool import Tx


async def numbers(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every identifier that is not as it was added, and everybody whose own reference does not find them."""
    async for row in books.all_rows(tx, "books_people/identifiers"):
        if row["identifier_id"] is None:
            yield gone(row["told"], row["told_of"])
            continue
        known = IdentifierRow(
            row["identifier_id"],
            row["participant_id"],
            row["system"],
            row["value"],
            row["key"],
            row["near"],
            row["first_of_all"],
            row["told_of"],
            row["withdrawn"],
            row["told_withdrawn"],
        )
        for mismatch in of_identifier(known):
            yield mismatch
    async for row in books.all_rows(tx, "books_people/unreferenced"):
        yield unreferenced(row["participant_id"], row["reference"], row["found"])
