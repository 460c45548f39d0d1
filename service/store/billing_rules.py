"""The rules by which events are billed, and the events of targets that have some."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.billing import BillingRule
from service.store.database.pool import Tx


class Service(Struct, frozen=True):
    """An event as it was recorded, with what its line names."""

    event: UUID
    outcome: str
    occurred_at: datetime
    minutes: int | None
    recorded_by: UUID
    target: str
    participant: UUID
    program: str


async def count(tx: Tx) -> int:
    """How many rules the clinic has set so far."""
    return cast("int", await tx.value("billing_rules/count"))


async def insert(tx: Tx, new: BillingRule) -> None:
    """Write a rule."""
    await tx.run(
        "billing_rules/insert",
        billing_rule_id=new.id,
        program=new.program,
        target=new.target,
        outcome=new.outcome,
        procedure_code=new.procedure,
        result_code=new.result,
        starts_on=new.starts_on,
        created_at=new.created_at,
        created_by=new.created_by,
    )


async def before(tx: Tx, last: UUID, rows_max: int) -> list[BillingRule]:
    """Rules set before `last`, newest first."""
    return [_rule(row) for row in await tx.rows("billing_rules/list", before=last, limit=rows_max)]


async def services(
    tx: Tx,
    of: Iterable[tuple[str, str]],
    within: tuple[datetime, datetime],
    last: UUID,
    rows_max: int,
    participant: UUID | None = None,
) -> list[Service]:
    """Events of some targets, each with its program, of a span of time; the newest recorded first."""
    wanted = list(of)
    rows = await tx.rows(
        "billing_rules/services",
        programs=[program for program, _ in wanted],
        targets=[target for _, target in wanted],
        since=within[0],
        until=within[1],
        before=last,
        participant_id=participant,
        limit=rows_max,
    )
    return [
        Service(
            row["event_id"],
            row["outcome"],
            row["occurred_at"],
            row["minutes"],
            row["recorded_by"],
            row["target"],
            row["participant_id"],
            row["program"],
        )
        for row in rows
    ]


def _rule(row: Record) -> BillingRule:
    return BillingRule(
        row["billing_rule_id"],
        row["program"],
        row["target"],
        row["starts_on"],
        row["created_at"],
        row["created_by"],
        row["outcome"],
        row["procedure_code"],
        row["result_code"],
    )
