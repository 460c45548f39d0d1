"""The sums that are kept by the day, read for `rewards verify` beside what the facts add up to."""

from collections.abc import AsyncIterator
from typing import Final

from service.core.verify.books import Mismatch
from service.store import books
from service.store.database.pool import Tx

COUNTS: Final = ("came", "missed", "earning", "failing", "resets", "recoveries")


async def days(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every day whose sums the facts do not bear out. Call it once the facts themselves hold."""
    async for row in books.all_rows(tx, "books_days/paid_days"):
        ids = {name: str(row[name]) for name in ("day", "unit", "program", "funding")}
        due = f"credited = {row['due_credited'] or 0}, taken_back = {row['due_taken_back'] or 0}"
        yield Mismatch(
            "paid_days", ids, due, f"credited = {row['credited']}, taken_back = {row['taken_back']}"
        )
    async for row in books.all_rows(tx, "books_days/paid_spans"):
        ids = {name: str(row[name]) for name in ("span", "unit", "account_id", "funding")}
        yield Mismatch("paid_spans", ids, f"days = {row['due'] or 0}", f"days = {row['days']}")
    async for row in books.all_rows(tx, "books_days/visit_days"):
        ids = {name: str(row[name]) for name in ("day", "program", "target", "recorded_by")}
        yield Mismatch("visit_days", ids, _counts(row["due"]), _counts(row["counted"]))
    async for row in books.all_rows(tx, "books_days/visit_waits"):
        ids = {name: str(row[name]) for name in ("day", "program", "recorded_by", "minutes")}
        yield Mismatch("visit_waits", ids, f"visits = {row['due'] or 0}", f"visits = {row['visits']}")
    async for row in books.all_rows(tx, "books_days/came"):
        ids = {"enrollment_id": str(row["enrollment_id"])}
        yield Mismatch("checkpoints", ids, f"came_at = {row['due']}", f"came_at = {row['came_at']}")


def _counts(found: list[int | None]) -> str:
    return ", ".join(f"{name} = {count or 0}" for name, count in zip(COUNTS, found, strict=True))
