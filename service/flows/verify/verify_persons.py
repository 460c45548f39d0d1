"""The rule of the second person, by persons, read for `rewards verify`."""

from collections.abc import AsyncIterator

from service.core.verify.books import Mismatch
from service.core.verify.checking_persons import SettledRow, of_two_persons
from service.store import books, persons
from service.store.database.pool import Tx


async def two_persons(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every second-person deed that no other person approved."""
    hands = await persons.hands_on_record(tx)
    since = await persons.since(tx)
    async for row in books.all_rows(tx, "persons/settled"):
        for mismatch in of_two_persons(SettledRow(*row.values()), hands, since):
            yield mismatch
