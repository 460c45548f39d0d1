"""Restrictions: what people ask that others are not told, and what became of it."""

from typing import cast
from uuid import UUID

from asyncpg import Record

from schemas.restrictions import Restriction, RestrictionStatus
from service.store.charts import charts
from service.store.database.pool import Tx

REQUEST = "restrictions.request"
RECIPIENT = "restrictions.recipient"
ANSWER = "restrictions.answer"
"""The fields that the words of a restriction are sealed as."""


async def insert(tx: Tx, new: Restriction) -> None:
    """Write a request down."""
    seal = tx.cipher.seal
    await tx.run(
        "restrictions/insert",
        restriction_id=new.id,
        participant_id=new.participant,
        subscriber_id=new.subscriber,
        recipient=None if new.recipient is None else seal(tx.clinic, RECIPIENT, new.recipient),
        request=seal(tx.clinic, REQUEST, new.request),
        recorded_by=new.recorded_by,
    )


async def find(tx: Tx, restriction: UUID) -> Restriction | None:
    """One restriction by id."""
    row = await tx.row("restrictions/find", restriction_id=restriction)
    return None if row is None else _restriction(tx, row)


async def before(
    tx: Tx, last: UUID, rows_max: int, participant: UUID | None, status: RestrictionStatus | None
) -> list[Restriction]:
    """Restrictions asked for before `last`, newest first."""
    if participant is None:
        rows = await tx.rows("restrictions/list", before=last, limit=rows_max, status=status)
    else:
        rows = await tx.rows(
            "restrictions/list_of_participant",
            before=last,
            limit=rows_max,
            status=status,
            charts=await charts(tx, participant),
        )
    return [_restriction(tx, row) for row in rows]


async def settle(
    tx: Tx, restriction: UUID, status: RestrictionStatus, by: UUID, answer: str | None = None
) -> bool:
    """Agree to a request or decline it; false where that was done before."""
    kept = None if answer is None else tx.cipher.seal(tx.clinic, ANSWER, answer)
    word = await tx.run(
        "restrictions/settle", restriction_id=restriction, status=status, answer=kept, settled_by=by
    )
    return word == "UPDATE 1"


async def end(tx: Tx, restriction: UUID, by: UUID) -> bool:
    """End a restriction; false where it is not agreed to, or has ended."""
    return await tx.run("restrictions/end", restriction_id=restriction, ended_by=by) == "UPDATE 1"


async def touch_subscriber(tx: Tx, subscriber: UUID) -> None:
    """Let whoever delivers to a subscriber ask anew what it may be told."""
    await tx.run("restrictions/touch_subscriber", subscriber_id=subscriber)


def _restriction(tx: Tx, row: Record) -> Restriction:
    def opened(field: str, column: str) -> str | None:
        return tx.cipher.open_text(tx.clinic, field, row[column])

    return Restriction(
        row["restriction_id"],
        row["participant_id"],
        opened(REQUEST, "request") or "",
        cast("RestrictionStatus", row["status"]),
        row["asked_at"],
        row["recorded_by"],
        row["subscriber_id"],
        opened(RECIPIENT, "recipient"),
        opened(ANSWER, "answer"),
        row["settled_at"],
        row["settled_by"],
        row["ended_at"],
        row["ended_by"],
    )
