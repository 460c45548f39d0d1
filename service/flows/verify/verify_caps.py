"""Work out again, for `rewards verify`, what counts for caps, and what caps and thresholds were set to."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import date

from service.core.dated_caps import TotalKey
from service.core.verify.books import Mismatch, ParticipantBooks
from service.core.verify.checking_caps import of_caps
from service.store import books, caps, worth
from service.store.caps import REASON
from service.store.database.pool import Tx


async def tallies(tx: Tx, people: Sequence[ParticipantBooks]) -> AsyncIterator[Mismatch]:
    """Each place where some participants' totals or warnings do not agree with their transfers."""
    known = await caps.whole(tx)
    ids = [chart for one in people for chart in one.charts]
    totals = await books.of_participants(tx, "books/cap_totals", ids)
    warned = await books.of_participants(tx, "books/cap_warnings", ids)
    for one, chart in [(person, chart) for person in people for chart in person.charts]:
        amounts: dict[TotalKey, int] = {
            (row["cap_id"], row["period"]): row["amount"] for row in totals.get(chart, [])
        }
        told = frozenset((row["cap_id"], row["period"], row["percent"]) for row in warned.get(chart, []))
        for mismatch in of_caps(one, chart, known, amounts, told):
            yield mismatch


async def terms(tx: Tx) -> AsyncIterator[Mismatch]:
    """Each cap, points' worth and tax threshold that is not what the audit trail says it was set to."""
    async for row in books.all_rows(tx, "books/caps"):
        ids = {"cap_id": str(row["cap_id"])}
        told = {} if row["told"] is None else json.loads(row["told"])
        if row["ended"] is not None:
            told["ends_on"] = json.loads(row["ended"])["on"]
        found = {
            "per": row["per"],
            "unit": row["unit"],
            "amount": row["amount"],
            "funding": row["funding"] or "",
            "starts_on": row["starts_on"].isoformat(),
            "ends_on": _day(row["ends_on"]),
        }
        if found != told:
            yield Mismatch("caps", ids, f"what was told: {told}", f"{found}")
        if tx.cipher.opened(tx.clinic, REASON, row["reason"]) is None:
            yield Mismatch("caps", ids, "a reason that opens", "another")
    async for mismatch in _worths(tx):
        yield mismatch
    async for row in books.all_rows(tx, "books/tax_thresholds"):
        ids = {"tax_threshold_id": str(row["tax_threshold_id"])}
        found = {"from_year": row["from_year"], "amount": row["amount"]}
        told = None if row["told"] is None else json.loads(row["told"])
        # Those that a clinic begins with were set by nobody but itself.
        if told != found and (told is not None or row["created_by"] != tx.clinic):
            yield Mismatch("tax_thresholds", ids, f"what was told: {told}", f"{found}")


async def _worths(tx: Tx) -> AsyncIterator[Mismatch]:
    async for row in books.all_rows(tx, "books/points_worth"):
        ids = {"points_worth_id": str(row["points_worth_id"])}
        found = {"amount": row["amount"], "starts_on": row["starts_on"].isoformat()}
        told = None if row["told"] is None else json.loads(row["told"])
        if told != found:
            yield Mismatch("points_worth", ids, f"what was told: {told}", f"{found}")
        sealed = row["reason"]
        if sealed is not None and tx.cipher.opened(tx.clinic, worth.REASON, sealed) is None:
            yield Mismatch("points_worth", ids, "a reason that opens", "another")


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
