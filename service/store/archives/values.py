"""The values of a row as an archive has them: what was sealed under a database's keys is open in it.

The archive itself is sealed as a whole, so nothing of it is plain to whoever has not its passphrase.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from service.store.archives.faults import ArchiveError
from service.store.archives.tables import Table
from service.store.database.cipher import Cipher, is_bound
from service.store.resealing import FIELDS

Row = dict[str, Any]
"""A row as JSON: bytes are `\\x` and hexadecimal, as PostgreSQL writes them, or `{"sealed": base64}`."""
HEX: Final = "\\x"


def opened(cipher: Cipher, clinic: UUID, table: Table, row: Row) -> Row:
    """A row of a database with its sealed values open; raises ArchiveError where one cannot be opened."""
    for column in table.bytes & row.keys():
        text = row[column]
        if text is None:
            continue
        value = bytes.fromhex(text.removeprefix(HEX))
        if not value or not value.startswith(cipher.marks):
            continue
        bound = is_bound(value)
        plain = cipher.opened(clinic, _field(table, column), value, _row_id(table, row) if bound else None)
        if plain is None:
            of = {name: row[name] for name in table.key if name != "clinic_id"}
            detail = f"{table.name}.{column} of {of} does not open. Run: rewards verify"
            raise ArchiveError("value_unfit", detail)
        row[column] = {"sealed": base64.b64encode(plain).decode(), "bound": bound}
    return row


def sealed(cipher: Cipher, clinic: UUID, table: Table, row: Row) -> Row:
    """A row of an archive as another database keeps it."""
    return {column: _sealed(cipher, clinic, table, column, row) for column in row}


def words(row: Mapping[str, Any], column: str) -> bytes | None:
    """The words of a column that was sealed; none where it is empty."""
    value = row[column]
    return None if value is None else base64.b64decode(value["sealed"])


def text(row: Mapping[str, Any], column: str) -> str | None:
    """The same as text."""
    found = words(row, column)
    return None if found is None else found.decode()


def as_bytes(value: bytes | None) -> str | None:
    """Bytes as a row has them."""
    return None if value is None else HEX + value.hex()


def from_bytes(value: str | None) -> bytes | None:
    """Bytes of a row."""
    return None if value is None else bytes.fromhex(value.removeprefix(HEX))


def _sealed(cipher: Cipher, clinic: UUID, table: Table, column: str, row: Row) -> object:
    value = row[column]
    if column not in table.bytes or not isinstance(value, dict):
        return value
    of = _row_id(table, row) if value["bound"] else None
    return as_bytes(cipher.seal(clinic, _field(table, column), base64.b64decode(value["sealed"]), of))


def _field(table: Table, column: str) -> str:
    name = f"{table.name}.{column}"
    return FIELDS.get(name, name)


def _row_id(table: Table, row: Row) -> UUID:
    return UUID(row[table.key[-1]])
