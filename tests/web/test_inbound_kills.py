"""The web process is killed while messages come in, and each of them is recorded once all the same."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import standardwebhooks

from service.flows.inbound.process import process_kept
from service.flows.verify.verify import verify
from tests import clock
from tests.web.conftest import answering, environment_of, free_port, make_clinic, start_server

if TYPE_CHECKING:
    from service.embedded import Stores
    from tests.web.conftest import Clinic, Server

pytestmark = pytest.mark.slow

KILLS = 6
MESSAGES = 120
LINES = 12
"""How many messages are under way at once."""
NOW = clock.now()
PROGRAM = {
    "name": "flat",
    "title": "Flat",
    "unit": "usd",
    "weeks": 12,
    "targets": [
        {
            "name": "test",
            "behavior": "test",
            "phases": [{"weeks": [1, 12], "earn": {"type": "flat", "amount": 1}}],
        }
    ],
}


@pytest.fixture
async def clinic(server: Server) -> AsyncIterator[Clinic]:
    """Give a clinic with one person enrolled, which is served by the session's server too."""
    made = await make_clinic(server.database, server.url)
    await made.post("/v1/programs", PROGRAM)
    person = (await made.post("/v1/participants", {"reference": "A-1"})).json()["id"]
    start = (NOW - timedelta(days=7)).date().isoformat()
    await made.post("/v1/enrollments", {"participant": person, "program": "flat", "starts_on": start})
    yield made
    await made.close()


def message_of(number: int) -> str:
    """Write the event of one message, each at its own second."""
    event = {
        "participant_reference": "A-1",
        "behavior": "test",
        "outcome": "negative",
        "occurred_at": (NOW - timedelta(hours=2) + timedelta(seconds=number)).isoformat(),
        "another": True,
    }
    return json.dumps(event)


async def send_until_taken(url: str, source: dict[str, Any], number: int) -> None:
    """Send one message, signed anew each time, until it is answered, as senders do."""
    body, name = message_of(number), f"msg_{number}"
    signer = standardwebhooks.Webhook(source["secret"])
    while True:
        at = clock.now()
        headers = {
            "content-type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": signer.sign(name, at, body),
        }
        with suppress(httpx.TransportError):
            async with httpx.AsyncClient(base_url=url, timeout=10) as client:
                answer = await client.post(source["address"], content=body, headers=headers)
                if answer.status_code == 202:
                    return
        await asyncio.sleep(0.02)


async def test_a_killed_server_loses_no_message_and_records_none_twice(
    server: Server, stores: Stores, served_database: str, clinic: Clinic
) -> None:
    """Whatever was between keeping and recording when the process died is finished by a worker."""
    source = (await clinic.post("/v1/sources", {})).json()
    environment, port = environment_of(stores, served_database), free_port()
    url = f"http://127.0.0.1:{port}"
    process = start_server(environment, port)
    await answering(url, process)
    lines = asyncio.Semaphore(LINES)

    async def line(number: int) -> None:
        async with lines:
            await send_until_taken(url, source, number)

    sending = asyncio.gather(*[line(number) for number in range(MESSAGES)])
    chance = random.Random(4)
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.1, 0.4))
        # Its children serve in its place and would outlive it.
        for pid in [process.pid, *children_of(process.pid)]:
            os.kill(pid, signal.SIGKILL)
        await asyncio.to_thread(process.wait, 20)
        process = start_server(environment, port)
        await answering(url, process)
    await asyncio.wait_for(sending, 120)
    process.terminate()
    await asyncio.to_thread(process.wait, 20)
    await settle_all(server, clinic)


def children_of(pid: int) -> list[int]:
    """List the processes that a server started, which serve in its place."""
    listed = [path.read_text("ascii") for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for child in " ".join(listed).split()]


async def settle_all(server: Server, clinic: Clinic) -> None:
    """Let a worker finish what was left, its clock turned past every lease, and look at the books."""
    database = server.database
    now = database.clock
    database.clock = lambda: now() + timedelta(minutes=2)
    try:
        for there in await database.clinics():
            if str(there) == clinic.id:
                left = await process_kept(database, there, timedelta(minutes=5))
                verdict = await verify(database, there, lambda _what, _count: None)
                assert verdict is not None
                assert verdict.fault is None
                assert verdict.events == MESSAGES, f"{left} were left to the worker"
    finally:
        database.clock = now
