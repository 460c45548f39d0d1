"""Files of events: CSV with a header, or one JSON object a line, read a piece at a time.

What is refused is written beside the file with its line number, code and words and all that the line said,
so that it can be corrected there and imported from there.
"""

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

import msgspec

from service.commands.failures import unreadable
from service.commands.speech import CommandError, Exit
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.flows.imports.event_lines import NOTES, Read, UnreadableError, csv_lines, ndjson_lines

CSV: Final = {".csv"}
NDJSON: Final = {".ndjson", ".jsonl"}


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
    """The file of refused lines beside a file of events; there is none unless a line was refused."""

    def __init__(self, events: EventFile) -> None:
        """Forget what an earlier import refused."""
        self._events = events
        self.path = events.path.with_name(
            events.path.name + (".refused.csv" if events.is_csv else ".refused.ndjson")
        )
        self.path.unlink(missing_ok=True)
        self._file: TextIO | None = None
        self._columns: list[str] = []

    def add(self, read: Read, why: Refused) -> None:
        """Write one line that was refused."""
        if self._file is None:
            # It says what the file of events says, so it is as private.
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            self._file = os.fdopen(handle, "w", encoding="utf-8", newline="")
            self._columns = [name for name in self._events.columns if name not in NOTES]
            if self._events.is_csv:
                csv.writer(self._file).writerow([*NOTES, *self._columns])
        notes = dict(zip(NOTES, (read.number, why.code, in_english(why)), strict=True))
        if self._events.is_csv:
            row = [*notes.values(), *(read.said.get(name, "") for name in self._columns)]
            csv.writer(self._file).writerow(row)
        else:
            said = {name: value for name, value in read.said.items() if name not in NOTES}
            self._file.write(msgspec.json.encode({**notes, **said}).decode() + "\n")

    def close(self) -> None:
        """Put everything on disk."""
        if self._file is not None:
            self._file.close()
