"""Whether PostgreSQL can be worked with: seen in a second, whatever it does, and why not."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from service.store.readiness import LOOK_S_MAX, Readiness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from service.settings import Settings


@asynccontextmanager
async def looking(url: str) -> AsyncIterator[Readiness]:
    """Give what looks at a database."""
    readiness = Readiness(url)
    try:
        yield readiness
    finally:
        await readiness.close()


async def test_a_database_that_can_be_written_to_is_ready(own_database: str, test_settings: Settings) -> None:
    """Again and again, on one connection, which is replaced where it was lost."""
    async with looking(test_settings.database_url) as readiness:
        assert [await readiness.look() for _ in range(3)] == ["ready"] * 3
        owner = await asyncpg.connect(own_database)
        own = "select count(*) from pg_stat_activity where application_name = 'rewards-ready'"
        theirs = " and datname = current_database()"
        assert await owner.fetchval(own + theirs) == 1
        await owner.close()


async def test_what_keeps_it_from_being_written_to_is_said(
    own_database: str, test_settings: Settings
) -> None:
    """A server that was set to be read only, as a standby is; one that lacks a migration, or all of them."""
    owner = await asyncpg.connect(own_database)
    name = await owner.fetchval("select current_database()")
    try:
        async with looking(test_settings.database_url) as readiness:
            assert await readiness.look() == "ready"
            await owner.execute("delete from schema_migrations where name like '0030%'")
            assert await readiness.look() == "not_migrated"
            await owner.execute(
                "insert into schema_migrations (name, checksum) values ('9999_later.sql', '')"
            )
            await owner.execute("alter table schema_migrations rename to other")
            assert await readiness.look() == "not_migrated"
            await owner.execute("alter table other rename to schema_migrations")
        await owner.execute(f'alter database "{name}" set default_transaction_read_only = on')
        async with looking(test_settings.database_url) as readiness:
            assert await readiness.look() == "read_only"
    finally:
        await owner.close()


async def test_a_disk_that_was_full_is_tried_again(own_database: str, test_settings: Settings) -> None:
    """A write is tried, as the service, and nothing of it stays; other errors say nothing of the disk."""
    async with looking(test_settings.database_url) as readiness:
        readiness.note(asyncpg.UniqueViolationError("x"))
        readiness.note(asyncpg.DiskFullError("no space left on device"))
        assert await readiness.look() == "ready"
    owner = await asyncpg.connect(own_database)
    name = await owner.fetchval("select current_database()")
    await owner.execute(f'revoke temporary on database "{name}" from public')
    await owner.close()
    async with looking(test_settings.database_url) as readiness:
        assert await readiness.look() == "ready", "nothing is written where the disk was never full"
        readiness.note(asyncpg.DiskFullError("no space left on device"))
        assert await readiness.look() == "away"


@pytest.mark.parametrize("accepts", [True, False])
async def test_a_server_that_does_not_answer_is_away_in_a_second(
    test_settings: Settings, accepts: bool
) -> None:
    """One that is frozen lets itself be connected to, and says nothing; several who look wait no longer."""
    parts = urlsplit(test_settings.database_url)
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        port = frozen.getsockname()[1]
        if not accepts:
            frozen.close()
        url = urlunsplit(parts._replace(netloc=f"rewards_service@127.0.0.1:{port}", query=""))
        async with looking(url) as readiness:
            began = time.monotonic()
            assert set(await asyncio.gather(*(readiness.look() for _ in range(3)))) == {"away"}
            assert time.monotonic() - began < LOOK_S_MAX + 2
