"""More requests than can be worked on: each hears something, and nobody works for who left."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import asyncpg
import httpx
import msgspec
import pytest

from service.web.api.batches import SMALL_BYTES_MAX
from service.web.contract import examples
from service.web.http.admission import BATCHES_AT_ONCE_MAX, BATCHES_WAITING_MAX
from tests import clock, tls
from tests.web.conftest import answering, environment_of, free_port, make_clinic, start_server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from service.embedded import Stores
    from tests.web.conftest import Clinic, Server

PLACES, WAITING, WAIT_S = 8, 6, 1.0
START = (clock.now() - timedelta(days=60)).replace(microsecond=0)


class Narrow(NamedTuple):
    """A process of few places, and the port of its metrics."""

    url: str
    metrics_port: int


@pytest.fixture(scope="module")
async def narrow(stores: Stores, server: Server, served_database: str) -> AsyncIterator[Narrow]:
    """Serve the session's database by a process of few places."""
    del server
    environment = {
        **environment_of(stores, served_database),
        "REQUESTS_AT_ONCE_MAX": str(PLACES),
        "REQUESTS_WAITING_MAX": str(WAITING),
        "REQUEST_WAIT_S_MAX": str(WAIT_S),
        # What waits for the database has to be as many as there are places.
        "DATABASE_CONNECTIONS_MAX": str(PLACES),
    }
    port, metrics_port = free_port(), free_port()
    environment["METRICS_PORT"] = str(metrics_port)
    process = start_server(environment, port)
    try:
        await answering(f"http://127.0.0.1:{port}", process)
        made = Narrow(f"http://127.0.0.1:{port}", metrics_port)
        # The first look asks the database for the draws; those that follow soon do not.
        await queued(made, 0)
        yield made
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 30)


@asynccontextmanager
async def held_up(owner_url: str, clinic: str) -> AsyncIterator[None]:
    """Hold what every deed of a clinic ends with, so that none does."""
    owner = await asyncpg.connect(owner_url)
    try:
        async with owner.transaction():
            await owner.execute("select from audit_heads where clinic_id = $1::uuid for update", clinic)
            yield
    finally:
        await owner.close()


def port_of(url: str) -> int:
    """The port of an address."""
    return int(url.rpartition(":")[2])


async def sent(url: str, key: str, path: str, body: bytes) -> tuple[int, dict[str, str], Any]:
    """Send one request on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(url))
    try:
        head = (
            f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        async with asyncio.timeout(30):
            raw = await reader.read()
    finally:
        writer.close()
    top, _, rest = raw.partition(b"\r\n\r\n")
    lines = top.decode().split("\r\n")
    headers = {name.lower(): text for name, _, text in (line.partition(": ") for line in lines[1:])}
    return int(lines[0].split(" ")[1]), headers, json.loads(rest)


async def test_everybody_hears_something_while_nothing_ends(
    narrow: Narrow, server: Server, served_database: str
) -> None:
    """Of thirty, eight are worked on; the rest hear 503 at once or in a second, and when to come back."""
    clinic = await make_clinic(server.database, narrow.url)
    async with held_up(served_database, clinic.id):
        asked = [
            asyncio.create_task(
                sent(narrow.url, clinic.keys["manager"], "/v1/participants", b'{"reference":"A-%d"}' % at)
            )
            for at in range(30)
        ]
        await eventually(lambda: some_ended(asked, 30 - PLACES))
        done, working = await asyncio.wait(asked, timeout=0.1)
        assert len(working) == PLACES
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(narrow.url))
        writer.write(b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        async with asyncio.timeout(1):
            assert b" 200 " in await reader.readline()
        writer.close()
    assert Counter([(await one)[0] for one in working]) == {201: PLACES}
    for one in done:
        status, headers, problem = await one
        assert (status, problem["code"], headers["retry-after"]) == (503, "unavailable", "5")
        assert "serve in time" in problem["detail"]
    await clinic.close()


async def test_work_of_who_left_is_not_begun(narrow: Narrow, server: Server, served_database: str) -> None:
    """Those who waited for a place and hung up are not found afterwards; those who stayed are."""
    clinic = await make_clinic(server.database, narrow.url)
    key = clinic.keys["manager"]
    async with held_up(served_database, clinic.id):
        working = [
            asyncio.create_task(sent(narrow.url, key, "/v1/participants", b'{"reference":"W-%d"}' % at))
            for at in range(PLACES)
        ]
        await eventually(lambda: all_wait(served_database))
        leaving = [
            asyncio.create_task(sent(narrow.url, key, "/v1/participants", b'{"reference":"L-%d"}' % at))
            for at in range(3)
        ]
        await eventually(lambda: queued(narrow, len(leaving)))
        for one in leaving:
            one.cancel()
        await asyncio.gather(*leaving, return_exceptions=True)
    assert {(await one)[0] for one in working} == {201}
    listed = (await clinic.get("/v1/participants")).json()["items"]
    assert {one["reference"][0] for one in listed} == {"W"}
    await clinic.close()


async def test_who_sends_slowly_has_no_place_meanwhile(narrow: Narrow, server: Server) -> None:
    """More have sent half a body than there are places; whoever sends a whole one is served."""
    clinic = await make_clinic(server.database, narrow.url)
    key = clinic.keys["manager"]
    lines = [await asyncio.open_connection("127.0.0.1", port_of(narrow.url)) for _ in range(PLACES + 4)]
    head = (
        f"POST /v1/participants HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n"
        "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n"
    )
    for _, writer in lines:
        writer.write(head.encode() + b'{"reference"')
    for at in range(3):
        status, _, _ = await sent(narrow.url, key, "/v1/participants", b'{"reference":"Q-%d"}' % at)
        assert status == 201
    for at, (reader, writer) in enumerate(lines):
        writer.write(b':"S-%d"}' % (at + 10))
        async with asyncio.timeout(20):
            assert b" 201 " in await reader.readline()
        writer.close()
    await clinic.close()


async def eventually(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(20):
        while True:
            if await true():
                return
            await asyncio.sleep(0.02)


async def some_ended(asked: Sequence[asyncio.Task[Any]], most: int) -> bool:
    """Whether so many have ended."""
    return sum(one.done() for one in asked) >= most


async def all_wait(owner_url: str) -> bool:
    """Whether all that are worked on wait for a lock."""
    owner = await asyncpg.connect(owner_url)
    try:
        waiting = (
            "select count(*) from pg_stat_activity"
            " where wait_event_type = 'Lock' and datname = current_database()"
        )
        return bool(await owner.fetchval(waiting) >= PLACES)
    finally:
        await owner.close()


async def queued(narrow: Narrow, requests: int) -> bool:
    """Whether so many wait for a place."""
    async with httpx.AsyncClient(verify=tls.CONTEXT) as client:
        text = (await client.get(f"http://127.0.0.1:{narrow.metrics_port}/metrics")).text
    return f"rewards_requests_waiting {requests}.0" in text


async def test_large_batches_have_a_turn_of_their_own(server: Server, served_database: str) -> None:
    """Two are worked on and six wait; the next is refused at once, and nobody else is held up."""
    clinic, other = [await make_clinic(server.database, server.url) for _ in range(2)]
    event = await ready_to_record(clinic)
    most, more = BATCHES_AT_ONCE_MAX + BATCHES_WAITING_MAX, 4
    async with held_up(served_database, clinic.id):
        asked = [
            asyncio.create_task(
                sent(server.url, clinic.keys["manager"], "/v1/events/batch", batch_of(event, at))
            )
            for at in range(most + more)
        ]
        done: set[asyncio.Task[Any]] = set()
        async with asyncio.timeout(10):
            while len(done) < more:
                done, _ = await asyncio.wait(asked, timeout=0.1)
        assert (await other.post("/v1/participants", {"reference": "A"})).status_code == 201
        assert len(done) == more
    ends = [await one for one in asked]
    assert Counter(status for status, _, _ in ends) == {200: most, 503: more}
    assert {result["status"] for status, _, said in ends if status == 200 for result in said["results"]} == {
        201
    }
    for one in (clinic, other):
        await one.close()


async def ready_to_record(clinic: Clinic) -> dict[str, Any]:
    """Enroll somebody, and give an event of theirs without its time."""
    await clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    who = (await clinic.post("/v1/participants", {"reference": "A-1"})).json()["id"]
    asked = {"participant": who, "program": examples.PROGRAM_NAME, "starts_on": START.date().isoformat()}
    enrolled = await clinic.post("/v1/enrollments", asked)
    return {"enrollment": enrolled.json()["id"], "target": "stimulant-negative", "outcome": "negative"}


def batch_of(event: dict[str, Any], day: int) -> bytes:
    """A batch of one event, as long as one of hundreds."""
    when = (START + timedelta(days=day, hours=30)).isoformat()
    return json.dumps([{**event, "occurred_at": when}]).encode() + b" " * SMALL_BYTES_MAX
