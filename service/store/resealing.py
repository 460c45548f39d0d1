"""Sealed values of every table, opened under an old key and sealed under the first, while others serve.

Which columns hold sealed values follows from the database: whatever begins with the id of an old key is
opened as the field `table.column`, or as what FIELDS says. A value that does not open so is left as it is and
counted, so nothing is ever lost; what is left says that its key is still needed. Values are found by their
keys' ids, so a run that was broken off goes on where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

import asyncpg
from asyncpg import Connection, Record
from msgspec import Struct

from service.store.database.cipher import Cipher, is_bound
from service.store.database.hosts import open_connection
from service.store.database.queries import query

FIELDS: Final[Mapping[str, str]] = {
    "staff.totp_secret": "staff.totp",
    "subscribers.old_secret": "subscribers.secret",
    "sources.old_secret": "sources.secret",
}
"""Columns whose values are sealed as another field than the column's own name."""
ROWS_AT_ONCE: Final = 500
"""How many rows are sealed anew in one transaction, which holds their locks."""
ACROSS: Final = (
    "set local app.across = 'owner'; set local app.clinic = '00000000-0000-0000-0000-000000000000'"
)


class Resealed(Struct):
    """What a run has done: the values sealed anew, and by column those that were left as they are."""

    done: int = 0
    left: Counter[str] = Counter()


class _Table(Struct, frozen=True):
    """A table with what tells its rows apart, and the columns that may hold sealed values."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


async def reseal(owner_url: str, cipher: Cipher, told: Callable[[str, int], object]) -> Resealed:
    """Go through all tables as their owner; `told` hears of each table with values, and how many there were.

    Raises OSError or asyncpg.PostgresError where the server cannot be reached or refuses.
    """
    connection = await open_connection(owner_url)
    seen = Resealed(left=Counter())
    try:
        for row in await connection.fetch(query("catalog/sealable").text):
            table = _Table(row["name"], tuple(row["key"]), tuple(row["columns"]))
            before = seen.done
            await _table(connection, table, cipher, seen)
            if seen.done > before:
                told(table.name, seen.done - before)
    finally:
        await connection.close()
    return seen


async def _table(connection: Connection, table: _Table, cipher: Cipher, seen: Resealed) -> None:
    last: tuple[Any, ...] | None = None
    while True:
        async with connection.transaction():
            await connection.execute(ACROSS)
            rows = await connection.fetch(
                _select(table, len(cipher.old_marks), last), *cipher.old_marks, *(last or ())
            )
            for row in rows:
                await _row(connection, table, cipher, seen, row)
        if len(rows) < ROWS_AT_ONCE:
            return
        last = tuple(rows[-1][name] for name in table.key)


async def _row(connection: Connection, table: _Table, cipher: Cipher, seen: Resealed, row: Record) -> None:
    clinic: UUID = row["clinic_id"]
    for column in table.columns:
        value: bytes | None = row[column]
        if value is None or not any(value.startswith(mark) for mark in cipher.old_marks):
            continue
        name = f"{table.name}.{column}"
        field = FIELDS.get(name, name)
        # What is bound to its row is bound to the last part of its key.
        of = row[table.key[-1]] if is_bound(value) else None
        plain = cipher.opened(clinic, field, value, of)
        if plain is None:
            seen.left[name] += 1
            continue
        key = [row[part] for part in table.key]
        try:
            async with connection.transaction():
                # Whoever changed it meanwhile has sealed it under the first key.
                await connection.execute(
                    _update(table, column), cipher.seal(clinic, field, plain, of), value, *key
                )
        except asyncpg.IntegrityConstraintViolationError:
            # A row of before a rule that holds for every row that is written.
            seen.left[name] += 1
        else:
            seen.done += 1


def _select(table: _Table, marks: int, last: tuple[Any, ...] | None) -> str:
    """The next rows with a value under an old key, in the order of their keys."""
    wanted = ", ".join(dict.fromkeys([*table.key, "clinic_id", *table.columns]))
    is_old = " or ".join(
        f"substring({column} from 1 for length(${at + 1}::bytea)) = ${at + 1}"
        for column in table.columns
        for at in range(marks)
    )
    key = ", ".join(table.key)
    after = ", ".join(f"${marks + at + 1}" for at in range(len(table.key)))
    beyond = "" if last is None else f" and ({key}) > ({after})"
    return f"select {wanted} from {table.name} where ({is_old}){beyond} order by {key} limit {ROWS_AT_ONCE}"  # noqa: S608  names of the catalog


def _update(table: _Table, column: str) -> str:
    key = " and ".join(f"{name} = ${at + 3}" for at, name in enumerate(table.key))
    return f"update {table.name} set {column} = $1 where {column} = $2 and {key}"  # noqa: S608  names of the catalog
