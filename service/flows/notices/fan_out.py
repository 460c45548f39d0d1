"""Fan out notices: find subscribers with work, lease one, make its deliveries; keep the weekly partitions."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.notices import Logged
from service.core.notices.telling import is_for, read_log
from service.core.notices.waits import Hold, too_old, turn
from service.store import leases, pending_deliveries, weeks
from service.store.database.pool import Database, Tx
from service.store.leases import Due, Lease
from service.store.pending_deliveries import LogRow, LostDelivery, PendingDelivery

LOG_ROWS_MAX: Final = 500
LOG_BYTES_MAX: Final = 512 * 1024
"""How much of the log is made into deliveries at once; a larger single row is taken whole."""
DELIVERIES_MAX: Final = 500
"""How many that wait already are taken at once, of first attempts and of later ones each."""
AHEAD_WEEKS: Final = 8
"""How many weeks are there ahead of time, counted from this one: a worker may be away for as long."""


class Taken(Struct, frozen=True):
    """Leased deliveries: first attempts up to number `cursor`, and later ones; `more` where more waits."""

    lease: Lease
    firsts: list[PendingDelivery]
    again: list[PendingDelivery]
    cursor: int
    dead: int
    more: bool


async def take_notices(
    database: Database,
    clinic: UUID,
    subscriber: UUID,
    worker: UUID,
    lease_for: timedelta,
    cursor: int | None = None,
    in_hand: Collection[int] = (),
) -> Taken | None:
    """Take, or keep, a subscriber in hand; None where another worker has it, or it is deleted.

    `cursor` is the last number that was taken for a first attempt, None at the beginning; `in_hand` are those
    being tried again. Where the subscriber is disabled or left alone, what was told is numbered and no more.
    """
    async with database.transaction(clinic) as tx:
        lease = await leases.take(tx, subscriber, worker, tx.now + lease_for)
        if lease is None:
            return None
        fresh, log_full = await _fan_out(tx, lease)
        last = fresh[-1].sequence if fresh else lease.sequence
        place = lease.tried_sequence if cursor is None else cursor
        if not lease.active or isinstance(turn(lease.receiver, tx.now), Hold):
            return Taken(lease, [], [], place, 0, log_full)
        again, dead, again_full = await _due(tx, lease, in_hand)
        firsts, place = await _firsts(tx, lease, fresh, last, place)
        return Taken(lease, firsts, again, place, dead, log_full or again_full or place < last)


async def _fan_out(tx: Tx, lease: Lease) -> tuple[list[PendingDelivery], bool]:
    """Make deliveries of the log's next rows; says also whether more of it may be left."""
    told = await pending_deliveries.read(tx, lease, LOG_BYTES_MAX, LOG_ROWS_MAX)
    if not told:
        return [], False
    fresh = await pending_deliveries.write(tx, lease, _for(lease, told))
    last = fresh[-1].sequence if fresh else lease.sequence
    await leases.advance(tx, lease, told[-1].seq, max(row.at for row in told), last)
    size = sum(len(row.body) for row in told)
    return fresh, len(told) == LOG_ROWS_MAX or size >= LOG_BYTES_MAX // 2


def _for(lease: Lease, told: Sequence[LogRow]) -> list[tuple[datetime, Logged]]:
    """The notices of some log rows that one subscriber receives, with the times of the rows."""
    return [
        (row.at, one)
        for row in told
        for one in read_log(row.body)
        if is_for(one, lease.subscriber, lease.types)
    ]


async def _firsts(
    tx: Tx, lease: Lease, fresh: list[PendingDelivery], last: int, place: int
) -> tuple[list[PendingDelivery], int]:
    """Deliveries after `place` that were never tried, and the number up to which that is all."""
    if place >= lease.sequence:
        return fresh, last
    left = await pending_deliveries.untried(tx, lease, place, DELIVERIES_MAX)
    if len(left) == DELIVERIES_MAX:
        # What is fresh comes in its turn.
        return left, left[-1].sequence
    return left + fresh, last


async def _due(tx: Tx, lease: Lease, in_hand: Collection[int]) -> tuple[list[PendingDelivery], int, bool]:
    """Deliveries due to be tried again, how many turned out to be dead, and how many are left."""
    found = await pending_deliveries.due(tx, lease, in_hand, DELIVERIES_MAX)
    again: list[PendingDelivery] = []
    over = []
    for one in found:
        match one:
            case LostDelivery(sequence, born):
                over.append((sequence, born))
            case PendingDelivery(sequence=sequence, born=born) if born is not None and too_old(born, tx.now):
                over.append((sequence, born))
            case PendingDelivery():
                again.append(one)
    await pending_deliveries.drop(tx, lease, over)
    return again, len(over), len(found) == DELIVERIES_MAX


async def find_due(database: Database, rows_max: int) -> list[Due]:
    """The subscribers of all clinics that are due, those whose receivers answer first."""
    async with database.transaction(None) as tx:
        return await leases.due(tx, rows_max)


async def keep_weeks(database: Database, keep: timedelta) -> int:
    """Make this week and the next ones, and drop those that were over longer ago than `keep`.

    Gives how many were made or dropped. A week in which an active subscriber has yet to be told something
    stays. Two workers may do it at once: one of them waits, or gives up and finds it done the next time.

    Raises asyncpg.LockNotAvailableError where the tables are in use; it is done the next time.
    """
    async with database.transaction(None) as tx:
        made = await weeks.make(tx, tx.now.date(), AHEAD_WEEKS)
    async with database.transaction(None) as tx:
        return made + await weeks.drop(tx, (tx.now - keep).date())
