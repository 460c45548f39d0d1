"""Transfers and the balances kept with them; both are written in one statement."""

from collections.abc import Iterable, Mapping
from typing import cast
from uuid import UUID

from schemas.program import Unit
from schemas.receipts import Balance
from service.core.ledger import Movement, apply
from service.store.database import Tx

BalanceKey = tuple[UUID, Unit]


async def balances(tx: Tx, clinic: UUID, participants: Iterable[UUID]) -> dict[BalanceKey, Balance]:
    """The balances of some participants, by participant and unit; call it with the participants locked."""
    rows = await tx.rows("ledger/balances", clinic, list(participants))
    return {
        (row["participant_id"], cast("Unit", row["unit"])): Balance(
            cast("Unit", row["unit"]), row["available"], row["held"], row["given"], row["earned"]
        )
        for row in rows
    }


async def move(tx: Tx, clinic: UUID, movements: list[Movement]) -> dict[BalanceKey, Balance]:
    """Make transfers and return the balances after them; the participants are locked by the caller.

    Raises NotCoveredError where an account would fall below zero.
    """
    held = await balances(tx, clinic, {movement.participant for movement in movements})
    after = applied(held, movements)
    await write(tx, clinic, movements, after)
    return after


def applied(before: Mapping[BalanceKey, Balance], movements: Iterable[Movement]) -> dict[BalanceKey, Balance]:
    """The balances that movements change, as they are after them."""
    after: dict[BalanceKey, Balance] = {}
    for movement in movements:
        key = (movement.participant, movement.unit)
        balance = after.get(key) or before.get(key) or Balance(movement.unit, 0, 0, 0, 0)
        after[key] = apply(balance, movement)
    return after


async def write(tx: Tx, clinic: UUID, movements: list[Movement], after: Mapping[BalanceKey, Balance]) -> None:
    """Write transfers and the balances that they lead to."""
    if not movements:
        return
    await tx.run(
        "ledger/write",
        clinic,
        tx.now,
        [tx.new_id() for _ in movements],
        [m.participant for m in movements],
        [m.unit for m in movements],
        [m.source for m in movements],
        [m.destination for m in movements],
        [m.amount for m in movements],
        [m.cause for m in movements],
        [m.cause_id for m in movements],
        [m.enrollment for m in movements],
        [m.fact_no for m in movements],
        [participant for participant, _ in after],
        [b.unit for b in after.values()],
        [b.available for b in after.values()],
        [b.held for b in after.values()],
        [b.given for b in after.values()],
        [b.earned for b in after.values()],
    )
