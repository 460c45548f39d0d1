"""Pictures that people hand in: made anew, small, and without anything that a camera wrote beside them.

Nothing of the bytes that came in is kept: a picture is decoded and written as another JPEG. Its size is
looked at before it is decoded, one at a time in a process, on a thread, so that no picture takes the memory
or the time of others.
"""

import asyncio
import io
import re
from typing import Final

from PIL import Image, ImageOps

from service.core.refusals import Refused, refused

BYTES_MAX: Final = 10 * 1024 * 1024
"""The largest picture that is taken, in bytes."""
PIXELS_MAX: Final = 50_000_000
"""The most pixels of a JPEG, which is decoded at a part of its size: those of any telephone of today."""
WHOLE_PIXELS_MAX: Final = 16_000_000
"""The most pixels of other pictures, which are decoded whole."""
SIDE_MAX: Final = 1600
"""The longest side of a picture that is kept: a page of handwriting is read well."""
QUALITY: Final = 80
KEPT_BYTES_MAX: Final = 2 * 1024 * 1024
SCANS_MAX: Final = 32
"""How often the whole of a JPEG is gone over at most; cameras do it once, a picture that becomes clear by
steps some ten times, and one that was made for it ten thousand times."""
FORMATS: Final = ("JPEG", "PNG", "WEBP")
BY_PARTS: Final = frozenset({"JPEG", "MPO"})
"""Formats that are decoded at a part of their size; some telephones put several JPEGs into one."""
MEDIA: Final = "image/jpeg"

UNREADABLE: Final = refused("invalid.picture_unreadable", "$.picture")
TOO_LARGE: Final = refused("invalid.picture_too_large", "$.picture", megabytes=BYTES_MAX // 1024**2)

Image.MAX_IMAGE_PIXELS = None
"""The size is judged below, before anything is decoded: the library's own bound only warns."""

_MARKER: Final = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])")
"""A marker among the coded pixels of a JPEG: what is neither a byte of them nor a place to begin anew."""
_SCAN, _END = 0xDA, 0xD9

_one_at_a_time: Final = asyncio.Semaphore(1)


async def made_anew(body: bytes) -> bytes | Refused:
    """A JPEG of a picture, upright and no longer than `SIDE_MAX`; refused where it is none or too large."""
    if len(body) > BYTES_MAX:
        return TOO_LARGE
    async with _one_at_a_time:
        return await asyncio.to_thread(_made_anew, body)


def scans_of(body: bytes) -> int:
    """How many scans the first picture of a JPEG has: how often a decoder goes over all of it."""
    place, scans = 2, 0
    while found := _MARKER.search(body, place):
        marker, place = found[1][0], found.end()
        if marker == _END:
            break
        scans += marker == _SCAN
        place += int.from_bytes(body[place : place + 2], "big")
    return scans


def _made_anew(body: bytes) -> bytes | Refused:
    try:
        with Image.open(io.BytesIO(body), formats=FORMATS) as picture:
            scans = scans_of(body) if picture.format in BY_PARTS else None
            if scans is not None and scans > SCANS_MAX:
                return UNREADABLE
            # What is gone over several times is held whole meanwhile.
            most = PIXELS_MAX if scans == 1 else WHOLE_PIXELS_MAX
            if picture.width * picture.height > most:
                return TOO_LARGE
            picture.draft("RGB", (SIDE_MAX, SIDE_MAX))
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((SIDE_MAX, SIDE_MAX))
            clear = upright.convert("RGBA")
            # What is see-through is paper.
            flat = Image.new("RGB", clear.size, "white")
            flat.paste(clear, mask=clear.getchannel("A"))
            made = io.BytesIO()
            flat.save(made, "JPEG", quality=QUALITY, optimize=True)
    except Exception:  # noqa: BLE001  whatever a decoder stumbles over is a picture that cannot be read
        return UNREADABLE
    kept = made.getvalue()
    return kept if len(kept) <= KEPT_BYTES_MAX else TOO_LARGE
