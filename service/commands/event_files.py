"""Files of events: CSV with a header, or one JSON object a line, read a piece at a time.

What is refused is written beside the file with its line number, code and words and all that the line said,
so that it can be corrected there and imported from there.
"""

import csv
import io
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TextIO

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from schemas.events import NewEvent
from service.commands.speech import CommandError
from service.core.refusals import Refused, refused
from service.flows.import_events import Line

CSV: Final = {".csv"}
NDJSON: Final = {".ndjson", ".jsonl"}
NOTES: Final = ("line", "code", "words")
"""The columns that a file of refused lines has before its own; an import passes over them."""
COLUMNS: Final = frozenset({"starts_on", *(field.name for field in fields(NewEvent))})
YEARS: Final = range(1900, 2200)
"""The years in which a behavior can have been verified; further off, calendar sums end."""
LETTERS_MAX: Final = 64 * 1024
"""The longest line of NDJSON, in characters."""


class Read(Struct, frozen=True):
    """One line as it was read: its number, what it said, and the event in it or why there is none."""

    number: int
    said: dict[str, Any]
    line: Line | Refused


class EventFile:
    """A file of events that is being read."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises CommandError where it cannot be read, or is of neither kind."""
        self.path = path
        self.is_csv = path.suffix.lower() in CSV
        if not self.is_csv and path.suffix.lower() not in NDJSON:
            raise CommandError(f"{path} is neither .csv nor .ndjson. Name it after what it holds.")
        try:
            self._bytes = path.open("rb")
            self.bytes = path.stat().st_size
        except OSError as why:
            raise CommandError(f"{path} cannot be read ({why.strerror}). Name a readable file.") from why
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
            yield from self._csv() if self.is_csv else self._ndjson()
        except UnicodeDecodeError as why:
            raise CommandError(f"{self.path} is not UTF-8. Save it as UTF-8 and import it again.") from why
        except csv.Error as why:
            raise CommandError(f"{self.path} is not CSV ({why}). Correct it and import it again.") from why

    def _csv(self) -> Iterator[Read]:
        reader = csv.reader(self._file, strict=True)
        self.columns = [name.strip() for name in next(reader, [])]
        _check_columns(self.path, self.columns)
        end = reader.line_num
        for cells in reader:
            # A quoted cell may go over several lines: a row is known by the first of them.
            number, end = end + 1, reader.line_num
            if not cells:
                continue
            said = dict(zip(self.columns, cells, strict=False))
            if len(cells) > len(self.columns):
                there = f"{len(cells)} cells for {len(self.columns)} columns"
                words = f"The line has {there}; quote cells that hold a comma."
                yield Read(number, said, refused("malformed", words))
                continue
            given = {name: cell.strip() for name, cell in said.items() if cell.strip() and name not in NOTES}
            yield Read(number, said, line_of(given))

    def _ndjson(self) -> Iterator[Read]:
        number = 0
        while text := self._file.readline(LETTERS_MAX + 1):
            number += 1
            if len(text) > LETTERS_MAX:
                raise CommandError(
                    f"Line {number} of {self.path} is longer than {LETTERS_MAX} characters. Shorten it."
                )
            if not text.strip():
                continue
            try:
                said = msgspec.json.decode(text, type=dict[str, Any])
            except msgspec.MsgspecError as why:
                yield Read(
                    number,
                    {"text": text.rstrip()},
                    refused("malformed", f"The line is no JSON object: {why}."),
                )
                continue
            yield Read(
                number, said, line_of({name: value for name, value in said.items() if name not in NOTES})
            )


def line_of(given: dict[str, Any]) -> Line | Refused:
    """What one line says, as an event; else why not, with the remedy."""
    event = dict(given)
    day = event.pop("starts_on", None)
    try:
        line = Line(msgspec.convert(event, NewEvent), msgspec.convert(day, date | None))
        if line.event.occurred_at.year in YEARS:
            return line
        return refused(
            "invalid", f"occurred_at lies in the year {line.event.occurred_at.year}; look at it again."
        )
    except msgspec.ValidationError as why:
        words = str(why)
        if "timezone" in words:
            at = event.get("occurred_at")
            words = f"occurred_at has no offset from UTC ({at}); write it as in 2026-02-03T09:30:00-08:00"
        return refused("invalid", f"{words}.")


def _check_columns(path: Path, columns: list[str]) -> None:
    have = set(columns) - set(NOTES)
    unknown = sorted(have - COLUMNS)
    if unknown:
        may = ", ".join(sorted(COLUMNS))
        raise CommandError(f"{path} has a column {unknown[0]!r}, and no event has that. There are: {may}.")
    if len(columns) != len(set(columns)):
        raise CommandError(f"{path} names a column twice. Name each once.")
    whom, what = {"participant_reference", "participant", "enrollment"}, {"behavior", "target"}
    if not {"outcome", "occurred_at"} <= have or not have & whom or not have & what:
        raise CommandError(
            f"{path} needs the columns participant_reference, behavior or target, outcome, and occurred_at."
        )


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
        notes = dict(zip(NOTES, (read.number, why.code, why.detail), strict=True))
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
