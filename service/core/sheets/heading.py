"""Where a table begins in a text: what separates its cells, and which of its lines is the header."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from msgspec import Struct

from service.core.refusals import Refused, refused
from service.core.sheets.columns import count_known
from service.core.sheets.decoding import TextLine
from service.core.sheets.mapping import Mapping
from service.core.sheets.splitting import SEPARATORS, Row, rows_of

LINES_LOOKED_AT: Final = 200
ROWS_LOOKED_AT: Final = 40
"""How far down a header is looked for."""


class Beginning(Struct, frozen=True):
    """Where a table begins: its separator, the header's line and cells, and how many titles stand above."""

    separator: str
    header: Row
    titles: int
    is_known: bool
    """Whether a name of the header is one that we know."""


def find_beginning(lines: Iterator[TextLine], mapping: Mapping) -> Beginning | Refused:
    """Find the header among the first lines of a text: the row with the most names that we know.

    A first line `sep=;` says the separator, as spreadsheets write it.
    """
    first = list(islice(lines, LINES_LOOKED_AT))
    said = _said_separator(first)
    chosen = mapping.separator or said
    found = [_beginning(first[said is not None :], one, mapping) for one in (chosen or SEPARATORS)]
    best = max(
        (one for one in found if one is not None),
        key=lambda one: (count_known(one.header.cells, mapping), len(one.header.cells)),
        default=None,
    )
    is_broken = any(row.fault is not None for row in islice(rows_of(iter(first), SEPARATORS[0]), 1))
    if best is not None and (best.is_known or not is_broken):
        return best
    unread = next((line for line in first if line.fault is not None), None)
    if unread is None:
        return refused("malformed.not_csv", why=_first_fault(first))
    return refused("malformed.lines", number=unread.number)


def choose_header(rows: Sequence[Row], mapping: Mapping) -> tuple[Row, int] | None:
    """The row that is a header, and how many stand above it; the first where no name is known."""
    sound = [row for row in rows if row.fault is None]
    if not sound:
        return None
    known = [count_known(row.cells, mapping) for row in sound]
    place = known.index(max(known))
    return sound[place], sum(row.number < sound[place].number for row in rows)


def _said_separator(lines: Sequence[TextLine]) -> str | None:
    text = lines[0].text.strip().strip('"') if lines else ""
    prefix = "sep="
    if text[: len(prefix)].lower() == prefix and len(text) == len(prefix) + 1:
        return text[-1] if text[-1] not in '"\r\n' else None
    return "\t" if lines and lines[0].text.strip('"\r\n').lower() == "sep=\t" else None


def _beginning(lines: Sequence[TextLine], separator: str, mapping: Mapping) -> Beginning | None:
    rows = list(islice(rows_of(iter(lines), separator), ROWS_LOOKED_AT))
    found = choose_header(rows, mapping)
    if found is None:
        return None
    header, titles = found
    return Beginning(separator, header, titles, count_known(header.cells, mapping) > 0)


def _first_fault(lines: Sequence[TextLine]) -> str:
    """What is wrong with a text without a row, for whoever looks at it."""
    return "a quotation mark is not closed" if any('"' in line.text for line in lines) else "there is no row"
