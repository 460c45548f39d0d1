"""Write-offs: pieces of a reward to be taken away, proposed by one person and approved by another."""

from typing import cast
from uuid import UUID

from asyncpg import Record

from schemas.proposals import ProposalStatus, WriteOff
from service.store.database.pool import Tx

REASON = "write_offs.reason"
REFUSAL = "write_offs.refusal"
"""The fields that the words of a write-off are sealed as."""


async def insert(tx: Tx, new: WriteOff) -> None:
    """Write a proposal."""
    sealed = tx.cipher.seal(tx.clinic, REASON, new.reason)
    await tx.run(
        "write_offs/insert",
        write_off_id=new.id,
        reward_id=new.reward,
        pieces=new.pieces,
        reason=sealed,
        proposed_at=new.proposed_at,
        proposed_by=new.proposed_by,
    )


async def find(tx: Tx, write_off: UUID) -> WriteOff | None:
    """One write-off by id."""
    row = await tx.row("write_offs/find", write_off_id=write_off)
    return None if row is None else _write_off(tx, row)


async def before(tx: Tx, last: UUID, rows_max: int, status: ProposalStatus | None) -> list[WriteOff]:
    """Write-offs proposed before `last`, newest first."""
    if status is None:
        rows = await tx.rows("write_offs/list", before=last, limit=rows_max)
    else:
        rows = await tx.rows("write_offs/list_of_status", before=last, limit=rows_max, status=status)
    return [_write_off(tx, row) for row in rows]


async def settle(tx: Tx, after: WriteOff) -> None:
    """Write how a proposal was settled; its reward is locked by the caller."""
    refusal = None if after.refusal is None else tx.cipher.seal(tx.clinic, REFUSAL, after.refusal)
    await tx.run(
        "write_offs/settle",
        write_off_id=after.id,
        status=after.status,
        settled_at=after.settled_at,
        settled_by=after.settled_by,
        refusal=refusal,
    )


def _write_off(tx: Tx, row: Record) -> WriteOff:
    return WriteOff(
        row["write_off_id"],
        row["reward_id"],
        row["pieces"],
        tx.cipher.open(tx.clinic, REASON, row["reason"]).decode(),
        cast("ProposalStatus", row["status"]),
        row["proposed_at"],
        row["proposed_by"],
        row["settled_at"],
        row["settled_by"],
        tx.cipher.open_text(tx.clinic, REFUSAL, row["refusal"]),
    )
