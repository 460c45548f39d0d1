"""Answers that nobody reads, bodies that nobody wants, and a terminal that goes: over real sockets."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import json
import os
import signal
import socket
import struct
from contextlib import suppress
from typing import TYPE_CHECKING

import asyncpg
import httpx
import pytest

from service.web.http.unsent import Unsent
from tests import tls
from tests.web.conftest import answering, assert_problem, environment_of, free_port, start_server
from tests.web.test_inbound_kills import children_of

if TYPE_CHECKING:
    from service.embedded import Stores
    from tests.web.conftest import Clinic, Server

MIB = 1024 * 1024
HOLD = "select from audit_heads where clinic_id = $1::uuid for update"
"""Holds what every deed of a clinic ends with."""


@pytest.mark.parametrize(
    ("left", "overdue_at"),
    [
        pytest.param([0] * 50, None, id="nothing to send"),
        pytest.param([900] * 50, 11, id="nothing is read"),
        pytest.param([50_000 - at for at in range(50)], 34, id="a byte a second is read"),
        pytest.param([50_000 - at * 1000 for at in range(51)], 34, id="a thousand bytes a second are read"),
        pytest.param([900] * 10 + [0] + [900] * 10, None, id="all is read now and then"),
        pytest.param([5_000_000 - at * 50_000 for at in range(101)], None, id="much is read, and soon"),
    ],
)
def test_a_reader_may_be_slow_for_so_long(left: list[int], overdue_at: int | None) -> None:
    """Looked at once a second: ten seconds without a byte, or thirty and one more for each 16 kB."""
    unsent = Unsent()
    found = [at for at, some in enumerate(left) if unsent.is_overdue(some, float(at), 10, 30, 16_384)]
    assert (found[0] if found else None) == overdue_at


async def test_an_answer_that_nobody_reads_does_not_stay(
    stores: Stores, server: Server, served_database: str
) -> None:
    """Many are asked for on one connection and none is read: it is cut, and counted."""
    del server
    port, metrics = free_port(), free_port()
    environment = {
        **environment_of(stores, served_database),
        "REQUEST_IDLE_S_MAX": "1",
        "METRICS_PORT": str(metrics),
    }
    process = start_server(environment, port)
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    try:
        await answering(f"http://127.0.0.1:{port}", process)
        await asyncio.to_thread(line.connect, ("127.0.0.1", port))
        line.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 30)
        async with asyncio.timeout(30), httpx.AsyncClient(verify=tls.CONTEXT) as anyone:
            counted = 'rewards_connections_ended_total{reason="unread"} 1.0'
            while True:
                if counted in (await anyone.get(f"http://127.0.0.1:{metrics}/metrics")).text:
                    break
                await asyncio.sleep(0.1)
        line.settimeout(10)
        # What the system had taken on is still read; then nobody is there, though not all was sent.
        with suppress(ConnectionResetError):
            while await asyncio.to_thread(line.recv, MIB):
                pass
    finally:
        line.close()
        process.terminate()
        await asyncio.to_thread(process.wait, 30)


async def test_whoever_resets_a_pipeline_is_no_fault_of_ours(
    stores: Stores, served_database: str, clinic: Clinic, capfd: pytest.CaptureFixture[str]
) -> None:
    """What is being worked on is recorded, what is next is not begun, and the log says nothing of it."""
    port, metrics = free_port(), free_port()
    environment = {**environment_of(stores, served_database), "METRICS_PORT": str(metrics)}
    process = start_server(environment, port)
    holding = await asyncpg.connect(served_database)
    try:
        await answering(f"http://127.0.0.1:{port}", process)
        taken = holding.transaction()
        await taken.start()
        await holding.execute(HOLD, clinic.id)
        body = b'{"reference": "reset"}'
        head = (
            f"Authorization: Bearer {clinic.keys['manager']}\r\nContent-Type: application/json\r\nHost: x\r\n"
        )
        line = await asyncio.to_thread(socket.create_connection, ("127.0.0.1", port))
        line.sendall(
            b"POST /v1/participants HTTP/1.1\r\n" + head.encode() + b"Content-Length: 22\r\n\r\n" + body
        )
        line.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 3)
        for _ in range(500):
            if await holding.fetchval("select exists (select from pg_locks where not granted)"):
                break
            await asyncio.sleep(0.02)
        # With nothing waited for at its end, what closes it is a reset.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()
        await asyncio.sleep(0.2)
        await taken.rollback()
        async with httpx.AsyncClient(verify=tls.CONTEXT) as anyone:
            counted = 'route="/v1/participants",status="201"'
            said = ""
            for _ in range(500):
                said = (await anyone.get(f"http://127.0.0.1:{metrics}/metrics")).text
                if counted in said:
                    break
                await asyncio.sleep(0.05)
        assert counted in said
        assert 'route="/openapi.json"' not in said
    finally:
        await holding.close()
        process.terminate()
        await asyncio.to_thread(process.wait, 30)
    assert "Exception in ASGI" not in capfd.readouterr().err


async def test_whoever_sends_far_too_much_hears_so(server: Server, clinic: Clinic) -> None:
    """They read no answer before they have sent all of it, as most do."""
    headers = {"Authorization": f"Bearer {clinic.keys['manager']}", "Content-Type": "application/json"}

    def send() -> tuple[int, str]:
        sending = http.client.HTTPConnection("127.0.0.1", int(server.url.rpartition(":")[2]), timeout=60)
        try:
            sending.request("POST", "/v1/participants", b"x" * (96 * MIB), headers)
            answer = sending.getresponse()
            return answer.status, json.loads(answer.read())["code"]
        finally:
            sending.close()

    assert await asyncio.to_thread(send) == (413, "too_large")


async def test_a_packed_body_is_refused(clinic: Clinic) -> None:
    """It is named with the header, and what would be read; one that is said to be as it is, is read."""
    body = json.dumps({"reference": "A-1"}).encode()
    client, media = clinic.client(), {"content-type": "application/json"}
    packed = {**media, "content-encoding": "gzip"}
    for path in ("/v1/participants", "/v1/events/batch"):
        answer = await client.post(path, content=gzip.compress(body), headers=packed)
        assert_problem(answer, 415, "unsupported_media_type")
        assert answer.headers["accept-encoding"] == "identity"
        assert answer.json()["errors"][0]["pointer"] == "Content-Encoding"
    plain = {**media, "content-encoding": "identity"}
    assert (await client.post("/v1/participants", content=body, headers=plain)).status_code == 201


async def test_a_terminal_that_goes_cuts_nobody_off(
    stores: Stores, served_database: str, clinic: Clinic
) -> None:
    """SIGHUP reaches every process of it: a request that is being served is answered, and then all end."""
    port = free_port()
    process = start_server(environment_of(stores, served_database), port)
    url = f"http://127.0.0.1:{port}"
    owner = await asyncpg.connect(served_database)
    try:
        await answering(url, process)
        headers = {"Authorization": f"Bearer {clinic.keys['manager']}"}
        async with httpx.AsyncClient(base_url=url, headers=headers, timeout=30, verify=tls.CONTEXT) as client:
            async with owner.transaction():
                await owner.execute(HOLD, clinic.id)
                asked = asyncio.create_task(client.post("/v1/participants", json={"reference": "A-1"}))
                while True:
                    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                    if await owner.fetchval(waiting):
                        break
                    await asyncio.sleep(0.02)
                for pid in (process.pid, *children_of(process.pid)):
                    os.kill(pid, signal.SIGHUP)
                # One that it killed would be gone by then, and its request with it.
                with suppress(TimeoutError):
                    await asyncio.wait_for(asyncio.shield(asked), 0.5)
            assert (await asked).status_code == 201
        assert await asyncio.to_thread(process.wait, 30) == 0
    finally:
        await owner.close()
        process.kill()
        process.wait()
