"""Writes the tables of a database into one file, as they stand at one moment, while others go on writing."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from asyncpg import Connection
from msgspec import Struct

from schemas.backups import BackupClinic, BackupFile
from service.store.backups.clients import clients, ended, reached, told
from service.store.backups.faults import BackupError
from service.store.database.hosts import open_connection
from service.store.database.logins import SERVICE_ROLE
from service.store.database.migrate import EVERY_CLINIC
from service.store.database.poolers import between
from service.store.database.queries import query

FILE: Final = "database.dump"
PIECE: Final = 1 << 20
LOCK_MS: Final = 60_000
"""How long a table's lock is waited for: a migration may hold it, in milliseconds."""
BEGIN: Final = "begin transaction isolation level repeatable read, read only"
SNAPSHOT: Final = "select pg_export_snapshot() as name, transaction_timestamp() as at"

Heard = Callable[[int], object]
"""Told how many more bytes there are."""


class Dumped(Struct, frozen=True):
    """A file of tables, and what they held at its moment."""

    file: BackupFile
    server: int
    tools: int
    rows: dict[str, int]
    clinics: tuple[BackupClinic, ...]
    migrations: tuple[str, ...]
    role_settings: tuple[str, ...]


async def dump(url: str, folder: Path, heard: Heard) -> Dumped:
    """Write the tables of a URL's database into a file of a folder.

    Raises BackupError where a login sees too little or a program fails, and OSError or asyncpg.PostgresError
    where the disk is full, or the server cannot be reached or refuses.
    """
    connection = await open_connection(url, statement_cache_size=0)
    try:
        await _fits(connection, url)
        major = connection.get_server_version().major
        tools = clients(major)
        await connection.execute(f"{EVERY_CLINIC}; {BEGIN}")
        snapshot = await connection.fetchval(SNAPSHOT)
        clinics = tuple(
            BackupClinic(row["clinic_id"], row["events"], row["newest"], row["seq"], row["hash"].hex())
            for row in await connection.fetch(query("backups/clinics").text)
        )
        migrations = [row["name"] for row in await connection.fetch(query("backups/migrations").text)]
        settings = await connection.fetch(query("backups/role_settings").text, SERVICE_ROLE)
        file = await _written(tools.folder / "pg_dump", url, snapshot, folder / FILE, heard)
        rows = await counted(connection)
    finally:
        connection.terminate()
    said = tuple(row["setting"] for row in settings)
    return Dumped(file, major, tools.major, rows, clinics, tuple(migrations), said)


async def counted(connection: Connection) -> dict[str, int]:
    """How many rows each table holds."""
    found: dict[str, int] = {}
    for row in await connection.fetch(query("backups/tables").text):
        asked = f'select count(*) from public."{row["name"]}"'  # noqa: S608  a name of the catalog
        found[row["name"]] = await connection.fetchval(asked)
    return found


async def _fits(connection: Connection, url: str) -> None:
    if (await between(connection)).is_pooler:
        detail = "BACKUP_DATABASE_URL leads through a pooler. Write PostgreSQL's own address there."
        raise BackupError("login_unfit", detail)
    standing = await connection.fetchrow(query("backups/standing").text)
    if standing is None or not standing["is_ours"]:
        raise BackupError("nothing_there", "The database has no tables of this service. Run: rewards migrate")
    if not await connection.fetchval(query("backups/powers").text):
        user = urlsplit(url).username
        raise BackupError(
            "login_unfit",
            f"{user} does not see the rows of all clinics, and a backup of less is none. Name the owner in "
            "MIGRATION_DATABASE_URL, or a login with pg_read_all_data and BYPASSRLS in BACKUP_DATABASE_URL.",
        )


async def _written(program: Path, url: str, snapshot: str, path: Path, heard: Heard) -> BackupFile:
    """What `pg_dump` gives comes through here, so that it ends with this process, and a full disk is seen."""
    target, environment = reached(url)
    process = await asyncio.create_subprocess_exec(
        str(program), "--format=custom", "--schema=public", "--enable-row-security", "--no-password",
        f"--snapshot={snapshot}", f"--lock-wait-timeout={LOCK_MS}", f"--dbname={target}",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
        limit=2 * PIECE,
    )  # fmt: skip  # table: a command as it is typed
    if process.stdout is None or process.stderr is None:
        raise AssertionError("a process that is started with pipes has them")
    complaining = asyncio.create_task(process.stderr.read())
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("xb") as file:
            while piece := await process.stdout.read(PIECE):
                file.write(piece)
                digest.update(piece)
                size += len(piece)
                heard(len(piece))
            file.flush()
            os.fsync(file.fileno())
    finally:
        await ended(process)
        said = await complaining
    if process.returncode != 0:
        raise BackupError("dump_failed", f"pg_dump ended with {process.returncode}: {told(said)}")
    return BackupFile(FILE, size, digest.hexdigest())
