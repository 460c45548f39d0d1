"""Bytes of a text file as lines: in which encoding they are written, and which lines are not."""

import codecs
import re
from collections.abc import Iterator
from typing import Final, Protocol, overload

from msgspec import Struct

from service.core.refusals import Refused, refused

PIECE_BYTES: Final = 64 * 1024
SAMPLE_BYTES: Final = 256 * 1024
"""How much of a file the detector of encodings is shown, in bytes: of lines with more than ASCII alone."""
LINE_LETTERS_MAX: Final = 64 * 1024
"""The longest line, in characters."""
TELLING_BYTES: Final = 8
"""Fewer bytes beyond ASCII than this say nothing of a rare encoding."""
WINDOWS_LEAST: Final = 0.5
OTHERS_LEAST: Final = 0.9
"""Which part of a text in an encoding is, at least, what people write."""

WINDOWS: Final = "cp1252"
OTHERS: Final = ("mac-roman", "cp850")
"""Western encodings that spreadsheets and programs of before wrote."""
ENCODINGS: Final = {
    "utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "windows-1252": WINDOWS,
    "latin-1": WINDOWS,
    "mac-roman": "mac-roman",
    "cp850": "cp850",
    "cp437": "cp437",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
}
"""The encodings that somebody can choose; Latin-1 is read as what it is a part of, as browsers do."""
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MULTI: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_USUAL: Final = frozenset(
    "áéíóúüñçàèìòùâêîôûäëïößåæøÁÉÍÓÚÜÑÇÀÈÌÒÙÂÊÎÔÛÄËÏÖÅÆØ¿¡ªº°€£§©®½¼¾«»·±µ\xa0"
) | frozenset("\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022\u2122")
"""What people write beyond ASCII in western languages."""
_BAD: Final = re.compile("[\udc80-\udcff\0]")
_BAD_WIDE: Final = re.compile("[\ud800-\udfff\0\ufffd]")
_ENDS: Final = re.compile("\r\n|\n|\r")


class Bytes(Protocol):
    """Bytes in memory or of a mapped file, read piece by piece."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    @overload
    def __getitem__(self, at: int, /) -> int: ...
    @overload
    def __getitem__(self, part: slice, /) -> bytes: ...


class Encoding(Struct, frozen=True):
    """How a text is written."""

    name: str
    """The codec's name: `utf-8`, `utf-16-le`, `cp1252`."""
    mark: int = 0
    """How many bytes its byte order mark takes."""


class TextLine(Struct, frozen=True):
    """One line of a text with its end; `fault` is why it cannot be read, and it is empty then."""

    number: int
    text: str
    fault: Refused | None = None


def encoding_of(data: Bytes, wanted: str | None = None) -> Encoding | Refused:
    """The encoding of a text: its mark's, UTF-8 where it can be that, else what is likeliest.

    `wanted` is one that somebody has chosen.
    """
    head = bytes(data[:4])
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Encoding(name, len(mark))
    if wanted is not None:
        chosen = ENCODINGS.get(wanted.strip().lower())
        if chosen is None:
            return refused("invalid.encoding", encoding=wanted[:40], known=tuple(ENCODINGS))
        return Encoding(chosen)
    start = bytes(data[:PIECE_BYTES])
    if b"\0" in start:
        return _with_zeros(start)
    good, bad, sample = _surveyed(data)
    # A text in UTF-8 may have a few bytes that are none; in another encoding hardly any two look like UTF-8.
    if not bad or good >= bad:
        return Encoding("utf-8")
    return Encoding(_eight_bits(sample))


def text_lines(data: Bytes, encoding: Encoding) -> Iterator[TextLine]:
    """The lines of a text, numbered from 1; one that is too long or not of the encoding has a fault.

    A line ends with CR LF, LF or CR, and with nothing else: a cell may hold any other character.
    """
    is_wide = encoding.name.startswith(("utf-16", "utf-32"))
    bad = _BAD_WIDE if is_wide else _BAD
    pieces = _decoded(data, encoding, "replace" if is_wide else "surrogateescape")
    for number, (text, is_whole) in enumerate(_split(pieces), 1):
        if not is_whole:
            why = refused("malformed.long_line", characters=LINE_LETTERS_MAX)
            yield TextLine(number, "", why)
        elif found := bad.search(text):
            yield TextLine(number, "", _undecodable(found[0], encoding, found.start()))
        else:
            yield TextLine(number, text)


def shown_encoding(name: str) -> str:
    """An encoding's name as people know it."""
    names = {"cp1252": "Windows-1252", "utf-8": "UTF-8", "mac-roman": "Mac Roman", "cp850": "DOS 850"}
    if name.startswith(("utf-16", "utf-32")):
        return name[:6].upper()
    return names.get(name, name)


def _undecodable(found: str, encoding: Encoding, place: int) -> Refused:
    number = ord(found)
    shown = f"0x{number - 0xDC00:02X}" if 0xDC80 <= number <= 0xDCFF else f"0x{number:02X}"  # noqa: PLR2004
    named = shown_encoding(encoding.name)
    return refused("malformed.line_bytes", byte=shown, character=place + 1, encoding=named)


def _with_zeros(start: bytes) -> Encoding | Refused:
    """Bytes with zeros among them: UTF-16 without a mark, where every other one is; else no text."""
    zeros_even, zeros_odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if zeros_odd > half * 0.3 and zeros_even * 20 < zeros_odd:
        return Encoding("utf-16-le")
    if zeros_even > half * 0.3 and zeros_odd * 20 < zeros_even:
        return Encoding("utf-16-be")
    return refused("malformed.not_text")


def _surveyed(data: Bytes) -> tuple[int, int, bytes]:
    """How many characters of several bytes are UTF-8, how many bytes are not, and a sample of such lines."""
    good = bad = 0
    sample = bytearray()
    rest = b""
    for start in range(0, len(data), PIECE_BYTES):
        piece = rest + bytes(data[start : start + PIECE_BYTES])
        rest = b""
        if piece.isascii():
            continue
        # A character may go over the end of a piece.
        for back in range(1, min(4, len(piece)) + 1):
            if piece[-back] >= 0xC0:  # noqa: PLR2004  the first byte of a character
                piece, rest = piece[:-back], piece[-back:]
                break
        others, found = _MULTI.subn(b"", piece)
        good += found
        bad += len(_HIGH.findall(others))
        if len(sample) < SAMPLE_BYTES:
            for line in piece.splitlines():
                if not line.isascii():
                    sample += line + b"\n"
    if rest:
        others, found = _MULTI.subn(b"", rest)
        good, bad = good + found, bad + len(_HIGH.findall(others))
        sample += rest
    return good, bad, bytes(sample[:SAMPLE_BYTES])


def _eight_bits(sample: bytes) -> str:
    """The encoding of a byte a character: Windows-1252, unless that gives what nobody writes."""
    if _usual(sample, WINDOWS) >= WINDOWS_LEAST:
        return WINDOWS
    likeliest = max(OTHERS, key=lambda one: _usual(sample, one))
    if _usual(sample, likeliest) >= OTHERS_LEAST:
        return likeliest
    from charset_normalizer import from_bytes  # noqa: PLC0415  few files come this far

    best = from_bytes(sample).best() if len(_HIGH.findall(sample)) >= TELLING_BYTES else None
    return WINDOWS if best is None or best.encoding == "ascii" else codecs.lookup(best.encoding).name


def _usual(sample: bytes, encoding: str) -> float:
    """Which part of what lies beyond ASCII people write."""
    high = [letter for letter in sample.decode(encoding, "replace") if not letter.isascii()]
    return sum(letter in _USUAL for letter in high) / (len(high) or 1)


def _decoded(data: Bytes, encoding: Encoding, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding.name)(errors)
    for start in range(encoding.mark, len(data), PIECE_BYTES):
        yield decoder.decode(bytes(data[start : start + PIECE_BYTES]))
    yield decoder.decode(b"", final=True)


def _split(pieces: Iterator[str]) -> Iterator[tuple[str, bool]]:
    """Lines with their ends, and whether each is whole: what is too long is let go."""
    rest, is_long = "", False
    for piece in pieces:
        text = rest + piece
        start = 0
        for found in _ENDS.finditer(text):
            if found[0] == "\r" and found.end() == len(text):
                # Its LF may be the first letter of the next piece.
                break
            yield text[start : found.end()], not is_long and found.end() - start <= LINE_LETTERS_MAX
            start, is_long = found.end(), False
        rest = text[start:]
        if len(rest) > LINE_LETTERS_MAX and not rest.endswith("\r"):
            rest, is_long = "", True
    if rest or is_long:
        yield rest, not is_long and len(rest) <= LINE_LETTERS_MAX
