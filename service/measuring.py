"""The part of the worker that is watched: its beat, whether it can work, and what waits in all clinics.

What waits is counted at intervals and never when somebody asks, so that asking costs nothing, and no more
than a twentieth of the time goes into counting, however many clinics there are.
"""

import asyncio
import math
import time
from datetime import datetime
from typing import Final

import structlog
from prometheus_client import Counter, Gauge

from service.flows.screens.tallies import tally
from service.store.database.absence import is_away
from service.store.database.pool import Database
from service.store.readiness import Readiness, State
from service.store.tallies import Tally

BEAT_S: Final = 1.0
"""How often a worker says that it runs."""
BEAT_S_MAX: Final = 10.0
"""How long it may say nothing before it is taken for frozen."""
LOOK_S: Final = 3.0
"""How often it looks whether PostgreSQL can be worked with."""
COUNT_S: Final = 15.0
"""How often what waits is counted."""
COUNT_PART: Final = 20
"""How many times as long as counting took is waited until the next count, where that is longer."""

CHORE_SUCCESS: Final = Gauge(
    "rewards_chore_last_success_timestamp_seconds",
    "When this worker last did a chore for all clinics, in seconds since 1970.",
    ("chore",),
)
CHORE_EVERY: Final = Gauge("rewards_chore_interval_seconds", "How often a chore is done.", ("chore",))
CHORE_FAILURES: Final = Counter("rewards_chore_failures", "Rounds of a chore that failed.", ("chore",))

NOTICES_WAITING: Final = Gauge("rewards_notices_waiting", "Notices that are not delivered yet.")
NOTICES_OLDEST: Final = Gauge("rewards_notices_oldest_age_seconds", "The age of the oldest; 0 for none.")
NOTICES_DEAD: Final = Gauge("rewards_notices_dead", "Notices on record that were given up.")
REVIEW: Final = Gauge("rewards_messages_to_review", "Inbound messages that wait for somebody.")
KEPT: Final = Gauge("rewards_messages_kept", "Inbound messages that are kept and not understood yet.")
QUEUED: Final = Gauge("rewards_messages_queued", "Texts and mails that are not sent yet.")
OUT_OF_STOCK: Final = Gauge("rewards_shelf_out_of_stock", "Active rewards of which none is left.")
PROVIDER_BALANCE: Final = Gauge(
    "rewards_provider_balance_cents", "The least that an account with a reward provider holds; NaN for none."
)
PROVIDERS_LOW: Final = Gauge(
    "rewards_provider_accounts_low", "Accounts with reward providers that hold less than their warning."
)
ORDERS_WAITING: Final = Gauge("rewards_provider_orders_waiting", "Rewards on order with a provider.")
ORDERS_OLDEST: Final = Gauge(
    "rewards_provider_orders_oldest_age_seconds", "The age of the oldest; 0 for none."
)
PROVIDER_DIFFERENCES: Final = Gauge(
    "rewards_provider_differences", "Where reward providers' lists of orders and ours differ."
)
IMPORTS: Final = Gauge("rewards_imports_running", "Imports and previews under way.")
IMPORT_LINES: Final = Gauge("rewards_import_lines", "Their lines.")
IMPORT_LINES_DONE: Final = Gauge("rewards_import_lines_done", "Those of them that are done.")
IMPORT_OLDEST: Final = Gauge("rewards_import_oldest_age_seconds", "How long ago the oldest import was begun.")
COUNTED: Final = Gauge(
    "rewards_tallies_last_success_timestamp_seconds",
    "When this worker last counted what waits, in seconds since 1970.",
)

_log = structlog.get_logger()


class Vitals:
    """What a worker says of itself to whoever watches; written by its loop, and read by another thread."""

    def __init__(self) -> None:
        """Begin with a worker that has just begun, and has not looked at PostgreSQL yet."""
        self.postgresql: State = "away"
        self._beat = time.monotonic()

    @property
    def is_alive(self) -> bool:
        """Whether its loop ran of late."""
        return time.monotonic() - self._beat < BEAT_S_MAX

    async def keep(self, readiness: Readiness) -> None:
        """Beat, and look at PostgreSQL, until cancelled."""
        looked = -LOOK_S
        while True:
            self._beat = time.monotonic()
            if self._beat - looked >= LOOK_S:
                looked = self._beat
                self.postgresql = await readiness.look()
            await asyncio.sleep(BEAT_S)


def show(counted: Tally, now: datetime) -> None:
    """Show what waits."""
    NOTICES_WAITING.set(counted.waiting)
    NOTICES_OLDEST.set(_age(counted.oldest, now))
    NOTICES_DEAD.set(counted.dead)
    REVIEW.set(counted.review)
    KEPT.set(counted.kept)
    QUEUED.set(counted.queued)
    OUT_OF_STOCK.set(counted.out_of_stock)
    balance = counted.provider_balance
    PROVIDER_BALANCE.set(math.nan if balance is None else balance)
    PROVIDERS_LOW.set(counted.providers_low)
    ORDERS_WAITING.set(counted.orders_waiting)
    ORDERS_OLDEST.set(_age(counted.orders_oldest, now))
    PROVIDER_DIFFERENCES.set(counted.provider_differences)
    IMPORTS.set(counted.running)
    IMPORT_LINES.set(counted.lines)
    IMPORT_LINES_DONE.set(counted.lines_done)
    IMPORT_OLDEST.set(_age(counted.import_oldest, now))
    COUNTED.set_to_current_time()


async def measure(database: Database) -> None:
    """Count what waits again and again, until cancelled."""
    while True:
        began = time.monotonic()
        try:
            show(*await tally(database))
        except Exception as error:  # noqa: BLE001  what is shown grows old, and the time of the last count says so
            level = _log.warning if is_away(error) else _log.exception
            level("not_counted", error=type(error).__name__)
        await asyncio.sleep(max(COUNT_S, COUNT_PART * (time.monotonic() - began)))


def _age(oldest: datetime | None, now: datetime) -> float:
    return 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())
