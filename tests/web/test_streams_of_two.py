"""Live in two web processes: each shows what the other recorded, with Redis and without it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.embedded import Stores
from service.web.http.streaming import LOOK_S
from tests.web.conftest import (
    answering,
    assert_problem,
    environment_of,
    free_port,
    make_clinic,
    start_server,
)
from tests.web.streamed import WAIT_S_MAX, enrolled, following, metric

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


assert WAIT_S_MAX < LOOK_S, "what comes within a wait was told"


@dataclass
class Two:
    """Two web processes on one database and one Redis of their own."""

    urls: list[str]
    processes: list[subprocess.Popen[bytes]]
    clinic: Clinic
    redis: Valkey
    metrics_url: str


class Valkey:
    """A Redis that can be stopped and started again at the same place."""

    def __init__(self, folder: Path) -> None:
        """Live in a folder."""
        self.socket = folder / "redis.sock"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start, and wait until it answers."""
        from service.embedded.valkey import program  # noqa: PLC0415  where real servers are given, no wheel is needed

        self._process = subprocess.Popen(  # noqa: ASYNC220  it comes back at once
            [
                str(program()),
                "--port",
                "0",
                "--unixsocket",
                str(self.socket),
                "--save",
                "",
                "--dir",
                str(self._folder),
            ],
            stdout=subprocess.DEVNULL,
        )
        for _ in range(200):
            if self.socket.exists():
                return
            await asyncio.sleep(0.02)
        pytest.fail("Valkey did not start")

    async def kill(self) -> None:
        """Stop it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            await asyncio.to_thread(self._process.wait)
            self._process = None
            self.socket.unlink(missing_ok=True)


@asynccontextmanager
async def serving_two(
    stores: Stores, server: Server, served_database: str, folder: Path
) -> AsyncIterator[Two]:
    """Serve the session's database by two processes that hear each other through a Redis of their own."""
    redis = Valkey(folder)
    await redis.start()
    environment = environment_of(stores, served_database) | {
        "REDIS_URL": f"unix://{redis.socket}",
        "STREAMS_MAX": "20",
    }
    ports = [free_port(), free_port()]
    metrics = free_port()
    first = environment | {"METRICS_PORT": str(metrics)}
    processes = [start_server(given, port) for given, port in zip((first, environment), ports, strict=True)]
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    try:
        await asyncio.gather(*map(answering, urls, processes))
        clinic = await make_clinic(server.database, urls[0])
        yield Two(urls, processes, clinic, redis, f"http://127.0.0.1:{metrics}")
        await clinic.close()
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            await asyncio.to_thread(process.wait, 30)
        await redis.kill()


@pytest.fixture(scope="module")
async def both(
    stores: Stores, server: Server, served_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Two]:
    """Serve for all tests that end neither of the two."""
    async with serving_two(stores, server, served_database, tmp_path_factory.mktemp("two")) as served:
        yield served


@pytest.fixture
async def two(both: Two, server: Server) -> AsyncIterator[Two]:
    """Give the two a clinic of this test's own."""
    clinic = await make_clinic(server.database, both.urls[0])
    yield replace(both, clinic=clinic)
    await clinic.close()


async def test_an_event_recorded_by_one_process_streams_from_another(two: Two) -> None:
    """The portal is open at the second; the desk records at the first; neither has to look by itself."""
    who = await enrolled(two.clinic)
    key = two.clinic.keys["manager"]
    async with (
        following(two.urls[1], who.stream, key) as portal,
        following(two.urls[1], "/v1/stream", key) as desk,
    ):
        await asyncio.gather(portal.next("balance"), desk.next("changed"))
        await asyncio.sleep(0.3)
        for _ in range(3):
            await two.clinic.post("/v1/events", who.visit())
            await asyncio.gather(portal.next("award"), desk.next("changed"))


async def test_without_redis_streams_poll_and_recover(two: Two) -> None:
    """Killed in the middle: the stream says that it is slow, misses nothing, and says when it is fast."""
    who = await enrolled(two.clinic)
    async with following(two.urls[1], who.stream, two.clinic.keys["manager"]) as portal:
        await portal.next("balance")
        await two.redis.kill()
        slow = await portal.next("")
        assert slow.data.startswith("slow")
        awards = []
        for _ in range(2):
            awards += (await two.clinic.post("/v1/events", who.visit())).json()["awards"]
        seen = {(await portal.next("award", within=20)).data["cause_id"] for _ in awards}
        assert seen == {award["id"] for award in awards}
        assert await metric(two.metrics_url, "rewards_nudges_lost_total") > 0
        await two.redis.start()
        fast = await portal.next("")
        assert fast.data.startswith("fast")
        await asyncio.sleep(1.5)
        await two.clinic.post("/v1/events", who.visit())
        await portal.next("award")


async def test_a_revoked_key_ends_its_streams_everywhere(two: Two) -> None:
    """Those of other keys go on."""
    who = await enrolled(two.clinic)
    issued = (await two.clinic.post("/v1/keys", {"role": "clinician"})).json()
    async with (
        following(two.urls[0], who.stream, issued["key"]) as first,
        following(two.urls[1], who.stream, issued["key"]) as second,
        following(two.urls[1], who.stream, two.clinic.keys["manager"]) as third,
    ):
        await asyncio.gather(first.next("balance"), second.next("balance"), third.next("balance"))
        answer = await two.clinic.client().delete(f"/v1/keys/{issued['id']}")
        assert answer.is_success
        await asyncio.gather(first.end(), second.end())
        await two.clinic.post("/v1/events", who.visit())
        await third.next("award")


async def test_more_streams_than_a_process_may_hold_are_refused(two: Two) -> None:
    """503 with a wait; whoever leaves makes room."""
    who = await enrolled(two.clinic)
    key = two.clinic.keys["manager"]
    opened = [following(two.urls[0], who.stream, key) for _ in range(20)]
    for one in opened:
        await one.__aenter__()
    refused = await two.clinic.get(who.stream)
    assert_problem(refused, 503, "too_many_streams")
    assert refused.headers["retry-after"] == "1"
    for one in opened:
        await one.__aexit__(None, None, None)
    await asyncio.sleep(0.5)
    async with following(two.urls[0], who.stream, key) as portal:
        await portal.next("balance")


async def test_a_stopping_process_closes_its_streams_first(
    stores: Stores, server: Server, served_database: str, tmp_path: Path
) -> None:
    """SIGTERM: the streams end whole, and the process does not wait for them."""
    async with serving_two(stores, server, served_database, tmp_path) as two:
        who = await enrolled(two.clinic)
        async with following(two.urls[1], who.stream, two.clinic.keys["manager"]) as portal:
            await portal.next("balance")
            os.kill(two.processes[1].pid, signal.SIGTERM)
            await portal.end()
        assert await asyncio.to_thread(two.processes[1].wait, 20) == 0
