"""Files of events: CSV with a header, or one JSON object a line, read a piece at a time.

What is refused is written beside the file with its line number, code and words and all that the line said,
so that it can be corrected there and imported from there.
"""

import csv
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

import msgspec

from service.commands.failures import unreadable
from service.commands.speech import CommandError, Exit
from service.core.plain_cells import plain_cell
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.flows.imports.event_lines import NOTES, Read, UnreadableError, csv_lines, ndjson_lines

CSV: Final = {".csv"}
NDJSON: Final = {".ndjson", ".jsonl"}
BOM: Final = "\ufeff"
"""The mark by which spreadsheets know that a file is UTF-8; plain ASCII needs none."""


class EventFile:
    """A file of events that is being read."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises CommandError where it cannot be read, or is of neither kind."""
        self.path = path
        self.is_csv = path.suffix.lower() in CSV
        if not self.is_csv and path.suffix.lower() not in NDJSON:
            detail = f"{path} is neither .csv nor .ndjson. Name it after what it holds."
            raise CommandError(Exit.USAGE, "usage", detail)
        try:
            self._bytes = path.open("rb")
            self.bytes = path.stat().st_size
        except OSError as why:
            raise unreadable(path, why, "Name a readable file.") from why
        self._file = io.TextIOWrapper(self._bytes, encoding="utf-8-sig", newline="")
        self.columns: list[str] = []

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
        return self._bytes.tell()

    def lines(self) -> Iterator[Read]:
        """Read line by line; raises CommandError where the rest of the file cannot be read at all."""
        try:
            yield from csv_lines(self._file, self.columns) if self.is_csv else ndjson_lines(self._file)
        except UnicodeDecodeError as why:
            detail = f"{self.path} is not UTF-8. Save it as UTF-8 and import it again."
            raise CommandError(Exit.REFUSED, "file_refused", detail) from why
        except UnreadableError as error:
            raise CommandError(
                Exit.REFUSED, "file_refused", f"{self.path} {in_english(error.why)}"
            ) from error


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
