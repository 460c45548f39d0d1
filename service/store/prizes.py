"""Prizes won by draws: credited at once, or owed from the shelf until they are given."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from asyncpg import Record

from schemas.draws import Prize, PrizeStatus
from schemas.program import Unit
from service.store.charts import Person
from service.store.database.pool import Tx


async def insert(tx: Tx, draw: UUID, participant: UUID, won: Sequence[Prize]) -> None:
    """Write the prizes of one draw."""
    if won:
        await tx.run(
            "prizes/insert",
            draw_id=draw,
            participant_id=participant,
            prize_id=[one.id for one in won],
            place=[one.index for one in won],
            tier=[one.tier for one in won],
            status=[one.status for one in won],
            unit=[one.unit for one in won],
            amount=[one.amount for one in won],
            clipped=[one.clipped for one in won],
            category=[one.category for one in won],
        )


async def find(tx: Tx, prize: UUID) -> Prize | None:
    """One prize by id, without its code."""
    row = await tx.row("prizes/find", prize_id=prize)
    return None if row is None else _prize(row)


async def of_draws(tx: Tx, draws: Sequence[UUID]) -> list[Prize]:
    """The prizes of some draws, without their codes."""
    return [_prize(row) for row in await tx.rows("prizes/of_draws", draws=draws)]


async def before(
    tx: Tx,
    last: UUID,
    rows_max: int,
    status: PrizeStatus | None,
    person: Person | None,
) -> list[Prize]:
    """Prizes won before `last`, newest first, without their codes."""
    if person is not None:
        rows = await tx.rows(
            "prizes/list_of_participant",
            before=last,
            limit=rows_max,
            status=status,
            accounts=person.accounts,
            person=person.id,
        )
    elif status is not None:
        rows = await tx.rows("prizes/list_of_status", before=last, limit=rows_max, status=status)
    else:
        rows = await tx.rows("prizes/list", before=last, limit=rows_max)
    return [_prize(row) for row in rows]


async def give(tx: Tx, after: Prize) -> None:
    """Write with what an owed prize was given; the participant is locked by the caller."""
    await tx.run(
        "prizes/give",
        prize_id=after.id,
        reward_id=after.reward,
        given_at=after.given_at,
        given_by=after.given_by,
        fair_value=after.fair_value,
    )


async def take_back(tx: Tx, prize: UUID) -> None:
    """Write that a given prize is owed again; the participant is locked by the caller."""
    await tx.run("prizes/take_back", prize_id=prize)


def _prize(row: Record) -> Prize:
    return Prize(
        row["prize_id"],
        row["participant_id"],
        row["draw_id"],
        row["place"],
        row["tier"],
        cast("PrizeStatus", row["status"]),
        row["won_at"],
        cast("Unit | None", row["unit"]),
        row["amount"],
        row["clipped"],
        row["category"],
        row["reward_id"],
        row["given_at"],
        row["given_by"],
        fair_value=row["fair_value"],
    )
