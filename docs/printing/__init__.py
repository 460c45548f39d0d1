"""Prints the parts of the pages in `docs/` that follow from the code: `python -m docs.printing`.

What stands between `<!-- printed: NAME ARGUMENT ... -->` and `<!-- end -->` is made by the function of that
name in `PRINTERS`. A `console` block is what its commands print when they are run with the documents that
stand above it on the page. A test makes every page again and compares.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from docs.printing import commands, fields, language, notices, roles, rooms, settings
from docs.printing.examples import run_examples

PAGES: Final = Path(__file__).resolve().parents[1]

PRINTERS: Final[Mapping[str, Callable[..., str]]] = {
    "commands": commands.commands,
    "exits": commands.exit_codes,
    "fields": fields.fields,
    "notices": notices.notices,
    "outcomes": language.outcomes,
    "reasons": language.reasons,
    "roles": roles.roles,
    "rooms": rooms.rooms,
    "settings": settings.settings,
}

_PRINTED = re.compile(r"(?ms)^(<!-- printed: ([a-z]+)((?: [\w.]+)*) -->\n).*?^(<!-- end -->)$")


def printed(text: str) -> str:
    """A page with all its printed parts made again.

    Raises KeyError for a part that no function prints.
    """

    def made(found: re.Match[str]) -> str:
        return f"{found[1]}\n{PRINTERS[found[2]](*found[3].split())}\n\n{found[4]}"

    return run_examples(_PRINTED.sub(made, text))


def pages() -> dict[Path, str]:
    """Every page with its text as it must be."""
    return {path: printed(path.read_text(encoding="utf-8")) for path in sorted(PAGES.glob("*.md"))}


def write() -> list[Path]:
    """Write every page whose printed parts were stale; gives those pages."""
    changed = [path for path, text in pages().items() if path.read_text(encoding="utf-8") != text]
    for path in changed:
        path.write_text(printed(path.read_text(encoding="utf-8")), encoding="utf-8")
    return changed
