"""The rule of the second person, by persons, read for `rewards verify`."""

from collections.abc import AsyncIterator

from service.core.verify.books import Mismatch
from service.core.verify.checking_persons import SettledRow, of_readers, of_two_persons
from service.store import books, persons
from service.store.database.pool import Tx


async def two_persons(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every second-person deed that no other person approved, and every forgotten reader of an account."""
    record = await persons.on_record(tx)
    for mismatch in of_readers(record):
        yield mismatch
    since = await persons.since(tx)
    async for row in books.all_rows(tx, "persons/settled"):
        for mismatch in of_two_persons(SettledRow(*row.values()), record, since):
            yield mismatch
