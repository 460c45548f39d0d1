"""The service logs in as itself: it cannot become the owner, and no login that could is worked with."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import asyncpg
import pytest

from service.flows.perform import Done
from service.flows.setup.clinics import create_clinic
from service.store.database.cipher import Cipher
from service.store.database.logins import LoginError, refuse_powers, verifier
from service.store.database.migrate import migrate
from service.store.database.pool import Database, connect
from service.store.database.waits import in_background
from tests import clock
from tests.between import listened
from tests.databases import alone, as_login, of_database, of_one_clinic, of_service

if TYPE_CHECKING:
    from service.embedded import Stores
    from service.settings import Settings


async def made_clinic(database: Database) -> UUID:
    """Make a clinic."""
    done = await create_clinic(database, "A clinic", "America/New_York")
    assert isinstance(done, Done)
    return done.value.id


async def test_whoever_has_the_service_s_connection_cannot_become_the_owner(service: Database) -> None:
    """What was tried: `reset role`, which gave the owner back, and audit rows deleted after it."""
    clinic = await made_clinic(service)
    for words in ("reset role", "reset session authorization", "set role rewards_service"):
        async with service.pool.acquire() as connection:
            await connection.execute(f"begin; set local app.clinic = '{clinic}'; {words}")
            assert await connection.fetchval("select current_user::text") == "rewards_service"
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute("delete from audit")
            await connection.execute("rollback")
            for other in (
                "set role rewards_owner",
                "set role postgres",
                "set session authorization postgres",
            ):
                with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.InvalidParameterValueError)):
                    await connection.execute(other)
    async with service.transaction(clinic) as tx:
        assert await tx.connection.fetchval("select count(*) from audit") == 1


async def test_the_week_s_functions_take_nothing_that_a_clinic_needs(service: Database) -> None:
    """What was tried: `drop_weeks('2100-01-01')` by the service emptied the log of all clinics."""
    today = clock.now().date()
    for words, day in (
        ("select drop_weeks($1)", today + timedelta(days=27_000)),
        ("select drop_weeks($1)", None),
        ("select make_weeks($1, 1)", today + timedelta(days=27_000)),
        ("select make_weeks($1, 1)", None),
    ):
        async with service.transaction(None) as tx:
            with pytest.raises(asyncpg.RaiseError):
                await tx.connection.fetchval(words, day)
    async with service.pool.acquire() as connection:
        with pytest.raises(asyncpg.RaiseError, match="14 days"):
            await connection.fetchval("select drop_weeks(current_date - 13)")
        for closed in ("close_tables()", "close_table('audit')"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(f"select {closed}")


async def test_row_level_security_holds_for_the_owner_too(own_service: Database, own_database: str) -> None:
    """Whoever is the owner without knowing sees one clinic, as everybody does."""
    one, other = await made_clinic(own_service), await made_clinic(own_service)
    owner = await asyncpg.connect(of_one_clinic(own_database))
    try:
        with pytest.raises(asyncpg.UndefinedObjectError):
            await owner.fetch("select * from audit")
        await owner.execute(f"set app.clinic = '{one}'")
        for table in ("clinics", "audit", "audit_heads"):
            rows = await owner.fetch(f"select clinic_id from {table}")  # noqa: S608  our own words
            assert {row["clinic_id"] for row in rows} == {one}
        assert await owner.execute("update clinics set name = 'x' where clinic_id = $1", other) == "UPDATE 0"
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            await owner.execute("insert into audit_heads values ($1, 0, '')", other)
        await owner.execute("set app.across = 'owner'")
        assert {row["clinic_id"] for row in await owner.fetch("select clinic_id from clinics")} == {
            one,
            other,
        }
    finally:
        await owner.close()
    assert set(await own_service.clinics()) == {one, other}


async def test_the_service_cannot_say_that_it_means_every_clinic(service: Database) -> None:
    """What lets the owner through is for the owner."""
    mine, other = await made_clinic(service), await made_clinic(service)
    async with service.transaction(mine) as tx:
        await tx.connection.execute("set local app.across = 'owner'")
        assert await tx.connection.fetchval("select count(*) from clinics where clinic_id = $1", other) == 0


@pytest.fixture
async def admin(stores: Stores, own_database: str) -> AsyncIterator[asyncpg.Connection]:
    """Connect to the test's database as the server's administrator."""
    connection = await asyncpg.connect(of_database(stores.admin_url, urlsplit(own_database).path.strip("/")))
    yield connection
    await connection.close()


@pytest.mark.parametrize(
    ("powers", "why"),
    [
        ("superuser", "superuser"),
        ("bypassrls", "row-level security does not hold"),
        ("in role rewards_owner", "owns the tables, or can become their owner"),
        ("createrole in role rewards_service", "make roles"),
        ("", "was not granted rewards_service"),
    ],
)
async def test_a_login_that_could_step_over_the_rules_is_refused(
    admin: asyncpg.Connection, powers: str, why: str
) -> None:
    """A superuser, who bypasses row-level security, who can become the owner; and it says the remedy."""
    name = f"rewards_login_{os.getpid()}"
    await admin.execute(f"begin; create role {name} login {powers}; set session authorization {name}")
    try:
        with pytest.raises(LoginError, match=why) as refused:
            await refuse_powers(admin)
    finally:
        await admin.execute("rollback")
    assert "rewards_service:PASSWORD@" in str(refused.value)
    assert "rewards migrate" in str(refused.value)


async def test_a_login_that_was_granted_the_service_s_role_works(admin: asyncpg.Connection) -> None:
    """It has no power of its own, and each transaction takes the role on."""
    await admin.execute("begin; create role rewards_plain login in role rewards_service")
    await admin.execute("set session authorization rewards_plain")
    await refuse_powers(admin)
    await admin.execute("rollback")


async def test_the_owner_is_refused_by_the_way_every_process_opens_its_database(
    own_database: str, test_settings: Settings
) -> None:
    """Whatever it is about to do, it does nothing as the owner."""
    cipher = Cipher(test_settings.field_keys, test_settings.index_key, test_settings.audit_key)
    with pytest.raises(LoginError, match="owns the tables"):
        await connect(own_database, cipher, clock.now, in_background(1), connections_max=1)


async def test_a_client_that_is_gone_without_a_word_is_let_go_of(own_database: str) -> None:
    """The service's role says so for each of its sessions, whatever stands between."""
    owner = await asyncpg.connect(own_database)
    said = await owner.fetchval("select rolconfig from pg_roles where rolname = 'rewards_service'")
    await owner.close()
    kept = {
        "tcp_keepalives_idle=15", "tcp_keepalives_interval=5", "tcp_keepalives_count=3",
        "tcp_user_timeout=30000", "client_connection_check_interval=5000",
    }  # fmt: skip  # table: settings of PostgreSQL
    assert kept <= set(said)


async def test_migrating_gives_the_service_the_password_of_its_url(stores: Stores, own_database: str) -> None:
    """Also where the role could not log in, as the releases before made it."""
    url = of_service(stores, own_database)
    admin = await asyncpg.connect(stores.admin_url)
    async with alone(stores):
        kept = await admin.fetchval("select rolpassword from pg_authid where rolname = 'rewards_service'")
        try:
            await admin.execute("alter role rewards_service nologin password null")
            with pytest.raises(
                (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError)
            ):
                await asyncpg.connect(url)
            assert await migrate(own_database, url) == []
            await (await asyncpg.connect(url)).close()
            with pytest.raises(asyncpg.InvalidPasswordError):
                await asyncpg.connect(as_login(url, "rewards_service:another"))
        finally:
            await admin.execute(f"alter role rewards_service login password '{kept}'")
            await admin.close()


def test_a_password_is_kept_as_postgresql_keeps_it() -> None:
    """The example of RFC 7677, section 3: what a client proves is checked against the stored key."""
    salt = bytes.fromhex("5b6d99689d123558ec6b5a10f0a4a5d3"[:32])
    kept = verifier("pencil", salt)
    assert kept.startswith("SCRAM-SHA-256$4096:")
    assert verifier("pencil", salt) == kept != verifier("pencils", salt)
    with pytest.raises(LoginError, match="ASCII"):
        verifier("schön")


async def test_role_and_clinic_stand_at_the_head_of_a_transaction_in_one_round_trip(
    test_settings: Settings,
) -> None:
    """A transaction is two round trips besides its queries, as it was when neither was set with it."""
    cipher = Cipher(test_settings.field_keys, test_settings.index_key, test_settings.audit_key)
    clinic = uuid4()
    async with listened(test_settings.database_url) as (url, said):
        database = await connect(url, cipher, clock.now, in_background(2), connections_max=1)
        said.clear()
        async with database.transaction(clinic) as tx:
            held = await tx.connection.fetchrow(
                "select current_user::text, current_setting('app.clinic'), current_setting('lock_timeout')"
            )
        await database.close()
    assert held is not None
    assert list(held.values()) == ["rewards_service", str(clinic), "2s"]
    head = "begin; set local role rewards_service; set local app.clinic = "
    assert said == [f"{head}'{clinic}'", "commit"]
