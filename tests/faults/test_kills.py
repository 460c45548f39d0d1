"""Whatever is killed under load comes back by itself, and nothing acknowledged is lost or there twice."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import asyncpg
import httpx
import pytest
from redis import Redis, RedisError

from service import embedded, settings
from service.commands.ground import open_database
from service.flows.access.keys import find_key, revoke_key
from service.flows.perform import Done, perform
from tests import tls
from tests.faults.load import BACK_S_MAX, Load
from tests.walks.conftest import Demo, clean_environment, folder, run, start

pytestmark = pytest.mark.slow

ROUNDS = 2
EVENTS_BETWEEN = 30
"""How many events are acknowledged between two kills."""


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


def verify(demo: Demo) -> str:
    """Verify the books of a running demo."""
    return run("verify", "--data", str(demo.data), environment=clean_environment()).stdout


def test_acknowledged_events_survive_any_kill_exactly_once(demo: Demo) -> None:
    """PostgreSQL, Valkey and the web process are killed in turn while events are recorded."""
    load = Load(demo.url, demo.headers)
    with closing(load.client):
        try:
            for pid_of in (pid_of_postgresql, pid_of_valkey, pid_of_web) * ROUNDS:
                load.wait_for(EVENTS_BETWEEN)
                kill(demo, pid_of)
            load.wait_for(EVENTS_BETWEEN)
        finally:
            load.stop()
        assert load.refused == []
        assert load.faults() == []
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
