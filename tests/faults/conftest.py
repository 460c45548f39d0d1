"""What tests of faults may ask for: stores that may be frozen and killed, and web processes before them."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from redis import Redis, RedisError

from service import embedded, settings
from service.embedded import Stores
from service.store.database.migrate import migrate
from service.store.database.pool import Database
from tests import tls
from tests.processes import children, web_processes
from tests.walks.conftest import clean_environment, folder
from tests.web.conftest import Clinic, answering, free_port, make_clinic, open_database, start_server

BACK_S_MAX = 30.0
"""How long the service may be away after a fault is over before a test fails."""


class Ground:
    """Stores of their own with a clinic in them, and ways to freeze and kill what runs there."""

    def __init__(self, stores: Stores, database: Database) -> None:
        self.stores = stores
        self.database = database

    def postgresql(self) -> list[int]:
        """The processes of PostgreSQL, the first of which watches over the others."""
        lines = (self.stores.data / "postgres" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        first = int(lines[0])
        return [first, *children(first)]

    def valkey(self) -> list[int]:
        """The process of Valkey; none while it does not answer."""
        with suppress(RedisError), Redis.from_url(self.stores.redis_url, socket_timeout=1) as redis:
            return [int(redis.info("server")["process_id"])]
        return []

    @asynccontextmanager
    async def served(self, **more: str) -> AsyncIterator[Served]:
        """Serve the stores by web processes of their own, WEB_WORKERS of them, until the block ends."""
        port, workers = free_port(), int(more.get("WEB_WORKERS", "1"))
        environment = clean_environment(**self.stores.environment(), LOG_LEVEL="error", RATE_LIMIT="off")
        process = start_server({**environment, **more}, port, workers)
        url = f"http://127.0.0.1:{port}"
        try:
            await answering(url, process)
            yield Served(url, process)
        finally:
            process.terminate()
            try:
                await asyncio.to_thread(process.wait, 40)
            finally:
                process.kill()

    async def clinic(self, url: str) -> Clinic:
        """Make a clinic that is asked at an address."""
        return await make_clinic(self.database, url)


class Served:
    """A running server: its address and the process that watches over the web processes."""

    def __init__(self, url: str, process: subprocess.Popen[bytes]) -> None:
        self.url = url
        self.process = process

    def web(self) -> list[int]:
        """The web processes."""
        return web_processes(self.process.pid)

    async def get(self, path: str, seconds: float = 5.0) -> tuple[int, float, str]:
        """Ask on a connection of its own: the status, how long it took in seconds, and what was said.

        Raises httpx.TransportError where nothing is answered in time.
        """
        began = time.monotonic()
        async with httpx.AsyncClient(base_url=self.url, timeout=seconds, verify=tls.CONTEXT) as client:
            answer = await client.get(path)
        return answer.status_code, time.monotonic() - began, answer.text

    async def ready(self) -> str:
        """What `/readyz` says of PostgreSQL, or that it says nothing."""
        try:
            _, _, said = await self.get("/readyz")
        except httpx.TransportError:
            return "silent"
        return str(httpx.Response(200, text=said).json()["postgresql"])


def bearer(clinic: Clinic) -> dict[str, str]:
    """The header that a manager's key is sent in."""
    return {"Authorization": f"Bearer {clinic.keys['manager']}"}


@contextmanager
def frozen(pids: list[int]) -> Iterator[None]:
    """Stop processes as a debugger does, until the block ends: they are there, and do nothing."""
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


async def eventually(true: Callable[[], Awaitable[bool]], what: str, seconds: float = BACK_S_MAX) -> float:
    """Wait until something is true; gives how long that took, in seconds."""
    began = time.monotonic()
    while True:
        if await true():
            return time.monotonic() - began
        assert time.monotonic() - began < seconds, f"not within {seconds} s: {what}"
        await asyncio.sleep(0.05)


@asynccontextmanager
async def grounded(data: Path) -> AsyncIterator[Ground]:
    """Start stores in a folder, migrated."""
    stores = await asyncio.to_thread(embedded.start, data)
    try:
        await migrate(stores.owner_url, stores.database_url)
        database = await open_database(settings.read(stores.environment()))
        try:
            yield Ground(stores, database)
        finally:
            database.pool.terminate()
    finally:
        await asyncio.to_thread(stores.stop)


@pytest.fixture(scope="module")
async def stood() -> AsyncIterator[Ground]:
    """Give stores that a whole file may freeze, kill and cut off."""
    with folder() as made:
        async with grounded(made / "data") as ground:
            yield ground
