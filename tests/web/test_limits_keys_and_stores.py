"""Rate limits, revoked keys in several processes, stores that go away, and what is logged."""

from __future__ import annotations

import asyncio
import io
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from litestar.types import ASGIApp
from msgspec.structs import replace
from redis.asyncio import Redis

from service.app import create_app
from service.embedded import Stores
from service.logs import SAFE_KEYS
from service.scratch.rate_limits import RateLimits
from service.settings import RateLimit, Settings, read
from service.web.gateway import Gateway
from service.web.http.access import AccessLog
from tests import clock, tls
from tests.web.conftest import answering, environment_of, free_port, make_clinic, open_database, start_server

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@asynccontextmanager
async def running(app: ASGIApp, key: str) -> AsyncIterator[httpx.AsyncClient]:
    """Run an app in this process, its lifespan around a client."""
    inbox: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    outbox: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    serving: Any = app
    task = asyncio.create_task(serving(scope, inbox.get, outbox.put))
    await inbox.put({"type": "lifespan.startup"})
    started = await outbox.get()
    assert started["type"] == "lifespan.startup.complete", started
    headers = {"authorization": f"Bearer {key}"}
    transport = httpx.ASGITransport(serving)
    try:
        async with httpx.AsyncClient(
            transport=transport, base_url="http://test", headers=headers, verify=tls.CONTEXT
        ) as client:
            yield client
    finally:
        await inbox.put({"type": "lifespan.shutdown"})
        await task


async def test_a_limit_lets_so_many_through_and_says_what_is_left(
    clinic: Clinic, server: Server, redis: Redis
) -> None:
    """Each key has its own count on each route; 429 says how long to wait."""
    assert await redis.ping()
    app = create_app(replace(server.settings, rate_limit=RateLimit(3, 60)))
    async with running(app, clinic.keys["manager"]) as client:
        answers = [await client.get("/v1/programs") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert [answer.headers["ratelimit"].split(";t=")[0] for answer in answers[:3]] == [
            f'"route";r={left}' for left in (2, 1, 0)
        ]
        assert answers[0].headers["ratelimit-policy"] == '"route";q=3;w=60'
        assert answers[3].json()["code"] == "too_many_requests"
        assert 1 <= int(answers[3].headers["retry-after"]) <= 20
        assert (await client.get("/v1/rewards")).status_code == 200
        other = {"authorization": f"Bearer {clinic.keys['front_desk']}"}
        assert (await client.get("/v1/programs", headers=other)).status_code == 200


async def test_a_limit_is_exact_under_a_rush(redis: Redis) -> None:
    """A hundred at once through two counters of one store: as many as the limit says."""
    limits = [RateLimits(redis, RateLimit(10, 60)), RateLimits(redis, RateLimit(10, 60))]
    taken = await asyncio.gather(*(limits[one % 2].take("rush") for one in range(100)))
    assert Counter(left is not None and left.allowed for left in taken) == {True: 10, False: 90}


async def test_a_limit_asked_for_by_several_at_once_is_never_exceeded(redis: Redis) -> None:
    """A busy name is asked for many at once, in two counters; together they let through what it says."""
    limits = [RateLimits(redis, RateLimit(1000, 60)), RateLimits(redis, RateLimit(1000, 60))]
    taken = [await limits[one % 2].take("busy") for one in range(1100)]
    allowed = [left for left in taken if left is not None and left.allowed]
    assert 985 <= len(allowed) <= 1010
    assert all(before.remaining >= 0 for before in allowed)


async def test_requests_are_limited_where_nothing_is_set(clinic: Clinic) -> None:
    """The limit of a new installation is far above what a clinic does, and it is there."""
    answer = await clinic.get("/v1/programs")
    assert answer.headers["ratelimit-policy"] == '"route";q=12000;w=60'


async def test_a_limit_fills_up_again(redis: Redis) -> None:
    """Requests come back one by one, and not all at once when a window ends."""
    limits = RateLimits(redis, RateLimit(5, 1))
    first = [await limits.take("again") for _ in range(6)]
    assert [left.allowed for left in first if left] == [True] * 5 + [False]
    await asyncio.sleep(0.25)
    left = await limits.take("again")
    assert left is not None
    assert (left.allowed, left.remaining) == (True, 0)


async def test_without_redis_requests_are_served(clinic: Clinic, server: Server) -> None:
    """Limits are off, everything goes on, and `/readyz` says that Redis is away."""
    away = f"redis://127.0.0.1:{free_port()}"
    app = create_app(replace(server.settings, redis_url=away, rate_limit=RateLimit(1, 60)))
    async with running(app, clinic.keys["manager"]) as client:
        assert [(await client.get("/v1/programs")).status_code for _ in range(3)] == [200] * 3
        ready = await client.get("/readyz")
        shifted = {"clock_offset_s": clock.offset_s()} if clock.offset_s() else {}
        said = ready.json()
        # It may not have begun to hear of revoked keys yet.
        said.pop("revocations", None)
        assert (ready.status_code, said) == (
            200,
            {"status": "ready", "postgresql": "ready", "redis": "away"} | shifted,
        )


async def test_without_postgresql_every_route_is_503_with_retry_after(clinic: Clinic, server: Server) -> None:
    """The process lives, is not ready, and tells nobody why."""
    app = create_app(server.settings)
    async with running(app, clinic.keys["manager"]) as client:
        assert (await client.get("/v1/programs")).status_code == 200
        assert isinstance(app, Gateway)
        resources = app.resources()
        await resources.database.pool.close()
        event = {
            "participant_reference": "a",
            "behavior": "test",
            "outcome": "negative",
            "occurred_at": "2026-01-01T00:00:00Z",
        }
        answers = [await client.get("/v1/programs"), await client.post("/v1/events", json=event)]
        for answer in answers:
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable"), answer.text
            assert answer.headers["retry-after"] == "1"
        assert (await client.get("/livez")).status_code == 200
        ready = await client.get("/readyz")
        assert ready.status_code in {200, 503}


async def test_an_unhandled_error_is_500_without_details(clinic: Clinic, server: Server) -> None:
    """The answer has the trace under which it was logged, and nothing from inside."""
    app = create_app(server.settings)
    async with running(app, clinic.keys["manager"]) as client:
        assert isinstance(app, Gateway)
        app.resources().events = None  # type: ignore[assignment]
        event = {
            "participant_reference": "a",
            "behavior": "test",
            "outcome": "negative",
            "occurred_at": "2026-01-01T00:00:00Z",
        }
        answer = await client.post("/v1/events", json=event)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "NoneType" not in answer.text
    assert answer.json()["trace_id"] in answer.headers["traceparent"]


async def test_a_revoked_key_opens_nothing_in_any_process(stores: Stores, served_database: str) -> None:
    """At once in the process that revoked it, and within a second in the others."""
    environment = environment_of(stores, served_database)
    ports = [free_port(), free_port()]
    servers = [start_server(environment, port) for port in ports]
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    try:
        for url, process in zip(urls, servers, strict=True):
            await answering(url, process)
        database = await open_database(read(environment))
        clinic = await make_clinic(database, urls[0])
        await database.close()
        desk = {"authorization": f"Bearer {clinic.keys['front_desk']}"}
        async with httpx.AsyncClient() as anyone:
            for url in urls * 3:
                assert (await anyone.get(f"{url}/v1/programs", headers=desk)).status_code == 200
            gone = await clinic.client().delete(f"/v1/keys/{clinic.key_ids['front_desk']}")
            assert gone.status_code == 200
            assert (await anyone.get(f"{urls[0]}/v1/programs", headers=desk)).status_code == 401
            until = time.monotonic() + 1
            while (await anyone.get(f"{urls[1]}/v1/programs", headers=desk)).status_code != 401:
                assert time.monotonic() < until
                await asyncio.sleep(0.01)
        await clinic.close()
    finally:
        for process in servers:
            process.terminate()
        for process in servers:
            await asyncio.to_thread(process.wait, 20)


async def test_a_stop_finishes_what_is_in_hand(stores: Stores, served_database: str) -> None:
    """Requests that are being served when the signal comes are answered."""
    environment = environment_of(stores, served_database)
    port = free_port()
    process = start_server(environment, port)
    url = f"http://127.0.0.1:{port}"
    try:
        await answering(url, process)
        database = await open_database(read(environment))
        clinic = await make_clinic(database, url)
        await database.close()
        events = [
            {
                "participant_reference": "nobody",
                "behavior": "test",
                "outcome": "negative",
                "occurred_at": "2026-01-01T00:00:00Z",
            }
        ] * 10_000
        batch = asyncio.create_task(clinic.post("/v1/events/batch", events))
        await asyncio.sleep(0.4)
        process.terminate()
        answer = await batch
        assert answer.status_code == 200
        assert len(answer.json()["results"]) == 10_000
        await clinic.close()
    finally:
        process.terminate()
        assert await asyncio.to_thread(process.wait, 20) in {0, -15}


async def test_a_request_is_logged_with_ids_only(clinic: Clinic, server: Server) -> None:
    """Template, status, time, who by id, and the trace: each key is on the closed list."""
    out = io.StringIO()
    settings: Settings = replace(server.settings, log_level="info", log_format="json")
    app = create_app(settings)
    assert isinstance(app, Gateway)
    app.log = AccessLog("info", "json", out)
    async with running(app, clinic.keys["manager"]) as client:
        made = await client.post("/v1/participants", json={"reference": "secret-reference", "name": "Ann"})
        await client.get("/v1/participants?name=Ann")
        await client.get(f"/v1/participants/{made.json()['id']}")
    app.log.flush()
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["route"] for line in lines] == [
        "/v1/participants",
        "/v1/participants",
        "/v1/participants/{participant}",
    ]
    assert lines[0]["trace_id"] in made.headers["traceparent"]
    assert (lines[0]["status"], lines[0]["key_id"], lines[0]["clinic_id"]) == (
        201,
        clinic.key_ids["manager"],
        clinic.id,
    )
    assert all(set(line) <= SAFE_KEYS for line in lines)
    assert not {"Ann", "secret-reference", made.json()["id"]} & set(out.getvalue().replace('"', " ").split())


@pytest.mark.parametrize("level", ["warning", "error"])
def test_a_severe_level_logs_no_requests(level: str) -> None:
    """Whoever wants only warnings gets no line a request."""
    assert not AccessLog(level, "json").is_on  # type: ignore[arg-type]
