"""Statements: a participant's transfers, each with what its sentence needs."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.books import AccountName, Cause
from schemas.program import Unit
from schemas.shelf import RewardName
from service.core.state import Why
from service.store.charts import Person
from service.store.database.pool import Tx

_why = msgspec.json.Decoder(tuple[Why, ...])


class Line(Struct, frozen=True):
    """One transfer with its cause: the award's reasons, event and program, or the reward's name.

    `target`, `program` and `version` say which noun the reasons speak of.
    """

    id: UUID
    at: datetime
    unit: Unit
    amount: int
    source: AccountName
    destination: AccountName
    cause: Cause
    cause_id: UUID
    why: tuple[Why, ...]
    event: UUID | None
    target: str | None
    program: str | None
    version: int | None
    reward: RewardName | str | None


async def before(tx: Tx, person: Person, last: UUID, rows_max: int, unit: Unit | None) -> list[Line]:
    """Transfers of one person before `last`, newest first."""
    rows = await tx.rows(
        "transfers/statement",
        accounts=person.accounts,
        person=person.id,
        before=last,
        limit=rows_max,
        unit=unit,
    )
    return [line_of(row) for row in rows]


async def count(tx: Tx, person: Person) -> int:
    """How many transfers one person has."""
    return cast("int", await tx.value("transfers/count", accounts=person.accounts, person=person.id))


async def moved_from(tx: Tx, person: Person, transfer: UUID) -> dict[Unit, int]:
    """What the transfers after one have changed of what was available, by unit."""
    rows = await tx.rows(
        "transfers/moved_from", accounts=person.accounts, person=person.id, transfer_id=transfer
    )
    return {cast("Unit", row["unit"]): row["moved"] for row in rows}


async def places(tx: Tx, person: Person, events: Sequence[UUID]) -> dict[UUID, UUID]:
    """Above which transfer events that have none stand in a statement, where one was written with them."""
    rows = await tx.rows("transfers/places", accounts=person.accounts, events=events)
    return {row["event_id"]: row["transfer_id"] for row in rows}


def line_of(row: Record) -> Line:
    """One row of a transfer with its cause."""
    return Line(
        row["transfer_id"],
        row["at"],
        cast("Unit", row["unit"]),
        row["amount"],
        cast("AccountName", row["source"]),
        cast("AccountName", row["destination"]),
        cast("Cause", row["cause"]),
        row["cause_id"],
        () if row["why"] is None else _why.decode(row["why"]),
        row["event_id"],
        row["target"],
        row["program"],
        row["version"],
        row["reward"] if row["reward_es"] is None else RewardName(row["reward"], row["reward_es"]),
    )
