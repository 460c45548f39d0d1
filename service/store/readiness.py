"""Whether PostgreSQL can keep what must not be lost, looked at on a connection of its own.

A request's connection would not do: where all are in use, or wait for a server that is frozen, a look would
wait with them.
"""

from __future__ import annotations

import asyncio
from typing import Final, Literal

import asyncpg
import structlog
from asyncpg import Connection

from service.ending import end
from service.store.database.absence import AWAY
from service.store.database.hosts import Hosts, NoPrimaryError, split
from service.store.database.migrate import on_disk
from service.store.database.queries import query

State = Literal["ready", "away", "read_only", "full", "not_migrated"]
"""How PostgreSQL is: `ready`; `away` where it does not answer in a second; `read_only` where it is a standby
or lets nothing be written; `full` where its disk is; `not_migrated` while it lacks migrations."""

LOOK_S_MAX: Final = 1.0
"""How long a look may take, in seconds: whoever asks does not wait for long either."""
GIVE_UP_S: Final = 5.0
"""How long one goes on that nobody waits for any more, before another is begun on a new connection."""
WRITE: Final = """
create temporary table readiness on commit drop as
select repeat(md5(n::text), 30) as filling from generate_series(1, 200) as n
"""
"""Needs room on the disk, some 200 KiB, and keeps nothing."""

_log = structlog.get_logger("service.store")


class Readiness:
    """Looks whether PostgreSQL is ready, and remembers that its disk was full."""

    def __init__(self, url: str) -> None:
        """Take the URL of the service's login; nothing is connected yet."""
        self._hosts = Hosts(url, GIVE_UP_S / (1 + len(split(url))))
        self._names = [migration.name for migration in on_disk()]
        self._connection: Connection | None = None
        self._looking: asyncio.Task[State] | None = None
        self._began = 0.0
        self._was_full = False

    def note(self, error: BaseException) -> None:
        """Take notice of an error of an operation: where the disk was full, it is looked at from now on."""
        if isinstance(error, asyncpg.DiskFullError):
            self._was_full = True

    async def look(self) -> State:
        """Say how PostgreSQL is, in LOOK_S_MAX at most; those who look at once look together."""
        loop = asyncio.get_running_loop()
        if self._looking is None:
            self._looking, self._began = loop.create_task(self._state()), loop.time()
        looking = self._looking
        done, _ = await asyncio.wait({looking}, timeout=LOOK_S_MAX)
        if not done and loop.time() - self._began < GIVE_UP_S:
            # It goes on, so that a machine on which connecting takes longer gets there too.
            return "away"
        if self._looking is looking:
            self._looking = None
        if done:
            return looking.result()
        looking.cancel()
        return "away"

    async def _state(self) -> State:
        try:
            return await self._look()
        except NoPrimaryError:
            return "read_only"
        except asyncpg.UndefinedTableError:
            return "not_migrated"
        except asyncpg.DiskFullError:
            return "full"
        except (*AWAY, asyncpg.PostgresError) as error:
            self._drop()
            _log.warning("not_ready", store="postgresql", error=type(error).__name__)
            return "away"
        except asyncio.CancelledError:
            self._drop()
            raise

    async def close(self) -> None:
        """Let go of its connection."""
        if self._looking is not None:
            await end(self._looking)
        self._drop()

    async def _look(self) -> State:
        if self._connection is None or self._connection.is_closed():
            self._connection = await self._hosts.open(
                statement_cache_size=0, server_settings={"application_name": "rewards-ready"}
            )
        # A pooler gives one server for a transaction, and maybe several without.
        async with self._connection.transaction():
            return await self._looked(self._connection)

    async def _looked(self, connection: Connection) -> State:
        found = await connection.fetchrow(query("readiness/look").text, self._names)
        if found is None:
            raise AssertionError("a server has a state")
        if found["is_read_only"]:
            return "read_only"
        if not found["is_migrated"]:
            return "not_migrated"
        if self._was_full:
            # Nothing else would say that there is room again: meanwhile nobody is sent here who writes.
            await connection.execute(WRITE)
            self._was_full = False
        return "ready"

    def _drop(self) -> None:
        # Not closed in good order: a server that does not answer would not answer that either.
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None
