"""The rule of the second person, by persons, read for `rewards verify`."""

from collections.abc import AsyncIterator

from service.core.verify.books import Mismatch
from service.core.verify.checking_persons import OnRecord, SettledRow, of_readers, of_two_persons
from service.store import books
from service.store.database.pool import Tx


async def two_persons(tx: Tx, record: OnRecord) -> AsyncIterator[Mismatch]:
    """Every second-person deed that no other person approved, and every forgotten reader of an account."""
    for mismatch in of_readers(record):
        yield mismatch
    async for row in books.all_rows(tx, "persons/settled"):
        for mismatch in of_two_persons(SettledRow(*row.values()), record):
            yield mismatch
