"""Revoked keys, told to every process at once through LISTEN and NOTIFY on a connection of its own.

It speaks to itself all the time, and where it does not hear that, it would not hear of a revoked key either:
so it says that it is deaf. A frozen server takes connections and says nothing; a pooler that shares sessions
lets one LISTEN, and tells whoever has the server's connection next.
"""

import asyncio
import secrets
from collections.abc import Callable
from typing import Final
from uuid import UUID

import asyncpg
import structlog
from asyncpg import Connection

from service.store.database.absence import AWAY
from service.store.database.hosts import Hosts
from service.store.database.poolers import between

CHANNEL: Final = "keys_revoked"
CONNECT_S_MAX: Final = 3.0
BEAT_S: Final = 1.0
"""How often it speaks to itself; that it is deaf is noticed after at most this and the wait below."""
BEAT_WAIT_S_MAX: Final = 2.0
AGAIN_S: Final = 0.5
"""How long to wait before connecting again."""
AGAIN_S_MAX: Final = 30.0
"""How long that becomes where a pooler lets nothing through: another try would hardly find it changed."""

_log = structlog.get_logger("service.store")


class UnheardError(Exception):
    """Nothing is heard of what is told on this connection."""


async def hear(url: str, heard: Callable[[UUID], None], hearing: Callable[[bool], None]) -> None:
    """Hear the ids of revoked keys, until cancelled; `hearing` is told when that begins and ends.

    `url` leads to the server itself, or through a pooler in session mode.
    """
    hosts, beat, wait_s, said = Hosts(url, CONNECT_S_MAX), f"beat_{secrets.token_hex(8)}", AGAIN_S, ""
    while True:
        try:
            await _hear(hosts, beat, heard, hearing)
        except (*AWAY, asyncpg.PostgresError, UnheardError) as error:
            wait_s = min(2 * wait_s, AGAIN_S_MAX) if isinstance(error, UnheardError) else AGAIN_S
            # Once for each reason: a server may be away for long.
            if said != type(error).__name__:
                said = type(error).__name__
                _log.warning("revocations_unheard", error=said)
        finally:
            hearing(False)  # noqa: FBT003  the only thing that it says
        await asyncio.sleep(wait_s)


async def _hear(
    hosts: Hosts, beat: str, heard: Callable[[UUID], None], hearing: Callable[[bool], None]
) -> None:
    """Hear on one connection until it is lost; raises what says why."""
    connection, felt = await _opened(hosts), asyncio.Event()
    try:
        await connection.add_listener(
            CHANNEL, lambda _connection, _pid, _channel, told: heard(UUID(str(told)))
        )
        await connection.add_listener(beat, lambda *_: felt.set())
        if (await between(connection)).is_pooler:
            # One that shares sessions gives us back what we tell ourselves, and nothing of what others tell.
            other = await _opened(hosts)
            try:
                await _feel(other, beat, felt)
            finally:
                other.terminate()
        # Whatever was revoked before this moment is read from the table; nothing was kept until now.
        hearing(True)  # noqa: FBT003  the only thing that it says
        while True:
            await _feel(connection, beat, felt)
            await asyncio.sleep(BEAT_S)
    finally:
        connection.terminate()


async def _opened(hosts: Hosts) -> Connection:
    return await hosts.open(
        command_timeout=BEAT_WAIT_S_MAX,
        statement_cache_size=0,
        server_settings={"application_name": "rewards-keys"},
    )


async def _feel(teller: Connection, beat: str, felt: asyncio.Event) -> None:
    """Tell ourselves something, and hear it; raises UnheardError where that takes too long."""
    felt.clear()
    # Nothing that would have to outlive the server: it waits neither for the disk nor for a standby.
    await teller.execute(f"begin; set local synchronous_commit = off; notify {beat}; commit")
    try:
        async with asyncio.timeout(BEAT_WAIT_S_MAX):
            await felt.wait()
    except TimeoutError:
        raise UnheardError from None
