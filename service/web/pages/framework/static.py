"""Static files: the one stylesheet, the scripts and the pictures.

A name holds the first letters of its content's SHA-256, so a browser may keep it for ever.
"""

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec import Struct

FOLDER: Final = Path(__file__).parents[2] / "static"
MEDIA: Final = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".svg": b"image/svg+xml",
    ".webmanifest": b"application/manifest+json",
    ".png": b"image/png",
    ".txt": b"text/plain; charset=utf-8",
}
DIGEST_LETTERS: Final = 10


class File(Struct, frozen=True):
    """One file as it is sent: plain, and packed where that is shorter."""

    name: str
    media: bytes
    plain: bytes
    packed: bytes | None


@cache
def files() -> dict[str, File]:
    """Every file by the name under which it is asked for."""
    sheet = b"\n".join(part.read_bytes() for part in sorted((FOLDER / "css").glob("*.css")))
    found = {"app.css": sheet}
    for path in sorted((*FOLDER.iterdir(), *(FOLDER / "vendor").iterdir())):
        if path.is_file():
            found[path.name] = path.read_bytes()
    return {made.name: made for made in (_file(name, content) for name, content in found.items())}


@cache
def address(name: str) -> str:
    """Where a file is: `app.css` is at `/static/app.0123456789.css`.

    Raises LookupError where there is no such file.
    """
    stem, _, ending = name.rpartition(".")
    for known in files():
        if (
            known.startswith(f"{stem}.")
            and known.endswith(f".{ending}")
            and known.count(".") == name.count(".") + 1
        ):
            return f"/static/{known}"
    raise LookupError(f"there is no static file {name}")


def plain(name: str) -> bytes:
    """The content of one file.

    Raises LookupError where there is no such file.
    """
    return files()[address(name).rpartition("/")[2]].plain


def _file(name: str, content: bytes) -> File:
    stem, _, ending = name.rpartition(".")
    packed = gzip.compress(content, 9, mtime=0)
    named = f"{stem}.{sha256(content).hexdigest()[:DIGEST_LETTERS]}.{ending}"
    return File(named, MEDIA[f".{ending}"], content, packed if len(packed) < len(content) else None)
