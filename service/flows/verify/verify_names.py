"""Names and addresses, opened for `rewards verify`: each must be sealed for the row that it stands in."""

from collections.abc import AsyncIterator
from typing import Final

from service.core.verify.books import Mismatch
from service.store import binding, books
from service.store.database.cipher import is_bound
from service.store.database.pool import Tx

PEOPLE: Final = {name: f"participants.{name}" for name in (*binding.OF_PEOPLE, "mark", "birth_year")}


async def names(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every sealed name and address of people and staff that was changed, swapped or put in.

    Call it once the audit trail holds, which says whether all of them are bound to their rows.
    """
    told = await binding.is_told(tx)
    async for row in books.all_rows(tx, "books_people/sealed"):
        fields = PEOPLE if row["of"] == "participants" else binding.OF_STAFF
        for name, field in fields.items():
            sealed, ids = row[name], {row["named"]: str(row["id"])}
            if sealed is None:
                continue
            if told and not is_bound(sealed):
                yield Mismatch(row["of"], ids, f"{name} bound to its row", "one that is not")
            elif tx.cipher.opened(tx.clinic, field, sealed, row["id"]) is None:
                yield Mismatch(row["of"], ids, f"{name} sealed for this row", "another's, or a changed one")
