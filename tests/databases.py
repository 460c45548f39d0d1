"""Databases for tests on the session's stores: made, taken, dropped, and told apart between processes."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

import asyncpg

from service.embedded import Stores

_numbers = count(1)

MIGRATING = 4_021_190_734
"""The advisory lock of a pytest process that migrates on a server that others may use too."""
CONNECT_S_MAX = 600.0
"""A test that is not async stops the loop and not the clock, so what waits meanwhile is given time."""
AHEAD = 1
"""How many databases are being made while a test runs."""
AWAY = (OSError, asyncpg.PostgresConnectionError)
"""What is raised where the server ended meanwhile."""


class Databases:
    """Databases made ahead and dropped behind the tests' backs: copying one costs more than many a test."""

    def __init__(self, stores: Stores, template: str) -> None:
        self._stores = stores
        self._template = template
        self._ready: deque[asyncio.Task[str]] = deque()
        self._dropping: set[asyncio.Task[None]] = set()

    async def take(self) -> str:
        """Give the name of a database that nobody has used, and begin to make those after it."""
        while len(self._ready) <= AHEAD:
            self._ready.append(asyncio.create_task(self._made()))
        try:
            return await self._ready.popleft()
        except AWAY:
            # It was begun while a test had the server ended.
            return await self._made()

    def give_back(self, name: str) -> None:
        """Drop a database while the tests go on."""
        task = asyncio.create_task(drop_database(self._stores, name))
        self._dropping.add(task)
        task.add_done_callback(self._dropping.discard)

    async def close(self) -> None:
        """Drop what is left."""
        for made in self._ready:
            with suppress(*AWAY):
                self.give_back(await made)
        if self._dropping:
            await asyncio.wait(self._dropping)

    async def _made(self) -> str:
        name = f"rewards_test_{os.getpid()}_{next(_numbers)}"
        await make_database(self._stores, name, self._template)
        return name


def of_database(url: str, name: str) -> str:
    """Give the URL of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def of_every_clinic(owner_url: str) -> str:
    """Give the URL by which the owner sees the rows of all clinics: tests plant and look up anything."""
    parts = urlsplit(owner_url)
    said = urlencode({"app.across": "owner", "app.clinic": str(UUID(int=0))})
    return urlunsplit(parts._replace(query=f"{parts.query}&{said}" if parts.query else said))


def of_one_clinic(owner_url: str) -> str:
    """Give the owner's URL without that, as an operator has it."""
    parts = urlsplit(owner_url)
    asked = [(name, text) for name, text in parse_qsl(parts.query) if not name.startswith("app.")]
    return urlunsplit(parts._replace(query=urlencode(asked, safe="/")))


def of_service(stores: Stores, url: str) -> str:
    """Give the URL with which the service itself logs in to the database of an owner's URL."""
    login = urlsplit(stores.database_url).netloc.rpartition("@")[0]
    return as_login(of_one_clinic(url), login)


def as_login(url: str, login: str) -> str:
    """Give the URL of a database for another login, `name` or `name:password`."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{login}@{parts.netloc.rpartition('@')[2]}"))


def environment_of(stores: Stores, url: str) -> dict[str, str]:
    """Give the settings that lead to the database of an owner's URL."""
    return {
        **stores.environment(),
        "DATABASE_URL": of_service(stores, url),
        "DATABASE_DIRECT_URL": of_service(stores, url),
        "MIGRATION_DATABASE_URL": url,
    }


def of_worker(redis_url: str) -> str:
    """Number the Redis database of one of several pytest processes: they are called gw0, gw1 and so on."""
    parts = urlsplit(redis_url)
    first = int(parts.path.strip("/") or 0)
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return urlunsplit(parts._replace(path=f"/{first + worker}"))


@asynccontextmanager
async def alone(stores: Stores) -> AsyncIterator[None]:
    """Keep other pytest processes out: migrations make a role, which a server has once for all databases."""
    connection = await asyncpg.connect(stores.admin_url)
    try:
        await connection.execute("select pg_advisory_lock($1)", MIGRATING)
        yield
    finally:
        await connection.close()


async def make_database(stores: Stores, name: str, template: str) -> None:
    """Copy a database, for its owner to have."""
    owner = urlsplit(stores.owner_url).username or "postgres"
    await run(stores, f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER "{owner}"')


async def drop_database(stores: Stores, name: str) -> None:
    """Drop a database, whoever is connected to it."""
    await run(stores, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def run(stores: Stores, statement: str) -> None:
    """Run one statement as the server's administrator."""
    connection = await asyncpg.connect(stores.admin_url, timeout=CONNECT_S_MAX)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
