"""Balances, and the transfers that change them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from uuid import UUID

from msgspec import Struct

from schemas.program import Unit
from schemas.receipts import Balance, BalanceSheet
from service.core.episode import Decided
from service.core.ledger import Credit, Movement, Paid, apply, credit_movement
from service.store import record
from service.store.database import Tx
from service.store.record import BalanceKey


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
    await record.write(tx, clinic, record.Books(movements=movements, balances=after))
    return after


async def pay(tx: Tx, clinic: UUID, wanted: Sequence[Credit]) -> list[Paid]:
    """Pay credits in their order; the participants are locked by the caller."""
    movements = [credit_movement(credit, credit.amount) for credit in wanted]
    await move(tx, clinic, [movement for movement in movements if movement is not None])
    return [Paid(credit.amount) for credit in wanted]


class Entries(Struct, frozen=True):
    """What a decision on an enrollment folded again writes: awards, transfers, and the balances these change.

    `balances` are all of the participant's balances after it, `ids` the awards' in the order of the postings.
    """

    ids: list[UUID]
    awards: list[record.NewAward]
    movements: list[Movement]
    moved: dict[BalanceKey, Balance]
    balances: tuple[Balance, ...]


def entries(tx: Tx, decided: Decided, before: Iterable[Balance]) -> Entries:
    """What a decision would write; `before` are the participant's balances by now."""
    ids: list[UUID] = [tx.new_id() for _ in decided.postings]
    awards, movements = record.posted(decided, None, ids)
    held = {(decided.episode.participant, one.unit): one for one in before}
    moved = applied(held, movements)
    return Entries(ids, awards, movements, moved, tuple((held | moved).values()))


async def post(tx: Tx, clinic: UUID, decided: Decided, new: Entries) -> None:
    """Write what was decided of an enrollment folded again, and the checkpoint after it."""
    await record.write(tx, clinic, record.Books((), [decided.episode], new.awards, new.movements, new.moved))


def applied(before: Mapping[BalanceKey, Balance], movements: Iterable[Movement]) -> dict[BalanceKey, Balance]:
    """The balances that movements change, as they are after them."""
    after: dict[BalanceKey, Balance] = {}
    for movement in movements:
        key = (movement.participant, movement.unit)
        balance = after.get(key) or before.get(key) or Balance(movement.unit, 0, 0, 0, 0)
        after[key] = apply(balance, movement)
    return after


async def sheets(tx: Tx, clinic: UUID, participants: Iterable[UUID]) -> dict[UUID, BalanceSheet]:
    """All balances of each participant that there is."""
    found: dict[UUID, list[Balance]] = {}
    for row in await tx.rows("ledger/sheets", clinic, list(participants)):
        balances_of = found.setdefault(row["participant_id"], [])
        if row["unit"] is not None:
            balances_of.append(
                Balance(row["unit"], row["available"], row["held"], row["given"], row["earned"])
            )
    return {who: BalanceSheet(who, tuple(each), tx.now) for who, each in found.items()}
