"""A cluster loses nothing acknowledged when its primary ends and a web process stands still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

import asyncpg
import pytest

from tests.between import short_folder
from tests.cluster.cluster import running
from tests.cluster.drill import Drill
from tests.cluster.parts import NEEDED
from tests.programs import needed

pytestmark = pytest.mark.slow

FAULTS: Final = {"kill postgresql": 15.0, "freeze web": 10.0}
"""What happens, and how long nobody may be served for it, in seconds; the whole of it is `make drill`.

A frozen process is passed over within six seconds, and stays frozen for twelve."""


async def powers(url: str) -> list[bool]:
    """Tell whether a login is a superuser, and is let past row-level security."""
    connection = await asyncpg.connect(url)
    try:
        asked = "select rolsuper, rolbypassrls from pg_roles where rolname = current_user"
        return list(await connection.fetchrow(asked) or ())
    finally:
        await connection.close()


@pytest.mark.seconds(52)
def test_nothing_acknowledged_is_lost_and_service_is_soon_back(
    record_property: Callable[[str, object], None],
) -> None:
    """By the files of `deploy/`: Patroni's, HAProxy's, PgBouncer's, and `owner.sh`, which makes the owner."""
    needed(**NEEDED)
    with short_folder() as folder, running(folder, lambda _what: None) as cluster:
        drill = Drill(cluster)
        try:
            for name, away_s_max in FAULTS.items():
                away = drill.struck(name)
                record_property(f"{name}, seconds without service", f"{away:.1f}")
                assert away < away_s_max, name
            drill.held()
            assert asyncio.run(powers(cluster.at.owner_url)) == [False, False]
        finally:
            drill.close()
        record_property("events acknowledged", len(drill.load.receipts))
