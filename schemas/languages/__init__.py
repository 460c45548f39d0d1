"""The languages that people are spoken to in: English, in which every text is written, and one catalog each.

A catalog is a file `<language>.po` of this folder. Putting one here is all that a language takes: the
switch on the pages, `lang`, days, amounts and plurals, and what a field `language` may hold follow from it.
Its header says the locale (`Language`), how its plurals are counted (`Plural-Forms`), what the language is
called by those who speak it (`X-Name`), and whether it is a draft (`X-Status: draft`).

A draft can be read by whoever chooses it. It is nobody's own language yet: what is sent to a person or
printed for them to sign is in words that somebody has gone over.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

SOURCE: Final = "en"
"""The language in which the texts are written."""
FOLDER: Final = Path(__file__).parent
_HEADER_BYTES: Final = 2048
_FILE: Final = re.compile(r"[a-z]{2,3}")
_LINE: Final = re.compile(r'(?m)^"([A-Za-z-]+): (.*)\\n"$')


class Spoken(Struct, frozen=True):
    """One language: its locale in CLDR, its own name, and whether its catalog is a draft."""

    locale: str
    name: str
    is_draft: bool = False
    plurals: str = "nplurals=2; plural=(n != 1);"


def headers(text: str) -> dict[str, str]:
    """The lines of a catalog's header by their names."""
    return dict(_LINE.findall(text.partition("\n\n")[0]))


def _spoken(path: Path) -> Spoken:
    with path.open("rb") as file:
        said = headers(file.read(_HEADER_BYTES).decode("utf-8", errors="ignore"))
    return Spoken(said["Language"], said["X-Name"], said.get("X-Status") == "draft", said["Plural-Forms"])


SPOKEN: Final[Mapping[str, Spoken]] = {
    SOURCE: Spoken("en_US", "English"),
    **{path.stem: _spoken(path) for path in sorted(FOLDER.glob("*.po")) if _FILE.fullmatch(path.stem)},
}
"""Every language that pages can be read in, by its code; the source first."""
OWN: Final = tuple(code for code, one in SPOKEN.items() if not one.is_draft)
"""The languages that somebody's own can be: those that are no drafts."""
if TYPE_CHECKING:
    OwnLanguage = str
else:
    OwnLanguage = Literal[OWN]
