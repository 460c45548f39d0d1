"""Behind Debian's PgBouncer, by the example in `deploy/`: nothing goes from one transaction to another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit, urlunsplit
from uuid import UUID

import asyncpg
import pytest
import structlog

from service.flows.perform import Done
from service.flows.setup.clinics import create_clinic
from service.store import books, revocations
from service.store.database.hosts import open_connection
from service.store.database.migrate import MigrationError, migrate
from service.store.database.pool import Database, connect
from service.store.database.poolers import Between, between
from service.store.database.waits import PLANNER, waited_for
from tests import clock
from tests.between import listened, pooled

if TYPE_CHECKING:
    from service.settings import Settings

WAITS = waited_for(connect_s=3, acquire_s=20, statement_s=6, lock_s=2)


@pytest.fixture
async def direct(test_settings: Settings) -> AsyncIterator[str]:
    """Give the URL of the database at a socket that PgBouncer's account may enter."""
    async with listened(test_settings.database_url) as (url, _):
        yield url


async def made_clinic(database: Database) -> UUID:
    """Make a clinic."""
    done = await create_clinic(database, "A clinic", "America/New_York")
    assert isinstance(done, Done)
    return done.value.id


async def test_what_stands_between_is_found_out(direct: str) -> None:
    """A pooler, and that this one takes no prepared statements along; its connection is left clean."""
    with pooled(direct, 1) as url:
        for way, found in (
            (direct, Between(is_pooler=False, takes_statements=True)),
            (url, Between(is_pooler=True, takes_statements=False)),
        ):
            connection = await open_connection(way, statement_cache_size=0)
            assert await between(connection) == found
            assert (
                await connection.fetchval("select count(*) from pg_prepared_statements where name <> ''") == 0
            )
            await connection.close()


async def test_each_transaction_has_its_own_clinic_planner_and_time_outs(
    service: Database, direct: str
) -> None:
    """Forty transactions over three connections, by the very way in which a process opens its database."""
    clinics = [await made_clinic(service) for _ in range(4)]
    names = [*PLANNER, "lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"]
    with pooled(direct, 3) as url:
        with structlog.testing.capture_logs() as said:
            database = await connect(url, service.cipher, clock.now, WAITS, connections_max=20)
        assert [line["event"] for line in said] == ["pooler_without_statements"]

        async def seen(clinic: UUID) -> asyncpg.Record:
            async with database.transaction(clinic) as tx:
                await tx.connection.execute("select pg_sleep(0.01)")
                row = await tx.connection.fetchrow(
                    """
                    select pg_backend_pid() as pid, current_user::text as who,
                        array(select clinic_id from clinics) as seen,
                        array(select current_setting(name) from unnest($1::text[]) as name) as held
                """,
                    names,
                )
                assert row is not None
                return row

        found = await asyncio.gather(*(seen(clinics[place % 4]) for place in range(40)))
        left = await asyncpg.connect(url, statement_cache_size=0)
        kept = await left.fetchval("select current_setting('statement_timeout')")
        await left.close()
        await database.close()
    assert [row["seen"] for row in found] == [[clinics[place % 4]] for place in range(40)]
    assert {row["who"] for row in found} == {"rewards_service"}
    assert {tuple(row["held"]) for row in found} == {(*PLANNER.values(), "2s", "6s", "6s")}
    assert 1 < len({row["pid"] for row in found}) <= 3
    assert kept == "0"


async def test_rows_are_read_one_by_one_by_several_at_once(service: Database, direct: str) -> None:
    """What was read by a cursor left a prepared statement behind, on a connection that others get next."""
    clinics = [await made_clinic(service) for _ in range(6)]
    with pooled(direct, 2) as url:
        processes = [
            await connect(url, service.cipher, clock.now, WAITS, connections_max=2) for _ in range(3)
        ]

        async def read(database: Database, clinic: UUID) -> list[int]:
            async with database.transaction(clinic) as tx:
                return [row["seq"] async for row in books.all_rows(tx, "books/audit", ahead=1)]

        for _ in range(3):
            told = await asyncio.gather(
                *(read(processes[place % 3], clinic) for place, clinic in enumerate(clinics))
            )
            assert all(told)
        left = await asyncpg.connect(url, statement_cache_size=0)
        names = await left.fetch("select name from pg_prepared_statements where name <> ''")
        await left.close()
        for database in processes:
            await database.close()
    assert names == []


@pytest.mark.parametrize(("mode", "is_heard"), [("session", True), ("transaction", False)])
async def test_who_hears_nothing_through_a_pooler_says_so(direct: str, mode: str, *, is_heard: bool) -> None:
    """What is told to oneself comes back even where what others tell does not."""
    told: asyncio.Queue[bool] = asyncio.Queue()
    heard: asyncio.Queue[UUID] = asyncio.Queue()
    with pooled(direct, 4, mode) as url, structlog.testing.capture_logs() as said:
        hearing = asyncio.create_task(revocations.hear(url, heard.put_nowait, told.put_nowait))
        async with asyncio.timeout(30):
            assert await told.get() is is_heard
        if is_heard:
            teller = await asyncpg.connect(direct)
            await teller.execute(f"notify {revocations.CHANNEL}, '{UUID(int=7)}'")
            await teller.close()
            async with asyncio.timeout(30):
                assert await heard.get() == UUID(int=7)
        hearing.cancel()
        await asyncio.wait([hearing])
    if not is_heard:
        assert said == [{"event": "revocations_unheard", "error": "UnheardError", "log_level": "warning"}]


async def test_migrations_are_not_run_through_a_pooler(direct: str) -> None:
    """Their lock and what the owner says hold for a session; the refusal names the remedy."""
    with pooled(direct, 2) as url, pytest.raises(MigrationError, match="Write PostgreSQL's own address"):
        await migrate(url)


async def test_a_host_that_is_no_pooler_and_one_that_is_may_stand_in_one_url(direct: str) -> None:
    """Ports are given host by host."""
    with pooled(direct, 1) as url:
        folders = [parse_qs(urlsplit(one).query)["host"][0] for one in (direct, url)]
        query = f"host={','.join(folders)}&port=1,6432"
        connection = await open_connection(urlunsplit(urlsplit(direct)._replace(query=query)))
        assert (await between(connection)).is_pooler
        await connection.close()
