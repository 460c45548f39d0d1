"""Caps of a clinic or a funder as they were set, and what participants have reached of them."""

from collections.abc import Sequence
from datetime import date
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.caps import CapWarning, ClinicCap
from schemas.program import Period, Unit
from service.core.dated_caps import DatedCap, Percent
from service.store.database.pool import Tx

REASON = "caps.reason"
"""The field that a cap's reason is sealed as."""


async def insert(tx: Tx, new: ClinicCap) -> None:
    """Write a new cap."""
    await tx.run(
        "caps/insert",
        cap_id=new.id,
        per=new.per,
        unit=new.unit,
        amount=new.amount,
        funding=new.funding,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        reason=tx.cipher.seal(tx.clinic, REASON, new.reason),
        created_at=new.created_at,
        created_by=new.created_by,
    )


async def find(tx: Tx, cap: UUID) -> ClinicCap | None:
    """One cap by id."""
    row = await tx.row("caps/find", cap_id=cap)
    return None if row is None else _cap(tx, row)


async def before(tx: Tx, last: UUID, rows_max: int, on: date | None) -> list[ClinicCap]:
    """Caps set before `last`, newest first; with `on`, those in force on that day."""
    return [_cap(tx, row) for row in await tx.rows("caps/list", before=last, limit=rows_max, day=on)]


async def end(tx: Tx, cap: UUID, on: date) -> bool:
    """Set a cap's last day; false where it has one."""
    return await tx.run("caps/end", cap_id=cap, ends_on=on) == "UPDATE 1"


async def whole(tx: Tx) -> tuple[DatedCap, ...]:
    """Every cap of a clinic in the order they were set, as postings look at them."""
    return tuple(
        DatedCap(
            row["cap_id"],
            cast("Period", row["per"]),
            cast("Unit", row["unit"]),
            row["amount"],
            row["starts_on"],
            row["ends_on"],
            row["funding"],
        )
        for row in await tx.rows("caps/whole")
    )


async def warnings(tx: Tx, cap: UUID, last: UUID, rows_max: int) -> list[CapWarning]:
    """Warnings of a cap before `last`, newest first."""
    rows: Sequence[Record] = await tx.rows("cap_warnings/list", cap_id=cap, before=last, limit=rows_max)
    return [
        CapWarning(
            row["warning_id"],
            cap,
            row["participant_id"],
            row["period"],
            cast("Percent", row["percent"]),
            row["reached_at"],
        )
        for row in rows
    ]


class Fullness(Struct, frozen=True):
    """How far people are in a cap: the most that one has, and how many have 80 percent of it, or all."""

    most: int
    near: int
    at_top: int


async def fullness(
    tx: Tx, asked: Sequence[ClinicCap], periods: Sequence[str | None], people_max: int
) -> dict[UUID, Fullness]:
    """How far people in care are in each cap; one that nobody has met is left out."""
    rows = await tx.rows(
        "cap_totals/fullest",
        limit=people_max,
        caps=[one.id for one in asked],
        periods=list(periods),
        amounts=[one.amount for one in asked],
    )
    return {row["cap_id"]: Fullness(row["most"], row["near"], row["at_top"]) for row in rows}


def _cap(tx: Tx, row: Record) -> ClinicCap:
    return ClinicCap(
        row["cap_id"],
        cast("Period", row["per"]),
        cast("Unit", row["unit"]),
        row["amount"],
        row["starts_on"],
        tx.cipher.open(tx.clinic, REASON, row["reason"]).decode(),
        row["created_at"],
        row["created_by"],
        row["funding"],
        row["ends_on"],
    )
