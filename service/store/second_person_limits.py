"""How much one person may replace or take back alone, by unit: each new limit is one more row."""

from typing import cast
from uuid import UUID

from schemas.program import Unit
from schemas.redemption_changes import SecondPersonLimit
from service.store.database.pool import Tx


async def insert(tx: Tx, by: UUID, limit: SecondPersonLimit) -> UUID:
    """Write a limit, which holds from now on, and return the id that it goes under."""
    made = tx.new_id()
    await tx.run(
        "second_person_limits/insert",
        second_person_limit_id=made,
        unit=limit.unit,
        amount=limit.amount,
        set_by=by,
    )
    return made


async def settings(tx: Tx) -> list[SecondPersonLimit]:
    """Every setting of a limit, the newest first."""
    return [
        SecondPersonLimit(row["unit"], row["amount"], row["set_at"], row["set_by"])
        for row in await tx.rows("second_person_limits/settings")
    ]


async def in_force(tx: Tx) -> dict[Unit, SecondPersonLimit]:
    """The limits that somebody has set, by unit."""
    return {
        cast("Unit", row["unit"]): SecondPersonLimit(row["unit"], row["amount"], row["set_at"], row["set_by"])
        for row in await tx.rows("second_person_limits/in_force")
    }
