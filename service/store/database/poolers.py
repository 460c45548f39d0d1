"""What stands between the service and PostgreSQL: nothing, or a pooler such as PgBouncer."""

from __future__ import annotations

import secrets

import structlog
from asyncpg import Connection
from msgspec import Struct

from service.store.database.hosts import Hosts
from service.store.database.logins import refuse_powers
from service.store.database.waits import PLANNER, Waits

_log = structlog.get_logger("service.store")


class Between(Struct, frozen=True):
    """Whether a pooler stands between, and whether it takes prepared statements along."""

    is_pooler: bool
    takes_statements: bool


async def between(connection: Connection) -> Between:
    """Find out what stands between; ask it of a connection without a cache of statements.

    A pooler tells its client of another process than the one that answers. In transaction mode each
    transaction may get another server connection, which knows nothing of what was prepared before: PgBouncer
    from 1.21 on prepares it there too, under a name of its own, where `max_prepared_statements` is not 0.
    """
    if connection.get_server_pid() == await connection.fetchval("select pg_backend_pid()"):
        return Between(is_pooler=False, takes_statements=True)
    name = f"rewards_{secrets.token_hex(8)}"
    async with connection.transaction():
        # The driver gives back a statement that nobody holds.
        held = await connection.prepare("select 1", name=name)
        is_passed_on = await connection.fetchval(
            "select count(*) from pg_prepared_statements where name = $1", name
        )
        del held
        if is_passed_on:
            # The server's connection is not ours: nothing of ours stays on it.
            await connection.execute(f"deallocate {name}")
    return Between(is_pooler=True, takes_statements=not is_passed_on)


async def look(hosts: Hosts, waits: Waits) -> tuple[Between, list[tuple[str, str]]]:
    """What stands between, and what PostgreSQL is told; raises LoginError."""
    connection = await hosts.open(command_timeout=waits.answer_s, statement_cache_size=0)
    try:
        await refuse_powers(connection)
        found = await between(connection)
        settings = [*PLANNER.items(), *waits.settings(connection.get_server_version().major)]
    finally:
        connection.terminate()
    if not found.takes_statements:
        _log.warning("pooler_without_statements")
    return found, settings
