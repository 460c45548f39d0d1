"""Files of events: tables with a header, or one JSON object a line, read a piece at a time.

What is refused is written beside the file with its line number, code and words and all that the line said,
so that it can be corrected there and imported from there.
"""

import csv
import io
import mmap
import os
import tempfile
from datetime import tzinfo
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self, overload

import msgspec

from service.commands.failures import unreadable
from service.commands.speech import CommandError, Exit
from service.core.plain_cells import plain_cell
from service.core.refusals import Refused
from service.core.sheets.columns import NOTES
from service.core.sheets.mapping import Mapping
from service.core.words.refusals.catalog import in_english
from service.flows.imports.event_lines import Reading, read_table

NDJSON: Final = {".ndjson", ".jsonl"}
TABLES: Final = {".csv", ".tsv", ".xlsx", ".xlsm"}
BOM: Final = "\ufeff"
"""The mark by which spreadsheets know that a file is UTF-8; plain ASCII needs none."""


class EventFile:
    """A file of events that is being read."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises CommandError where it cannot be read, or is of no kind that is known."""
        self.path = path
        self.is_csv = path.suffix.lower() in TABLES
        if not self.is_csv and path.suffix.lower() not in NDJSON:
            detail = f"{path} is neither .csv nor .ndjson, .tsv or .xlsx. Name it after what it holds."
            raise CommandError(Exit.USAGE, "usage", detail)
        try:
            self._file = path.open("rb")
            self.bytes = path.stat().st_size
            # What is no plain file, such as a pipe, is read at once.
            is_mapped = path.is_file() and self.bytes > 0
            handle = self._file.fileno()
            data = mmap.mmap(handle, 0, access=mmap.ACCESS_READ) if is_mapped else self._file.read()
        except OSError as why:
            raise unreadable(path, why, "Name a readable file.") from why
        self._data = _Followed(data)
        self.columns: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        """Read the file."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()

    @property
    def bytes_read(self) -> int:
        """How far the file has been read, in bytes, give or take a buffer."""
        return self._data.furthest

    def read(self, mapping: Mapping, zone: tzinfo) -> Reading:
        """Find the table in the file; raises CommandError where there is none that can be brought in."""
        reading = read_table(self._data, mapping, zone, "table" if self.is_csv else "json")
        if isinstance(reading, Refused):
            raise self._refused(reading)
        if reading.why is not None:
            raise self._refused(reading.why)
        self.columns = reading.columns
        self._data.furthest = 0
        return reading

    def _refused(self, why: Refused) -> CommandError:
        return CommandError(Exit.REFUSED, "file_refused", f"{self.path} {in_english(why)}")


class _Followed:
    """Bytes of a file, with how far they have been read."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        self._data = data
        self.furthest = 0

    def __len__(self) -> int:
        return len(self._data)

    @overload
    def __getitem__(self, at: int, /) -> int: ...
    @overload
    def __getitem__(self, at: slice, /) -> bytes: ...
    def __getitem__(self, at: int | slice, /) -> int | bytes:
        if isinstance(at, slice) and at.stop is not None:
            self.furthest = max(self.furthest, min(at.stop, len(self._data)))
        return self._data[at]


class RefusedFile:
    """The file of refused lines beside a file of events; there is none unless a line was refused.

    Lines are refused in any order, and stand in that of the file of events: they are spooled, and put in
    order at the end.
    """

    def __init__(self, events: EventFile, *, is_kept: bool = True) -> None:
        """Forget what an earlier import refused; unless it `is_kept`, nothing is written."""
        self._events = events
        self._is_kept = is_kept
        suffix = ".refused.csv" if events.is_csv else ".refused.ndjson"
        self.path = events.path.with_name(events.path.name + suffix)
        self._spool: IO[bytes] | None = None
        self._places: list[tuple[int, int, int]] = []
        self._is_ascii = True
        if is_kept:
            self.path.unlink(missing_ok=True)

    def add(self, number: int, said: dict[str, Any], why: Refused) -> None:
        """Keep one line that was refused."""
        if not self._is_kept:
            return
        if self._spool is None:
            # It says what the file of events says, so it is as private: a file without a name.
            self._spool = tempfile.TemporaryFile(dir=self.path.parent)  # noqa: SIM115  closed in close()
        notes = dict(zip(NOTES, (number, why.code, in_english(why)), strict=True))
        if self._events.is_csv:
            own = (str(said.get(name, "")) for name in self._columns)
            text = _row([*map(str, notes.values()), *map(plain_cell, own)])
        else:
            kept = {name: value for name, value in said.items() if name not in NOTES}
            text = msgspec.json.encode({**notes, **kept}).decode() + "\n"
        body = text.encode()
        self._is_ascii = self._is_ascii and body.isascii()
        self._places.append((number, self._spool.tell(), len(body)))
        self._spool.write(body)

    @property
    def _columns(self) -> list[str]:
        return [name for name in self._events.columns if name not in NOTES]

    def close(self) -> None:
        """Put everything on disk, in the order of the file of events."""
        if self._spool is None:
            return
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with self._spool as spool, os.fdopen(handle, "wb") as file:
            if self._events.is_csv:
                head = _row([*NOTES, *self._columns])
                file.write((head if self._is_ascii and head.isascii() else BOM + head).encode())
            for _, start, length in sorted(self._places):
                spool.seek(start)
                file.write(spool.read(length))
        self._spool = None


def _row(cells: list[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue()
