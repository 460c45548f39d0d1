"""`make bench`: what the service does in a second, beside what this machine can do in the same run.

Prints a table and writes bench.json. Every figure is a ratio inside one run, with fsync and
synchronous_commit on; the bars and aims are those of the project's quality page.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from schemas.program import Program
from service.core.compiled import compile_rules
from service.core.rules import opening, step
from service.core.state import Fact
from service.embedded import Stores
from tests.bench import cpu, faces, ground, load, machine, notices, portals
from tests.bench.machine import CONNECTIONS, Machine
from tests.bench.rows import AT_LEAST, AT_MOST, Row, show, tell

PEOPLE = 2000
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


def measure_service(stores: Stores, than: Machine, seconds: int, workers: int) -> list[Row]:
    """Measure the service over a clinic of its own."""
    tell(f"a clinic of {PEOPLE} participants")
    clinic = ground.clinic(stores, PEOPLE)
    visits = Visits(clinic)
    port = ground.free_port()
    # High, and counted as any: what a limit costs belongs to the figures.
    environment = stores.environment() | {"LOG_LEVEL": "warning", "RATE_LIMIT": "1000000/60"}
    command = ground.rewards("serve", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers))
    with ground.server(command, environment, port, "/readyz") as web:
        load.checked(load.drive(port, CONNECTIONS, 2, visits.one_each(CONNECTIONS)))
        served = Served(port, web, cpu.postmaster(stores))
        return [
            *measure_events(served, visits, than, seconds),
            *measure_batches(served, visits, than),
            *measure_balances(port, web, clinic, than, seconds),
            *measure_portals(port, ground.clinic(stores, portals.PORTALS), seconds),
        ]


class Served(Struct, frozen=True):
    """Where the service is reached, and the processes whose CPU it spends."""

    port: int
    web: int
    postmaster: int

    def spent(self) -> tuple[float, float, float]:
        """Seconds of CPU so far: of the web processes, of PostgreSQL, and of whoever drives the load."""
        return cpu.of_tree(self.web), cpu.of_tree(self.postmaster), time.process_time()


def measure_events(served: Served, visits: Visits, than: Machine, seconds: int) -> list[Row]:
    """Measure events that come one a request, from many connections and from one."""
    tell("one event a request, 64 connections")
    begun = served.spent()
    each = load.checked(load.drive(served.port, CONNECTIONS, seconds, visits.one_each(CONNECTIONS)))
    spent = (after - before for before, after in zip(begun, served.spent(), strict=True))
    web, postgres, driver = (seconds_of / each.answers * 1e6 for seconds_of in spent)
    tell("a lone request")
    lone = load.checked(load.drive(served.port, 1, seconds, visits.one_each(1)))
    p99, p50 = each.percentile(0.99), lone.percentile(0.5)
    what = "events, one a request, 64 connections"
    of_tpc_b = (web + postgres) / than.tpc_b.cpu_us
    return [
        Row(what, each.rate, "/s", each.rate / than.tpc_b.tps, "TPC-B", AT_LEAST, 1.1, 1.4),
        Row("their p99", p99, "ms", p99, "ms", AT_MOST, 40, 25),
        Row("CPU an event, web and PostgreSQL", web + postgres, "us", of_tpc_b, "TPC-B", AT_MOST, 0.9, 0.7),
        Row("  of it the web process", web, "us", web, "us", AT_MOST, 0, 0),
        Row("  of it PostgreSQL", postgres, "us", postgres, "us", AT_MOST, 0, 0),
        Row("  beside it whoever drives the load", driver, "us", driver, "us", AT_MOST, 0, 0),
        Row("a lone event, p50", p50, "ms", p50 / than.insert_ms, "INSERT", AT_MOST, 5, 3.5),
    ]


def measure_batches(served: Served, visits: Visits, than: Machine) -> list[Row]:
    """Measure events that come ten thousand a request."""
    tell("batches of 10,000")
    some = [visits.batch(10_000) for _ in range(3)]
    batches = load.checked(load.drive(served.port, 1, 600, lambda _: iter(some)))
    rate = 30_000 / sum(batches.latencies)
    most = cpu.peak_mib(served.web)
    return [
        Row("events in batches of 10,000", rate, "/s", rate / than.tpc_b.tps, "TPC-B", AT_LEAST, 2, 3),
        Row("memory of the web process at its most", most, "MiB", most, "MiB", AT_MOST, 150, 120),
    ]


def measure_balances(port: int, web: int, clinic: ground.Clinic, than: Machine, seconds: int) -> list[Row]:
    """Measure reads of balances."""
    tell("balances, 64 connections")
    begun = cpu.of_tree(web)
    seen = load.checked(load.drive(port, CONNECTIONS, seconds, lambda n: _balances(clinic, n)))
    us, rate = (cpu.of_tree(web) - begun) / seen.answers * 1e6, seen.rate
    what = "balance reads, 64 connections"
    return [
        Row(what, rate, "/s", rate / than.bare_rate, "bare route", AT_LEAST, 0.4, 0.55),
        Row("  CPU of one, of the web process", us, "us", us, "us", AT_MOST, 0, 0),
    ]


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
        done = machine.measure(stores, seconds)
        rows = [*done.rows(), *measure_service(stores, done, seconds, workers)]
        rows += notices.measure(stores, seconds, OUTBOX_ROWS, hold_s)
    return [*rows, *faces.measure(folder / "demo"), *measure_core()]


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
