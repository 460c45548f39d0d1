"""What is to be posted to one subscriber: read from the log, never tried yet, or due to be tried again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.notices import Logged
from service.core.notices.telling import sent_body
from service.store.database.pool import Tx
from service.store.leases import Lease


class LogRow(Struct, frozen=True):
    """One row of the log."""

    seq: int
    at: datetime
    body: bytes


class PendingDelivery(Struct, frozen=True):
    """One notice that is to be posted; `born` is None at its first attempt."""

    sequence: int
    created_at: datetime
    id: UUID
    type: str
    participant: UUID | None
    body: bytes
    attempts: int = 0
    born: datetime | None = None


class LostDelivery(Struct, frozen=True):
    """Something due whose delivery went with its week."""

    sequence: int
    born: datetime


async def read(tx: Tx, lease: Lease, bytes_max: int, rows_max: int) -> list[LogRow]:
    """What a clinic told that a subscriber has not been given yet: at least one row where there is any."""
    rows = await tx.rows(
        "notices/read_after",
        subscriber_id=lease.subscriber,
        after=lease.read_seq,
        bytes_max=bytes_max,
        limit=rows_max,
    )
    return [LogRow(row["seq"], row["at"], row["body"]) for row in rows]


async def write(tx: Tx, lease: Lease, told: Sequence[tuple[datetime, Logged]]) -> list[PendingDelivery]:
    """Keep what a subscriber is told, each under the next number, an id of its own, and in the bytes sent."""
    pending_deliveries = [
        PendingDelivery(number, tx.now, tx.new_id(), one.type, one.participant, sent_body(one, at, number))
        for number, (at, one) in enumerate(told, lease.sequence + 1)
    ]
    if pending_deliveries:
        await tx.run(
            "deliveries/insert",
            subscriber_id=lease.subscriber,
            sequence=[one.sequence for one in pending_deliveries],
            delivery_id=[one.id for one in pending_deliveries],
            type=[one.type for one in pending_deliveries],
            participant_id=[one.participant for one in pending_deliveries],
            body=[one.body for one in pending_deliveries],
        )
    return pending_deliveries


async def untried(tx: Tx, lease: Lease, after: int, rows_max: int) -> list[PendingDelivery]:
    """What was numbered after `after` and never tried, in its order."""
    rows = await tx.rows(
        "deliveries/untried",
        subscriber_id=lease.subscriber,
        after=after,
        up_to=lease.sequence,
        limit=rows_max,
    )
    return [_delivery(row) for row in rows]


async def due(
    tx: Tx, lease: Lease, in_hand: Collection[int], rows_max: int
) -> list[PendingDelivery | LostDelivery]:
    """What is to be tried again by now and is not in hand."""
    rows = await tx.rows("retries/due", subscriber_id=lease.subscriber, in_hand=list(in_hand), limit=rows_max)
    return [
        LostDelivery(row["sequence"], row["born_at"])
        if row["body"] is None
        else _delivery(row, row["attempts"], row["born_at"])
        for row in rows
    ]


async def drop(tx: Tx, lease: Lease, done: Sequence[tuple[int, datetime]]) -> None:
    """Forget what is not tried again, by its number and when it was first tried or replayed."""
    if done:
        numbers, born = zip(*done, strict=True)
        await tx.run("retries/drop", subscriber_id=lease.subscriber, sequence=numbers, born_at=born)


def _delivery(row: Record, attempts: int = 0, born: datetime | None = None) -> PendingDelivery:
    return PendingDelivery(
        row["sequence"],
        row["created_at"],
        row["delivery_id"],
        row["type"],
        row["participant_id"],
        row["body"],
        attempts,
        born,
    )
