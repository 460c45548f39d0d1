"""What there is too little of is said at the start, and not found out at the busiest hour."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
from msgspec.structs import replace

from service import logs
from service.app import streams_held
from service.commands.serve import say_connections
from service.store.connections import connections_max
from service.web.http.application import ConnectionLimits
from service.web.http.connections import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.settings import Settings
    from service.store.database.pool import Database


class Said:
    """What was logged."""

    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream

    def __call__(self) -> list[dict[str, Any]]:
        """Give the lines without what every line has."""
        lines = [json.loads(line) for line in self._stream.getvalue().splitlines()]
        return [
            {name: value for name, value in line.items() if name not in {"level", "logger", "timestamp"}}
            for line in lines
        ]


@pytest.fixture
def said() -> Iterator[Said]:
    """Take the logs for one test."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    logs.set_up("info", "json", stream)
    yield Said(stream)
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.parametrize(("there", "needed"), [(49, None), (47, 48)])
def test_connections_that_may_run_out_are_said(
    test_settings: Settings, said: Said, there: int, needed: int | None
) -> None:
    """Four web processes of ten each, and a worker of eight."""
    say_connections(test_settings, 4, there, with_worker=True)
    line = {"event": "connections_too_few", "needed": needed, "held": there, "setting": "max_connections"}
    assert said() == ([] if needed is None else [line])


def test_a_pool_that_events_alone_fill_is_said(test_settings: Settings, said: Said) -> None:
    """Six batches of several clinics may be under way, and everything else needs a connection too."""
    say_connections(replace(test_settings, database_connections_max=6), 1, 100, with_worker=False)
    setting = "DATABASE_CONNECTIONS_MAX"
    assert said() == [{"event": "connections_too_few", "needed": 7, "held": 6, "setting": setting}]


async def test_what_the_server_has_for_the_service_is_asked_of_it(
    service: Database, own_database: str
) -> None:
    """The least of its own limit, without what is kept for its administrators, and the database's."""
    owner = await asyncpg.connect(own_database)
    try:
        most = await owner.fetchval(
            "select current_setting('max_connections')::integer"
            " - current_setting('superuser_reserved_connections')::integer"
            " - coalesce(current_setting('reserved_connections', true)::integer, 0)"
        )
        async with service.transaction(None) as tx:
            assert await connections_max(tx) == most
        name = await owner.fetchval("select current_database()")
        await owner.execute(f'alter database "{name}" connection limit 17')
        async with service.transaction(None) as tx:
            assert await connections_max(tx) == 17
    finally:
        await owner.close()


def test_limits_that_the_process_cannot_hold_are_said(
    test_settings: Settings, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has so many open files, and three quarters of its connections are for streams at most."""
    assert streams_held(test_settings) == 1000
    assert said() == []
    monkeypatch.setattr(Connection, "limits", ConnectionLimits(connections_max=800))
    assert streams_held(test_settings) == 600
    assert said() == [
        {"event": "limit_lowered", "setting": "CONNECTIONS_MAX", "needed": 4096, "held": 800},
        {"event": "limit_lowered", "setting": "STREAMS_MAX", "needed": 1000, "held": 600},
    ]
