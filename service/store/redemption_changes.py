"""Replacements and takings back of given redemptions and prizes: asked for, then done or refused."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.currencies import Currency
from schemas.program import Unit
from schemas.proposals import ProposalStatus
from schemas.redemption_changes import RedemptionChange, RedemptionChangeKind
from service.store.database.pool import Tx
from service.store.reports import earliest_id

REASON = "redemption_changes.reason"
REFUSAL = "redemption_changes.refusal"
"""The fields that the words of a change are sealed as."""


class Change(Struct, frozen=True):
    """A change, and which codes it makes void."""

    shown: RedemptionChange
    codes: tuple[UUID, ...] = ()


async def insert(tx: Tx, new: Change) -> None:
    """Write a change as it was asked for; one that is done at once is written as done."""
    one = new.shown
    await tx.run(
        "redemption_changes/insert",
        redemption_change_id=one.id,
        redemption_id=one.redemption,
        prize_id=one.prize,
        reward_id=None if one.prize is None else one.reward,
        kind=one.kind,
        reason=tx.cipher.seal(tx.clinic, REASON, one.reason),
        quantity=one.quantity,
        code_ids=list(new.codes),
        restocked=one.restocked,
        unit=one.unit,
        amount=one.amount,
        counted=one.counted,
        alone_max=one.limit,
        alone=one.alone,
        given_at=one.given_at,
        given_by=one.given_by,
        status=one.status,
        proposed_at=one.proposed_at,
        proposed_by=one.proposed_by,
        settled_at=one.settled_at,
        settled_by=one.settled_by,
    )


async def find(tx: Tx, change: UUID) -> Change | None:
    """One change by id."""
    row = await tx.row("redemption_changes/find", redemption_change_id=change)
    return None if row is None else _change(tx, row)


async def before(
    tx: Tx, last: UUID, rows_max: int, status: ProposalStatus | None, redemption: UUID | None
) -> list[RedemptionChange]:
    """Changes asked for before `last`, newest first."""
    if redemption is not None:
        rows = await tx.rows(
            "redemption_changes/list_of_redemption",
            before=last,
            limit=rows_max,
            status=status,
            redemption_id=redemption,
        )
    elif status is not None:
        rows = await tx.rows("redemption_changes/list_of_status", before=last, limit=rows_max, status=status)
    else:
        rows = await tx.rows("redemption_changes/list", before=last, limit=rows_max)
    return [_change(tx, row).shown for row in rows]


async def of_prize(
    tx: Tx, last: UUID, rows_max: int, status: ProposalStatus | None, prize: UUID
) -> list[RedemptionChange]:
    """Changes of a prize asked for before `last`, newest first."""
    rows = await tx.rows(
        "redemption_changes/list_of_prize", before=last, limit=rows_max, status=status, prize_id=prize
    )
    return [_change(tx, row).shown for row in rows]


async def alone_since(tx: Tx, unit: Unit, since: datetime, besides: Sequence[UUID]) -> dict[UUID, int]:
    """What each account and key replaced or took back alone since a moment, in minor units of a unit."""
    rows = await tx.rows(
        "redemption_changes/alone_since",
        unit=unit,
        since=since,
        earliest_id=earliest_id(since),
        besides=list(besides),
    )
    return {row["done_by"]: row["amount"] for row in rows}


async def alone_worth_since(
    tx: Tx, currency: Currency, since: datetime, besides: Sequence[UUID]
) -> dict[UUID, int]:
    """What each account and key replaced or took back alone since a moment, by fair value in a currency."""
    rows = await tx.rows(
        "redemption_changes/alone_worth_since",
        currency=currency,
        since=since,
        earliest_id=earliest_id(since),
        besides=list(besides),
    )
    return {row["done_by"]: row["amount"] for row in rows}


async def settle(tx: Tx, after: RedemptionChange) -> None:
    """Write how a change was settled; its participant is locked by the caller."""
    await tx.run(
        "redemption_changes/settle",
        redemption_change_id=after.id,
        status=after.status,
        settled_at=after.settled_at,
        settled_by=after.settled_by,
        refusal=None if after.refusal is None else tx.cipher.seal(tx.clinic, REFUSAL, after.refusal),
    )


def _change(tx: Tx, row: Record) -> Change:
    shown = RedemptionChange(
        row["redemption_change_id"],
        row["redemption_id"],
        row["participant_id"],
        row["reward_id"],
        cast("RedemptionChangeKind", row["kind"]),
        tx.cipher.open(tx.clinic, REASON, row["reason"]).decode(),
        row["quantity"],
        cast("Unit", row["unit"]),
        row["amount"],
        row["counted"],
        row["alone_max"],
        row["alone"],
        row["restocked"],
        row["given_at"],
        row["given_by"],
        cast("ProposalStatus", row["status"]),
        row["proposed_at"],
        row["proposed_by"],
        row["settled_at"],
        row["settled_by"],
        tx.cipher.open_text(tx.clinic, REFUSAL, row["refusal"]),
        row["prize_id"],
    )
    return Change(shown, tuple(row["code_ids"]))
