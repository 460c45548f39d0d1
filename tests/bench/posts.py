"""How many notices in a second our POST delivers, beside bare client loops with the same bodies, in one run.

Run it as `python -m tests.bench.posts`. The receiver is a process of its own on loopback that reads each
request and answers 204. Shares of a second are taken in turn, so that a busy machine is busy for all alike.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from typing import cast

import httpcore
import httpx
import uvloop

from service.core.notices.deliveries import Delivered
from service.outbound.addresses import Allowed
from service.outbound.post import Bounds, WebhookClient

CONCURRENT = 16
ROUNDS = 5
ROUND_S = 2.0
BODY = (
    b'{"type":"award.posted","timestamp":"2026-11-24T12:00:00+00:00","data":{"sequence":1,'
    b'"participant":"0198","awards":[{"unit":"usd","amount":1750}],"notice":"42 CFR part 2 '
    b'prohibits unauthorized use or disclosure of these records."}}'
)
HEADERS = {
    "content-type": "application/json",
    "webhook-id": "0198c0de-0000-7000-8000-000000000001",
    "webhook-timestamp": "1795000000",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}

Post = Callable[[], Awaitable[bool]]


class _Receiver(asyncio.Protocol):
    """Answers 204 to each whole request."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self.transport = cast("asyncio.Transport", transport)
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        """Answer when the body has come."""
        self.buffer += data
        if self.buffer.endswith(b"}"):
            self.buffer = b""
            self.transport.write(b"HTTP/1.1 204 No Content\r\ndate: Tue, 24 Nov 2026 12:00:00 GMT\r\n\r\n")


def _receive(told: Connection) -> None:
    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(_Receiver, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(run())


async def _rate(post: Post, seconds: float) -> float:
    """Post from several tasks at once for some seconds; how many were delivered in one."""
    until = time.perf_counter() + seconds
    counts = [0] * CONCURRENT

    async def line(number: int) -> None:
        while time.perf_counter() < until:
            if not await post():
                raise SystemExit("a post was not delivered")
            counts[number] += 1

    begun = time.perf_counter()
    await asyncio.gather(*(line(number) for number in range(CONCURRENT)))
    return sum(counts) / (time.perf_counter() - begun)


async def _run(port: int) -> None:
    by_number, by_name = f"http://127.0.0.1:{port}/hooks", f"http://localhost:{port}/hooks"
    webhook_client = WebhookClient(Bounds(), Allowed(loopback=True))
    limits = httpx.Limits(max_connections=CONCURRENT, max_keepalive_connections=CONCURRENT)
    async with (
        httpx.AsyncClient(limits=limits, trust_env=False) as client,
        httpcore.AsyncConnectionPool(max_connections=CONCURRENT) as pool,
    ):

        async def ours() -> bool:
            return isinstance(await webhook_client.post(by_number, HEADERS, BODY), Delivered)

        async def ours_by_name() -> bool:
            return isinstance(await webhook_client.post(by_name, HEADERS, BODY), Delivered)

        async def bare_httpx() -> bool:
            return (await client.post(by_number, headers=HEADERS, content=BODY)).is_success

        async def bare_httpcore() -> bool:
            answer = await pool.request(
                "POST", by_number, headers=[*HEADERS.items(), ("host", "x")], content=BODY
            )
            return answer.status == httpx.codes.NO_CONTENT

        posts: dict[str, Post] = {
            "bare httpx": bare_httpx,
            "bare httpcore": bare_httpcore,
            "ours, by number": ours,
            "ours, by name (looked up each time)": ours_by_name,
        }
        rates: dict[str, list[float]] = {what: [] for what in posts}
        for number in range(ROUNDS):
            for what, post in posts.items():
                await _rate(post, 0.2)
                rates[what].append(await _rate(post, ROUND_S / 2))
            sys.stderr.write(f"\rround {number + 1} of {ROUNDS}")
        sys.stderr.write("\n")
    webhook_client.close()
    bare = statistics.median(rates["bare httpx"])
    for what, seen in rates.items():
        rate = statistics.median(seen)
        print(f"{what:36} {rate:8.0f} posts/s {rate / bare:6.2f} x bare httpx")


def main() -> None:
    """Print the table."""
    here, there = multiprocessing.Pipe(duplex=False)
    receiver = multiprocessing.get_context("spawn").Process(target=_receive, args=(there,), daemon=True)
    receiver.start()
    uvloop.run(_run(here.recv()))
    receiver.terminate()


if __name__ == "__main__":
    main()
