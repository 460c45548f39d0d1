"""The part of the worker that orders rewards from providers, for many accounts at once, each by itself.

An account that is slow, paced or away holds up no other: each has a task of its own while something is due
for it.
"""

import asyncio
import contextlib
from datetime import timedelta
from typing import Final
from uuid import UUID

import asyncpg
import structlog

from service.flows.providers.ordering import OrderingConfig, find_due, serve_account
from service.outbound.post import WebhookClient
from service.outbound.providers.opening import provider_of
from service.store.database.ids import new_id
from service.store.database.pool import Database

ACCOUNTS_AT_ONCE: Final = 32
"""How many accounts one worker has in hand at most."""
POLL_S: Final = 1.0
LEASE: Final = timedelta(minutes=5)
AWAY: Final = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
FAULT_S: Final = 60.0
"""How long an account is left alone after a fault of ours in serving it."""

log = structlog.get_logger()

Name = tuple[UUID, UUID]


class OrderingLoop:
    """Accounts in one worker's hand, and those backing off after a fault of ours."""

    def __init__(self, database: Database, client: WebhookClient, stop: asyncio.Event) -> None:
        """Take what ordering needs."""
        self._database = database
        self._stop = stop
        self._config = OrderingConfig(
            lambda access, address, turn: provider_of(access, address, client, turn), new_id(), LEASE
        )
        self._running: dict[Name, asyncio.Task[None]] = {}
        self._backing_off: dict[Name, float] = {}

    async def run(self) -> None:
        """Order until told to stop; what is out then comes to its end, and leases are given back."""
        while not self._stop.is_set():
            try:
                await self._begin()
            except AWAY as error:
                log.warning("ordering_waits", error=type(error).__name__, wait_s=POLL_S)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_S):
                    await self._stop.wait()
        await asyncio.gather(*self._running.values())

    async def _begin(self) -> None:
        room = ACCOUNTS_AT_ONCE - len(self._running)
        if room <= 0:
            return
        for name in await find_due(self._database, ACCOUNTS_AT_ONCE + len(self._backing_off)):
            if len(self._running) >= ACCOUNTS_AT_ONCE or name in self._running or self._is_backing_off(name):
                continue
            self._running[name] = asyncio.create_task(self._serve(name))

    async def _serve(self, name: Name) -> None:
        clinic, account = name
        try:
            await serve_account(self._database, self._config, clinic, account, self._stop)
        except Exception as error:  # a fault with one account must not hold up the others
            if not isinstance(error, AWAY):
                self._backing_off[name] = asyncio.get_running_loop().time() + FAULT_S
            log.exception(
                "ordering_failed",
                clinic_id=str(clinic),
                account_id=str(account),
                error=type(error).__name__,
            )
        finally:
            del self._running[name]

    def _is_backing_off(self, name: Name) -> bool:
        until = self._backing_off.get(name)
        if until is not None and asyncio.get_running_loop().time() < until:
            return True
        self._backing_off.pop(name, None)
        return False
