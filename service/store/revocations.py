"""Revoked keys, told to every process at once through LISTEN and NOTIFY on a connection of its own."""

import asyncio
from collections.abc import Callable
from uuid import UUID

import asyncpg
import structlog

CHANNEL = "keys_revoked"
BEAT_S = 1.0
"""How often the connection is tried; a dead one is noticed after at most this and the wait below."""
BEAT_WAIT_S_MAX = 2.0
AGAIN_S = 0.5
"""How long to wait before connecting again."""

_log = structlog.get_logger("service.store")


async def hear(url: str, heard: Callable[[UUID], None], hearing: Callable[[bool], None]) -> None:
    """Hear the ids of revoked keys, until cancelled; `hearing` is told when that begins and ends."""
    while True:
        began = False
        try:
            connection = await asyncpg.connect(
                url, timeout=5, server_settings={"application_name": "rewards-keys"}
            )
            try:
                await connection.add_listener(
                    CHANNEL, lambda _connection, _pid, _channel, told: heard(UUID(str(told)))
                )
                # Whatever was revoked before this moment is read from the table; nothing was kept until now.
                began = True
                hearing(True)  # noqa: FBT003  the only thing that it says
                while not connection.is_closed():
                    await asyncio.sleep(BEAT_S)
                    await connection.execute("select 1", timeout=BEAT_WAIT_S_MAX)
            finally:
                connection.terminate()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            if began:
                _log.warning("revocations_lost", error=type(error).__name__)
        finally:
            hearing(False)  # noqa: FBT003  the only thing that it says
        await asyncio.sleep(AGAIN_S)
