"""A reader of server-sent events over a real connection, as a browser reads them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
import msgspec

from service.web.contract import examples
from tests import tls

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

WAIT_S_MAX = 10.0


class Event(NamedTuple):
    """One event or comment: its name (empty for a comment), its id and its data."""

    name: str
    id: str
    data: Any


class Reader:
    """Reads a stream's events as they come."""

    def __init__(self, answer: httpx.Response) -> None:
        """Read an answer that has begun."""
        self.answer = answer
        self.over = False
        self._came: asyncio.Queue[Event] = asyncio.Queue()
        self._task = asyncio.create_task(self._read())

    async def _read(self) -> None:
        fields: dict[str, str] = {}
        try:
            async for line in self.answer.aiter_lines():
                if line:
                    name, _, value = line.partition(":")
                    fields[name] = value.removeprefix(" ")
                    continue
                if "event" in fields:
                    self._came.put_nowait(
                        Event(fields["event"], fields.get("id", ""), json.loads(fields["data"]))
                    )
                elif "" in fields:
                    self._came.put_nowait(Event("", "", fields[""]))
                fields = {}
        except httpx.TransportError:
            pass
        finally:
            self.over = True
            self._came.put_nowait(Event("(over)", "", None))

    async def next(self, *names: str, within: float = WAIT_S_MAX) -> Event:
        """Give the next event, or the next of some names."""
        until = time.monotonic() + within
        while True:
            async with asyncio.timeout(max(until - time.monotonic(), 0.001)):
                event = await self._came.get()
            if not names or event.name in names:
                return event
            assert not self.over or not self._came.empty(), f"the stream ended before {names}"

    async def quiet(self, seconds: float) -> bool:
        """Say whether no event comes for some time; comments do not count."""
        try:
            await self.next("award", "balance", "redemption", "draw", "changed", "(over)", within=seconds)
        except TimeoutError:
            return True
        return False

    async def end(self, within: float = WAIT_S_MAX) -> None:
        """Wait until the stream is over."""
        async with asyncio.timeout(within):
            await asyncio.wait({self._task})

    async def close(self) -> None:
        """Go away."""
        self._task.cancel()
        await asyncio.wait({self._task})


@asynccontextmanager
async def following(
    url: str, path: str, key: str, last: str | None = None, **headers: str
) -> AsyncIterator[Reader]:
    """Open a stream as an EventSource does, and leave it."""
    given = {"authorization": f"Bearer {key}", "accept": "text/event-stream", **headers}
    if last is not None:
        given["last-event-id"] = last
    async with (
        httpx.AsyncClient(
            base_url=url, headers=given, timeout=httpx.Timeout(10, read=None), verify=tls.CONTEXT
        ) as client,
        client.stream("GET", path) as answer,
    ):
        assert answer.status_code == 200, (await answer.aread()).decode()
        reader = Reader(answer)
        try:
            yield reader
        finally:
            await reader.close()


@dataclass
class Person:
    """A participant who is enrolled in the examples' program."""

    id: str
    day: int = 5

    @property
    def stream(self) -> str:
        """The path of their stream."""
        return f"/v1/participants/{self.id}/stream"

    def visit(self, outcome: str = "negative") -> dict[str, str]:
        """Their next visit."""
        self.day += 1
        return {
            "participant": self.id,
            "behavior": "test",
            "outcome": outcome,
            "occurred_at": f"2026-01-{self.day:02}T15:00:00Z",
        }


async def enrolled(clinic: Clinic, reference: str = "A-1") -> Person:
    """Enroll somebody, after publishing the program."""
    await clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    made = await clinic.post("/v1/participants", {"reference": reference})
    who = Person(made.json()["id"])
    body = {"participant": who.id, "program": examples.PROGRAM_NAME, "starts_on": "2026-01-05"}
    assert (await clinic.post("/v1/enrollments", body)).status_code == 201
    return who


async def metric(url: str, name: str) -> float:
    """Read one figure at a metrics port."""
    async with httpx.AsyncClient(base_url=url, verify=tls.CONTEXT) as anyone:
        text = (await anyone.get("/metrics")).text
    return float(next(line for line in text.splitlines() if line.startswith(f"{name} ")).split()[1])
