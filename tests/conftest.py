"""What every test may ask for: running stores, a migrated database, and the shared vectors.

The stores are the embedded ones in a temporary folder, or the real servers that DATABASE_URL and
REDIS_URL name: that PostgreSQL user must be able to create databases and roles, and that Redis database
is emptied. Of several pytest processes (`pytest -n 2`) each has stores of its own, or on real servers
databases of its own, in Redis those numbered from the one named.
"""

from __future__ import annotations

import asyncio
import base64
import os
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from redis.asyncio import Redis

from service import embedded, settings
from service.embedded import Stores
from service.settings import Settings
from tests import clock

ROOT = Path(__file__).resolve().parents[1]
TEST_KEY = base64.b64encode(b"a key for tests, 32 bytes long..").decode("ascii")

_numbers = count(1)

MIGRATING = 4_021_190_734
"""The advisory lock of a pytest process that migrates on a server that others may use too."""
AHEAD = 1
"""How many databases are being made while a test runs."""

CONNECT_S_MAX = 600.0
"""A test that is not async stops the loop and not the clock, so what waits meanwhile is given time."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the instant at which the tests run, as an RFC 3339 time."""
    parser.addoption("--clock", help="the instant at which the tests run, such as 2028-02-29T00:30-08:00")


def pytest_configure(config: pytest.Config) -> None:
    """Shift the clock of this process and of all that it starts."""
    instant = config.getoption("--clock")
    # Of several processes of one run the first decides, so that all have the same clock.
    if instant is not None and "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ[clock.SETTING] = str(clock.offset_s_to(datetime.fromisoformat(instant)))


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """Running stores for the whole session: real servers where the environment names them."""
    database_url = settings.text_of(os.environ, "DATABASE_URL")
    redis_url = settings.text_of(os.environ, "REDIS_URL")
    started = None
    if database_url is None or redis_url is None:
        started = embedded.start(tmp_path_factory.mktemp("stores"))
    try:
        yield _stores(started, database_url, redis_url)
    finally:
        if started is not None:
            started.stop()


@pytest.fixture(scope="session")
async def template_database(stores: Stores) -> AsyncIterator[str]:
    """Name a database that was migrated once, from which each test's own is copied."""
    from service.store.database.migrate import migrate  # noqa: PLC0415 -- tests without a database need no store

    name = f"rewards_template_{os.getpid()}"
    owner_url = _of_database(stores.owner_url, name)
    if settings.text_of(os.environ, "DATABASE_URL") is None:
        # Nobody kills this server; those that are killed, in tests/faults, tests/walks and tests/store, wait
        # for the disk as they would anywhere.
        await _run(stores, "alter role rewards_owner set synchronous_commit = off")
    await _make_database(stores, name, "template1")
    try:
        async with _alone(stores):
            await migrate(owner_url)
        yield name
    finally:
        await _drop_database(stores, name)


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
        return await self._ready.popleft()

    def give_back(self, name: str) -> None:
        """Drop a database while the tests go on."""
        task = asyncio.create_task(_drop_database(self._stores, name))
        self._dropping.add(task)
        task.add_done_callback(self._dropping.discard)

    async def close(self) -> None:
        """Drop what is left."""
        for made in self._ready:
            self.give_back(await made)
        if self._dropping:
            await asyncio.wait(self._dropping)

    async def _made(self) -> str:
        name = f"rewards_test_{os.getpid()}_{next(_numbers)}"
        await _make_database(self._stores, name, self._template)
        return name


@pytest.fixture(scope="session")
async def databases(stores: Stores, template_database: str) -> AsyncIterator[Databases]:
    """Keep databases ready for the whole session."""
    ready = Databases(stores, template_database)
    yield ready
    await ready.close()


@pytest.fixture(scope="session")
async def shared_database(stores: Stores, databases: Databases) -> AsyncIterator[str]:
    """Give the owner's URL of a migrated database in which each test has a clinic of its own.

    Clinics are isolated, and making one costs a fiftieth of making a database.
    """
    name = await databases.take()
    try:
        yield _of_database(stores.owner_url, name)
    finally:
        databases.give_back(name)


@pytest.fixture
async def own_database(stores: Stores, databases: Databases) -> AsyncIterator[str]:
    """Give the owner's URL of a freshly migrated database that no other test sees.

    For tests that act as the owner, change the schema, plant faults in the books, or look at all clinics.
    """
    name = await databases.take()
    try:
        yield _of_database(stores.owner_url, name)
    finally:
        databases.give_back(name)


@pytest.fixture
async def redis(stores: Stores) -> AsyncIterator[Redis]:
    """Give a client of the session's Redis, emptied before and after the test."""
    client = Redis.from_url(stores.redis_url)
    try:
        await client.flushdb()
        yield client
        await client.flushdb()
    finally:
        await client.aclose()


@pytest.fixture
def test_settings(request: pytest.FixtureRequest, stores: Stores) -> Settings:
    """Give settings that lead to this test's database, read as a process reads them.

    That is the session's shared one, unless the test asks for `own_database`.
    """
    name = "own_database" if asks_for_own_database(request) else "shared_database"
    return settings_for(stores, request.getfixturevalue(name))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Find the vectors and data that lie beside the checkout; a check must have them, a clone may not."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{path} is missing, and under CI the vectors are part of the check")
        pytest.skip(f"{path} is not there: the shared vectors are not part of this clone")
    return path


def asks_for_own_database(request: pytest.FixtureRequest) -> bool:
    """Tell whether a test, or any fixture that it asks for, asks for a database of its own."""
    return "own_database" in request.fixturenames


def settings_for(stores: Stores, url: str) -> Settings:
    """Read the settings that lead to one database of the session's stores."""
    own = {"DATABASE_URL": url, "MIGRATION_DATABASE_URL": url}
    return settings.read({**stores.environment(), **own, **clock.setting()})


def _stores(started: Stores | None, database_url: str | None, redis_url: str | None) -> Stores:
    """Take each store from the environment where it names one, and else from those just started."""
    if started is None and (database_url is None or redis_url is None):
        raise AssertionError("a store that the environment does not name was started")
    database = database_url or (started.owner_url if started else "")
    return Stores(
        data=started.data if started else Path("/nonexistent"),
        database_url=database,
        owner_url=database,
        admin_url=database_url or (started.admin_url if started else ""),
        redis_url=_of_worker(redis_url) if redis_url else (started.redis_url if started else ""),
        field_keys=f"test:{TEST_KEY}",
        index_key=TEST_KEY,
    )


def _of_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _of_worker(redis_url: str) -> str:
    """Number the Redis database of one of several pytest processes: they are called gw0, gw1 and so on."""
    parts = urlsplit(redis_url)
    first = int(parts.path.strip("/") or 0)
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return urlunsplit(parts._replace(path=f"/{first + worker}"))


@asynccontextmanager
async def _alone(stores: Stores) -> AsyncIterator[None]:
    """Keep other pytest processes out: migrations make a role, which a server has once for all databases."""
    connection = await asyncpg.connect(stores.admin_url)
    try:
        await connection.execute("select pg_advisory_lock($1)", MIGRATING)
        yield
    finally:
        await connection.close()


async def _make_database(stores: Stores, name: str, template: str) -> None:
    owner = urlsplit(stores.owner_url).username or "postgres"
    await _run(stores, f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER "{owner}"')


async def _drop_database(stores: Stores, name: str) -> None:
    await _run(stores, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _run(stores: Stores, statement: str) -> None:
    connection = await asyncpg.connect(stores.admin_url, timeout=CONNECT_S_MAX)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
