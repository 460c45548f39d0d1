"""Every named query is one statement that PostgreSQL understands on the migrated schema, and is asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import asyncpg

from service.store.database.queries import nouns, queries, query

ROOT = Path(__file__).resolve().parents[2]
NAMES = [f"{noun}/{verb}" for noun in nouns() for verb in queries(noun)]
ASKING = {"rows", "row", "value", "run", "each"}
"""The ways of a transaction to ask for a query."""


def constants(tree: ast.AST) -> Iterator[str]:
    """Walk all strings of a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def asked(tree: ast.AST) -> Iterator[str]:
    """Walk the names of queries that a file asks a transaction for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING:
            yield from (text for given in node.args[:1] for text in constants(given) if "/" in text)


def sources() -> Iterator[ast.Module]:
    """Read the service's own code."""
    for path in (ROOT / "service").rglob("*.py"):
        yield ast.parse(path.read_text(encoding="utf-8"))


def test_there_are_queries() -> None:
    """A test over no queries would hold without saying anything."""
    assert len(NAMES) > 300


async def test_every_query_prepares(own_database: str) -> None:
    """A name or a type that is wrong is found here and not at night; all faults are listed at once."""
    connection = await asyncpg.connect(own_database)
    faults = []
    try:
        for name in NAMES:
            try:
                await connection.prepare(query(name))
            except asyncpg.PostgresError as why:
                faults.append(f"{name}: {why}")
    finally:
        await connection.close()
    assert faults == []


def test_every_query_is_asked_for_by_its_whole_name() -> None:
    """A query that no line of the service names is dead and must go."""
    said = {text for tree in sources() for text in constants(tree)}
    assert [name for name in NAMES if name not in said] == []


def test_every_name_that_is_asked_for_is_a_query() -> None:
    """A name that no block has would fail only when its line runs."""
    names = [name for tree in sources() for name in asked(tree)]
    assert names
    assert [name for name in names if name not in NAMES] == []


def test_a_file_of_queries_is_one_noun() -> None:
    """A query lies in `sql/<noun>.sql` under `-- name: <verb>`, so that its name says where it is."""
    assert [noun for noun in nouns() if not re.fullmatch(r"[a-z]+(_[a-z]+)*", noun)] == []
