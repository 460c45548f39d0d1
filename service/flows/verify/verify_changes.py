"""Replaced and taken-back redemptions, and the limits of one person alone, read for `rewards verify`."""

import json
from collections.abc import AsyncIterator
from datetime import tzinfo
from typing import Any

from service.core.redemption import ALONE_MAX, DRAWS_ALONE_MAX
from service.core.verify.books import Mismatch
from service.core.verify.checking_changes import TABLE, ChangeRow, of_change, told_of_change
from service.core.verify.checking_second_persons import gone, taken_by_none
from service.flows.verify.verify_second_persons import BOOKS_ALONE, WITH_THE_TRAIL, proposal_of, taken_of
from service.store import books
from service.store.database.pool import Tx
from service.store.redemption_changes import REASON


async def changes(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every replacement and taking back that is not as its redemption and the limit allow it."""
    async for row in books.all_rows(tx, "books_changes/redemption_changes", with_trail=BOOKS_ALONE):
        taken = taken_of(row)
        if row["redemption_change_id"] is None:
            if taken is not None:
                yield taken_by_none(taken)
            continue
        for mismatch in of_change(_change(row)):
            yield mismatch
        if tx.cipher.opened(tx.clinic, REASON, row["reason"]) is None:
            ids = {"redemption_change_id": str(row["redemption_change_id"])}
            yield Mismatch(TABLE, ids, "a reason that opens", "another")


async def done_alone(tx: Tx, zone: tzinfo) -> AsyncIterator[Mismatch]:
    """Every replacement and taking back with which one person went over a day's limit, by price or worth."""
    limits = {"alone_max": ALONE_MAX, "draw_max": DRAWS_ALONE_MAX}
    async for row in books.all_rows(tx, "books_changes/alone", zone=str(zone), **limits):
        most = f"{row['amount_max']} {row['unit']} and {row['worth_max']} {row['currency']} of worth"
        found = f"{row['amount']} {row['unit']}, worth {row['worth']} {row['currency']}"
        ids = {"redemption_change_id": str(row["redemption_change_id"])}
        yield Mismatch(TABLE, ids, f"at most {most} a day by one person alone", found)


async def changes_told(tx: Tx) -> AsyncIterator[Mismatch]:
    """Everything of it that the audit trail tells otherwise; call it once the trail holds."""
    async for row in books.all_rows(tx, "books_changes/redemption_changes", with_trail=WITH_THE_TRAIL):
        if row["redemption_change_id"] is None:
            if row["told"] is not None:
                yield gone(TABLE, "redemption_change_id", row["told"])
            continue
        for mismatch in told_of_change(_change(row)):
            yield mismatch
    async for row in books.all_rows(tx, "books_changes/second_person_limits"):
        found = {"unit": row["unit"], "amount": row["amount"]}
        told = None if row["told"] is None else json.loads(row["told"])
        if (told, row["told_by"]) != (found, row["set_by"]):
            ids = {"second_person_limit_id": str(row["second_person_limit_id"])}
            yield Mismatch(
                "second_person_limits", ids, f"what was told: {told} by {row['told_by']}", f"{found}"
            )


def _change(row: Any) -> ChangeRow:  # noqa: ANN401  a row
    return ChangeRow(
        proposal_of(row, "redemption_change_id"),
        row["redemption_id"],
        row["prize_id"],
        row["kind"],
        row["quantity"],
        row["unit"],
        row["amount"],
        row["counted"],
        row["alone_max"],
        row["alone"],
        row["restocked"],
        len(row["code_ids"]),
        row["reward_id"],
        row["reward_kind"] == "code",
        row["given"],
        row["price_unit"],
        row["price"],
        taken_of(row),
    )
