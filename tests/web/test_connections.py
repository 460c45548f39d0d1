# long: what is sent over a line, the servers it is sent to and what comes back are one story
"""Whoever sends slowly, or not HTTP, holds up nobody: over real sockets, to a real server."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import httpx
import pytest

from tests import tls
from tests.processes import web_processes
from tests.web.conftest import answering, environment_of, free_port, start_server
from tests.web.entering import staff_token

if TYPE_CHECKING:
    from service.embedded import Stores
    from tests.web.conftest import Clinic, Server

HEAD = b"POST /v1/participants HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
HALF = HEAD + b"Content-Length: 1000\r\n\r\n{"
PEOPLE_MAX = 20
HEAD_S = 3
"""The patience of the impatient server, in seconds: enough that a busy machine is none of the slow ones."""
LATE_S = 8
"""Less than the patience of a server as it comes, in seconds: what is answered sooner waited for nobody."""


class Line:
    """One connection, spoken over byte by byte."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take its two ways."""
        self._reader = reader
        self._writer = writer

    async def say(self, text: bytes) -> None:
        """Send some bytes."""
        self._writer.write(text)
        with suppress(ConnectionError):
            await self._writer.drain()

    async def heard(self, seconds: float = 10.0) -> bytes:
        """Read until the other side closes."""
        async with asyncio.timeout(seconds):
            try:
                return await self._reader.read()
            except ConnectionResetError:
                return b""

    async def answer(self, seconds: float = 10.0) -> tuple[int, bytes]:
        """Read one answer: its status and its body."""
        async with asyncio.timeout(seconds):
            head = await self._reader.readuntil(b"\r\n\r\n")
            length = next(
                int(line.split(b":")[1])
                for line in head.lower().split(b"\r\n")
                if line[:15] == b"content-length:"
            )
            return int(head.split(b" ", 2)[1]), await self._reader.readexactly(length)

    async def close(self) -> None:
        """Leave."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()

    async def first_status(self) -> int:
        """Read the first line of an answer that goes on."""
        async with asyncio.timeout(5):
            return status_of(await self._reader.readline())


Connect = Callable[[str], Awaitable[Line]]


@pytest.fixture
async def line_to() -> AsyncIterator[Connect]:
    """Give a way to connect; what is left open is closed."""
    lines: list[Line] = []

    async def connect(url: str) -> Line:
        line = Line(*await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2])))
        lines.append(line)
        return line

    yield connect
    for line in lines:
        await line.close()


def status_of(raw: bytes) -> int:
    """The status of an answer as it came."""
    return int(raw.split(b" ", 2)[1])


@pytest.fixture(scope="module")
async def short(stores: Stores, server: Server, served_database: str) -> AsyncIterator[str]:
    """Serve the session's database by a process of little patience and few places."""
    del server
    environment = {
        **environment_of(stores, served_database),
        "REQUEST_HEAD_S_MAX": str(HEAD_S),
        "REQUEST_IDLE_S_MAX": str(HEAD_S),
        "UNFINISHED_REQUESTS_MAX": str(PEOPLE_MAX),
        "CONNECTIONS_MAX": "64",
        "STREAMS_PER_CALLER_MAX": "2",
        "METRICS_PORT": str(free_port()),
    }
    port = free_port()
    process = start_server(environment, port)
    try:
        await answering(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 30)


@pytest.mark.parametrize("sent", [b"G", b"GET /livez HTTP/1.1\r\n", HEAD])
async def test_a_head_that_does_not_come_is_answered_408(short: str, sent: bytes, line_to: Connect) -> None:
    """However little of it came; a connection on which nothing was said is closed without a word."""
    line, silent = await line_to(short), await line_to(short)
    await line.say(sent)
    began = time.monotonic()
    raw = await line.heard()
    assert status_of(raw) == 408
    assert json.loads(raw.partition(b"\r\n\r\n")[2])["code"] == "request_timeout"
    assert await silent.heard() == b""
    assert time.monotonic() - began < LATE_S


async def test_a_body_that_stops_is_answered_408(short: str, clinic: Clinic, line_to: Connect) -> None:
    """Half of it came; a body that trickles on is waited for, and what it brings is done."""
    key = f"Authorization: Bearer {clinic.keys['manager']}\r\n".encode()
    line = await line_to(short)
    await line.say(HEAD + key + b"Content-Length: 19\r\n\r\n{")
    raw = await line.heard()
    assert status_of(raw) == 408
    body = b'{"reference":"A-7"}'
    slow = await line_to(short)
    await slow.say(HEAD + key + b"Content-Length: %d\r\n\r\n" % len(body))
    for at in range(0, len(body), 4):
        await asyncio.sleep(0.3)
        await slow.say(body[at : at + 4])
    status, answer = await slow.answer()
    assert (status, json.loads(answer)["reference"]) == (201, "A-7")


async def test_a_refusal_is_heard_before_the_body_is_sent(server: Server, line_to: Connect) -> None:
    """Nobody is waited for who has no key; what they send afterwards is forgotten, and the line goes on."""
    line = await line_to(server.url)
    await line.say(HALF)
    began = time.monotonic()
    status, body = await line.answer()
    assert (status, json.loads(body)["code"]) == (401, "unauthenticated")
    assert time.monotonic() - began < LATE_S
    await line.say(b"x" * 999 + b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (await line.answer())[0] == 200


async def test_a_body_that_is_too_large_is_refused_by_its_length(
    server: Server, clinic: Clinic, line_to: Connect
) -> None:
    """None of it has to be sent."""
    key = f"Authorization: Bearer {clinic.keys['manager']}\r\n".encode()
    line = await line_to(server.url)
    await line.say(HEAD + key + b"Content-Length: 99999999\r\n\r\n")
    status, body = await line.answer()
    assert (status, json.loads(body)["code"]) == (413, "too_large")


async def test_one_address_has_a_share_of_unfinished_requests(short: str, line_to: Connect) -> None:
    """Beyond it the next is refused at once; whoever sends a whole request is served all the same."""
    lines = [await line_to(short) for _ in range(PEOPLE_MAX)]
    for line in lines:
        await line.say(b"GET /livez HTTP/1.1\r\n")
    refused = await line_to(short)
    await refused.say(b"G")
    assert status_of(await refused.heard(HEAD_S - 1)) == 429
    for line in lines[:2]:
        await line.say(b"Host: x\r\n\r\n")
        assert (await line.answer())[0] == 200
    async with httpx.AsyncClient(base_url=short, verify=tls.CONTEXT) as other:
        assert (await other.get("/livez")).status_code == 200


async def test_many_unfinished_bodies_do_not_silence_the_health_check(
    server: Server, line_to: Connect
) -> None:
    """A thousand and thirty of them once did, for two minutes."""
    lines = [await line_to(server.url) for _ in range(1030)]
    for line in lines:
        await line.say(HALF)
    began = time.monotonic()
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as other:
        for _ in range(20):
            assert (await other.get("/livez")).status_code == 200
    assert time.monotonic() - began < LATE_S


async def test_health_has_places_that_nobody_else_takes(
    stores: Stores, server: Server, served_database: str, line_to: Connect
) -> None:
    """With every place taken the next hears 503 and when to come back, and the health check is answered."""
    del server
    environment = {**environment_of(stores, served_database), "CONNECTIONS_MAX": "64"}
    port = free_port()
    process = start_server(environment, port)
    url = f"http://127.0.0.1:{port}"
    try:
        await answering(url, process)
        held = [await line_to(url) for _ in range(64)]
        for one in held:
            await one.say(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await one.answer())[0] == 200
        late, health = await line_to(url), await line_to(url)
        await late.say(b"GET /v1/programs HTTP/1.1\r\nHost: x\r\n\r\n")
        raw = await late.heard()
        assert status_of(raw) == 503
        assert b"retry-after: " in raw
        assert json.loads(raw.partition(b"\r\n\r\n")[2])["code"] == "unavailable"
        await health.say(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await health.answer())[0] == 200
        silent = [await line_to(url) for _ in range(200)]
        again = await line_to(url)
        await again.say(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await again.answer())[0] == 200
        assert await silent[0].heard() == b"", "it made room"
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 30)


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"GET /livez HTTP/1.1\r\n\r\n", id="no host"),
        pytest.param(b"GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", id="two hosts"),
        pytest.param(b"GET /livez HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", id="the same host twice"),
        pytest.param(b"GET /livez HTTP/1.1\r\nHost: a b\r\n\r\n", id="a host that is none"),
        pytest.param(b"GET /livez HTTP/1.1\nHost: a\n\n", id="bare LF"),
        pytest.param(b"GET /livez HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", id="a bare LF in the head"),
        pytest.param(b"GET /livez HTTP/1.1\r\nHost : a\r\n\r\n", id="a space before the colon"),
        pytest.param(b"GET /livez HTTP/1.1\r\nHost: a\r\n X: b\r\n\r\n", id="a folded line"),
        pytest.param(b"GET /livez HTTP/2.0\r\nHost: a\r\n\r\n", id="another version"),
        pytest.param(HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", id="two lengths"),
        pytest.param(
            HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            id="a length and chunks",
        ),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n", id="chunks with bare LF"),
    ],
)
async def test_what_is_not_http_is_refused_and_closed(server: Server, sent: bytes, line_to: Connect) -> None:
    """In our own shape; nothing that follows on the line is taken for a request."""
    line = await line_to(server.url)
    await line.say(sent + b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
    raw = await line.heard()
    assert len(re.findall(rb"HTTP/1\.1 \d", raw)) == 1, raw
    refused = json.loads(raw.partition(b"\r\n\r\n")[2])
    if b"chunks with" not in sent and refused["code"] != "unauthenticated":
        assert (status_of(raw), refused["code"]) == (400, "malformed")
    assert b"connection: close" in raw or refused["code"] == "unauthenticated"


async def test_a_head_without_end_is_refused(server: Server, line_to: Connect) -> None:
    """Before it fills the memory."""
    line = await line_to(server.url)
    await line.say(b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 300_000)
    assert status_of(await line.heard()) == 413


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("//v1/programs", 401, "/v1/programs"),
        ("/v1//programs", 401, "/v1/programs"),
        ("//v1///programs//", 401, "/v1/programs/"),
        ("//metrics", 404, "/metrics"),
        ("///livez", 200, None),
    ],
)
async def test_slashes_are_made_one_before_a_path_is_looked_up(
    server: Server, line_to: Connect, path: str, status: int, named: str | None
) -> None:
    """So nothing that a proxy forbids under one spelling is let in under another."""
    line = await line_to(server.url)
    await line.say(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    seen, body = await line.answer()
    assert (seen, json.loads(body).get("instance")) == (status, named)


async def test_metrics_are_given_at_their_own_port_alone(server: Server) -> None:
    """And nothing but health beside them there."""
    async with httpx.AsyncClient(verify=tls.CONTEXT) as anyone:
        refused = await anyone.get(f"{server.url}/metrics")
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
        for path in ("/metrics", "/livez", "/readyz"):
            assert (await anyone.get(server.metrics_url + path)).status_code == 200
        for path in ("/", "/v1/programs", "/openapi.json", "/desk"):
            assert (await anyone.get(server.metrics_url + path)).status_code == 404
    assert "rewards_http_requests_total" in await server.metrics()


async def test_metrics_have_few_lines_for_each_route(server: Server) -> None:
    """What nobody can bound by asking for more: unknown paths and methods share their lines."""
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as anyone:
        for at in range(50):
            await anyone.request(f"M{chr(65 + at % 26)}" if at % 2 else "PURGE", f"/nowhere/{at}")
    text = await server.metrics()
    assert sum("(no route)" in line for line in text.splitlines()) < 60


async def test_one_session_has_a_share_of_streams(
    short: str, server: Server, clinic: Clinic, line_to: Connect
) -> None:
    """Two of one session; the third is refused, and another session's is opened."""
    tokens = [await staff_token(server, clinic) for _ in range(2)]
    head = "GET /desk/stream HTTP/1.1\r\nHost: x\r\nCookie: cmr_session={}\r\n\r\n"
    for token, wanted in ((tokens[0], 200), (tokens[0], 200), (tokens[0], 503), (tokens[1], 200)):
        line = await line_to(short)
        await line.say(head.format(token).replace("Host: x", "Host: 127.0.0.1").encode())
        assert await line.first_status() == wanted


async def test_open_portals_leave_places_for_staff_and_for_health(
    stores: Stores, served_database: str, clinic: Clinic, line_to: Connect
) -> None:
    """Seen: a thousand streams left no place for `/livez`. They have three quarters of all, and no more."""
    environment = {
        **environment_of(stores, served_database),
        "CONNECTIONS_MAX": "64",
        "STREAMS_PER_CALLER_MAX": "100",
    }
    port = free_port()
    process = start_server(environment, port)
    url = f"http://127.0.0.1:{port}"
    key = f"Authorization: Bearer {clinic.keys['manager']}\r\n".encode()
    try:
        await answering(url, process)
        lines = [await line_to(url) for _ in range(48)]
        for line in lines:
            await line.say(b"GET /v1/stream HTTP/1.1\r\nHost: x\r\n" + key + b"\r\n")
            assert await line.first_status() == 200
        more, staff, health = [await line_to(url) for _ in range(3)]
        await more.say(b"GET /v1/stream HTTP/1.1\r\nHost: x\r\n" + key + b"\r\n")
        status, body = await more.answer()
        assert (status, json.loads(body)["code"]) == (503, "too_many_streams")
        await staff.say(b"GET /v1/programs HTTP/1.1\r\nHost: x\r\n" + key + b"\r\n")
        await health.say(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        assert [(await one.answer())[0] for one in (staff, health)] == [200, 200]
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 30)


async def test_the_contract_is_packed_once_and_not_sent_again(server: Server) -> None:
    """With gzip as it is held; whoever has it hears that nothing has changed."""
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as anyone:
        first = await anyone.get("/openapi.json")
        assert first.headers["content-encoding"] == "gzip"
        assert int(first.headers["content-length"]) < len(first.content) / 4
        again = await anyone.get("/openapi.json", headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        plain = await anyone.get("/openapi.json", headers={"accept-encoding": "identity"})
        assert plain.json() == first.json()
        assert plain.headers["etag"] != first.headers["etag"]


@pytest.mark.seconds(18)
async def test_a_web_process_that_freezes_is_replaced(stores: Stores, served_database: str) -> None:
    """It is stopped as a debugger stops it; the other one serves meanwhile, from the same queue."""
    port = free_port()
    process = start_server(environment_of(stores, served_database), port, workers=2)
    url = f"http://127.0.0.1:{port}"
    try:
        await answering(url, process)
        first, second = await _both(process.pid)
        os.kill(first, signal.SIGSTOP)
        async with httpx.AsyncClient(base_url=url, verify=tls.CONTEXT, timeout=2) as anyone:
            until, seen = time.monotonic() + 40, 0
            while first in (now := web_processes(process.pid)) or len(now) < 2:
                assert time.monotonic() < until
                assert second in now
                try:
                    seen += (await anyone.get("/livez", headers={"connection": "close"})).status_code == 200
                except httpx.TransportError:
                    # The frozen one had taken this connection already.
                    await asyncio.sleep(0.2)
                await asyncio.sleep(0.05)
        assert seen > 0
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 40)


async def _both(pid: int) -> list[int]:
    for _ in range(100):
        if len(found := web_processes(pid)) == 2:
            # Both have begun to say that they run.
            await asyncio.sleep(3)
            return found
        await asyncio.sleep(0.1)
    pytest.fail("there are not two web processes")
