"""A load of HTTP/1.1 requests on loopback: as many at once as there are connections, timed one by one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple, cast

import uvloop

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"


class Seen(NamedTuple):
    """What a load saw: answers, seconds, each answer's latency in seconds (sorted), and the first fault."""

    answers: int
    seconds: float
    latencies: list[float]
    fault: str

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return self.answers / self.seconds

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that a share of the answers did not pass."""
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * share))] * 1000


def request(method: str, path: str, key: str, body: bytes = b"", kind: str = "application/json") -> bytes:
    """One request as it goes over the wire."""
    head = f"{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {key}\r\n"
    if body:
        head += f"content-type: {kind}\r\ncontent-length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def again(path: str, key: str) -> Iterator[bytes]:
    """Ask for the same over and over."""
    asked = request("GET", path, key)
    while True:
        yield asked


def checked(seen: Seen) -> Seen:
    """Stop where an answer was not what was asked for."""
    if seen.fault:
        raise RuntimeError(f"an answer was not 2xx: {seen.fault}")
    return seen


def drive(port: int, connections: int, seconds: float, requests_of: Callable[[int], Iterator[bytes]]) -> Seen:
    """Send each connection's requests one after another for some seconds, or until they end."""
    return uvloop.run(_drive(port, connections, seconds, requests_of))


async def _drive(
    port: int, connections: int, seconds: float, requests_of: Callable[[int], Iterator[bytes]]
) -> Seen:
    loop = asyncio.get_running_loop()
    latencies: list[float] = []
    faults: list[str] = []
    begun = time.perf_counter()
    lines = []
    for number in range(connections):
        done = loop.create_future()
        until = begun + seconds
        _, line = await loop.create_connection(
            lambda done=done, number=number, until=until: _Line(  # type: ignore[misc]
                requests_of(number), until, latencies, faults, done
            ),
            "127.0.0.1",
            port,
        )
        lines.append(line.done)
    await asyncio.gather(*lines)
    return Seen(len(latencies), time.perf_counter() - begun, sorted(latencies), faults[0] if faults else "")


class _Line(asyncio.Protocol):
    """One connection: sends, waits for the whole answer, notes the time, sends the next."""

    def __init__(
        self,
        requests: Iterator[bytes],
        until: float,
        latencies: list[float],
        faults: list[str],
        done: asyncio.Future[None],
    ) -> None:
        self.requests = requests
        self.until = until
        self.latencies = latencies
        self.faults = faults
        self.done = done
        self.buffer = bytearray()
        self.sent = 0.0
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self.transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        """Take a part of an answer; when it is whole, go on."""
        self.buffer += data
        head = self.buffer.find(END_OF_HEAD)
        if head < 0:
            return
        start = self.buffer.lower().find(LENGTH, 0, head) + len(LENGTH)
        length = int(self.buffer[start : self.buffer.find(b"\r", start)])
        if len(self.buffer) < head + len(END_OF_HEAD) + length:
            return
        now = time.perf_counter()
        self.latencies.append(now - self.sent)
        if self.buffer[9:10] != b"2" and len(self.faults) < 1:
            self.faults.append(bytes(self.buffer[:2000]).decode(errors="replace"))
        self.buffer.clear()
        if now < self.until and not self.faults:
            self._send()
        else:
            self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note a connection that the server ended."""
        if not self.done.done():
            self.faults.append(f"the connection was lost: {exc}")
            self.done.set_result(None)

    def _send(self) -> None:
        assert self.transport is not None
        body = next(self.requests, None)
        if body is None:
            self._end()
            return
        self.sent = time.perf_counter()
        self.transport.write(body)

    def _end(self) -> None:
        assert self.transport is not None
        if not self.done.done():
            self.done.set_result(None)
        self.transport.close()
