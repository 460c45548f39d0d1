"""How fast notices go out: one worker to a local receiver, and claims from the outbox beside an old snapshot.

The bare loops post the same bodies to the same receiver: one with the client that the worker uses, one with
httpx. Claims are what the worker does with the log and its deliveries, everything but the posting.
"""

from __future__ import annotations

import asyncio
import base64
import multiprocessing
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.sharedctypes import Synchronized
from uuid import UUID

import asyncpg
import httpx
import uvloop
from msgspec import Struct

from schemas.notices import AwardPosted
from service import settings
from service.commands.ground import open_database
from service.core.notices.attempts import attempt_record
from service.core.notices.deliveries import Delivered
from service.core.notices.telling import Notice, logged
from service.embedded import Stores
from service.flows.notices.fan_out import take_notices
from service.flows.notices.send import record_attempts
from service.flows.perform import Done
from service.flows.setup.clinics import create_clinic
from service.outbound.addresses import Allowed
from service.outbound.post import Bounds, WebhookClient
from service.store.attempts import Tried
from service.store.database.ids import new_id
from service.store.database.pool import Database
from service.store.subscribers import SECRET, URL
from tests.bench import ground
from tests.bench.rows import AT_LEAST, Row, tell

CONCURRENT = 8
"""As many posts at once as the worker makes to one subscriber."""
A_ROW = 3
"""Notices in one row of the log: an event, its award and the balance after it."""
LEASE = timedelta(seconds=60)
WHSEC = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes, ok").decode()
HEADERS = {
    "content-type": "application/json",
    "webhook-id": str(UUID(int=1)),
    "webhook-timestamp": "1795000000",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}


class Sent(Struct, frozen=True):
    """Notices in a second: by one worker, by a bare loop of its client, by one of httpx."""

    worker: float
    bare: float
    httpx: float


class Claimed(Struct, frozen=True):
    """Notices claimed in a second: without anybody else, and beside an old snapshot."""

    alone: float
    beside: float


def measure(stores: Stores, seconds: int, rows: int, hold_s: int) -> list[Row]:
    """Measure how fast notices go out, and how fast they are claimed beside an old snapshot."""
    tell("notices by one worker to a local receiver")
    out = sent(stores, seconds)
    tell(f"claims from an outbox of {rows:,} rows, alone and beside a snapshot of {hold_s} s")
    held = claimed(stores, rows, hold_s)
    what = "notices delivered by one worker"
    of = held.beside / held.alone
    return [
        Row(what, out.worker, "/s", out.worker / out.bare, "bare loop", AT_LEAST, 0.4, 0.7),
        Row(what, out.worker, "/s", out.worker / out.httpx, "bare httpx", AT_LEAST, 0.4, 0.7),
        Row("outbox claims beside a snapshot", held.beside, "/s", of, "alone", AT_LEAST, 0.5, 0.8),
    ]


class _Answering(asyncio.Protocol):
    """Answers 204 to each whole request, and counts."""

    def __init__(self, count: Synchronized[int]) -> None:
        self.count = count
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer when the body has come."""
        self.buffer += data
        if self.buffer.endswith(b"}}"):
            self.buffer = b""
            self.count.value += 1
            self.transport.write(b"HTTP/1.1 204 No Content\r\n\r\n")  # type: ignore[attr-defined]


def _receive(port: int, count: Synchronized[int]) -> None:
    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: _Answering(count), "127.0.0.1", port)
        await server.serve_forever()

    uvloop.run(run())


@contextmanager
def _receiver(port: int) -> Iterator[Synchronized[int]]:
    spawn = multiprocessing.get_context("spawn")
    count: Synchronized[int] = spawn.Value("q", 0, lock=True)
    process = spawn.Process(target=_receive, args=(port, count), daemon=True)
    process.start()
    try:
        _wait_for(port)
        yield count
    finally:
        process.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def sent(stores: Stores, seconds: int) -> Sent:
    """Measure the worker and the bare loops in turn, against the same receiver."""
    port = ground.free_port()
    with _receiver(port) as count:
        body = uvloop.run(_prepare(stores, f"http://127.0.0.1:{port}/hooks", 4000 * seconds))
        bare, by_httpx = uvloop.run(_bare(f"http://127.0.0.1:{port}/hooks", body, seconds))
        environment = stores.environment() | {"LOG_LEVEL": "warning", "WEBHOOK_ALLOW_LOOPBACK": "yes"}
        begun = count.value
        with ground.running(ground.rewards("work"), environment):
            while count.value < begun + 500:
                time.sleep(0.01)
            first, at = count.value, time.perf_counter()
            time.sleep(seconds)
            last, seen_s = count.value, time.perf_counter() - at
    return Sent((last - first) / seen_s, bare, by_httpx)


async def _bare(url: str, body: bytes, seconds: int) -> tuple[float, float]:
    webhook_client = WebhookClient(Bounds(), Allowed(loopback=True))
    async with httpx.AsyncClient(trust_env=False) as client:

        async def ours() -> bool:
            return isinstance(await webhook_client.post(url, HEADERS, body), Delivered)

        async def theirs() -> bool:
            return (await client.post(url, headers=HEADERS, content=body)).is_success

        rates = [await _rate(post, seconds) for post in (ours, theirs)]
    webhook_client.close()
    return rates[0], rates[1]


async def _rate(post: Callable[[], Awaitable[bool]], seconds: float) -> float:
    until = time.perf_counter() + seconds
    counts = [0] * CONCURRENT

    async def line(number: int) -> None:
        while time.perf_counter() < until:
            if not await post():
                raise RuntimeError("a post was not delivered")
            counts[number] += 1

    begun = time.perf_counter()
    await asyncio.gather(*(line(number) for number in range(CONCURRENT)))
    return sum(counts) / (time.perf_counter() - begun)


async def _prepare(stores: Stores, url: str, rows: int) -> bytes:
    """Make a clinic whose log is full and a subscriber that wants all of it; give a body as it is sent."""
    database = await open_database(settings.read(stores.environment()))
    try:
        clinic = await _clinic(database)
        await _subscribe(database, clinic, url)
        await _fill(stores, clinic, rows, A_ROW)
    finally:
        await database.close()
    return (
        b'{"type":"award.posted","timestamp":"2026-11-24T12:00:00.000000Z","data":{"sequence":1,"notice":'
        b'"42 CFR part 2 prohibits unauthorized use or disclosure of these records.","participant":'
        b'"0198c0de-0000-7000-8000-000000000001","award":"0198c0de-0000-7000-8000-000000000001",'
        b'"kind":"base","unit":"usd","amount":1750}}'
    )


async def _clinic(database: Database) -> UUID:
    made = await create_clinic(database, "Notices", "UTC")
    if not isinstance(made, Done):
        raise TypeError(made)
    return made.value.id


async def _subscribe(database: Database, clinic: UUID, url: str) -> UUID:
    subscriber = new_id()
    async with database.transaction(clinic) as tx:
        seal = tx.cipher.seal
        await tx.run(
            "subscribers/insert",
            subscriber_id=subscriber,
            url=seal(clinic, URL, url),
            types=["award.posted"],
            consent_required=False,
            secret=seal(clinic, SECRET, WHSEC),
            created_at=tx.now,
            created_by=clinic,
        )
    return subscriber


async def _fill(stores: Stores, clinic: UUID, rows: int, a_row: int) -> None:
    """Put rows into the log, as the statement that closes the audit chain does."""
    award = AwardPosted(new_id(), "base", "usd", 1750)
    body = logged([Notice("award.posted", award, new_id())] * a_row)
    owner = await asyncpg.connect(stores.admin_url.replace("/postgres?", "/rewards?"))
    await owner.execute(
        """insert into notices (clinic_id, seq, at, body)
        select $1, 100 + n, $2, $3 from generate_series(1, $4::integer) as n""",
        clinic,
        datetime.now(UTC),
        body,
        rows,
    )
    await owner.execute("analyze notices")
    await owner.close()


def claimed(stores: Stores, rows: int, hold_s: int) -> Claimed:
    """Measure claims out of a log of many rows, first alone and then while a snapshot is held."""
    return uvloop.run(_claimed(stores, rows, hold_s))


async def _claimed(stores: Stores, rows: int, hold_s: int) -> Claimed:
    database = await open_database(settings.read(stores.environment()))
    try:
        clinic = await _clinic(database)
        first, second = [await _subscribe(database, clinic, "https://example.org/") for _ in range(2)]
        await _fill(stores, clinic, rows, 1)
        alone = await _claims(database, clinic, first, hold_s)
        other = await asyncpg.connect(stores.database_url)
        async with other.transaction(isolation="repeatable_read"):
            await other.fetchval("select count(*) from pg_class")
            beside = await _claims(database, clinic, second, hold_s)
        await other.close()
        return Claimed(alone, beside)
    finally:
        await database.close()


async def _claims(database: Database, clinic: UUID, subscriber: UUID, seconds: int) -> float:
    """Claim and settle as the worker does, with everything delivered, for so long; how many in a second."""
    worker, cursor, done = new_id(), None, 0
    begun = time.perf_counter()
    while time.perf_counter() < begun + seconds:
        taken = await take_notices(database, clinic, subscriber, worker, LEASE, cursor)
        if taken is None or not taken.firsts:
            break
        cursor = taken.cursor
        at = database.clock()
        what = attempt_record(Delivered(204, 1))
        tried = [Tried(delivery, at, what, at, disclosed=True) for delivery in taken.firsts]
        await record_attempts(database, taken.lease, tried, cursor, taken.lease.receiver, LEASE)
        done += len(tried)
    return done / (time.perf_counter() - begun)
