"""Redemptions: participants asking for rewards."""

from typing import cast
from uuid import UUID

from asyncpg import Record

from schemas.program import Unit
from schemas.shelf import Redemption, RedemptionStatus
from service.core.currencies import is_money
from service.store.charts import Person
from service.store.database.pool import Tx


async def insert(tx: Tx, new: Redemption) -> None:
    """Write a new redemption, without its codes."""
    await tx.run(
        "redemptions/insert",
        redemption_id=new.id,
        participant_id=new.participant,
        reward_id=new.reward,
        quantity=new.quantity,
        unit=new.unit,
        amount=new.amount,
        status=new.status,
        requested_at=new.requested_at,
        requested_by=new.requested_by,
        settled_at=new.settled_at,
        settled_by=new.settled_by,
        fair_value=new.fair_value,
        lowered_by=new.lowered_by,
    )


async def find(tx: Tx, redemption: UUID) -> Redemption | None:
    """One redemption by id, without its codes."""
    row = await tx.row("redemptions/find", redemption_id=redemption)
    return None if row is None else _redemption(row)


async def waiting(tx: Tx, counted_max: int) -> int:
    """How many redemptions, prizes and cards to load wait for the desk, each kind counted up to a limit."""
    return int(await tx.value("redemptions/waiting", limit=counted_max))


async def before(
    tx: Tx,
    last: UUID,
    rows_max: int,
    status: RedemptionStatus | None,
    person: Person | None,
) -> list[Redemption]:
    """Redemptions asked for before `last`, newest first, without their codes."""
    if person is not None:
        rows = await tx.rows(
            "redemptions/list_of_participant",
            before=last,
            limit=rows_max,
            status=status,
            charts=person.charts,
        )
    elif status is not None:
        rows = await tx.rows("redemptions/list_of_status", before=last, limit=rows_max, status=status)
    else:
        rows = await tx.rows("redemptions/list", before=last, limit=rows_max)
    return [_redemption(row) for row in rows]


async def on_order(tx: Tx, person: Person, rows_max: int) -> list[Redemption]:
    """What somebody asked for that a provider is still to deliver, newest first."""
    rows = await tx.rows("redemptions/on_order", charts=person.charts, limit=rows_max)
    return [_redemption(row) for row in rows]


async def to_load(tx: Tx, last: UUID, rows_max: int) -> list[Redemption]:
    """Redemptions asked for before `last` whose cards staff are still to load, newest first."""
    rows = await tx.rows("redemptions/to_load", before=last, limit=rows_max)
    return [_redemption(row) for row in rows]


async def settle(tx: Tx, after: Redemption) -> None:
    """Write how a held redemption was settled; the participant is locked by the caller."""
    await tx.run(
        "redemptions/settle",
        redemption_id=after.id,
        status=after.status,
        settled_at=after.settled_at,
        settled_by=after.settled_by,
    )


async def advance(tx: Tx, after: Redemption) -> None:
    """Write how an order with a provider stands by now; the participant is locked by the caller."""
    await tx.run(
        "redemptions/advance",
        redemption_id=after.id,
        status=after.status,
        settled_at=after.settled_at,
        settled_by=after.settled_by,
        refunded=after.refunded,
    )


async def take_back(tx: Tx, after: Redemption) -> None:
    """Write that a given redemption was taken back; the participant is locked by the caller."""
    await tx.run(
        "redemptions/take_back",
        redemption_id=after.id,
        settled_at=after.settled_at,
        settled_by=after.settled_by,
    )


def _redemption(row: Record) -> Redemption:
    # What was paid for in money before fair values were kept is worth its price.
    worth = row["amount"] if is_money(row["unit"]) and row["fair_value"] is None else row["fair_value"]
    return Redemption(
        row["redemption_id"],
        row["participant_id"],
        row["reward_id"],
        row["quantity"],
        cast("RedemptionStatus", row["status"]),
        cast("Unit", row["unit"]),
        row["amount"],
        row["requested_at"],
        row["requested_by"],
        row["settled_at"],
        row["settled_by"],
        fair_value=worth,
        lowered_by=row["lowered_by"],
        refunded=row["refunded"],
    )
