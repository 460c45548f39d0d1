"""Refused lines as they are kept: in the order of the file, with all that they said, and why as JSON.

Why is put into words when somebody asks for the file, in their language.
"""

import csv
import io
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from service.core.refusals import Refused
from service.core.sheets.columns import NOTES
from service.flows.imports.import_events import LineResult
from service.flows.imports.staging import said_of
from service.store import import_lines
from service.store.database.pool import Tx
from service.store.running_imports import Going

PAGE_LINES: Final = 1000

_result = msgspec.json.Decoder(LineResult)


async def refused_text(tx: Tx, going: Going) -> str:
    """All refused lines of an import."""
    file = io.StringIO(newline="")
    writer = RefusedWriter(file, going.columns, is_csv=going.is_csv)
    last = 0
    while page := await import_lines.refused(tx, going.id, last, PAGE_LINES):
        for one in page:
            why = None if one.result is None else _result.decode(one.result).why
            if why is not None:
                writer.add(one.number, said_of(one.said).said, why)
        last = page[-1].number
    return file.getvalue()


class RefusedWriter:
    """Writes refused lines as CSV under a header, or as JSON lines."""

    def __init__(self, file: io.StringIO, columns: Sequence[str], *, is_csv: bool) -> None:
        """Write into a file that has nothing in it yet."""
        self._file = file
        self._is_csv = is_csv
        self._columns = [name for name in columns if name not in NOTES]
        self._is_empty = True

    def add(self, number: int, said: dict[str, Any], why: Refused) -> None:
        """Write one line."""
        if not self._is_csv:
            notes = dict(zip(NOTES, (number, why.code, why), strict=True))
            own = {name: value for name, value in said.items() if name not in NOTES}
            self._file.write(msgspec.json.encode({**notes, **own}).decode() + "\n")
            return
        writer = csv.writer(self._file)
        if self._is_empty:
            writer.writerow([*NOTES, *self._columns])
            self._is_empty = False
        kept = msgspec.json.encode(why).decode()
        writer.writerow([number, why.code, kept, *(said.get(name, "") for name in self._columns)])
