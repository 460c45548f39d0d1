"""Manual awards and write-offs, read for `rewards verify`."""

from collections.abc import AsyncIterator, Sequence
from datetime import tzinfo
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from service.core.verify.books import Due, Mismatch
from service.core.verify.checking_second_persons import (
    ManualAwardRow,
    PaidRow,
    Proposal,
    Taken,
    Told,
    WriteOffRow,
    gone,
    manual_due,
    of_manual_award,
    of_write_off,
    taken_by_none,
    told_of_manual_award,
    told_of_write_off,
)
from service.core.verify.kin import Kin
from service.store import books
from service.store.database.pool import Tx

BOOKS_ALONE, WITH_THE_TRAIL = False, True
"""Whether the audit trail, which is long, is read beside the books."""


async def manual_dues(tx: Tx, people: Sequence[UUID], zone: tzinfo) -> dict[UUID, list[Due]]:
    """The transfers that some participants' manual awards call for."""
    found = await books.of_participants(tx, "books/manual_awards_of", people)
    return {who: [manual_due(_paid(row), zone) for row in rows] for who, rows in found.items()}


async def second_persons(tx: Tx, kin: Kin) -> AsyncIterator[Mismatch]:
    """Every manual award and write-off that is not as two persons make it."""
    async for row in books.all_rows(tx, "books/manual_awards", with_trail=BOOKS_ALONE):
        if row["manual_award_id"] is not None:
            for mismatch in of_manual_award(_of_one(_manual_award(row), kin)):
                yield mismatch
    async for row in books.all_rows(tx, "books/write_offs", with_trail=BOOKS_ALONE):
        taken = taken_of(row)
        if row["write_off_id"] is not None:
            for mismatch in of_write_off(_write_off(row)):
                yield mismatch
        elif taken is not None:
            yield taken_by_none(taken)


async def proposals_told(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every manual award and write-off that the audit trail tells otherwise; call it once the trail holds."""
    async for row in books.all_rows(tx, "books/manual_awards", with_trail=WITH_THE_TRAIL):
        if row["manual_award_id"] is None:
            yield gone("manual_awards", "manual_award_id", row["told"])
            continue
        for mismatch in told_of_manual_award(_manual_award(row)):
            yield mismatch
    async for row in books.all_rows(tx, "books/write_offs", with_trail=WITH_THE_TRAIL):
        if row["write_off_id"] is None:
            yield gone("write_offs", "write_off_id", row["told"])
            continue
        for mismatch in told_of_write_off(_write_off(row)):
            yield mismatch


def _of_one(award: ManualAwardRow, kin: Kin) -> ManualAwardRow:
    """A manual award with those whom it names as the first of the charts that were ever merged."""
    return replace(award, participant=kin.of(award.participant), enrolled=kin.one(award.enrolled))


def _manual_award(row: Any) -> ManualAwardRow:  # noqa: ANN401  a row
    return ManualAwardRow(
        proposal_of(row, "manual_award_id"),
        row["participant_id"],
        row["unit"],
        row["amount"],
        row["paid"],
        row["clipped"],
        row["enrollment_id"],
        row["enrolled"],
        row["known"],
    )


def _write_off(row: Any) -> WriteOffRow:  # noqa: ANN401  a row
    return WriteOffRow(proposal_of(row, "write_off_id"), row["reward_id"], row["pieces"], taken_of(row))


def proposal_of(row: Any, key: str) -> Proposal:  # noqa: ANN401  a row
    """A proposal with its steps in the audit trail, whose id stands in the column `key`."""
    proposed = settled = None
    if row["proposer"] is not None:
        proposed = Told(row["proposer"], row["told_proposed_at"], row["told_proposed"])
    if row["settler"] is not None:
        settled = Told(row["settler"], row["told_settled_at"], row["told_settled"])
    return Proposal(
        row[key],
        row["status"],
        row["proposed_at"],
        row["proposed_by"],
        row["settled_at"],
        row["settled_by"],
        proposed,
        settled,
    )


def taken_of(row: Any) -> Taken | None:  # noqa: ANN401  a row
    """The pieces that left the stock by a proposal, if any did."""
    if row["stock_change_id"] is None:
        return None
    return Taken(
        row["stock_change_id"], row["taken_from"], row["change"], row["changed_by"], row["changed_at"]
    )


def _paid(row: Any) -> PaidRow:  # noqa: ANN401  a row
    return PaidRow(
        id=row["manual_award_id"],
        participant=row["participant_id"],
        unit=row["unit"],
        paid=row["paid"],
        settled_at=row["settled_at"],
        funding=row["funding"],
        enrollment=row["enrollment_id"],
    )
