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
import warnings
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

import asyncpg
import pytest
import uvloop
from redis.asyncio import Redis

from service import embedded, settings
from service.collecting import collect_seldom
from service.embedded import Stores
from service.settings import Settings
from service.store.database.cipher import Cipher
from service.store.database.migrate import migrate
from service.store.database.pool import Database, connect
from service.store.database.waits import in_background
from tests import clock
from tests.databases import (
    Databases,
    alone,
    as_login,
    drop_database,
    environment_of,
    make_database,
    of_database,
    of_every_clinic,
    of_one_clinic,
    of_service,
    of_worker,
    run,
)
from tests.places import quick_folder

ROOT = Path(__file__).resolve().parents[1]
TEST_PASSWORD = "a-password-for-tests"
TEST_KEY = base64.b64encode(b"a key for tests, 32 bytes long..").decode("ascii")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the instant at which the tests run, as an RFC 3339 time."""
    parser.addoption("--clock", help="the instant at which the tests run, such as 2028-02-29T00:30-08:00")


def pytest_configure(config: pytest.Config) -> None:
    """Run as the service does, on its loop, and shift the clock of this process and of all that it starts."""
    collect_seldom()
    with warnings.catch_warnings():
        # From Python 3.14 on policies are deprecated, and pytest-asyncio still goes by them.
        warnings.simplefilter("ignore", DeprecationWarning)
        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    instant = config.getoption("--clock")
    # Of several processes of one run the first decides, so that all have the same clock.
    if instant is not None and "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ[clock.SETTING] = str(clock.offset_s_to(datetime.fromisoformat(instant)))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where slow tests alone are asked for, open no file that marks none: that is most of them."""
    is_asked = config.option.markexpr == "slow" and collection_path.suffix == ".py"
    return True if is_asked and "mark.slow" not in collection_path.read_text(encoding="utf-8") else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each process of a run begin with its share of what takes longest, then go on in the files' order.

    Each is given as many tests as every other, and who is done takes over from the others' ends: what takes a
    minute and came last would be waited for by all.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    longest = sorted((item for item in items if seconds_of(item)), key=seconds_of, reverse=True)
    others = iter([item for item in items if not seconds_of(item)])
    ordered: list[pytest.Item] = []
    for process in range(processes):
        share = (len(items) - len(ordered)) // (processes - process)
        first = longest[process::processes]
        ordered += first
        ordered += islice(others, max(0, share - len(first)))
    items[:] = [*ordered, *others]


def seconds_of(item: pytest.Item) -> float:
    """Tell how many seconds a test says that it takes on a quiet machine; 0 where it says nothing."""
    said = item.get_closest_marker("seconds")
    return 0 if said is None else float(said.args[0])


@pytest.fixture(scope="session")
def stores() -> Iterator[Stores]:
    """Running stores for the whole session: real servers where the environment names them."""
    database_url = settings.text_of(os.environ, "DATABASE_URL")
    redis_url = settings.text_of(os.environ, "REDIS_URL")
    if database_url is not None and redis_url is not None:
        yield _stores(None, database_url, redis_url)
        return
    with quick_folder() as folder:
        started = embedded.start(folder / "stores")
        try:
            yield _stores(started, database_url, redis_url)
        finally:
            started.stop()


@pytest.fixture(scope="session")
async def template_database(stores: Stores) -> AsyncIterator[str]:
    """Name a database that was migrated once, from which each test's own is copied."""
    name = f"rewards_template_{os.getpid()}"
    owner_url = of_database(stores.owner_url, name)
    if settings.text_of(os.environ, "DATABASE_URL") is None:
        # Nobody kills this server; those that are killed, in tests/faults, tests/walks and tests/store, wait
        # for the disk as they would anywhere.
        await run(stores, "alter role all set synchronous_commit = off")
    await make_database(stores, name, "template1")
    try:
        async with alone(stores):
            await migrate(owner_url, of_service(stores, owner_url))
        yield name
    finally:
        await drop_database(stores, name)


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
        yield of_database(stores.owner_url, name)
    finally:
        databases.give_back(name)


@pytest.fixture
async def own_database(stores: Stores, databases: Databases) -> AsyncIterator[str]:
    """Give the owner's URL of a freshly migrated database that no other test sees.

    For tests that act as the owner, change the schema, plant what constraints refuse, or look at all clinics.
    """
    name = await databases.take()
    try:
        yield of_database(stores.owner_url, name)
    finally:
        databases.give_back(name)


@pytest.fixture(scope="session")
async def shared_service(stores: Stores, shared_database: str) -> AsyncIterator[Database]:
    """Open the session's shared database once: a new connection compiles every query anew."""
    database = await open_as_service(settings_for(stores, shared_database))
    yield database
    await database.close()


@pytest.fixture
async def own_service(stores: Stores, own_database: str) -> AsyncIterator[Database]:
    """Open this test's own database."""
    database = await open_as_service(settings_for(stores, own_database))
    yield database
    await database.close()


@pytest.fixture
def service(request: pytest.FixtureRequest) -> Database:
    """Give this test's database, shared or its own, opened under the service's role."""
    name = "own_service" if asks_for_own_database(request) else "shared_service"
    database: Database = request.getfixturevalue(name)
    return database


@pytest.fixture(scope="session")
async def hand(shared_database: str) -> AsyncIterator[str]:
    """Name a role that may write anything in the shared database, yet is kept to one clinic as all are."""
    name = f"rewards_hand_{os.getpid()}"
    owner = await asyncpg.connect(shared_database)
    await owner.execute(f"create role {name}; grant {name} to current_user")
    await owner.execute(f"grant all on all tables in schema public to {name}")
    yield name
    await owner.execute(f"drop owned by {name}; drop role {name}")
    await owner.close()


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
    return settings.read({**environment_of(stores, url), **clock.setting()})


async def open_as_service(of: Settings) -> Database:
    """Open a database as a process of the service does."""
    cipher = Cipher(of.field_keys, of.index_key, of.audit_key)
    return await connect(of.database_url, cipher, clock.now, in_background(30), connections_max=8)


def _stores(started: Stores | None, database_url: str | None, redis_url: str | None) -> Stores:
    """Take each store from the environment where it names one, and else from those just started."""
    if started is None and (database_url is None or redis_url is None):
        raise AssertionError("a store that the environment does not name was started")
    owner = of_every_clinic(database_url or (started.owner_url if started else ""))
    # On a real server the role gets a password of the tests; an embedded one has its own.
    own = (
        started.database_url
        if started and not database_url
        else as_login(of_one_clinic(owner), f"rewards_service:{TEST_PASSWORD}")
    )
    return Stores(
        data=started.data if started else Path("/nonexistent"),
        database_url=own,
        owner_url=owner,
        admin_url=database_url or (started.admin_url if started else ""),
        redis_url=of_worker(redis_url) if redis_url else (started.redis_url if started else ""),
        field_keys=f"test:{TEST_KEY}",
        index_key=TEST_KEY,
        audit_key=TEST_KEY,
    )
