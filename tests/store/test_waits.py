"""A server that says nothing, and a process that does nothing, hold nobody up for long."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest
import uvloop
from msgspec.structs import replace

from service.store.database.absence import is_away
from service.store.database.hosts import KEEPALIVE, Hosts, split
from service.store.database.pool import Database, connect
from service.store.database.waits import Waits, waited_for
from tests import clock
from tests.between import SOCKET, held_up, over_tcp, short_folder

if TYPE_CHECKING:
    from service.settings import Settings
    from service.store.database.cipher import Cipher

WAITS = waited_for(connect_s=1, acquire_s=1, statement_s=1, lock_s=0.5)
SOON_S_MAX = 20.0
"""What takes a second or two here took a minute or two before, and for ever on a loaded machine is less."""


@asynccontextmanager
async def opened(url: str, cipher: Cipher, waits: Waits = WAITS, most: int = 1) -> AsyncIterator[Database]:
    """Open a database by a URL."""
    database = await connect(url, cipher, clock.now, waits, connections_max=most)
    try:
        yield database
    finally:
        await database.close()


def test_a_url_of_several_hosts_is_one_url_for_each() -> None:
    """In both forms that libpq knows, with ports for each or for all, and the rest as it was."""
    assert split("postgresql://u:p%40@a,b:1/d?sslmode=require") == [
        "postgresql://u:p%40@a/d?sslmode=require",
        "postgresql://u:p%40@b:1/d?sslmode=require",
    ]
    assert split("postgresql://u@/d?host=/a,/b&port=1,2") == [
        "postgresql://u@/d?host=/a&port=1",
        "postgresql://u@/d?host=/b&port=2",
    ]
    assert split("postgresql://a,b/d?port=7") == ["postgresql://a/d?port=7", "postgresql://b/d?port=7"]
    for one in ("postgresql://u:p@a:1/d", "postgresql:///d?host=/a", "postgresql://a,b/d?port=1,2,3"):
        assert split(one) == [one]


async def test_a_host_that_says_nothing_leaves_the_next_its_time(test_settings: Settings) -> None:
    """And whoever connects after that does not wait for it again."""
    behind = parse_qs(urlsplit(test_settings.database_url).query)["host"][0]
    with short_folder() as folder:
        silent = await asyncio.start_unix_server(_say_nothing, str(folder / SOCKET))
        both = f"host={folder},{behind}"
        hosts = Hosts(urlunsplit(urlsplit(test_settings.database_url)._replace(query=both)), 1)
        began = time.monotonic()
        await (await hosts.open()).close()
        first = time.monotonic() - began
        began = time.monotonic()
        await (await hosts.open()).close()
        assert time.monotonic() - began < 1 <= first < SOON_S_MAX
        silent.close()


def test_a_machine_that_is_gone_without_a_word_is_found_out(test_settings: Settings) -> None:
    """By the system, on the loop that the service runs on; no query is under way on most connections."""
    assert uvloop.run(_kept_alive(test_settings.database_url)) == (1, *(value for _, value in KEEPALIVE))


async def _kept_alive(url: str) -> tuple[int, ...]:
    """What the system does to find out whether the other side of a connection over TCP is there."""
    async with over_tcp(url) as far:
        connection = await Hosts(far).open()
        line = connection._transport.get_extra_info("socket")  # type: ignore[attr-defined]  # noqa: SLF001  as there
        found = (
            line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE),
            *(line.getsockopt(socket.IPPROTO_TCP, getattr(socket, name)) for name, _ in KEEPALIVE),
        )
        await connection.close()
    return found


async def _say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


@pytest.mark.parametrize("when", ["begin", "query", "commit"])
async def test_a_server_that_says_nothing_is_not_waited_for_twice(
    service: Database, test_settings: Settings, when: str
) -> None:
    """Seen: 120 s, since taking back was awaited of the connection that had just said nothing for 60."""
    async with (
        held_up(test_settings.database_url) as (url, freeze),
        opened(url, service.cipher, most=2) as database,
    ):
        # Another connection lies idle meanwhile: it leads to the same server.
        async with database.transaction(None), database.transaction(None):
            pass
        began = time.monotonic()
        with pytest.raises(TimeoutError) as error:
            await _transaction(database, when, freeze)
        assert time.monotonic() - began < SOON_S_MAX
        assert is_away(error.value)
        # By other connections, and by as many as there are.
        began = time.monotonic()
        async with database.transaction(None), database.transaction(None):
            assert time.monotonic() - began < WAITS.connect_s


async def _transaction(database: Database, when: str, freeze: Callable[[], None]) -> None:
    if when == "begin":
        freeze()
    async with database.transaction(None) as tx:
        if when == "query":
            freeze()
        await tx.connection.fetchval("select 1")
        if when == "commit":
            freeze()


async def test_whoever_waits_for_a_connection_hears_soon_that_there_is_none(
    service: Database, test_settings: Settings
) -> None:
    """Which is answered 503: the same request may succeed in a moment."""
    async with opened(test_settings.database_url, service.cipher) as database:
        async with database.transaction(None):
            began = time.monotonic()
            with pytest.raises(TimeoutError) as error:
                async with database.transaction(None):
                    pass
            assert time.monotonic() - began < SOON_S_MAX
            assert is_away(error.value)
        # Nobody said nothing here: the connection is used again.
        async with database.transaction(None) as tx:
            pass
        assert tx is not None


async def test_a_statement_that_takes_too_long_is_refused_and_its_connection_used_again(
    service: Database, test_settings: Settings
) -> None:
    """The server says so itself, a second before it would be given up."""
    async with opened(test_settings.database_url, service.cipher) as database:
        async with database.transaction(None) as tx:
            before = await tx.connection.fetchval("select pg_backend_pid()")
        with pytest.raises(asyncpg.QueryCanceledError):
            async with database.transaction(None) as tx:
                await tx.connection.execute("select pg_sleep(60)")
        async with database.transaction(None) as tx:
            assert await tx.connection.fetchval("select pg_backend_pid()") == before


async def test_a_process_that_does_nothing_in_a_transaction_loses_it_and_its_locks(
    service: Database, test_settings: Settings
) -> None:
    """What was seen: a frozen web process held locks, and the others answered 4 events in 30 s."""
    lock = uuid4().int % 2**31
    # However old it may become.
    waits = replace(WAITS, transaction_s=0)
    async with (
        opened(test_settings.database_url, service.cipher, waits) as frozen,
        opened(test_settings.database_url, service.cipher) as other,
    ):
        # Which of the two depends on how much of the server's last word has been read.
        with pytest.raises((asyncpg.InterfaceError, asyncpg.PostgresConnectionError)) as error:
            await _hold(frozen, lock, until=_free(other, lock))
        assert is_away(error.value)
        async with frozen.transaction(None) as tx:
            assert await tx.connection.fetchval("select 1") == 1


async def _hold(database: Database, lock: int, until: Awaitable[None]) -> None:
    """Hold a lock, and do nothing with it until something has happened."""
    async with database.transaction(None) as tx:
        await tx.connection.execute(f"select pg_advisory_xact_lock({lock})")
        await until
        await tx.connection.execute("select 1")


async def _free(database: Database, lock: int) -> None:
    """Wait until a lock is free."""
    until = time.monotonic() + SOON_S_MAX
    while time.monotonic() < until:
        try:
            async with database.transaction(None) as tx:
                await tx.connection.execute(f"select pg_advisory_xact_lock({lock})")
        except asyncpg.LockNotAvailableError:
            continue
        return
    raise AssertionError("it was not let go of")


async def test_a_transaction_has_an_end_where_postgresql_has_a_clock_for_it(
    service: Database, test_settings: Settings
) -> None:
    """However short each of its statements is."""
    async with (
        opened(test_settings.database_url, service.cipher) as database,
        database.transaction(None) as tx,
    ):
        version = tx.connection.get_server_version().major
        if version < 17:
            pytest.skip("PostgreSQL ends transactions by their age from 17 on")
        assert await tx.connection.fetchval("show transaction_timeout") == "10s"
