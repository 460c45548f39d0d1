"""Every named query is one statement that PostgreSQL understands on the migrated schema, and is asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import asyncpg

from service.store.database.queries import SQL, nouns, queries, query

ROOT = Path(__file__).resolve().parents[2]
NAMES = [f"{noun}/{verb}" for noun in nouns() for verb in queries(noun)]
ASKING = {"rows", "row", "value", "run", "each", "all_rows"}
"""The ways of a transaction to ask for a query, and that of the books."""

OWN = {"clinic", "now"}
"""The values that a transaction gives by itself."""

COMMAS_MANY = 5
"""So many commas in what is selected make it a list of columns."""

ASIDE = {"ahead"}
"""What is said by name beside a query's values."""


def constants(tree: ast.AST) -> Iterator[str]:
    """Walk all strings of a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def asked(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Walk the names of queries that a file asks for, each with its call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING:
            for text in (text for given in node.args for text in constants(given)):
                if re.fullmatch(r"[a-z_]+/[a-z0-9_]+", text):
                    yield text, node


@cache
def sources() -> tuple[ast.Module, ...]:
    """Read the service's own code."""
    return tuple(
        ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "service").rglob("*.py"))
    )


@cache
def all_asked() -> tuple[tuple[str, ast.Call], ...]:
    """Find the names of queries that the service asks for, each with its call."""
    return tuple(found for tree in sources() for found in asked(tree))


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
                await connection.prepare(query(name).text)
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
    names = [name for name, _ in all_asked()]
    assert names
    assert [name for name in names if name not in NAMES] == []


def test_every_call_gives_its_query_the_values_that_it_names() -> None:
    """None is missing and none is left over; what a call takes from a mapping is checked when it runs."""
    faults = []
    for name, call in all_asked():
        wanted = set(query(name).names) - OWN
        given = {word.arg for word in call.keywords if word.arg is not None} - ASIDE
        is_whole = all(word.arg is not None for word in call.keywords)
        if given - wanted or (is_whole and wanted - given):
            faults.append(f"{name}: takes {sorted(wanted)}, is given {sorted(given)}")
    assert faults == []


def test_no_list_of_columns_stands_twice_in_a_file() -> None:
    """What several queries select stands in a part, so that a new column is added in one place."""
    faults = []
    for noun in nouns():
        text = (SQL / f"{noun}.sql").read_text(encoding="utf-8")
        lists = [" ".join(found.split()) for found in re.findall(r"\bselect\s+([^();]+?)\s+from\b", text)]
        long = [columns for columns in lists if columns.count(",") >= COMMAS_MANY]
        faults += [f"{noun}: {columns}" for columns in sorted(set(long)) if long.count(columns) > 1]
    assert faults == []


def test_a_file_of_queries_is_one_noun() -> None:
    """A query lies in `sql/<noun>.sql` under `-- name: <verb>`, so that its name says where it is."""
    assert [noun for noun in nouns() if not re.fullmatch(r"[a-z]+(_[a-z]+)*", noun)] == []
