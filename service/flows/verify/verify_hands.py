"""Who did what by the rows on record, read for `rewards verify` beside what the audit trail tells of it."""

from collections.abc import AsyncIterator
from typing import Final

from service.core.verify.books import Mismatch
from service.store import books
from service.store.database.pool import Tx

QUERIES: Final = (
    ("books_hands/redemptions", "redemption_id"),
    ("books_hands/prizes", "prize_id"),
    ("books_hands/second_person_rules", "second_person_rules_id"),
    ("books_hands/second_looks", "second_look_id"),
    ("books_hands/keys", "key_id"),
    ("books_hands/enrollments", "enrollment_id"),
    ("books_hands/rewards", "reward_id"),
    ("books_hands/erasures", "erasure_id"),
    ("books_hands/emergencies", "emergency_id"),
    ("books_hands/new_addresses", "new_address_id"),
    ("books_hands/staff", "staff_id"),
)
"""What is compared, by the query of each table, and what tells its rows apart."""


async def hands(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every row that names another person, time or amount than the trail; call it once the trail holds."""
    for query, key in QUERIES:
        table = query.partition("/")[2]
        async for row in books.all_rows(tx, query):
            ids = {key: str(row["id"])}
            if row["name"] != "row":
                told, found = (f"{row['name']} = {row[which]}" for which in ("told", "found"))
                yield Mismatch(table, ids, f"{told}, as was told", found)
            elif row["told"] is None:
                yield Mismatch(table, ids, "an audit entry that tells of it", "none")
            else:
                yield Mismatch(table, ids, "as the audit trail tells it", "none")
