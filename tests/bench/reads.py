"""Every read and page of one clinic with years behind it.

    python -m tests.bench.reads --people 20000 --events 1600000

Prints what each costs: milliseconds at p50 and p95 as its caller waits for them, buffers of the database, and
the size of the answer. With --keep FOLDER the clinic stays there and is used again.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import httpx
import msgspec
from msgspec import Struct

from service import embedded
from service.embedded import Stores
from tests.bench import cpu, ground, past
from tests.bench.faces import TOKEN, sign_in
from tests.bench.reads_asked import Asked, asked
from tests.bench.rows import tell
from tests.databases import of_database

TIMES = 20
"""How often each is asked for."""
LONG_MS = 10_000
"""After how long in all it is asked no more."""
WAIT_S = 1.2
"""After how long PostgreSQL tells others of the buffers that a session read, at its next statement."""


class Cost(Struct, frozen=True):
    """What one read cost: milliseconds waited, and of CPU; buffers, and bytes of the answer.

    The CPU holds on a busy machine too: of the web process and of PostgreSQL, a time.
    """

    what: str
    p50: float
    p95: float
    web: float
    postgres: float
    buffers: int
    size: int
    bar_ms: int


def measure(stores: Stores, made: past.Past, only: str) -> list[Cost]:
    """Ask for everything whose name holds a word, one after another, of one web process."""
    port = ground.free_port()
    environment = stores.environment() | {
        "LOG_LEVEL": "warning",
        "RATE_LIMIT": "1000000/60",
        "DATABASE_CONNECTIONS_MAX": "2",
        "SECOND_FACTOR_ROLES": "off",
    }
    command = ground.rewards("serve", "--host", "127.0.0.1", "--port", str(port))
    costs = []
    with ground.server(command, environment, port, "/readyz") as web:
        for one in asked(made):
            if only in one.what:
                tell(one.what)
                with _client(port, made, one) as client:
                    try:
                        costs.append(_cost(client, stores, web, one))
                    except RuntimeError as error:
                        tell(str(error))
    return costs


@contextmanager
def _client(port: int, made: past.Past, one: Asked) -> Iterator[httpx.Client]:
    url = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=url, timeout=120) as client:
        if one.by == "page":
            if "cookie" in _signed_in:
                client.cookies = _signed_in["cookie"]
            else:
                sign_in(client, "/sign-in", email=made.email, password=past.PASSWORD)
                _signed_in["cookie"] = client.cookies
            client.headers["origin"] = url
        else:
            client.headers["authorization"] = f"Bearer {made.keys[one.by]}"
        yield client


_signed_in: dict[str, httpx.Cookies] = {}
_tokens: dict[str, str] = {}


def _cost(client: httpx.Client, stores: Stores, web: int, one: Asked) -> Cost:
    _ask(client, one)
    time.sleep(WAIT_S)
    before = asyncio.run(_buffers(stores))
    postmaster = cpu.postmaster(stores)
    spent = cpu.of_tree(web), cpu.of_tree(postmaster)
    waited: list[float] = []
    answer = _ask(client, one)
    for _ in range(TIMES):
        begun = time.perf_counter()
        answer = _ask(client, one)
        waited.append((time.perf_counter() - begun) * 1000)
        if sum(waited) > LONG_MS and len(waited) > 2:
            break
    times = len(waited)
    web_ms = (cpu.of_tree(web) - spent[0]) / times * 1000
    postgres_ms = (cpu.of_tree(postmaster) - spent[1]) / times * 1000
    # Asked once more after a while, the session tells what it read.
    time.sleep(WAIT_S)
    _ask(client, one)
    buffers = (asyncio.run(_buffers(stores)) - before) // (times + 1)
    ranked = sorted(waited)
    p95 = ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))]
    size = len(answer.content)
    return Cost(one.what, statistics.median(waited), p95, web_ms, postgres_ms, buffers, size, one.bar_ms)


def _ask(client: httpx.Client, one: Asked) -> httpx.Response:
    if one.form is None:
        answer = client.get(one.path)
    else:
        answer = client.post(one.path, data=one.form | _token(client), headers={"hx-request": "true"})
    if answer.status_code != httpx.codes.OK:
        raise RuntimeError(f"{one.path} answered {answer.status_code}: {answer.text[:300]}")
    return answer


def _token(client: httpx.Client) -> dict[str, str]:
    if "csrf" not in _tokens:
        found = TOKEN.search(client.get("/desk").text)
        if found is None:
            raise RuntimeError("the desk's page has no form")
        _tokens["csrf"] = found[1]
    return _tokens


async def _buffers(stores: Stores) -> int:
    connection = await asyncpg.connect(of_database(stores.admin_url, "rewards"))
    try:
        found = await connection.fetchval(
            "select blks_hit + blks_read from pg_stat_database where datname = 'rewards'"
        )
        return int(found)
    finally:
        await connection.close()


def show(made: past.Past, costs: list[Cost]) -> None:
    """Print the table, the dearest first."""
    print(", ".join(f"{count:,} {table}" for table, count in made.facts.items()))
    print(f"{'':<36}{'p50 ms':>10}{'p95 ms':>10}{'web CPU':>10}{'pg CPU':>10}{'buffers':>12}{'kB':>9}")
    for one in sorted(costs, key=lambda cost: -cost.p50):
        over = "" if one.p95 <= one.bar_ms else f"   over {one.bar_ms}"
        times = f"{one.p50:>10.1f}{one.p95:>10.1f}{one.web:>10.1f}{one.postgres:>10.1f}"
        print(f"{one.what:<36}{times}{one.buffers:>12,}{one.size / 1000:>9.1f}{over}")


def main() -> None:
    """Make the clinic where it is not there yet, and measure."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=20_000)
    words.add_argument("--events", type=int, default=1_600_000)
    words.add_argument("--keep", type=Path, help="a folder in which the clinic stays, to be measured again")
    words.add_argument("--only", default="", help="only what has this in its name")
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="reads-") as fresh:
        folder = given.keep or Path(fresh)
        known = folder / "past.json"
        begun = time.monotonic()
        if known.exists():
            stores = embedded.start(folder / "data")
            made = msgspec.json.decode(known.read_bytes(), type=past.Past)
        else:
            with ground.stores(folder / "data") as fresh_stores:
                made = past.make(fresh_stores, given.people, given.events)
            known.write_bytes(msgspec.json.encode(made))
            tell(f"made in {time.monotonic() - begun:.0f} s")
            stores = embedded.start(folder / "data")
        try:
            show(made, measure(stores, made, given.only))
        finally:
            stores.stop()


if __name__ == "__main__":
    main()
