"""Reads catalogs in the PO format of gettext.

The service reads them itself when it starts, in a sixth of the time that Babel's reader takes, which tools
and tests use: a test compares the two.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from msgspec import Struct

from schemas.languages import FOLDER, SOURCE

_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_WRAPPED: Final = re.compile(r'\\|"\n"')
PLAIN: Final = 3
"""The parts of an entry that is not counted: its context, its English, and what it is here."""
_SIGNS: Final = {"n": "\n", "t": "\t", "r": "\r"}


class Entry(Struct, frozen=True):
    """One text: where it is said (its key), its English in one or two forms, and what it is here, by form."""

    context: str
    english: tuple[str, ...]
    texts: tuple[str, ...]
    is_fuzzy: bool = False
    """Whether its English changed since it was put into words here, so that somebody has to look again."""

    @property
    def is_said(self) -> bool:
        """Whether it can be said as it stands: every form is there, and its English is the one of today."""
        return not self.is_fuzzy and all(self.texts)


def read_entries(text: str) -> Iterator[Entry]:
    """Every entry of a catalog with a context, as all of ours have; what is commented out is passed over.

    A blank line stands between two entries, as every tool writes it.
    """
    for block in text.rstrip("\n").split("\n\n"):
        parts = block[9:-1].split('"\nmsg')
        if len(parts) == PLAIN and block.startswith('msgctxt "') and not _WRAPPED.search(block):
            context, english, said = parts
            yield Entry(context, (english[4:],), (said[5:],))
            continue
        notes, word, said = f"\n{block}".partition("\nmsgctxt ")
        if word:
            context, *rest = said.split("\nmsg")
            named = [part.partition(" ") for part in rest]
            yield Entry(
                _plain(context),
                tuple(_plain(quoted) for name, _, quoted in named if name.startswith("id")),
                tuple(_plain(quoted) for name, _, quoted in named if name.startswith("str")),
                "\n#, fuzzy" in notes,
            )


def _plain(quoted: str) -> str:
    r"""What stands in quotes on one or several lines: `"a\n"` is two signs, and `"a" "b"` is `ab`."""
    text = quoted[1:-1]
    if '"\n"' in text:
        text = text.replace('"\n"', "")
    return _ESCAPE.sub(lambda sign: _SIGNS.get(sign[1], sign[1]), text) if "\\" in text else text


@cache
def entries_of(language: str) -> tuple[Entry, ...]:
    """Every entry of a language's catalog; none of the source's, which has no catalog."""
    if language == SOURCE:
        return ()
    return tuple(read_entries((FOLDER / f"{language}.po").read_text(encoding="utf-8")))
