"""Revoked keys, told to every process at once through LISTEN and NOTIFY on a connection of its own."""

import asyncio
from collections.abc import Callable
from uuid import UUID

import asyncpg
import structlog

from service.ending import end

CHANNEL = "keys_revoked"
BEAT_S = 1.0
"""How often the connection is tried; a dead one is noticed after at most this and the wait below."""
BEAT_WAIT_S_MAX = 2.0
AGAIN_S = 0.5
"""How long to wait before connecting again."""

_log = structlog.get_logger("service.store")


class Revocations:
    """Hears of revoked keys; `listening` says whether none can have been missed."""

    def __init__(self, url: str, heard: Callable[[UUID], None], lost: Callable[[], None]) -> None:
        """Take the database, what to do with a revoked key, and what to do when hearing stops or starts."""
        self._url = url
        self._heard = heard
        self._lost = lost
        self._task: asyncio.Task[None] | None = None
        self.listening = False

    def start(self) -> None:
        """Begin to listen, and go on for as long as the process lives."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop listening."""
        if self._task is not None:
            await end(self._task)

    async def _run(self) -> None:
        while True:
            try:
                await self._listen()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                if self.listening:
                    _log.warning("revocations_lost", error=type(error).__name__)
            finally:
                self.listening = False
                self._lost()
            await asyncio.sleep(AGAIN_S)

    async def _listen(self) -> None:
        connection = await asyncpg.connect(
            self._url, timeout=5, server_settings={"application_name": "rewards-keys"}
        )
        try:
            await connection.add_listener(CHANNEL, self._told)
            # Whatever was revoked before this moment is read from the table; nothing was kept until now.
            self._lost()
            self.listening = True
            while not connection.is_closed():
                await asyncio.sleep(BEAT_S)
                await connection.execute("select 1", timeout=BEAT_WAIT_S_MAX)
        finally:
            connection.terminate()

    def _told(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        self._heard(UUID(str(payload)))
