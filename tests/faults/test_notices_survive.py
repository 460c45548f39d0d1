"""Whatever dies in the middle, every notice arrives at least once, and the numbers have no gaps."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sys
import time
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec
import pytest

from schemas.events import NewEvent
from schemas.receipts import Receipt
from service import embedded, settings
from service.commands.ground import open_database
from service.core.refusals import Refused
from service.embedded import Stores
from service.flows.perform import Done
from service.flows.setup.clinics import create_clinic
from service.flows.verify.verify import verify
from service.flows.visits.record_events import Recorded, ToRecord
from service.store.database.migrate import migrate
from tests import clock
from tests.flows.conftest import Clock, Scene
from tests.flows.subscribers import rows, subscribe
from tests.outbound.receivers import Receiver, Script, answer, receiving, take
from tests.walks.conftest import clean_environment, folder

pytestmark = pytest.mark.slow

KILLS = 30
WORKERS = 2
LINES = 3
"""How many events are recorded at once."""
BETWEEN = 12
"""How many more notices the healthy receiver must have got before the next kill."""
BACK_S_MAX = 45.0
NOWHERE = "redis://127.0.0.1:1/0"
AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
TYPES = ("event.recorded", "award.posted", "balance.changed")


class WallClock(Clock):
    """The real time of day."""

    def __call__(self) -> datetime:
        """Tell the time."""
        return clock.now()


def failing_once(every: int) -> Script:
    """Refuse some notices the first time that they come, by hanging up or by 500."""
    seen: set[str] = set()

    async def script(receiver: Receiver, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            asked = await take(receiver, reader)
            known = asked.headers["webhook-id"] in seen
            seen.add(asked.headers["webhook-id"])
            number = msgspec.json.decode(asked.body)["data"]["sequence"]
            if not known and number % every == 0:
                if number % 2:
                    return
                writer.write(answer(500))
            else:
                writer.write(answer(200))
            await writer.drain()

    return script


class Workers:
    """Worker processes; one that ends is replaced until all are told to stop."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.running: list[Process] = []
        self._watching: list[asyncio.Task[None]] = []
        self._ending = False

    async def start(self, how_many: int) -> None:
        """Start so many."""
        self._watching = [asyncio.create_task(self._watch()) for _ in range(how_many)]

    async def stop(self) -> None:
        """Tell all to stop, and wait until they have."""
        self._ending = True
        for one in self.running:
            one.terminate()
        await asyncio.gather(*self._watching)

    def kill(self) -> bool:
        """Kill one of them, without a warning; False where none runs."""
        if not self.running:
            return False
        with contextlib.suppress(ProcessLookupError):
            random.choice(self.running).kill()
        return True

    async def _watch(self) -> None:
        while not self._ending:
            command = [sys.executable, "-m", "service.cli", "work"]
            one = await asyncio.create_subprocess_exec(*command, env=self.environment)
            self.running.append(one)
            try:
                await one.wait()
            finally:
                self.running.remove(one)
            await asyncio.sleep(0.1)


@pytest.fixture
async def ground() -> AsyncIterator[tuple[Stores, Scene]]:
    """Start stores that may be killed, with a clinic in them."""
    with folder() as made:
        stores = await asyncio.to_thread(embedded.start, made / "data")
        try:
            await migrate(stores.owner_url, stores.database_url)
            database = await open_database(settings.read(stores.environment()))
            clinic = await create_clinic(database, "Harbor Clinic", "America/Los_Angeles")
            assert isinstance(clinic, Done)
            yield stores, Scene(database, WallClock(), clinic.value.id)
            await database.close()
        finally:
            await asyncio.to_thread(stores.stop)


def workers_of(stores: Stores, **more: str) -> Workers:
    """Describe workers that may deliver to this machine and take over soon."""
    quick = {"WEBHOOK_ALLOW_LOOPBACK": "yes", "NOTICE_LEASE_S": "1.5", "NOTICE_POLL_S": "0.1"}
    return Workers(clean_environment(**stores.environment(), **quick, LOG_LEVEL="error", **more))


async def record(scene: Scene, enrollment: UUID, stop: asyncio.Event) -> list[UUID]:
    """Record one event after another, each again until it is acknowledged; give their ids."""
    acknowledged = []
    when = clock.now() - timedelta(days=20)
    while not stop.is_set():
        when += timedelta(minutes=1)
        event = NewEvent(
            "negative",
            when,
            enrollment=enrollment,
            target="test",
            reference=f"{enrollment}-{when:%d-%H-%M}",
            another=True,
        )
        said = await acknowledged_by(scene, ToRecord(scene.actor("clinician"), event))
        assert isinstance(said, Recorded), said
        acknowledged.append(msgspec.json.decode(said.receipt, type=Receipt).event.id)
        await asyncio.sleep(0.02)
    return acknowledged


async def acknowledged_by(scene: Scene, event: ToRecord) -> Recorded | Refused:
    """Send one event again and again until somebody says what became of it."""
    until = time.monotonic() + BACK_S_MAX
    while True:
        try:
            (said,) = await scene.recorder.record(scene.clinic, [event])
        except AWAY:
            assert time.monotonic() < until
            await asyncio.sleep(0.05)
        else:
            return said


async def eventually(true: Callable[[], bool], what: str) -> None:
    """Wait until something is true."""
    until = time.monotonic() + BACK_S_MAX
    while not true():
        assert time.monotonic() < until, f"not within {BACK_S_MAX} s: {what}"
        await asyncio.sleep(0.02)


def kill_postgresql(data: Path) -> bool:
    """Kill the server, without a warning; False where none is up."""
    try:
        pid = int((data / "postgres" / "postmaster.pid").read_text("utf-8").splitlines()[0])
        os.kill(pid, signal.SIGKILL)
    except (OSError, ValueError, IndexError):
        return False
    return True


def arrived(receiver: Receiver) -> dict[int, Counter[str]]:
    """What a receiver was sent, by number: how often under which id."""
    found: dict[int, Counter[str]] = {}
    for asked in receiver.asked:
        number = msgspec.json.decode(asked.body)["data"]["sequence"]
        found.setdefault(number, Counter())[asked.headers["webhook-id"]] += 1
    return found


def events_of(receiver: Receiver) -> set[UUID]:
    """The events that a receiver was told of."""
    bodies = (msgspec.json.decode(asked.body) for asked in receiver.asked)
    return {UUID(body["data"]["event"]) for body in bodies if body["type"] == "event.recorded"}


async def last_number(scene: Scene) -> int:
    """How many notices of the log each subscriber is to get in all."""
    query = "select body from notices where clinic_id = $1"
    kinds = [one["type"] for row in await rows(scene, query) for one in msgspec.json.decode(row["body"])]
    return sum(kind in TYPES for kind in kinds)


async def all_there(scene: Scene, of: list[Receiver], acknowledged: list[UUID]) -> None:
    """Each subscriber gets all that was told, without gaps, and the books are right."""
    last = await last_number(scene)
    for receiver in of:
        await eventually(lambda r=receiver, n=last: len(arrived(r)) >= n, f"{last} are there")  # type: ignore[misc]
        found = arrived(receiver)
        assert sorted(found) == list(range(1, last + 1))
        # A number is one notice, however often it comes.
        assert all(len(ids) == 1 for ids in found.values())
        assert events_of(receiver) >= set(acknowledged)
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    assert verdict.fault is None


@pytest.mark.seconds(40)
async def test_every_notice_arrives_whatever_is_killed(ground: tuple[Stores, Scene]) -> None:
    """Workers and PostgreSQL are killed thirty times in all, while events are recorded and delivered."""
    stores, scene = ground
    starts_on = (clock.now() - timedelta(days=28)).date()
    async with receiving(failing_once(7)) as odd, receiving(failing_once(10**9)) as healthy:
        for one in (odd, healthy):
            await subscribe(scene, one.url, TYPES)
        enrolled = [(await scene.enrolled(f"P-{n}", starts_on=starts_on)).id for n in range(LINES)]
        workers, stop = workers_of(stores), asyncio.Event()
        await workers.start(WORKERS)
        lines = [asyncio.create_task(record(scene, one, stop)) for one in enrolled]
        try:
            for number in range(KILLS):
                enough = len(healthy.asked) + BETWEEN
                await eventually(lambda n=enough: len(healthy.asked) >= n, f"goes on after {number} kills")  # type: ignore[misc]
                killed = workers.kill if number % 2 else lambda: kill_postgresql(stores.data)
                await eventually(killed, "there is something to kill")
        finally:
            stop.set()
        acknowledged = [event for line in await asyncio.gather(*lines) for event in line]
        await all_there(scene, [odd, healthy], acknowledged)
        await workers.stop()
    assert (
        await rows(scene, "select from subscriber_heads where clinic_id = $1 and leased_by is not null") == []
    )


async def test_notices_are_all_delivered_without_redis(ground: tuple[Stores, Scene]) -> None:
    """It only tells the worker sooner."""
    stores, scene = ground
    starts_on = (clock.now() - timedelta(days=28)).date()
    async with receiving(failing_once(10**9)) as healthy:
        await subscribe(scene, healthy.url, TYPES)
        enrollment = await scene.enrolled(starts_on=starts_on)
        workers, stop = workers_of(stores), asyncio.Event()
        workers.environment["REDIS_URL"] = NOWHERE
        await workers.start(1)
        line = asyncio.create_task(record(scene, enrollment.id, stop))
        await eventually(lambda: len(healthy.asked) >= 100, "notices arrive")
        stop.set()
        await all_there(scene, [healthy], await line)
        await workers.stop()
