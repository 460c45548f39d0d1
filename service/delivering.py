"""The part of the worker that delivers notices: all the time, to many subscribers at once, each by itself.

Due subscribers are taken under lease as there is room. Those whose receivers were not heard of lately
get half of the room at most, so that however many are dead, the others are not held up.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import asyncpg
import structlog
from prometheus_client import Counter

from service.flows.notices.deliver import DeliveryConfig, deliver_notices
from service.flows.notices.fan_out import find_due
from service.flows.notices.send import Post
from service.settings import Settings
from service.store.attempts import Tried
from service.store.database.ids import new_id
from service.store.database.pool import Database
from service.store.leases import Due, Lease

AWAY: Final = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
AWAY_S: Final = 1.0
"""How long the database is left alone after it was away."""
FAULT_S: Final = 60.0
"""How long a subscriber is left alone after a fault of ours in delivering to it."""
LOOK_S_MIN: Final = 0.02
"""The least time between two looks at who is due, however often somebody nudges."""

NOTICES: Final = Counter(
    "rewards_notices", "Attempts to deliver notices, by what became of them.", ("outcome",)
)

log = structlog.get_logger()

Name = tuple[UUID, UUID]


class DeliveryLoop:
    """Deliveries of one worker: the subscribers under its lease, and those backing off after a fault."""

    def __init__(self, database: Database, settings: Settings, post: Post, stop: asyncio.Event) -> None:
        """Take what delivering needs; `wake` is set from outside when something was told."""
        self.wake = asyncio.Event()
        self._database = database
        self._at_once = settings.notice_subscribers_at_once
        self._poll_s = settings.notice_poll_s
        self._stop = stop
        self._config = DeliveryConfig(
            post,
            new_id(),
            timedelta(seconds=settings.notice_lease_s),
            settings.notice_posts_at_once,
            settings.notice_poll_s,
            tell,
        )
        self._running: dict[Name, asyncio.Task[None]] = {}
        self._silent: set[Name] = set()
        self._backing_off: dict[Name, float] = {}

    async def run(self) -> None:
        """Deliver until told to stop; what is out then comes to its end, and its leases are given back."""
        while not self._stop.is_set():
            wait_s = self._poll_s
            self.wake.clear()
            try:
                await self._begin()
            except AWAY as error:
                log.warning("delivering_waits", error=type(error).__name__, wait_s=AWAY_S)
                wait_s = max(wait_s, AWAY_S)
            await self._wait(LOOK_S_MIN, self._stop)
            await self._wait(wait_s, self.wake)
        await asyncio.gather(*self._running.values())

    async def _begin(self) -> None:
        room = self._at_once - len(self._running)
        if room <= 0:
            return
        for due in await find_due(self._database, self._at_once * 2 + len(self._backing_off)):
            name = due.clinic, due.subscriber
            if len(self._running) >= self._at_once or name in self._running or self._is_backing_off(name):
                continue
            if due.silences:
                if len(self._silent) >= (self._at_once + 1) // 2:
                    continue
                self._silent.add(name)
            self._running[name] = asyncio.create_task(self._deliver(due))

    async def _deliver(self, due: Due) -> None:
        name = due.clinic, due.subscriber
        try:
            await deliver_notices(self._database, self._config, due.clinic, due.subscriber, self._stop)
        except BaseExceptionGroup as group:
            self._note(due, group.exceptions[0])
        except Exception as error:  # noqa: BLE001  a fault with one subscriber must not hold up the others
            self._note(due, error)
        finally:
            self._silent.discard(name)
            del self._running[name]
            self.wake.set()

    def _note(self, due: Due, error: BaseException) -> None:
        if not isinstance(error, AWAY):
            self._backing_off[due.clinic, due.subscriber] = asyncio.get_running_loop().time() + FAULT_S
        log.error(
            "delivering_failed",
            clinic_id=str(due.clinic),
            subscriber_id=str(due.subscriber),
            error=type(error).__name__,
            exc_info=error,
        )

    def _is_backing_off(self, name: Name) -> bool:
        until = self._backing_off.get(name)
        if until is not None and asyncio.get_running_loop().time() < until:
            return True
        self._backing_off.pop(name, None)
        return False

    async def _wait(self, wait_s: float, sign: asyncio.Event) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await sign.wait()


def tell(lease: Lease, tried: Sequence[Tried], dead: int) -> None:
    """Count what became of attempts, and log what was not delivered."""
    counts = {"delivered": 0, "failed": 0, "dead": dead, "withheld": 0}
    for one in tried:
        counts[_word(one)] += 1
    for outcome, times in counts.items():
        if times:
            NOTICES.labels(outcome).inc(times)
    level = log.debug if counts["delivered"] == sum(counts.values()) else log.info
    level("notices_tried", clinic_id=str(lease.clinic), subscriber_id=str(lease.subscriber), **counts)


def _word(one: Tried) -> str:
    outcome = one.kept.outcome
    if outcome in {"delivered", "withheld"}:
        return outcome
    return "failed" if one.again_at is not None else "dead"
