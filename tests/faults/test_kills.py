"""Whatever is killed under load comes back by itself, and nothing acknowledged is lost or there twice."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from redis import Redis, RedisError

from service import embedded, settings
from service.commands.ground import open_database
from service.flows.access.keys import find_key, revoke_key
from service.flows.perform import Done, perform
from tests import clock, tls
from tests.walks.conftest import Demo, clean_environment, folder, run, start

pytestmark = pytest.mark.slow

BACK_S_MAX = 30.0
"""How long what was killed may be away before a test fails; it takes a second or two."""
ROUNDS = 2
LINES = 4
"""How many requests are under way at once."""
EVENTS_BETWEEN = 30
"""How many events are acknowledged between two kills."""

PROGRAM = """
name: kills
title: Kills
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


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """Give a demo whose parts may be killed; it must still end in good order."""
    with folder() as made:
        # Nobody reads what it logs meanwhile, and a full pipe would hold it up.
        running = start(made / "data", environment=clean_environment(LOG_LEVEL="error"))
        yield running
        assert running.end() == 0


def eventually(true: Callable[[], object], what: str) -> None:
    """Wait until something is true."""
    until = time.monotonic() + BACK_S_MAX
    while not true():
        assert time.monotonic() < until, f"not within {BACK_S_MAX} s: {what}"
        time.sleep(0.02)


def serves(demo: Demo) -> bool:
    """Tell whether requests are served."""
    try:
        return httpx.get(f"{demo.url}/readyz", timeout=5, verify=tls.CONTEXT).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def pid_of_postgresql(demo: Demo) -> int | None:
    """Read which process serves PostgreSQL, if one does."""
    if embedded.running(demo.data) is None:
        return None
    lines = (demo.data / "postgres" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    return int(lines[0]) if lines else None


def pid_of_valkey(demo: Demo) -> int | None:
    """Ask Valkey for its process, if it answers."""
    stores = embedded.running(demo.data)
    if stores is None:
        return None
    try:
        with Redis.from_url(stores.redis_url, socket_timeout=1) as redis:
            return int(redis.info("server")["process_id"])
    except RedisError:
        return None


def pid_of_web(demo: Demo) -> int | None:
    """Find the web process, if there is one that serves."""
    listed = [path.read_text("ascii") for path in Path(f"/proc/{demo.process.pid}/task").glob("*/children")]
    for pid in map(int, " ".join(listed).split()):
        command = Path(f"/proc/{pid}/cmdline")
        if command.exists() and b"spawn_main" in command.read_bytes() and serves(demo):
            return pid
    return None


def kill(demo: Demo, pid_of: Callable[[Demo], int | None]) -> None:
    """Kill one part and wait until another process is in its place and requests are served."""
    eventually(lambda: pid_of(demo), "there is something to kill")
    killed = pid_of(demo)
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: pid_of(demo) not in {None, killed}, f"{pid_of.__name__} is back")
    eventually(lambda: serves(demo), "requests are served")
    assert demo.process.poll() is None


class Load:
    """Records events one after another on several lines at once, each again until it is acknowledged."""

    def __init__(self, demo: Demo) -> None:
        self.client = httpx.Client(base_url=demo.url, headers=demo.headers, timeout=20)
        self.receipts: dict[str, tuple[dict[str, Any], Any]] = {}
        self.refused: list[str] = []
        self._stopping = threading.Event()
        published = self.client.post(
            "/v1/programs", content=PROGRAM, headers={"Content-Type": "application/yaml"}
        )
        assert published.is_success, published.text
        self.enrollments = [self._enrolled(number) for number in range(LINES)]
        self._lines = [threading.Thread(target=self._record, args=(one,)) for one in self.enrollments]
        for line in self._lines:
            line.start()

    def stop(self) -> None:
        """Let every line finish the event in hand."""
        self._stopping.set()
        for line in self._lines:
            line.join()

    def went_on(self) -> None:
        """Wait until some more events were acknowledged."""
        enough = len(self.receipts) + EVENTS_BETWEEN
        eventually(lambda: len(self.receipts) >= enough or self.refused, "events are recorded")

    def send(self, event: dict[str, Any]) -> httpx.Response | None:
        """Send an event once; None where nothing says whether it was recorded."""
        try:
            answer = self.client.post("/v1/events", json=event)
        except httpx.TransportError:
            return None
        return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer

    def _enrolled(self, number: int) -> str:
        participant = self.client.post("/v1/participants", json={"reference": f"kills-{number}"}).json()["id"]
        started = (clock.now() - timedelta(days=28)).date().isoformat()
        new = {"participant": participant, "program": "kills", "starts_on": started}
        enrolled = self.client.post("/v1/enrollments", json=new)
        assert enrolled.is_success, enrolled.text
        return str(enrolled.json()["id"])

    def _record(self, enrollment: str) -> None:
        when = clock.now() - timedelta(days=26)
        while not self._stopping.is_set():
            when += timedelta(minutes=1)
            reference = f"{enrollment}-{when:%d-%H-%M}"
            event = {
                "enrollment": enrollment,
                "target": "test",
                "outcome": "negative",
                "occurred_at": when.isoformat(),
                "another": True,
                "reference": reference,
            }
            until = time.monotonic() + BACK_S_MAX
            while (answer := self.send(event)) is None and time.monotonic() < until:
                time.sleep(0.05)
            if answer is None or not answer.is_success:
                self.refused.append("no answer" if answer is None else answer.text)
                return
            self.receipts[reference] = (event, answer.json())


def recorded(demo: Demo, enrollment: str) -> Iterator[str]:
    """Read the references of all events of an enrollment, page by page."""
    cursor = ""
    while True:
        page = demo.get(f"/v1/events?enrollment={enrollment}&limit=200{cursor}")
        yield from (event["reference"] for event in page["items"])
        if not page.get("next_cursor"):
            return
        cursor = f"&cursor={page['next_cursor']}"


def verify(demo: Demo) -> str:
    """Verify the books of a running demo."""
    return run("verify", "--data", str(demo.data), environment=clean_environment()).stdout


def test_acknowledged_events_survive_any_kill_exactly_once(demo: Demo) -> None:
    """PostgreSQL, Valkey and the web process are killed in turn while events are recorded."""
    load = Load(demo)
    with closing(load.client):
        try:
            for pid_of in (pid_of_postgresql, pid_of_valkey, pid_of_web) * ROUNDS:
                load.went_on()
                kill(demo, pid_of)
            load.went_on()
        finally:
            load.stop()
        assert load.refused == []
        there = Counter(reference for one in load.enrollments for reference in recorded(demo, one))
        assert there == Counter(load.receipts.keys())
        for event, receipt in load.receipts.values():
            again = load.send(event)
            assert again is not None
            assert (again.status_code, again.json()) == (httpx.codes.OK, receipt)
    assert "clean" in verify(demo)


def test_web_and_commands_come_up_while_valkey_is_away(demo: Demo) -> None:
    """Nothing but rate limits needs it, so nothing waits for it."""
    valkey = pid_of_valkey(demo)
    assert valkey is not None
    # A stopped process is there and does not answer, for as long as we like.
    os.kill(valkey, signal.SIGSTOP)
    try:
        kill(demo, pid_of_web)
        assert demo.get("/v1/programs")["items"]
        assert "clean" in verify(demo)
    finally:
        os.kill(valkey, signal.SIGCONT)


def test_a_key_revoked_after_a_kill_is_heard_of(demo: Demo) -> None:
    """The connection that hears of keys revoked elsewhere comes back with PostgreSQL."""
    made = httpx.post(f"{demo.url}/v1/keys", json={"role": "auditor"}, headers=demo.headers).json()
    kill(demo, pid_of_postgresql)
    headers = {"Authorization": f"Bearer {made['key']}"}

    def status() -> int:
        return httpx.get(f"{demo.url}/v1/participants", headers=headers).status_code

    # A key that is known is not looked up, and is only forgotten when its revocation is heard of.
    eventually(lambda: _listeners(demo) == 1, "the web process listens")
    assert [status(), status()] == [httpx.codes.OK] * 2
    asyncio.run(_revoke(demo, UUID(made["id"])))
    eventually(lambda: status() == httpx.codes.UNAUTHORIZED, "the revocation is heard of")


def _listeners(demo: Demo) -> int:
    stores = embedded.running(demo.data)
    assert stores is not None
    listening = "select count(*) from pg_stat_activity where application_name = 'rewards-keys'"
    return asyncio.run(_value(stores.admin_url, listening))


async def _value(url: str, statement: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval(statement))
    finally:
        await connection.close()


async def _revoke(demo: Demo, key: UUID) -> None:
    stores = embedded.running(demo.data)
    assert stores is not None
    database = await open_database(settings.read(stores.environment()))
    try:
        known = await find_key(database, demo.said["api_key"])
        assert known is not None
        actor = known.actor
        assert isinstance(await perform(database, actor, lambda act: revoke_key(act, key)), Done)
    finally:
        await database.close()
