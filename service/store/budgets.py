"""Budgets as they were set, and what the days' totals say was spent of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.program import Unit
from service.core.authoring.promises import OpenEnrollments
from service.store.database.pool import Tx

REASON = "budgets.reason"
"""The field that a budget's reason is sealed as."""


class KnownBudget(Struct, frozen=True):
    """A budget as it was set, and the revision that an ETag shows."""

    id: UUID
    program: str | None
    funding: str | None
    unit: Unit
    amount: int
    starts_on: date
    ends_on: date
    warn_percent: int
    reason: str
    created_at: datetime
    created_by: UUID
    revision: int


async def insert(tx: Tx, new: KnownBudget) -> None:
    """Write a new budget."""
    await tx.run(
        "budgets/insert",
        budget_id=new.id,
        program=new.program,
        funding=new.funding,
        unit=new.unit,
        amount=new.amount,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        warn_percent=new.warn_percent,
        reason=tx.cipher.seal(tx.clinic, REASON, new.reason),
        created_by=new.created_by,
    )


async def change(tx: Tx, after: KnownBudget) -> None:
    """Write a locked budget as it is after a change; the revision goes up by one."""
    await tx.run(
        "budgets/change",
        budget_id=after.id,
        amount=after.amount,
        ends_on=after.ends_on,
        warn_percent=after.warn_percent,
        reason=tx.cipher.seal(tx.clinic, REASON, after.reason),
    )


async def find(tx: Tx, budget: UUID) -> KnownBudget | None:
    """One budget by id."""
    row = await tx.row("budgets/find", budget_id=budget)
    return None if row is None else _known(tx, row)


async def lock(tx: Tx, budget: UUID) -> KnownBudget | None:
    """One budget by id, which no other transaction changes before this one ends."""
    row = await tx.row("budgets/lock", budget_id=budget)
    return None if row is None else _known(tx, row)


async def before(tx: Tx, last: UUID, rows_max: int, on: date | None) -> list[KnownBudget]:
    """Budgets set before `last`, newest first; with `on`, those that pay what counts for that day."""
    rows = await tx.rows("budgets/list", before=last, limit=rows_max, day=on)
    return [_known(tx, row) for row in rows]


async def spent(tx: Tx, some: Sequence[KnownBudget]) -> dict[UUID, int]:
    """What was credited for the days of each budget, less what was taken back, in its unit."""
    rows = await tx.rows("budgets/spent", budgets=[one.id for one in some]) if some else []
    return {row["budget_id"]: row["spent"] for row in rows}


async def open_enrollments(tx: Tx) -> list[OpenEnrollments]:
    """The enrollments that are open, counted by what their promises depend on."""
    return [
        OpenEnrollments(
            row["program"], row["version"], row["funding"], row["starts_on"], row["ends_on"], row["people"]
        )
        for row in await tx.rows("budgets/open_enrollments")
    ]


async def tell(tx: Tx, budget: KnownBudget, percent: int, amount_spent: int) -> bool:
    """Keep that a part of a budget was reached; false where that was told before."""
    row = await tx.row(
        "budgets/tell", budget_id=budget.id, amount=budget.amount, percent=percent, spent=amount_spent
    )
    return row is not None


def _known(tx: Tx, row: Record) -> KnownBudget:
    return KnownBudget(
        row["budget_id"],
        row["program"],
        row["funding"],
        cast("Unit", row["unit"]),
        row["amount"],
        row["starts_on"],
        row["ends_on"],
        row["warn_percent"],
        tx.cipher.open(tx.clinic, REASON, row["reason"]).decode(),
        row["created_at"],
        row["created_by"],
        row["revision"],
    )
