"""Several web processes and workers serve one database, given real servers by the environment."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg
import httpx
import pytest

from tests import clock, tls
from tests.processes import web_processes
from tests.web.conftest import free_port

if TYPE_CHECKING:
    from service.embedded import Stores
    from tests.walks.conftest import Environment, Given, Run

REWARDS = str(Path(sys.executable).with_name("rewards"))
START_S_MAX = 90
STOP_S_MAX = 60
"""How long a server may take to start and to stop, in seconds, on a machine that has other work too."""


@contextmanager
def serving(
    environment: Environment, *words: str, ends: int = 0
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve on a free port until the block ends; the server must then end with the code `ends`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [REWARDS, "serve", "--port", str(port), *words],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + START_S_MAX
        while not ready(url):
            assert process.poll() is None, process.communicate()[1]
            assert time.monotonic() < until
            time.sleep(0.05)
        yield process, url
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=STOP_S_MAX)
        assert process.returncode == ends, said
        assert "Traceback" not in said
    finally:
        process.kill()
        process.communicate()


def sql(url: str, statement: str, *values: object) -> list[asyncpg.Record]:
    """Run one statement on a database."""

    async def run() -> list[asyncpg.Record]:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetch(statement, *values)
        finally:
            await connection.close()

    return asyncio.run(run())


def ready(url: str) -> bool:
    """Tell whether requests are served."""
    try:
        return httpx.get(f"{url}/readyz", verify=tls.CONTEXT).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def both(process: subprocess.Popen[str]) -> list[int]:
    """List the two web processes of a server once both have begun."""
    wait_for(lambda: len(web_processes(process.pid)) == 2)
    return web_processes(process.pid)


def test_two_web_processes_serve_and_one_that_dies_is_replaced(
    own_database: str, given: Given, rewards: Run
) -> None:
    """Requests go on being served, and the worker beside them ends with the rest.

    What the dead one had open counts no longer, and the worker says at its own port that it is ready.
    """
    ports = {"METRICS_PORT": str(free_port()), "WORKER_METRICS_PORT": str(free_port())}
    environment = {**given(own_database), **ports}
    words = ("clinic", "create", "--name", "N", "--timezone", "UTC", "--json")
    clinic = json.loads(rewards(*words, environment=environment).stdout)["id"]
    words = ("key", "create", "--clinic", clinic, "--role", "manager", "--json")
    key = json.loads(rewards(*words, environment=environment).stdout)["key"]
    with serving(environment, "--workers", "2", "--with-worker") as (process, url):
        headers = {"Authorization": f"Bearer {key}"}
        assert httpx.get(f"{url}/v1/programs", headers=headers).status_code == httpx.codes.OK
        first, second = both(process)
        wait_for(lambda: connections_max(ports["METRICS_PORT"]) == 16)
        os.kill(first, signal.SIGKILL)
        # The next one takes a second to begin.
        wait_for(lambda: connections_max(ports["METRICS_PORT"]) == 8)
        wait_for(
            lambda: (
                len(web_processes(process.pid)) == 2 and second in web_processes(process.pid) and ready(url)
            )
        )
        wait_for(lambda: connections_max(ports["METRICS_PORT"]) == 16)
        wait_for(lambda: ready(f"http://127.0.0.1:{ports['WORKER_METRICS_PORT']}"))


def wait_for(said: Callable[[], bool]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + START_S_MAX
    while not said():
        assert time.monotonic() < until
        time.sleep(0.05)


def connections_max(port: str) -> float:
    """Read how many connections the pools of all web processes may open."""
    said = httpx.get(f"http://127.0.0.1:{port}/metrics", verify=tls.CONTEXT).text
    lines = [one for one in said.splitlines() if one.startswith("rewards_database_connections_max ")]
    return sum(float(one.split()[1]) for one in lines)


def test_web_processes_end_when_the_one_that_watches_is_killed(own_database: str, given: Given) -> None:
    """Nothing is left behind that would hold the port."""
    with serving(given(own_database), "--workers", "2", ends=-signal.SIGKILL) as (process, url):
        left = both(process)
        process.kill()
        process.wait()
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))
        assert not ready(url)


def test_metrics_of_several_web_processes_add_up(own_database: str, given: Given) -> None:
    """Whichever of them answers, `/metrics` speaks for all."""
    port = free_port()
    metrics = f"http://127.0.0.1:{port}/metrics"
    environment = {**given(own_database), "METRICS_PORT": str(port)}
    with serving(environment, "--workers", "2") as (_, url):
        for _ in range(20):
            assert httpx.get(f"{url}/livez").status_code == httpx.codes.OK
        counted = 'rewards_http_requests_total{method="GET",route="/livez",status="200"} 20.0'
        assert all(counted in httpx.get(metrics, verify=tls.CONTEXT).text.splitlines() for _ in range(10))
        words = [REWARDS, "serve", "--port", "0"]
        taken = subprocess.run(words, check=False, env=environment, capture_output=True, text=True)
        assert taken.returncode == 2
        assert "Correct METRICS_PORT." in taken.stderr


def test_keys_that_are_not_the_database_s_stop_it_before_it_serves(
    own_database: str, given: Given, rewards: Run
) -> None:
    """With one sentence that says which, and exit code 2; with its own it serves again."""
    environment = given(own_database)
    rewards("clinic", "create", "--name", "N", "--timezone", "UTC", environment=environment)
    key_id = environment["FIELD_KEYS"].partition(":")[0]
    for wrong in (f"{key_id}:{'B' * 43}=", f"other:{'B' * 43}="):
        ended = rewards("serve", "--port", "0", environment={**environment, "FIELD_KEYS": wrong}, check=False)
        assert ended.returncode == 2
        assert "FIELD_KEYS" in ended.stderr
        assert "Traceback" not in ended.stderr
    with serving(environment):
        pass


def test_a_login_that_is_only_in_the_service_s_role_can_serve(
    stores: Stores, own_database: str, given: Given, rewards: Run
) -> None:
    """It owns nothing: it sees that everything is migrated, and is ready."""
    login, word = f"rewards_login_{os.getpid()}", "only for this test"
    sql(stores.admin_url, f"create role {login} login password '{word}' in role rewards_service")
    try:
        parts = urlsplit(own_database)
        where = parts.netloc.rpartition("@")[2]
        url = urlunsplit(parts._replace(netloc=f"{login}:{quote(word)}@{where}"))
        environment = given(url)
        assert rewards("migrate", "--check", environment=environment).returncode == 0
        with serving(environment) as (_, served):
            assert httpx.get(f"{served}/readyz").json()["postgresql"] == "ready"
    finally:
        sql(stores.admin_url, f"drop role {login}")


def test_a_real_database_is_never_migrated_silently(stores: Stores, given: Given, rewards: Run) -> None:
    """Serving refuses with the remedy, `--check` says what is missing, and `migrate` brings it."""
    name = f"rewards_bare_{os.getpid()}"
    owner = urlsplit(stores.owner_url)
    sql(stores.admin_url, f'create database "{name}" owner "{owner.username}"')
    try:
        environment = given(urlunsplit(owner._replace(path=f"/{name}")))
        refused = rewards("serve", "--port", "0", environment=environment, check=False)
        assert refused.returncode == 5
        assert "rewards migrate" in refused.stderr
        assert rewards("migrate", "--check", environment=environment, check=False).returncode == 5
        assert "applied: 0001_ground.sql" in rewards("migrate", environment=environment).stdout
        assert rewards("migrate", "--check", environment=environment).returncode == 0
    finally:
        sql(stores.admin_url, f'drop database if exists "{name}" with (force)')


def test_a_database_that_is_away_is_one_sentence(given: Given, rewards: Run) -> None:
    """No trace, the remedy, and exit code 4."""
    environment = given("postgresql://nobody@127.0.0.1:9/nothing")
    for words in (("serve", "--port", "0"), ("verify",), ("work", "--once")):
        ended = rewards(*words, environment=environment, check=False)
        assert ended.returncode == 4
        assert "cannot be reached" in ended.stderr
        assert "Traceback" not in ended.stderr


def test_the_worker_forgets_old_keys_that_moved_no_value_and_no_others(
    own_database: str, given: Given, rewards: Run
) -> None:
    """Twice at once does no harm."""
    environment = {**given(own_database), "IDEMPOTENCY_KEEP_DAYS": "7"}
    words = ("clinic", "create", "--name", "N", "--timezone", "UTC", "--json")
    clinic = json.loads(rewards(*words, environment=environment).stdout)["id"]
    sql(
        own_database,
        "insert into idempotency "
        "(clinic_id, actor_id, key, digest, made, answer, moved_value, answered_at) "
        "select $1, $1, 'key ' || age || moved, 'd', 'done', 'a', moved, "
        "$2::timestamptz - age * interval '1 day'"
        " from unnest(array[1, 6, 8, 400]) as age, unnest(array[true, false]) as moved",
        clinic,
        clock.now(),
    )
    both = [
        subprocess.Popen([REWARDS, "work", "--once"], env=environment, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [one.wait(30) for one in both] == [0, 0]
    left = sql(own_database, "select key from idempotency where not moved_value order by key")
    assert [row["key"] for row in left] == ["key 1false", "key 6false"]
    assert len(sql(own_database, "select key from idempotency where moved_value")) == 4


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_worker_cleanly(own_database: str, given: Given, sign: signal.Signals) -> None:
    """It says that it stopped, and ends with 0."""
    environment = {**given(own_database), "LOG_LEVEL": "info"}
    worker = subprocess.Popen([REWARDS, "work"], env=environment, stderr=subprocess.PIPE, text=True)
    assert worker.stderr
    assert "worker_started" in worker.stderr.readline()
    worker.send_signal(sign)
    _, said = worker.communicate(timeout=20)
    assert worker.returncode == 0
    assert "worker_stopped" in said


def test_field_keys_are_rotated_while_requests_are_served(
    own_database: str, given: Given, rewards: Run
) -> None:
    """With both keys served, then rotated, then with the new one alone; one key leaves nothing to do."""
    old = given(own_database)
    new = f"new:{'B' * 43}="
    both = {**old, "FIELD_KEYS": f"{new},{old['FIELD_KEYS']}"}
    rewards("clinic", "create", "--name", "N", "--timezone", "UTC", environment=old)
    assert "no_old_key" in rewards("keys", "rotate", "--json", environment=old, check=False).stdout
    with serving(both):
        done = json.loads(rewards("keys", "rotate", "--json", environment=both).stdout)
        assert (done["key"], done["left"]) == ("new", {})
        assert done["sealed"] >= 1
    with serving({**old, "FIELD_KEYS": new}) as (_, url):
        assert ready(url)
    assert rewards("verify", environment={**old, "FIELD_KEYS": new}).returncode == 0
