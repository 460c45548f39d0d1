"""The way to PostgreSQL: a pool under the service's role, and one transaction around one operation.

A transaction sees only the clinic it names: row-level security reads the setting `app.clinic`. The role and
that setting stand at the head of every transaction, in the round trip of its BEGIN, and end with it: no
connection carries one operation's clinic into the next, and a pooler may give every transaction another one.

Locks are taken in one order, so that no two operations wait for each other in a ring:

1. the request's idempotency key (`idempotency.lock`);
2. the closures (`visits.enter_closures`, `visits.heed_closures`), or a program's name (`programs.lock`);
3. participants, in the order of their ids (`enrollments.lock`), and with them all that is theirs;
4. one reward (`rewards.lock`);
5. the seed in use (`seeds.hold`, `seeds.current`);
6. how far visits were looked at, in the order of enrollments (`visits.advance`, which locks nothing before);
7. the end of the audit chain, with the statement that writes what is told (`record.write`): last of all.

Two requests that bring one reference or key at once may still meet where it is unique; PostgreSQL lets one go
on, and `flows/perform.py` and `flows/batcher.py` try the other again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from asyncpg import Connection, Pool, Record
from asyncpg.pool import PoolConnectionProxy

from service.clock import Clock
from service.store.database.cipher import Cipher
from service.store.database.ids import new_id
from service.store.database.logins import CONNECT_S_MAX, SERVICE_ROLE, refuse_powers
from service.store.database.queries import Query, query

STATEMENT_S_MAX = 60
NO_CLINIC = UUID(int=0)

PLANNER = """
set jit = off; set plan_cache_mode = force_generic_plan;
set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off
"""
"""What `rewards_service` has as its own settings, for another login that was granted it."""

Nudge = Callable[[UUID, Collection[UUID]], None]
"""Told after a commit of the participants whose records were changed; it must neither wait nor fail."""


class Tx:
    """One open transaction: queries by name, and what time and chance give to the operation in it."""

    def __init__(
        self, connection: PoolConnectionProxy[Record], cipher: Cipher, now: datetime, clinic: UUID | None
    ) -> None:
        """Wrap a connection on which a transaction is open that sees one clinic, or none."""
        self.connection = connection
        self._clinic = clinic
        self.cipher = cipher
        self.now = now
        self.touched: set[UUID] = set()
        """The participants whose records this changes, for whoever looks at them."""

    @property
    def clinic(self) -> UUID:
        """The clinic that the transaction sees; asked where it sees none, it raises AssertionError."""
        if self._clinic is None:
            raise AssertionError("this transaction sees no clinic")
        return self._clinic

    @property
    def named(self) -> UUID:
        """The clinic that the transaction sees, NO_CLINIC where it sees none: rows may belong to that too."""
        return self._clinic or NO_CLINIC

    def new_id(self) -> UUID:
        """A new UUIDv7."""
        return new_id()

    async def rows(self, name: str, /, **values: object) -> list[Record]:
        """All rows of a query."""
        asked = query(name)
        return await self.connection.fetch(asked.text, *self._values(asked, values))

    async def row(self, name: str, /, **values: object) -> Record | None:
        """The first row of a query, if there is one."""
        asked = query(name)
        return await self.connection.fetchrow(asked.text, *self._values(asked, values))

    async def value(self, name: str, /, **values: object) -> Any:  # noqa: ANN401  a column of any type
        """The first column of the first row."""
        asked = query(name)
        return await self.connection.fetchval(asked.text, *self._values(asked, values))

    async def each(self, name: str, /, *, ahead: int, **values: object) -> AsyncIterator[Record]:
        """Every row of a query, one by one; at most `ahead` of them are fetched at once."""
        asked = query(name)
        async for row in self.connection.cursor(asked.text, *self._values(asked, values), prefetch=ahead):
            yield row

    async def run(self, name: str, /, **values: object) -> str:
        """Run a query for its effect and return PostgreSQL's own word for it, such as `UPDATE 1`."""
        asked = query(name)
        return await self.connection.execute(asked.text, *self._values(asked, values))

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part of the transaction that is taken back alone where an exception leaves it."""
        await self.connection.execute("savepoint part")
        try:
            yield
        except BaseException:
            if not self.connection.is_closed():
                await self.connection.execute("rollback to savepoint part")
            raise
        await self.connection.execute("release savepoint part")

    def _values(self, asked: Query, given: dict[str, object]) -> list[object]:
        """The values of a query in order: those given, and the clinic and the time where it names them."""
        if "clinic" in asked.names:
            given["clinic"] = self.clinic
        if "now" in asked.names:
            given["now"] = self.now
        return asked.values(given)


class Database:
    """A pool of connections and what every operation needs besides: the cipher and the clock."""

    def __init__(
        self,
        pool: Pool,
        cipher: Cipher,
        clock: Clock,
        nudge: Nudge | None = None,
        lock_wait_s_max: float = STATEMENT_S_MAX,
    ) -> None:
        """Take an open pool; `nudge` is given by a process whose commits others look out for."""
        self.pool = pool
        self.cipher = cipher
        self.clock = clock
        self._nudge = nudge
        # A UUID follows it, so there is nothing in it to escape.
        self._head = (
            f"begin; set local role {SERVICE_ROLE}; "
            f"set local lock_timeout = {round(lock_wait_s_max * 1000)}; set local app.clinic = "
        )

    @asynccontextmanager
    async def transaction(self, clinic: UUID | None) -> AsyncIterator[Tx]:
        """One transaction that sees one clinic, or none; it commits unless an exception leaves it."""
        named = clinic or NO_CLINIC
        async with self.pool.acquire() as connection:
            try:
                await connection.execute(f"{self._head}'{named}'")
                tx = Tx(connection, self.cipher, self.clock(), clinic)
                try:
                    yield tx
                except BaseException:
                    if not connection.is_closed():
                        await connection.execute("rollback")
                    raise
                await connection.execute("commit")
            except asyncpg.InternalClientError as error:
                # The server's last word has come and its end has not: the driver takes no more queries here.
                connection.terminate()
                raise asyncpg.ConnectionDoesNotExistError("the server has ended") from error
        if tx.touched and self._nudge is not None:
            self._nudge(named, tx.touched)

    async def clinics(self) -> list[UUID]:
        """The ids of all clinics, for the worker and `rewards verify`."""
        async with self.transaction(None) as tx:
            return [row["clinic_id"] for row in await tx.rows("clinics/ids")]

    async def close(self) -> None:
        """Close every connection once it is idle."""
        await self.pool.close()


async def connect(
    url: str,
    cipher: Cipher,
    clock: Clock,
    *,
    connections_max: int,
    lock_wait_s_max: float,
    nudge: Nudge | None = None,
) -> Database:
    """Open a pool of the service's logins; commits are told to `nudge`.

    Raises OSError or asyncpg.PostgresError where the server cannot be reached or refuses, and LoginError
    where the login is the owner's, or could step over row-level security.
    """
    pool = await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=connections_max,
        timeout=CONNECT_S_MAX,
        command_timeout=STATEMENT_S_MAX,
        init=_planner,
        # A pooler takes no other settings at the start.
        server_settings={"application_name": "rewards"},
        # What holds for an operation ends with its transaction: nothing to reset.
        reset=_nothing,
    )
    try:
        async with pool.acquire() as connection:
            await refuse_powers(connection)
    except BaseException:
        await pool.close()
        raise
    return Database(pool, cipher, clock, nudge, lock_wait_s_max)


async def _planner(connection: Connection) -> None:
    await connection.execute(PLANNER)


async def _nothing(_connection: Connection) -> None:
    return None
