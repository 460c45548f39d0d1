"""A primary that stops, or freezes, is followed by its standby: soon, and with all that was acknowledged."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx
import pytest

from service.flows.setup.clinics import create_clinic
from service.flows.verify.verify import verify
from service.settings import read
from service.store.database.cipher import Cipher
from service.store.database.migrate import migrate
from service.store.database.pool import connect
from service.store.database.waits import waited_for
from tests import clock
from tests.pair import following
from tests.web.conftest import (
    Clinic,
    answering,
    environment_of,
    free_port,
    make_clinic,
    open_database,
    start_server,
)

if TYPE_CHECKING:
    from service.embedded import Stores
    from tests.pair import Pair

pytestmark = pytest.mark.slow

AWAY_S_MAX = 15.0
"""How long requests may go unanswered when a primary goes, its standby's promotion included."""
WAIT_S_MAX = 60.0
LINES = 6
"""How many people send at once."""
PROGRAM = """
name: failover
title: Failover
unit: points
weeks: 12
targets:
  - name: test
    behavior: test
    visits: {per_week: 3}
    phases:
      - weeks: [1, 12]
        earn: {type: ladder, start: 250, step: 125}
        on_failure: {reset: true}
"""


@asynccontextmanager
async def served(pair: Pair, stores: Stores) -> AsyncIterator[Clinic]:
    """Serve a clinic whose database is a pair of servers."""
    both = pair.stores(stores)
    environment = environment_of(both, both.owner_url)
    await migrate(environment["MIGRATION_DATABASE_URL"], environment["DATABASE_URL"])
    port = free_port()
    process = start_server(environment, port)
    try:
        await answering(f"http://127.0.0.1:{port}", process)
        database = await open_database(read(environment))
        clinic = await make_clinic(database, f"http://127.0.0.1:{port}")
        await database.close()
        yield clinic
        await clinic.close()
        database = await open_database(read(environment))
        verdict = await verify(database, UUID(clinic.id), lambda _what, _count: None)
        await database.close()
        assert verdict is not None
        assert verdict.fault is None
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 30)


class Load:
    """People who record one event after another, each again until it is acknowledged."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.receipts: dict[str, Any] = {}
        self.moments: list[float] = []
        self.one_more = asyncio.Event()
        self.stopping = False

    async def run(self, number: int) -> None:
        """Record events until told to stop."""
        made = await self.clinic.post("/v1/participants", {"reference": f"failover-{number}"})
        new = {"participant": made.json()["id"], "program": "failover"}
        started = (clock.now() - timedelta(days=28)).date().isoformat()
        enrolled = await self.clinic.post("/v1/enrollments", {**new, "starts_on": started})
        when = clock.now() - timedelta(days=26)
        while not self.stopping:
            when += timedelta(minutes=1)
            event = {
                "enrollment": enrolled.json()["id"], "target": "test", "outcome": "negative", "another": True,
                "occurred_at": when.isoformat(), "reference": f"{number}-{when:%d-%H-%M}",
            }  # fmt: skip  # table: the fields of an event
            answer = await self.acknowledged(event)
            self.receipts[event["reference"]] = (event, answer.json())
            self.moments.append(time.monotonic())
            self.one_more.set()

    async def acknowledged(self, event: dict[str, Any]) -> httpx.Response:
        """Send an event until it is acknowledged."""
        until = time.monotonic() + 2 * WAIT_S_MAX
        while time.monotonic() < until:
            try:
                answer = await self.clinic.post("/v1/events", event)
            except httpx.TransportError:
                continue
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                assert answer.is_success, answer.text
                return answer
            await asyncio.sleep(float(answer.headers["retry-after"]))
        raise AssertionError("it was not acknowledged")

    def longest_wait(self, since: float) -> float:
        """Give the longest time in which nobody was answered, in seconds."""
        heard = [since, *(moment for moment in self.moments if moment > since)]
        return max(later - earlier for earlier, later in pairwise(heard))

    async def went_on(self, since: float) -> None:
        """Wait until every one of them was heard again."""
        async with asyncio.timeout(2 * WAIT_S_MAX):
            while sum(moment > since for moment in self.moments) < 10 * LINES:
                await self.one_more.wait()
                self.one_more.clear()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["stop", "freeze"])
async def test_a_standby_takes_over_soon_and_with_everything(
    stores: Stores, how: signal.Signals, record_property: Callable[[str, object], None]
) -> None:
    """By stop and by freeze; the watcher of a cluster is played by the test, which promotes at once."""
    async with following() as pair, served(pair, stores) as clinic:
        published = await clinic.client().post(
            "/v1/programs", content=PROGRAM, headers={"content-type": "application/yaml"}
        )
        assert published.is_success, published.text
        load = Load(clinic)
        lines = [asyncio.create_task(load.run(number)) for number in range(LINES)]
        await load.went_on(0)
        gone = time.monotonic()
        pair.first.signal_all(how)
        await pair.promoted()
        await load.went_on(time.monotonic())
        load.stopping = True
        await asyncio.gather(*lines)
        pair.first.end()
        away = load.longest_wait(gone)
        record_property("seconds without service", f"{away:.1f}")
        record_property("events acknowledged", len(load.receipts))
        for event, receipt in load.receipts.values():
            again = await load.acknowledged(event)
            assert (again.status_code, again.json()) == (httpx.codes.OK, receipt)
        assert away < AWAY_S_MAX


async def test_a_commit_whose_standby_is_frozen_is_not_called_off(stores: Stores) -> None:
    """PostgreSQL would stop waiting, and show to everybody what one server alone has, and may lose."""
    async with following() as pair:
        both = pair.stores(stores)
        environment = environment_of(both, both.owner_url)
        await migrate(environment["MIGRATION_DATABASE_URL"], environment["DATABASE_URL"])
        settings = read(environment)
        cipher = Cipher(settings.field_keys, settings.index_key, settings.audit_key)
        waits = waited_for(connect_s=3, acquire_s=5, statement_s=1, lock_s=0.1)
        database = await connect(settings.database_url, cipher, clock.now, waits, connections_max=2)
        pair.second.signal_all(signal.SIGSTOP)
        with pytest.raises(TimeoutError):
            await create_clinic(database, "A clinic", "America/New_York")
        # Had it been called off, whoever asks on the same server would see it.
        assert await database.clinics() == []
        pair.second.signal_all(signal.SIGCONT)
        async with asyncio.timeout(WAIT_S_MAX):
            while await database.clinics() == []:  # noqa: ASYNC110  another server's doing
                await asyncio.sleep(0.05)
        await database.close()
