"""Migrations: plain SQL files, applied once each in order, with their checksums, under one lock."""

import hashlib
import re
from pathlib import Path
from uuid import UUID

import structlog
from asyncpg import Connection
from msgspec import Struct

from service.store.database.hosts import open_connection
from service.store.database.logins import let_in
from service.store.database.poolers import between

MIGRATIONS = Path(__file__).parents[3] / "migrations"
NAME = re.compile(r"^(\d{4})_[a-z0-9_]+\.sql$")
LOCK = 4_021_190_733
"""The advisory lock that one migrating process holds, so that a second one waits."""

LEDGER = """
create table if not exists schema_migrations (
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now(),
    constraint schema_migrations_key primary key (name)
)
"""

EVERY_CLINIC = f"set app.across = 'owner'; set app.clinic = '{UUID(int=0)}'"
"""What the owner says who means the rows of all clinics; else row-level security holds for the owner too."""

ALLOWS = "alter table schema_migrations add column if not exists runs_under text"
"""For each migration the one that a release must know at least which does not know this one, to go on."""
RUNS_UNDER = re.compile(r"^-- Runs under releases that know (\d{4}_[a-z0-9_]+\.sql)[,.]")
"""How a migration says that, in its first line: the release before was tried on its tables, and goes on."""

CLOSE = "select close_tables()"
LOOK = "select let_tables_look()"

APPLIED = "insert into schema_migrations (name, checksum, runs_under) values ($1, $2, $3)"
FOUND = "select name, checksum, to_jsonb(m) ->> 'runs_under' as runs_under from schema_migrations as m"

POOLED = (
    "MIGRATION_DATABASE_URL leads through a pooler, which shares sessions. "
    "Write PostgreSQL's own address there, for example: postgresql://rewards_owner:PASSWORD@host:5432/rewards"
)


_log = structlog.get_logger("service.store")


class MigrationError(Exception):
    """The migrations on disk and in the database do not fit together; the message says how and what to do."""


class Migration(Struct, frozen=True):
    """One migration: its file name, its SQL and the SHA-256 of that SQL.

    A release that does not know it goes on if it knows `runs_under`; none does where that is none.
    """

    name: str
    sql: str
    checksum: str
    runs_under: str | None = None


def on_disk(folder: Path = MIGRATIONS) -> list[Migration]:
    """All migrations in order; raises MigrationError for a file that is named otherwise."""
    found = []
    for path in sorted(folder.glob("*.sql")):
        if not NAME.match(path.name):
            message = f"{path.name} is not named like a migration; call it NNNN_subject.sql"
            raise MigrationError(message)
        sql = path.read_text(encoding="utf-8")
        said = RUNS_UNDER.match(sql)
        known = None if said is None else said[1]
        found.append(Migration(path.name, sql, hashlib.sha256(sql.encode()).hexdigest(), known))
    return found


async def migrate(url: str, service_url: str | None = None) -> list[str]:
    """Apply what is missing, each migration in its own transaction, and return the names applied.

    Then the service's role is given the password of `service_url`, where it cannot log in with it. Raises
    LoginError, and MigrationError where a migration already applied was changed, a newer release applied one
    that this one may not run on, or a pooler stands between.
    """
    connection = await open_connection(url, statement_cache_size=0)
    try:
        if (await between(connection)).is_pooler:
            # The lock, and what the owner says, hold for one session; it may give each transaction another.
            raise MigrationError(POOLED)
        await connection.execute("select pg_advisory_lock($1)", LOCK)
        await connection.execute(LEDGER)
        await connection.execute(ALLOWS)
        await connection.execute(EVERY_CLINIC)
        missing = await _missing(connection)
        for migration in missing:
            async with connection.transaction():
                await connection.execute(migration.sql)
                await connection.execute(
                    APPLIED,
                    migration.name,
                    migration.checksum,
                    migration.runs_under,
                )
        if missing:
            await connection.execute(f"{CLOSE}; {LOOK}")
        if service_url is not None:
            await let_in(connection, service_url)
        return [migration.name for migration in missing]
    finally:
        await connection.close()


async def pending(url: str, *, exact: bool = False) -> list[str]:
    """The names of the migrations that are not applied yet; raises MigrationError like `migrate`.

    Where the tables must be `exact`ly those of this release, newer ones raise it in any case.
    """
    connection = await open_connection(url, statement_cache_size=0)
    try:
        if await connection.fetchval("select to_regclass('schema_migrations')") is None:
            return [migration.name for migration in on_disk()]
        return [migration.name for migration in await _missing(connection, exact=exact)]
    finally:
        await connection.close()


async def _missing(connection: Connection, *, exact: bool = False) -> list[Migration]:
    rows = await connection.fetch(FOUND)
    applied = {row["name"]: row["checksum"] for row in rows}
    known = on_disk()
    names = {migration.name for migration in known}
    newer = sorted((row["name"], row["runs_under"]) for row in rows if row["name"] not in names)
    # One step back: a release goes on where whoever wrote what it does not know has said that it may.
    gone = [name for name, runs_under in newer if exact or runs_under not in names]
    if gone:
        message = f"the database has migrations unknown to this version: {', '.join(gone)}; run a newer one"
        raise MigrationError(message)
    if newer:
        _log.warning("migrations_newer", count=len(newer))
    for migration in known:
        if applied.get(migration.name, migration.checksum) != migration.checksum:
            message = f"{migration.name} was changed after it was applied; restore it, and add a new file"
            raise MigrationError(message)
    return [migration for migration in known if migration.name not in applied]
