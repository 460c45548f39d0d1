"""Openings: what somebody brings along from another system; proposed, settled, and perhaps withdrawn."""

from typing import cast
from uuid import UUID

from asyncpg import Record

from schemas.openings import Opening, OpeningStatus
from schemas.program import Unit
from service.store.charts import charts
from service.store.database.pool import Tx

REASON = "openings.reason"
REFUSAL = "openings.refusal"
WITHDRAWAL = "openings.withdrawal"
"""The fields that the words of an opening are sealed as."""


async def insert(tx: Tx, new: Opening) -> None:
    """Write a proposal."""
    await tx.run(
        "openings/insert",
        opening_id=new.id,
        participant_id=new.participant,
        unit=new.unit,
        available=new.available,
        paid_before=new.paid_before,
        paid_in_year=new.paid_in_year,
        as_of=new.as_of,
        reason=tx.cipher.seal(tx.clinic, REASON, new.reason),
        funding=new.funding,
        enrollment_id=new.enrollment,
        proposed_at=new.proposed_at,
        proposed_by=new.proposed_by,
    )


async def find(tx: Tx, opening: UUID) -> Opening | None:
    """One opening by id."""
    row = await tx.row("openings/find", opening_id=opening)
    return None if row is None else _opening(tx, row)


async def stands(tx: Tx, participant: UUID, unit: Unit) -> bool:
    """Whether a participant has an opening in a unit that waits or is approved."""
    return bool(await tx.value("openings/stands", participant_id=participant, unit=unit))


async def before(
    tx: Tx, last: UUID, rows_max: int, status: OpeningStatus | None, participant: UUID | None
) -> list[Opening]:
    """Openings proposed before `last`, newest first."""
    if participant is not None:
        rows = await tx.rows(
            "openings/list_of_participant",
            before=last,
            limit=rows_max,
            status=status,
            charts=await charts(tx, participant),
        )
    elif status is not None:
        rows = await tx.rows("openings/list_of_status", before=last, limit=rows_max, status=status)
    else:
        rows = await tx.rows("openings/list", before=last, limit=rows_max)
    return [_opening(tx, row) for row in rows]


async def settle(tx: Tx, after: Opening) -> None:
    """Write how a proposal was settled; its participant is locked by the caller."""
    await tx.run(
        "openings/settle",
        opening_id=after.id,
        status=after.status,
        settled_at=after.settled_at,
        settled_by=after.settled_by,
        refusal=None if after.refusal is None else tx.cipher.seal(tx.clinic, REFUSAL, after.refusal),
    )


async def withdraw(tx: Tx, after: Opening) -> None:
    """Write that an approved opening was withdrawn; its participant is locked by the caller."""
    await tx.run(
        "openings/withdraw",
        opening_id=after.id,
        withdrawn_at=after.withdrawn_at,
        withdrawn_by=after.withdrawn_by,
        withdrawal=tx.cipher.seal(tx.clinic, WITHDRAWAL, after.withdrawal or ""),
        unrecovered=after.unrecovered,
    )


def _opening(tx: Tx, row: Record) -> Opening:
    return Opening(
        row["opening_id"],
        row["participant_id"],
        cast("Unit", row["unit"]),
        row["available"],
        row["paid_before"],
        row["paid_in_year"],
        row["as_of"],
        tx.cipher.open(tx.clinic, REASON, row["reason"]).decode(),
        cast("OpeningStatus", row["status"]),
        row["proposed_at"],
        row["proposed_by"],
        row["funding"],
        row["enrollment_id"],
        row["settled_at"],
        row["settled_by"],
        tx.cipher.open_text(tx.clinic, REFUSAL, row["refusal"]),
        row["withdrawn_at"],
        row["withdrawn_by"],
        tx.cipher.open_text(tx.clinic, WITHDRAWAL, row["withdrawal"]),
        row["unrecovered"],
        row["earned_here"],
    )
