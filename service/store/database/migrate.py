"""Migrations: plain SQL files, applied once each in order, with their checksums, under one lock."""

import hashlib
import re
from pathlib import Path
from uuid import UUID

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

CLOSE = "select close_tables()"

APPLIED = "insert into schema_migrations (name, checksum) values ($1, $2)"

POOLED = (
    "MIGRATION_DATABASE_URL leads through a pooler, which shares sessions. "
    "Write PostgreSQL's own address there, for example: postgresql://rewards_owner:PASSWORD@host:5432/rewards"
)


class MigrationError(Exception):
    """The migrations on disk and in the database do not fit together; the message says how and what to do."""


class Migration(Struct, frozen=True):
    """One migration: its file name, its SQL and the SHA-256 of that SQL."""

    name: str
    sql: str
    checksum: str


def on_disk(folder: Path = MIGRATIONS) -> list[Migration]:
    """All migrations in order; raises MigrationError for a file that is named otherwise."""
    found = []
    for path in sorted(folder.glob("*.sql")):
        if not NAME.match(path.name):
            message = f"{path.name} is not named like a migration; call it NNNN_subject.sql"
            raise MigrationError(message)
        sql = path.read_text(encoding="utf-8")
        found.append(Migration(path.name, sql, hashlib.sha256(sql.encode()).hexdigest()))
    return found


async def migrate(url: str, service_url: str | None = None) -> list[str]:
    """Apply what is missing, each migration in its own transaction, and return the names applied.

    Then the service's role is given the password of `service_url`, where it cannot log in with it. Raises
    LoginError, and MigrationError where a migration already applied was changed or is gone from disk, or a
    pooler stands between.
    """
    connection = await open_connection(url, statement_cache_size=0)
    try:
        if (await between(connection)).is_pooler:
            # The lock, and what the owner says, hold for one session; it may give each transaction another.
            raise MigrationError(POOLED)
        await connection.execute("select pg_advisory_lock($1)", LOCK)
        await connection.execute(LEDGER)
        await connection.execute(EVERY_CLINIC)
        missing = await _missing(connection)
        for migration in missing:
            async with connection.transaction():
                await connection.execute(migration.sql)
                await connection.execute(
                    APPLIED,
                    migration.name,
                    migration.checksum,
                )
        if missing:
            await connection.execute(CLOSE)
        if service_url is not None:
            await let_in(connection, service_url)
        return [migration.name for migration in missing]
    finally:
        await connection.close()


async def pending(url: str) -> list[str]:
    """The names of the migrations that are not applied yet; raises MigrationError like `migrate`."""
    connection = await open_connection(url, statement_cache_size=0)
    try:
        if await connection.fetchval("select to_regclass('schema_migrations')") is None:
            return [migration.name for migration in on_disk()]
        return [migration.name for migration in await _missing(connection)]
    finally:
        await connection.close()


async def _missing(connection: Connection) -> list[Migration]:
    applied = {
        row["name"]: row["checksum"]
        for row in await connection.fetch("select name, checksum from schema_migrations")
    }
    known = on_disk()
    gone = sorted(set(applied) - {migration.name for migration in known})
    if gone:
        message = f"the database has migrations unknown to this version: {', '.join(gone)}; run a newer one"
        raise MigrationError(message)
    for migration in known:
        if applied.get(migration.name, migration.checksum) != migration.checksum:
            message = f"{migration.name} was changed after it was applied; restore it, and add a new file"
            raise MigrationError(message)
    return [migration for migration in known if migration.name not in applied]
