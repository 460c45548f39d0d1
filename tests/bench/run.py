"""`make bench`: what the service does in a second, beside what this machine can do in the same run.

Prints a table and writes bench.json. Every figure is a ratio inside one run, with fsync and
synchronous_commit on; the bars and aims are those of the project's quality page.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from schemas.program import Program
from service.core.compiled import compile_rules
from service.core.rules import opening, step
from service.core.state import Fact
from service.embedded import Stores
from tests.bench import cpu, faces, ground, growth, load, machine, notices, pgledger, portals
from tests.bench.ground import TARGET
from tests.bench.machine import CONNECTIONS, Machine
from tests.bench.rows import AT_LEAST, AT_MOST, Row, of_runs, show, tell

PEOPLE = 2000
OUTBOX_ROWS = 1_000_000
RUNS = 3
OF_POSTGRES = "  of it PostgreSQL"


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


class Asked(Struct, frozen=True):
    """How the service is measured: seconds a load lasts, web processes, and what is at hand beside it."""

    seconds: int
    workers: int
    hold_s: int
    checkout: Path | None
    past_events: int


def measure_service(stores: Stores, than: Machine, asked: Asked) -> list[Row]:
    """Measure the service over a clinic of its own, and hold its books to the truth."""
    seconds = asked.seconds
    tell(f"a clinic of {PEOPLE} participants")
    clinic = ground.clinic(stores, PEOPLE)
    visits = Visits(clinic)
    with _serving(stores, asked.workers) as served:
        load.checked(load.drive(served.port, CONNECTIONS, 2, visits.one_each(CONNECTIONS)))
        events = measure_events(served, visits, than, seconds)
        postgres_us = next(row.figure for row in events if row.what == OF_POSTGRES)
        rows = [
            *events,
            *measure_batches(served, visits, than),
            *measure_balances(served.port, served.web, clinic, than, seconds),
            *growth.of_records(served.port, ground.clinic(stores, 2 * CONNECTIONS)),
            *measure_portals(served.port, ground.clinic(stores, portals.PORTALS), seconds),
        ]
    tell("verify")
    ground.verified(stores)
    return [
        *rows,
        *pgledger.measure(stores, asked.checkout, seconds, postgres_us),
        *measure_grown(stores, asked),
    ]


def measure_grown(stores: Stores, asked: Asked) -> list[Row]:
    """Measure events again beside a clinic with millions in its past, in turn with a fresh database."""
    if not asked.past_events:
        tell("growth is left out: say with --past how many events of the past there are")
        return []
    growth.past_events(stores, asked.past_events)
    seen = []
    with tempfile.TemporaryDirectory(prefix="rewards-bench-") as folder, ground.stores(Path(folder)) as fresh:
        for one in (stores, fresh):
            visits = Visits(ground.clinic(one, PEOPLE))
            with _serving(one, asked.workers) as served:
                load.checked(load.drive(served.port, CONNECTIONS, 2, visits.one_each(CONNECTIONS)))
                each = visits.one_each(CONNECTIONS)
                seen.append(load.checked(load.drive(served.port, CONNECTIONS, asked.seconds, each)).rate)
    of_the_past, empty = seen
    what = f"events beside {asked.past_events:,} of the past"
    return [Row(what, of_the_past, "/s", of_the_past / empty, "empty", AT_LEAST, 0.95, 0.99)]


@contextmanager
def _serving(stores: Stores, workers: int) -> Iterator[Served]:
    port = ground.free_port()
    # High, and counted as any: what a limit costs belongs to the figures.
    environment = stores.environment() | {"LOG_LEVEL": "warning", "RATE_LIMIT": "1000000/60"}
    command = ground.rewards("serve", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers))
    with ground.server(command, environment, port, "/readyz") as web:
        yield Served(port, web, cpu.postmaster(stores))


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
        Row(OF_POSTGRES, postgres, "us", postgres, "us", AT_MOST, 0, 0),
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


def measure(folder: Path, asked: Asked) -> list[Row]:
    """Measure everything once."""
    with ground.stores(folder / "data") as stores:
        done = machine.measure(stores, asked.seconds)
        rows = [*done.rows(), *measure_service(stores, done, asked)]
        rows += notices.measure(stores, asked.seconds, OUTBOX_ROWS, asked.hold_s)
    return [*rows, *faces.measure(folder / "demo"), *measure_core()]


def _balances(clinic: ground.Clinic, number: int) -> Iterator[bytes]:
    while True:
        for person in clinic.participants[number::CONNECTIONS]:
            yield load.request("GET", f"/v1/participants/{person}/balance", clinic.key)


def main() -> None:
    """Run the benchmark."""
    words = argparse.ArgumentParser(description="Measure the service beside what this machine can do.")
    words.add_argument("--runs", type=int, default=RUNS, help="how often all is measured; medians are shown")
    words.add_argument("--seconds", type=int, default=10, help="how long each load lasts")
    words.add_argument("--workers", type=int, default=1, help="web processes")
    words.add_argument("--hold", type=int, default=60, help="how long the outbox sees an old snapshot, in s")
    words.add_argument("--pgledger", type=Path, help="a checkout of pgledger, to be measured beside")
    words.add_argument(
        "--past", type=int, default=0, help="events of the past beside which events are recorded"
    )
    words.add_argument("--out", type=Path, default=Path("bench.json"), help="where the figures are written")
    given = words.parse_args()
    asked = Asked(given.seconds, given.workers, given.hold, given.pgledger, given.past)
    runs = []
    for number in range(given.runs):
        tell(f"run {number + 1} of {given.runs}")
        with tempfile.TemporaryDirectory(prefix="rewards-bench-") as folder:
            runs.append(measure(Path(folder), asked))
    rows = of_runs(runs)
    show(rows)
    given.out.write_bytes(msgspec.json.format(msgspec.json.encode(rows), indent=1) + b"\n")


if __name__ == "__main__":
    main()
