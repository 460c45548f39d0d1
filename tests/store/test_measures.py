"""Connections in use, those who wait for one, and what PostgreSQL refused, are counted where it happens."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest
from prometheus_client import REGISTRY

from service.settings import Settings
from service.store.database.cipher import Cipher
from service.store.database.pool import connect
from service.store.database.waits import Waits
from tests import clock

SHORT = Waits(connect_s=3, acquire_s=0.3, statement_s=5, lock_s=5, transaction_s=0)


def value(name: str, **labels: str) -> float:
    """Read a metric of this process."""
    return REGISTRY.get_sample_value(f"rewards_database_{name}", labels) or 0.0


async def test_connections_in_use_and_waited_for_are_counted(test_settings: Settings) -> None:
    """And no longer once they are given back; who waits in vain is an error of its kind."""
    cipher = Cipher(test_settings.field_keys, test_settings.index_key, test_settings.audit_key)
    url = test_settings.database_url
    database = await connect(url, cipher, clock.now, SHORT, connections_max=1)
    in_use, waiting = value("connections_in_use"), value("connections_waiting")
    timeouts = value("errors_total", error="TimeoutError")
    assert value("connections_max") == 1

    async def second() -> None:
        async with database.transaction(None):
            raise AssertionError("there is one connection")

    async with database.transaction(None):
        assert value("connections_in_use") == in_use + 1
        task = asyncio.create_task(second())
        await asyncio.sleep(0.05)
        assert value("connections_waiting") == waiting + 1
        with pytest.raises(TimeoutError):
            await task
    assert (value("connections_in_use"), value("connections_waiting")) == (in_use, waiting)
    assert value("errors_total", error="TimeoutError") == timeouts + 1
    await database.close()


async def test_what_postgresql_refuses_is_counted_by_its_kind_and_a_lost_race_is_not(
    test_settings: Settings,
) -> None:
    """Nor what an operation itself raises: that is no fault of the database."""
    cipher = Cipher(test_settings.field_keys, test_settings.index_key, test_settings.audit_key)
    database = await connect(test_settings.database_url, cipher, clock.now, SHORT, connections_max=1)

    async def fail(error: Exception) -> None:
        async with database.transaction(None) as tx:
            if isinstance(error, asyncpg.DivisionByZeroError):
                await tx.connection.execute("select 1 / 0")
            raise error

    for error, more in (
        (asyncpg.DivisionByZeroError(), 1),
        (asyncpg.UniqueViolationError(), 0),
        (ValueError(), 0),
    ):
        kind = type(error).__name__
        before = value("errors_total", error=kind)
        with pytest.raises(type(error)):
            await fail(error)
        assert value("errors_total", error=kind) == before + more, kind
    await database.close()
