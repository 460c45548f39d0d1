"""The numbers that people are known by and their departures, read for `rewards verify`."""

from collections.abc import AsyncIterator, Sequence
from datetime import tzinfo
from typing import Any
from uuid import UUID

from service.core.verify.books import Due, Mismatch
from service.core.verify.checking_people import IdentifierRow, gone, of_identifier, unreferenced
from service.store import books
from service.store.database.pool import Tx


async def numbers(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every identifier that is not as it was added, and everybody whose own reference does not find them.

    Call it once the audit trail holds.
    """
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
            row["last_day"],
            row["told_day"],
        )
        for mismatch in of_identifier(known):
            yield mismatch
    async for row in books.all_rows(tx, "books_people/unreferenced"):
        yield unreferenced(row["participant_id"], row["reference"], row["found"])


async def departure_dues(tx: Tx, people: Sequence[UUID], _zone: tzinfo) -> dict[UUID, list[Due]]:
    """The transfers that some participants' departures call for: what was released, and what came back."""
    found = await books.of_participants(tx, "books_people/departures_of", people)
    return {
        who: [
            Due(
                "departures",
                {"departure_id": str(row["departure_id"])},
                "departure",
                row["departure_id"],
                row["amount"],
                row["unit"],
                ("available", "issued") if row["undoes"] is None else ("issued", "available"),
                None,
                None,
            )
            for row in rows
        ]
        for who, rows in found.items()
    }


async def gone_people(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every departure that the trail tells otherwise, and everybody whose status is not their last one's.

    Call it once the audit trail holds.
    """
    async for row in books.all_rows(tx, "books_people/departures"):
        ids = {"departure_id": str(row["departure_id"] or row["told"])}
        found = _departure(row, ("participant_id", "recorded_by", "status", "on_day", "held"))
        told = _departure(row, ("told_of", "teller", "told_status", "told_on", "told_held"))
        if found != told:
            yield Mismatch("departures", ids, f"as the audit trail tells it: {told}", found)
        if row["undone"] is not None and row["amounts"] not in ([], row["undone"]):
            yield Mismatch("departures", ids, f"nothing, or {row['undone']}, given back", f"{row['amounts']}")
    async for row in books.all_rows(tx, "books_people/statuses"):
        ids = {"participant_id": str(row["participant_id"])}
        expected = f"{row['last_status'] or 'active'} since {row['on_day']}"
        yield Mismatch("participants", ids, expected, f"{row['status']} since {row['status_on']}")


def _departure(row: Any, columns: Sequence[str]) -> str:  # noqa: ANN401  a row
    return "nothing" if row[columns[0]] is None else ", ".join(str(row[column]) for column in columns)
