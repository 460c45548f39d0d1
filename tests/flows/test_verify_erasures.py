"""Words that were changed are found, also where what stands there looks like the mark of erased ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.core.erasing import tomb
from service.flows.verify.verify import verify
from tests.flows.test_erasures import somebody

if TYPE_CHECKING:
    import asyncpg

    from tests.flows.conftest import Scene


@pytest.mark.parametrize(
    ("table", "column"),
    [("events", "note"), ("events", "evidence"), ("corrections", "reason"), ("event_additions", "note")],
)
async def test_a_mark_with_another_hash_is_no_erasure(
    scene: Scene, planting: asyncpg.Connection, table: str, column: str
) -> None:
    """Only the hash of the words that were there fits their digest."""
    await somebody(scene)
    async with scene.database.transaction(scene.clinic) as tx:
        forged = tx.cipher.seal(scene.clinic, f"{table}.{column}", tomb(bytes(32)))
    await planting.execute(f"update {table} set {column} = $1", forged)  # noqa: S608  names of our own
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    assert verdict.fault is not None
    assert verdict.fault.table == table
