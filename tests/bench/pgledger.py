"""One transfer of pgledger on the same server, as a measure of what PostgreSQL spends on an event.

pgledger is a ledger in PL/pgSQL (github.com/pgr0ss/pgledger). Its SQL is not part of this project: the
benchmark is told where a checkout of it lies, and says that the row is missing where it is not.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import tempfile
from pathlib import Path

import asyncpg

from service.embedded import Stores
from tests.bench import cpu, machine
from tests.bench.rows import AT_MOST, Row, tell
from tests.databases import of_database

ACCOUNTS = 2000
SQL = ("vendor/scoville-pgsql-ulid/uuid-to-ulid.sql", "pgledger.sql")
TRANSFER = """\\set number random(1, {accounts})
select pgledger_create_transfer(issuer.id, account.id, 10)
from bench_accounts as issuer, bench_accounts as account
where issuer.number = 0 and account.number = :number;
"""


def measure(stores: Stores, checkout: Path | None, seconds: int, postgres_us: float) -> list[Row]:
    """Measure PostgreSQL's CPU a transfer from one issuer, and give an event's beside it."""
    if checkout is None:
        tell("pgledger is left out: name a checkout of it with --pgledger")
        return []
    tell("pgledger's create_transfer from one issuer, on this server")
    asyncio.run(_made(stores, [(checkout / name).read_text(encoding="utf-8") for name in SQL]))
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(TRANSFER.format(accounts=ACCOUNTS))
        script.flush()
        words = [*machine.pgbench(stores), "-n", "-f", script.name]
        begun = cpu.of_tree(cpu.postmaster(stores))
        ran = subprocess.run(
            [*words, "-M", "prepared", "-c", "16", "-j", "2", "-T", str(seconds), "pgledger"],
            check=True,
            capture_output=True,
            text=True,
        )
    done = re.search(r"transactions actually processed: (\d+)", ran.stdout)
    if done is None:
        raise RuntimeError(ran.stdout)
    us = (cpu.of_tree(cpu.postmaster(stores)) - begun) / int(done[1]) * 1e6
    return [
        Row("PostgreSQL's CPU of a pgledger transfer", us, "us", us, "us", AT_MOST, 0, 0),
        Row("PostgreSQL's CPU an event", postgres_us, "us", postgres_us / us, "pgledger", AT_MOST, 0.2, 0.1),
    ]


async def _made(stores: Stores, statements: list[str]) -> None:
    admin = await asyncpg.connect(stores.admin_url)
    await admin.execute("create database pgledger")
    await admin.close()
    connection = await asyncpg.connect(of_database(stores.admin_url, "pgledger"))
    for statement in statements:
        await connection.execute(statement)
    await connection.execute("create table bench_accounts (number integer primary key, id text not null)")
    made = "insert into bench_accounts select n, (pgledger_create_account('a' || n, 'USD')).id"
    await connection.execute(f"{made} from generate_series(0, $1::integer) as n", ACCOUNTS)
    await connection.execute("analyze")
    await connection.close()
