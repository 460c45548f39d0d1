"""Deliver what one subscriber has to get, until nothing is left, it wants a pause, or we are told to stop.

The subscriber is leased for as long. Several notices are posted at once; one that takes long or fails holds
up no later one. What became of them is recorded together, a few times a second, while others are out.
"""

import asyncio
import contextlib
import random
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from time import perf_counter
from typing import Final
from uuid import UUID

import asyncpg
import structlog
from msgspec import Struct
from msgspec.structs import replace

from service.core.notices.deliveries import Gone
from service.core.notices.waits import Go, Hold, Probe, learn, turn
from service.flows.notices.fan_out import Taken, take_notices
from service.flows.notices.send import Post, Sent, record_attempts, send_notice
from service.store.attempts import Tried
from service.store.database.pool import Database
from service.store.leases import Lease
from service.store.pending_deliveries import PendingDelivery
from service.tracing import TRACING, Span

RECORDED_AT_ONCE: Final = 200
"""How many attempts are waited for before they are recorded together, unless `RECORD_S` is over first."""
RECORD_S: Final = 0.1
QUEUE_LOW: Final = 300
"""More is taken when fewer than this wait in memory."""
AGAIN_S: Final = 0.5
"""How long a database that is away is left alone before attempts are recorded after all."""
TRIES_MAX: Final = 120
RENEWALS: Final = 3
"""How often a lease is renewed in its time."""

AWAY: Final = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)

log = structlog.get_logger("service.flows")


class DeliveryConfig(Struct, frozen=True):
    """The configuration of deliveries: the poster, the worker, and bounds."""

    post: Post
    worker: UUID
    lease_for: timedelta
    posts_max: int
    """How many notices of one subscriber are posted at once."""
    poll_s: float
    """How often the log is looked at while something slow is out."""
    tell: Callable[[Lease, Sequence[Tried], int], None]
    """Told of attempts that were recorded, and of how many notices were found dead of age."""


async def deliver_notices(
    database: Database, config: DeliveryConfig, clinic: UUID, subscriber: UUID, stop: asyncio.Event
) -> bool:
    """Deliver to one subscriber; False where another worker has it in hand.

    Raises OSError or asyncpg.PostgresError where the database is away; what was not recorded then is sent
    once more by whoever takes the subscriber next.
    """
    taken = await take_notices(database, clinic, subscriber, config.worker, config.lease_for)
    if taken is None:
        return False
    await _SubscriberDelivery(database, config, taken, stop).deliver()
    return True


class _SubscriberDelivery:
    """One subscriber in hand: what waits for it, what is out, and what is not recorded yet."""

    def __init__(self, database: Database, config: DeliveryConfig, taken: Taken, stop: asyncio.Event) -> None:
        self.database = database
        self.config = config
        self.stop = stop
        self.lease = taken.lease
        self.receiver = taken.lease.receiver
        self.queue: deque[PendingDelivery] = deque()
        # First attempts that are taken and not recorded, by number, and such that are tried again.
        self.firsts: set[int] = set()
        self.again: set[int] = set()
        self.done: list[Tried] = []
        self.out = 0
        self.halted = False
        self.news = asyncio.Event()
        self.now = asyncio.get_running_loop().time
        self.recorded_at = self.now()
        self._add(taken)

    async def deliver(self) -> None:
        """Post, record and take more, until there is no reason to go on; then give the lease back."""
        async with asyncio.TaskGroup() as posts:
            while True:
                await self._begin(posts)
                if self._must_record():
                    await self._record()
                elif self._must_take():
                    await self._take()
                elif not self.out:
                    break
                else:
                    await self._wait()
        await self._record(last=True)

    def _must_record(self) -> bool:
        late_s = self.now() - self.recorded_at
        if self.done:
            return len(self.done) >= RECORDED_AT_ONCE or late_s >= RECORD_S or not self.out
        # Nothing came back for long: the lease is kept all the same.
        return bool(self.out) and late_s >= self.config.lease_for.total_seconds() / RENEWALS

    def _must_take(self) -> bool:
        if self.halted or self.stop.is_set() or len(self.queue) >= QUEUE_LOW:
            return False
        if not self.out:
            # What still waits here now, waits because the receiver is left alone.
            return self.more and not self.queue
        return self.more or self.now() >= self.look_at

    async def _begin(self, posts: asyncio.TaskGroup) -> None:
        """Put as many to work as may be out; a probe goes alone, and is on record before it goes."""
        while self.queue and self.out < self._slots() and self._open():
            match turn(self.receiver, self.database.clock()):
                case Go():
                    pass
                case Probe(receiver) if not self.out:
                    self.receiver = receiver
                    await self._record()
                    if not self._open():
                        return
                case Probe() | Hold():
                    return
            self.out += 1
            posts.create_task(self._post(self.queue.popleft()))

    def _slots(self) -> int:
        # One that asked for quiet gets one at a time; a silent one ever fewer, until its circuit opens.
        return 1 if self.receiver.pause_s else max(1, self.config.posts_max - self.receiver.silences)

    def _open(self) -> bool:
        """Whether anything may still be posted: nobody else may have the lease while something is out."""
        return not (self.halted or self.stop.is_set()) and self.database.clock() < self.lease.until

    async def _post(self, delivery: PendingDelivery | None) -> None:
        """Post one notice after another."""
        try:
            while delivery is not None:
                delivery = await self._post_one(delivery)
        except AWAY as error:
            # The consent could not be asked for: the notice stays where it is.
            self.halted = True
            log.warning(
                "consent_unknown", error=type(error).__name__, subscriber_id=str(self.lease.subscriber)
            )
        finally:
            self.out -= 1
            self.news.set()

    async def _post_one(self, delivery: PendingDelivery) -> PendingDelivery | None:
        began = perf_counter()
        sent = await send_notice(self.database, self.config.post, self.lease, delivery)
        if TRACING.is_on:
            self._trace(delivery, sent, perf_counter() - began)
        if sent is None:
            self.halted = True
            return None
        if sent.outcome is not None:
            chance = random.random()  # noqa: S311  spreads probes, guards nothing
            self.receiver = learn(self.receiver, sent.outcome, self.database.clock(), chance)
        self.halted = self.halted or isinstance(sent.outcome, Gone)
        self.done.append(sent.tried)
        if len(self.done) >= RECORDED_AT_ONCE or (self.more and len(self.queue) < QUEUE_LOW):
            self.news.set()
        goes_on = (
            self.queue
            and self.out <= self._slots()
            and self._open()
            and isinstance(turn(self.receiver, self.database.clock()), Go)
        )
        return self.queue.popleft() if goes_on else None

    def _trace(self, delivery: PendingDelivery, sent: Sent | None, seconds: float) -> None:
        """Tell of one attempt, in spans."""
        became = "not_sent" if sent is None else sent.tried.kept.outcome
        facts: dict[str, str | int] = {
            "rewards.clinic_id": str(self.lease.clinic),
            "rewards.subscriber_id": str(self.lease.subscriber),
            "rewards.delivery_id": str(delivery.id),
            "rewards.sequence": delivery.sequence,
            "rewards.outcome": became,
        }
        is_fault = became not in {"delivered", "withheld"}
        TRACING.tell(Span("deliver notice", "client", seconds, facts, is_fault=is_fault))

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(RECORD_S):
                await self.news.wait()
        self.news.clear()

    async def _take(self) -> None:
        taken = await take_notices(
            self.database,
            self.lease.clinic,
            self.lease.subscriber,
            self.config.worker,
            self.config.lease_for,
            self.cursor,
            self.again,
        )
        if taken is None:
            self.halted = True
            self.more = False
        else:
            self._add(taken)

    def _add(self, taken: Taken) -> None:
        self.lease = taken.lease
        self.cursor = taken.cursor
        self.more = taken.more
        self.halted = self.halted or not taken.lease.active
        self.firsts.update(delivery.sequence for delivery in taken.firsts)
        self.again.update(delivery.sequence for delivery in taken.again)
        self.queue.extend(taken.firsts)
        self.queue.extend(taken.again)
        self.look_at = self.now() + self.config.poll_s
        if taken.dead:
            self.config.tell(self.lease, [], taken.dead)

    async def _record(self, *, last: bool = False) -> None:
        """Record what is done, and try again where the database is away: else it would all be sent again."""
        tried = self.done[:]
        left = self.firsts - {one.delivery.sequence for one in tried if one.delivery.born is None}
        upto = min(left) - 1 if left else self.cursor
        until = await self._recorded(tried, upto, None if last else self.config.lease_for)
        self.recorded_at = self.now()
        del self.done[: len(tried)]
        self.firsts = left
        self.again -= {one.delivery.sequence for one in tried if one.delivery.born is not None}
        if until is None:
            self.halted = True
        else:
            self.lease = replace(self.lease, until=until)
        if tried:
            self.config.tell(self.lease, tried, 0)

    async def _recorded(
        self, tried: Sequence[Tried], upto: int, lease_for: timedelta | None
    ) -> datetime | None:
        for _ in range(TRIES_MAX):
            try:
                return await record_attempts(self.database, self.lease, tried, upto, self.receiver, lease_for)
            except AWAY:
                if self.stop.is_set():
                    break
            await asyncio.sleep(AGAIN_S)
        return await record_attempts(self.database, self.lease, tried, upto, self.receiver, lease_for)
