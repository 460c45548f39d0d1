"""Deliveries as those see them who look after subscribers: listed with their attempts, and sent again."""

from datetime import datetime
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.notices import NoticeType
from schemas.subscribers import Attempt, AttemptOutcome, Delivery, DeliveryStatus, Replay
from service.core.cursors import LAST_NUMBER
from service.store.database.pool import Tx

ANSWER = "attempts.answer"
"""The field that the first bytes of an answer are sealed as."""


class DeliveryFilter(Struct, frozen=True):
    """Which deliveries are asked for."""

    status: DeliveryStatus | None = None
    type: NoticeType | None = None
    since: datetime | None = None


async def before(
    tx: Tx, subscriber: UUID, last: int, rows_max: int, filters: DeliveryFilter
) -> list[Delivery]:
    """Deliveries to a subscriber below a number, newest first."""
    wanted = {"subscriber_id": subscriber, "before": last, "limit": rows_max, "since": filters.since}
    if filters.status is not None:
        rows = await tx.rows("deliveries/list_of_status", **wanted, status=filters.status, type=filters.type)
    elif filters.type is not None:
        rows = await tx.rows("deliveries/list_of_type", **wanted, type=filters.type)
    else:
        rows = await tx.rows("deliveries/list", **wanted, delivery_id=None)
    return [_delivery(tx, row) for row in rows]


async def find(tx: Tx, delivery: UUID) -> Delivery | None:
    """One delivery by id."""
    known = await tx.row("deliveries/find", delivery_id=delivery)
    if known is None:
        return None
    last = min(known["sequence"] + 1, LAST_NUMBER)
    row = await tx.row(
        "deliveries/list",
        subscriber_id=known["subscriber_id"],
        before=last,
        limit=1,
        since=None,
        delivery_id=delivery,
    )
    return None if row is None else _delivery(tx, row)


async def replay_one(tx: Tx, delivery: Delivery) -> None:
    """Have one delivery sent again now."""
    await tx.run(
        "retries/put",
        subscriber_id=delivery.subscriber,
        sequence=[delivery.sequence],
        created_at=[delivery.created_at],
    )
    await tx.run("deliveries/await_again", subscriber_id=delivery.subscriber)


async def replay(tx: Tx, subscriber: UUID, wanted: Replay) -> int:
    """Have what was queued for a subscriber sent again now; gives how many that are."""
    done = await tx.run(
        "deliveries/replay",
        subscriber_id=subscriber,
        since=wanted.since,
        until=wanted.until,
        undelivered_only=wanted.undelivered_only,
    )
    await tx.run("deliveries/await_again", subscriber_id=subscriber)
    return int(done.rpartition(" ")[2])


def _delivery(tx: Tx, row: Record) -> Delivery:
    attempts = zip(
        row["ats"] or (),
        row["outcomes"] or (),
        row["took"] or (),
        row["statuses"] or (),
        [one if one is None else tx.cipher.open(tx.clinic, ANSWER, one) for one in row["answers"] or ()],
        strict=True,
    )
    return Delivery(
        row["delivery_id"],
        row["subscriber_id"],
        row["sequence"],
        cast("NoticeType", row["type"]),
        cast("DeliveryStatus", row["status"]),
        row["created_at"],
        tuple(_attempt(*one) for one in attempts),
        row["participant_id"],
        row["due_at"],
    )


def _attempt(at: datetime, outcome: str, took_ms: int, status: int | None, answer: bytes | None) -> Attempt:
    # A receiver can answer anything at all, U+0000 and half a character included.
    text = None if answer is None else answer.decode(errors="replace").replace("\0", "\ufffd")
    return Attempt(at, cast("AttemptOutcome", outcome), took_ms, status, text)
