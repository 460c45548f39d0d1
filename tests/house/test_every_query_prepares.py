"""Every query is a file of one statement that PostgreSQL understands on the migrated schema."""

from __future__ import annotations

import re
from pathlib import Path

import asyncpg
import pytest

ROOT = Path(__file__).resolve().parents[2]
SQL = ROOT / "service" / "store" / "sql"
QUERIES = sorted(SQL.rglob("*.sql"))


def name_of(path: Path) -> str:
    """Show a query as the store names it, `noun/verb`."""
    return str(path.relative_to(SQL).with_suffix(""))


def test_there_are_queries() -> None:
    """A test over no files would hold without saying anything."""
    assert QUERIES


async def test_every_query_prepares(database: str) -> None:
    """A name or a type that is wrong is found here and not at night; all faults are listed at once."""
    connection = await asyncpg.connect(database)
    faults = []
    try:
        for path in QUERIES:
            try:
                await connection.prepare(path.read_text(encoding="utf-8"))
            except asyncpg.PostgresError as why:
                faults.append(f"{name_of(path)}: {why}")
    finally:
        await connection.close()
    assert faults == []


@pytest.mark.parametrize("path", QUERIES, ids=name_of)
def test_a_query_is_one_verb_of_one_noun(path: Path) -> None:
    """A query lies at `sql/<noun>/<verb>.sql`, so that its path says what it does."""
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*/[a-z]+(_[a-z0-9]+)*", name_of(path))
