# long: the pool and the one transaction that it gives are read together
"""The way to PostgreSQL: a pool under the service's role, and one transaction around one operation.

A transaction sees only the clinic it names: row-level security reads the setting `app.clinic`. The role and
that setting stand at the head of every transaction, in the round trip of its BEGIN, and end with it: no
connection carries one operation's clinic into the next, and a pooler may give every transaction another one.
Behind a pooler time-outs and the planner's settings stand there too; else each connection has them once.

Nothing is awaited of a connection that has just said nothing for too long: it is ended, and its pool's others
are not used again, since they lead to the same server.

Locks are taken in one order, so that no two operations wait for each other in a ring:

1. the request's idempotency key (`idempotency.lock`);
2. the closures (`visits.enter_closures`, `visits.heed_closures`), or a program's name (`programs.lock`);
3. participants, by their ids (`enrollments.lock`, `hold_people`), and with them all that is theirs;
4. one reward (`rewards.lock`);
5. the seed in use (`seeds.hold`, `seeds.current`);
6. how far visits were looked at, in the order of enrollments (`visits.advance`, which locks nothing before);
7. the end of the audit chain, with the statement that writes what is told (`record.write`): last of all.

Two requests that bring one reference or key at once may still meet where it is unique; PostgreSQL lets one go
on, and `flows/perform.py` and `flows/batcher.py` try the other again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from asyncpg import Connection, Pool, Record
from asyncpg.pool import PoolConnectionProxy

from service.clock import Clock
from service.store.database import measures
from service.store.database.absence import AWAY
from service.store.database.cipher import Cipher
from service.store.database.elsewhere import elsewhere
from service.store.database.hosts import Hosts
from service.store.database.ids import new_id
from service.store.database.logins import SERVICE_ROLE
from service.store.database.poolers import look
from service.store.database.queries import Query, query
from service.store.database.waits import PATIENT, Waits

NO_CLINIC = UUID(int=0)
STATEMENTS_MAX = 300
"""How many prepared statements a connection keeps, of some 45 kB each at the server.

`verify` has two hundred: with room for fewer, the longest unused goes first, so each is gone before its turn.
"""
ROLLBACK_S_MAX = 2.0
"""How long taking back a transaction may take before its connection is ended instead, in seconds."""
CLOSE_S_MAX = 10.0
"""How long what is in hand may take at the end, in seconds."""

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
        self._cursors = 0
        self.is_of_few = False  # Whether to read all rows of its clinic is worth no new plan and no cursor.
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

    async def at_most(self, name: str, most: int, /, **values: object) -> list[Record]:
        """The first so many rows of a query."""
        asked = query(name)
        return await self.connection.fetch(asked.at_most(most), *self._values(asked, values))

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
        self._cursors += 1
        # By our own name: a cursor of the driver leaves a statement on a connection that a pooler shares.
        cursor = f"{name.replace('/', '_')}_{self._cursors}"
        opening = f"declare {cursor} no scroll cursor for {asked.text}"
        await self.connection.execute(opening, *self._values(asked, values))
        is_over = False
        while not is_over:
            rows = await self.connection.fetch(f"fetch forward {ahead} from {cursor}")
            is_over = len(rows) < ahead
            for row in rows:
                yield row
        await self.connection.execute(f"close {cursor}")

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
        except Exception as error:
            # Where an answer did not come, the whole transaction ends, and its connection.
            if not isinstance(error, TimeoutError) and not self.connection.is_closed():
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
        *,
        waits: Waits = PATIENT,
        local: str = "",
    ) -> None:
        """Take an open pool; `nudge` is given by a process whose commits others look out for.

        `local` is what else is set in every transaction, each with its semicolon.
        """
        self.pool = pool
        self.cipher = cipher
        self.clock = clock
        self._nudge = nudge
        self._waits = waits
        # UUIDs follow it, so there is nothing in it to escape.
        self._head = f"begin; set local role {SERVICE_ROLE}; {local}set local app.clinic = "

    @asynccontextmanager
    async def transaction(self, clinic: UUID | None, people: Collection[UUID] = ()) -> AsyncIterator[Tx]:
        """One transaction that sees one clinic, or none; it commits unless an exception leaves it.

        It begins with the locks of some participants, in the order of their ids. Raises TimeoutError where no
        connection is free in time, or the server says nothing, and ElsewhereError where something is written
        and the clinic is not served here.
        """
        named, is_open = clinic or NO_CLINIC, False
        head, wait_s = f"{self._head}'{named}'", self._waits.connect_s
        if people:
            head += f"; select hold_people('{named}', '{{{','.join(map(str, people))}}}')"
            wait_s += self._waits.answer_s
        with measures.waiting():
            # The pool's own time-out makes a task of each wait, which takes longer than all else here.
            async with asyncio.timeout(self._waits.acquire_s):
                connection = await self.pool.acquire()
        measures.IN_USE.inc()
        try:
            await connection.execute(head, timeout=wait_s)
            tx, is_open = Tx(connection, self.cipher, self.clock(), clinic), True
            yield tx
            is_open = False
            await connection.execute("commit")
        except BaseException as error:
            measures.count(error)
            await self._take_back(connection, error, is_open=is_open)
            if isinstance(error, asyncpg.InternalClientError):
                # The server's last word has come and its end has not: the driver takes no more queries here.
                raise asyncpg.ConnectionDoesNotExistError("the server has ended") from error
            if (moved := elsewhere(error)) is not None:
                raise moved from error
            raise
        finally:
            measures.IN_USE.dec()
            await self.pool.release(connection, timeout=ROLLBACK_S_MAX)
        if tx.touched and self._nudge is not None:
            self._nudge(named, tx.touched)

    async def _take_back(
        self, connection: PoolConnectionProxy[Record], error: BaseException, *, is_open: bool
    ) -> None:
        """Take back a transaction that is open; end its connection where it is not, or does not answer.

        A commit is not called off: PostgreSQL would stop waiting for its standby, and show to everybody what
        one server alone has. The driver's own request to call it off goes with the connection, unsent.
        """
        try:
            # Where PostgreSQL refused the beginning, or the commit, it answers.
            is_answering = is_open or isinstance(error, asyncpg.PostgresError)
            if is_answering and not isinstance(error, TimeoutError | asyncpg.InternalClientError):
                if not connection.is_closed():
                    await connection.execute("rollback", timeout=ROLLBACK_S_MAX)
            else:
                connection.terminate()
        except AWAY:
            connection.terminate()
        if isinstance(error, TimeoutError | asyncpg.ReadOnlySQLTransactionError):
            # The others lead to the same server, which says nothing or has become a standby.
            await self.pool.expire_connections()

    async def clinics(self) -> list[UUID]:
        """The ids of all clinics, for `rewards verify`."""
        async with self.transaction(None) as tx:
            return [row["clinic_id"] for row in await tx.rows("clinics/ids")]

    async def served_clinics(self) -> list[UUID]:
        """The ids of those that are served here, and neither moving nor moved to another database."""
        async with self.transaction(None) as tx:
            return [row["clinic_id"] for row in await tx.rows("clinics/served")]

    async def close(self) -> None:
        """Close every connection once it is idle, and after a while those that are not."""
        try:
            async with asyncio.timeout(CLOSE_S_MAX):
                await self.pool.close()
        except TimeoutError:
            self.pool.terminate()


async def connect(
    url: str,
    cipher: Cipher,
    clock: Clock,
    waits: Waits,
    *,
    connections_max: int,
    nudge: Nudge | None = None,
) -> Database:
    """Open a pool of the service's logins; commits are told to `nudge`.

    Raises OSError or asyncpg.PostgresError where the server cannot be reached or refuses, and LoginError
    where the login is the owner's, or could step over row-level security.
    """
    hosts = Hosts(url, waits.connect_s)
    found, settings = await look(hosts, waits)

    async def connected(*_: object, **given: object) -> Connection:
        return await hosts.open(**given)

    async def told(connection: Connection) -> None:
        await connection.execute("".join(f"set {name} = {value}; " for name, value in settings))

    pool = await asyncpg.create_pool(
        connect=connected,
        # One is opened at once, and none is kept for its own sake while the server is away.
        init_size=1,
        min_size=0,
        max_size=connections_max,
        command_timeout=waits.answer_s,
        # In transaction mode what is set once would hold for others.
        init=None if found.is_pooler else told,
        statement_cache_size=STATEMENTS_MAX if found.takes_statements else 0,
        # A pooler takes no other settings at the start.
        server_settings={"application_name": "rewards"},
        # What holds for an operation ends with its transaction: nothing to reset.
        reset=_nothing,
    )
    measures.CONNECTIONS_MAX.set(connections_max)
    local = "".join(f"set local {name} = {value}; " for name, value in settings) if found.is_pooler else ""
    return Database(pool, cipher, clock, nudge, waits=waits, local=local)


async def _nothing(_connection: Connection) -> None:
    return None
