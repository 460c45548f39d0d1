"""Openings, read for `rewards verify`."""

from collections.abc import AsyncIterator, Sequence
from datetime import tzinfo
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from service.core.openings import Brought
from service.core.verify.books import Due, Mismatch
from service.core.verify.checking_openings import (
    TABLE,
    OpeningRow,
    of_opening,
    opening_dues_of,
    told_of_opening,
)
from service.core.verify.checking_second_persons import Told, gone
from service.core.verify.kin import Kin
from service.flows.verify.verify_second_persons import BOOKS_ALONE, WITH_THE_TRAIL, proposal_of
from service.store import books
from service.store.database.pool import Tx
from service.store.openings import REASON


async def opening_dues(tx: Tx, people: Sequence[UUID], zone: tzinfo) -> dict[UUID, list[Due]]:  # noqa: ARG001  as all readings
    """The transfers that some participants' openings call for."""
    found = await books.of_participants(tx, "books_changes/openings_of", people)
    return {
        who: [
            due for row in rows for due in opening_dues_of(_brought(row), row["status"], row["unrecovered"])
        ]
        for who, rows in found.items()
    }


async def openings(tx: Tx, kin: Kin) -> AsyncIterator[Mismatch]:
    """Every opening that is not as two persons make it."""
    async for row in books.all_rows(tx, "books_changes/openings", with_trail=BOOKS_ALONE):
        for mismatch in of_opening(_of_one(_opening(row), kin)):
            yield mismatch
        if tx.cipher.opened(tx.clinic, REASON, row["reason"]) is None:
            ids = {"opening_id": str(row["opening_id"]), "participant_id": str(row["participant_id"])}
            yield Mismatch(TABLE, ids, "a reason that opens", "another")


async def openings_told(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every opening that the audit trail tells otherwise; call it once the trail holds."""
    async for row in books.all_rows(tx, "books_changes/openings", with_trail=WITH_THE_TRAIL):
        if row["opening_id"] is None:
            yield gone(TABLE, "opening_id", row["told"])
            continue
        for mismatch in told_of_opening(_opening(row)):
            yield mismatch


def _of_one(opening: OpeningRow, kin: Kin) -> OpeningRow:
    """An opening with those whom it names as the first of the charts that were ever merged."""
    brought = replace(opening.brought, participant=kin.of(opening.brought.participant))
    return replace(opening, brought=brought, enrolled=kin.one(opening.enrolled))


def _opening(row: Any) -> OpeningRow:  # noqa: ANN401  a row
    withdrawn = None
    if row["withdrawer"] is not None:
        withdrawn = Told(row["withdrawer"], row["told_withdrawn_at"], row["told_withdrawn"])
    return OpeningRow(
        proposal_of(row, "opening_id"),
        _brought(row),
        row["status"],
        row["enrolled"],
        row["withdrawn_at"],
        row["withdrawn_by"],
        row["unrecovered"],
        withdrawn,
    )


def _brought(row: Any) -> Brought:  # noqa: ANN401  a row
    return Brought(
        row["opening_id"],
        row["participant_id"],
        row["unit"],
        row["available"],
        row["paid_before"],
        row["paid_in_year"],
        row["as_of"],
        row["funding"],
        row["enrollment_id"],
    )
