"""Lines of a text as rows of cells (RFC 4180, with any separator): a row that is none leaves the others."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from service.core.refusals import Refused, refused
from service.core.sheets.decoding import TextLine

CELL_LINES_MAX: Final = 200
"""Over how many lines a quoted cell may go; one that is longer was never closed."""
CELLS_MAX: Final = 1000
"""How many cells a row may have."""
SEPARATORS: Final = (",", ";", "\t", "|")
SEPARATOR_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}


class Row(Struct, frozen=True):
    """One row: the number of its first line and its cells.

    Where there is a fault, the cells are what may be meant: to be shown and corrected, never read.
    """

    number: int
    cells: tuple[str, ...]
    fault: Refused | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in any cell."""
        return self.fault is None and not any(cell.strip() for cell in self.cells)


def rows_of(lines: Iterator[TextLine], separator: str) -> Iterator[Row]:
    """The rows of a text, those without anything in them left out.

    A quotation mark that is not where CSV has one makes its line a fault; reading goes on with the next.
    """
    source = _Source(lines)
    while (first := source.take()) is not None:
        if first.fault is not None:
            yield Row(first.number, (), first.fault)
            continue
        row = _row(first, source, separator)
        if not row.is_blank:
            yield row


def _row(first: TextLine, source: "_Source", separator: str) -> Row:
    taken: list[TextLine] = []

    def texts() -> Iterator[str]:
        yield first.text
        while len(taken) < CELL_LINES_MAX and (line := source.take()) is not None:
            taken.append(line)
            if line.fault is not None:
                return
            yield line.text

    try:
        cells = next(csv.reader(texts(), delimiter=separator, strict=True), [])
        fault = None if len(cells) <= CELLS_MAX else refused("malformed.many_cells", most=CELLS_MAX)
    except csv.Error:
        # What stands after it may be rows of their own.
        source.put_back(taken)
        cells, fault = _loosely(first.text, separator), refused("malformed.line_quote")
    return Row(first.number, tuple(cells[:CELLS_MAX]), fault)


def _loosely(text: str, separator: str) -> list[str]:
    """Cells of one line whose quotation marks are not where CSV has them."""
    try:
        return next(csv.reader([text.rstrip("\r\n")], delimiter=separator), [])
    except csv.Error:
        return [text.rstrip("\r\n")]


class _Source:
    """Lines that can be put back."""

    def __init__(self, lines: Iterator[TextLine]) -> None:
        self._lines = lines
        self._back: deque[TextLine] = deque()

    def take(self) -> TextLine | None:
        """The next line, none at the end."""
        return self._back.popleft() if self._back else next(self._lines, None)

    def put_back(self, lines: list[TextLine]) -> None:
        """Lines that are to be taken again, in their order."""
        self._back.extendleft(reversed(lines))
