"""Open portals: how long it takes from a request to record something until the portal shows it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import uvloop

from tests.bench.ground import Clinic

PORTALS = 200
EVERY_S = 0.02
"""How often something is recorded at the desk, about one person after another."""
WAIT_S_MAX = 30.0
TARGET = "stimulant-negative"


class _Portal:
    """One open page: its connection, and what it has seen."""

    def __init__(self, port: int, participant: str, key: str) -> None:
        self.participant = participant
        self.opened = asyncio.Event()
        self.seen: asyncio.Queue[float] = asyncio.Queue()
        self._port = port
        self._key = key
        self._writer: asyncio.StreamWriter | None = None

    async def read(self) -> None:
        """Note when each award comes; a balance says that the page stands there."""
        reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        head = f"GET /v1/participants/{self.participant}/stream HTTP/1.1\r\nhost: 127.0.0.1\r\n"
        self._writer.write(f"{head}authorization: Bearer {self._key}\r\n\r\n".encode())
        while line := await reader.readline():
            if line.startswith(b"event: award"):
                self.seen.put_nowait(time.perf_counter())
            elif line.startswith(b"event: balance"):
                self.opened.set()

    def close(self) -> None:
        """Go away."""
        if self._writer is not None:
            self._writer.close()


def p99_ms(port: int, clinic: Clinic, seconds: float) -> float:
    """Open a portal for each participant of a clinic, record for some seconds, and give the p99."""
    seen = sorted(uvloop.run(_watch(port, clinic, seconds)))
    return seen[min(len(seen) - 1, int(len(seen) * 0.99))] * 1000


def _events(clinic: Clinic) -> Iterator[tuple[int, str]]:
    """Visits in turn, about one person after another; each earns something."""
    start = datetime.combine(clinic.starts_on, datetime.min.time(), UTC)
    for number in range(20):
        at = start + timedelta(days=3.5 * number, hours=15)
        for place, enrollment in enumerate(clinic.enrollments):
            yield (
                place,
                (
                    f'{{"enrollment":"{enrollment}","target":"{TARGET}","outcome":"negative",'
                    f'"occurred_at":"{at.isoformat()}"}}'
                ),
            )


async def _watch(port: int, clinic: Clinic, seconds: float) -> list[float]:
    portals = [_Portal(port, str(person), clinic.desk_key) for person in clinic.participants]
    reading = [asyncio.create_task(portal.read()) for portal in portals]
    async with asyncio.timeout(WAIT_S_MAX):
        await asyncio.gather(*(portal.opened.wait() for portal in portals))
    headers = {"authorization": f"Bearer {clinic.desk_key}", "content-type": "application/json"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers) as desk:
        recorded, until = [], time.perf_counter() + seconds
        for place, event in _events(clinic):
            recorded.append(asyncio.create_task(_one(desk, portals[place], event)))
            await asyncio.sleep(EVERY_S)
            if time.perf_counter() > until:
                break
        taken = await asyncio.gather(*recorded)
    for portal in portals:
        portal.close()
    await asyncio.wait(reading)
    return taken


async def _one(desk: httpx.AsyncClient, portal: _Portal, event: str) -> float:
    begun = time.perf_counter()
    answer = await desk.post("/v1/events", content=event)
    if answer.status_code != httpx.codes.CREATED:
        raise RuntimeError(answer.text)
    async with asyncio.timeout(WAIT_S_MAX):
        return await portal.seen.get() - begun
