"""Prints today's tables into one file, `schema.sql`: what all migrations together have made.

    python -m service.store.schema

starts a PostgreSQL of its own, migrates it and prints. The reasons for a table and for its columns stand in
the migrations, and each table names those that made and altered it.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import asyncpg
from asyncpg import Connection, Record

from service import embedded
from service.store.database.migrate import migrate, on_disk
from service.store.database.queries import query

SCHEMA = Path(__file__).parent / "schema.sql"
HEADING = """\
-- Today's tables: what the migrations have made, printed by `python -m service.store.schema`. Do not edit.
-- The reasons stand in the migrations that each table names.
-- Left out: the partitions of one week each, which make_weeks and drop_weeks make and drop.
"""

_CAPITALS = re.compile(r"\$(\w*)\$.*?\$\1\$|'(?:[^']|'')*'|[A-Z]+", re.DOTALL)
_ONE_OF = re.compile(r"(=|<>) (?:any|all) \(array\[([^\]]+)\]\)")
_CLINIC = "(( select current_setting('app.clinic'::text)::uuid as current_setting))"
_SHORTER = {
    " using btree ": " ",
    "timestamp with time zone": "timestamptz",
    _CLINIC: "(select current_setting('app.clinic')::uuid)",
    "'::text": "'",
    "(( select session_user": "((select session_user",
    "create or replace function public.": "create function ",
}
_TABLE = re.compile(r"^(?:create|alter) table (\w+)", re.MULTILINE)

Rows = Mapping[int, Sequence[Record]]


async def printed(connection: Connection) -> str:
    """Print the tables, views, types, functions and triggers of a migrated database, in the order made."""
    relations = await connection.fetch(query("catalog/relations").text)
    columns = await _by_relation(connection, "catalog/columns")
    constraints = await _by_relation(connection, "catalog/constraints")
    after = await _by_relation(connection, "catalog/after")
    functions = await connection.fetch(query("catalog/functions").text)
    triggers = [
        f"{_plain(row['definition'])};\n" for row in await connection.fetch(query("catalog/triggers").text)
    ]
    migrations = _migrations()
    within, later = _places(relations, constraints)
    texts = [HEADING]
    for relation in relations:
        oid, name = relation["oid"], relation["name"]
        lines = [
            *([f"-- {', '.join(migrations[name])}"] if name in migrations else []),
            _relation(relation, [*map(_column, columns[oid]), *map(_constraint, within[oid])]),
            *(f"alter table {one['table']} add {_constraint(one)};" for one in later[oid]),
            *([_closed(name, is_forced=relation["is_forced"])] if relation["is_closed"] else []),
            *(f"{_plain(one['definition'])};" for one in after[oid]),
        ]
        texts.append("\n".join(lines) + "\n")
    types = map(_type, await connection.fetch(query("catalog/types").text))
    return "\n".join([*texts, *types, *map(_function, functions), "".join(triggers)])


async def _by_relation(connection: Connection, name: str) -> Rows:
    rows: defaultdict[int, list[Record]] = defaultdict(list)
    for row in await connection.fetch(query(name).text):
        rows[row["oid"]].append(row)
    return rows


def _migrations() -> Mapping[str, Sequence[str]]:
    """The migrations that make or alter each table, by its name."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    for migration in on_disk():
        for table in dict.fromkeys(_TABLE.findall(migration.sql)):
            named[table].append(migration.name)
    return dict(named)


def _places(relations: Sequence[Record], constraints: Rows) -> tuple[Rows, Rows]:
    """Which constraints are said within each table, and which after one, once all that they need stands."""
    within: defaultdict[int, list[Record]] = defaultdict(list)
    later: defaultdict[int, list[Record]] = defaultdict(list)
    made: set[int] = set()
    for relation in relations:
        oid = relation["oid"]
        made.add(oid)
        for one in constraints[oid]:
            if one["leads_to"] and one["leads_to"] not in made:
                later[one["leads_to"]].append(one)
            else:
                (within if one["is_whole"] else later)[oid].append(one)
    return within, later


def _relation(relation: Record, within: Sequence[str]) -> str:
    name, options = relation["name"], relation["options"]
    if relation["kind"] == "v":
        return f"create view {name} with ({options}) as\n{_plain(relation['definition']).strip()}"
    if relation["parent"] is not None:
        return f"create table {name} partition of {relation['parent']} {_plain(relation['bound'])};"
    lines = ",\n    ".join(within)
    partitioned = f" partition by {_plain(relation['partitioned'])}" if relation["partitioned"] else ""
    return f"create table {name} (\n    {lines}\n){partitioned}{f' with ({options})' if options else ''};"


def _closed(name: str, *, is_forced: bool) -> str:
    also = ", force row level security" if is_forced else ""
    return f"alter table {name} enable row level security{also};"


def _column(column: Record) -> str:
    default = f" default {_plain(column['default'])}" if column["default"] is not None else ""
    return f"{column['name']} {_plain(column['type'])}{' not null' if column['is_filled'] else ''}{default}"


def _constraint(constraint: Record) -> str:
    return f"constraint {constraint['name']} {_plain(constraint['definition'])}"


def _type(row: Record) -> str:
    lines = ",\n    ".join(map(_plain, row["columns"]))
    return f"create type {row['name']} as (\n    {lines}\n);\n"


def _function(row: Record) -> str:
    signature = f"{row['name']}({_plain(row['arguments'])})"
    lines = [f"{_plain(row['definition']).strip()};", f"revoke all on function {signature} from public;"]
    lines += [f"grant execute on function {signature} to {caller};" for caller in row["callers"]]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """PostgreSQL's words as migrations write them: in lower case, except in strings, and in short."""
    text = _CAPITALS.sub(lambda found: found[0] if found[0][0] in "'$" else found[0].lower(), text)
    text = _ONE_OF.sub(lambda found: f"{'in' if found[1] == '=' else 'not in'} ({found[2]})", text)
    for long, short in _SHORTER.items():
        text = text.replace(long, short)
    return text


async def _migrated(url: str) -> str:
    await migrate(url)
    connection = await asyncpg.connect(url)
    try:
        return await printed(connection)
    finally:
        await connection.close()


def main() -> None:
    """Print the schema of a fresh database of today's migrations into its file."""
    with tempfile.TemporaryDirectory(prefix="rw-") as folder:
        stores = embedded.start(Path(folder))
        try:
            SCHEMA.write_text(asyncio.run(_migrated(stores.owner_url)), encoding="utf-8")
        finally:
            stores.stop()
    sys.stdout.write(f"{SCHEMA.name}\n")


if __name__ == "__main__":
    main()
