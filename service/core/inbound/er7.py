r"""HL7 version 2 as it is written on the wire (ER7), read into a plain tree.

A segment is an object of its `id` and its fields `f1`, `f2` …; a field is the list of its repetitions, each
an object of components `c1`, `c2` …; a component is text, or an object of subcomponents `s1`, `s2` … where it
has several; what is not there has no name, and HL7's own null (`""`) is null. The tree has every segment in
`segments`, by name (`$.PID[0].f3[0].c1` is PID-3.1), and in groups: `orders` are an ORC or OBR with what
follows it, and `reports` the orders of one filler number (OBR-3), both with the patient's segments before.

HL7 Version 2.5.1, chapter 2.5 to 2.10: delimiters, escape sequences, character sets (table 0211).
"""

import re
from typing import Any, Final

from service.core.refusals import Refused, refused

CHARSETS: Final = {
    "ASCII": "ascii",
    "UNICODE": "utf-8",
    "UNICODE UTF-8": "utf-8",
    "UNICODE UTF-16": "utf-16",
    "GB 18030-2000": "gb18030",
    "KS X 1001": "euc-kr",
    "BIG-5": "big5",
    **{f"8859/{part}": f"iso8859-{part}" for part in (*range(1, 10), 15)},
}
"""Names of table 0211 with Python's; without one a message is UTF-8, or else of ISO 8859-1."""
OPENING: Final = frozenset({"ORC", "OBR"})
Tree = dict[str, Any]

_ID = re.compile(r"[A-Z][A-Z0-9]{2}")
_HEX = re.compile(r"[Xx]((?:[0-9A-Fa-f]{2})+)")
_SHOWN: Final = {".br": "\n", ".sp": "\n", "H": "", "N": ""}


class _Marks:
    """The delimiters of one message, by what they part, and how its escapes are undone."""

    def __init__(self, header: str, codec: str) -> None:
        self.field = header[3]
        marks = header[4:].split(self.field, 1)[0]
        given = (marks + "\0\0\0\0")[:4]
        self.component, self.repetition = given[0], given[1]
        self.escape, self.subcomponent = given[2], given[3]
        self.codec = codec
        self.is_sound = len(set(marks) | {self.field}) == len(marks) + 1 and not any(
            one.isalnum() or one.isspace() for one in self.field + marks
        )
        self._says = {
            "F": self.field,
            "S": self.component,
            "R": self.repetition,
            "T": self.subcomponent,
            "E": self.escape,
            **_SHOWN,
        }

    def plain(self, text: str) -> str | None:
        """The text without its escapes; an escape that is not known stays as it is."""
        if text == '""':
            return None
        if self.escape not in text:
            return text
        parts = text.split(self.escape)
        said = [parts[0]]
        for place in range(1, len(parts) - 1, 2):
            said += [self._undone(parts[place]), parts[place + 1]]
        if len(parts) % 2 == 0:
            # The last one is opened and never closed.
            said.append(self.escape + parts[-1])
        return "".join(said)

    def _undone(self, inside: str) -> str:
        if inside in self._says:
            return self._says[inside]
        if found := _HEX.fullmatch(inside):
            return bytes.fromhex(found[1]).decode(self.codec, "replace")
        return f"{self.escape}{inside}{self.escape}"


def read(body: bytes) -> Tree | Refused:
    """Read one message; what is none is refused, and nothing raises."""
    text, codec = _decoded(body)
    if text is None:
        return refused("malformed.er7_charset", "$", charset=codec[:64])
    lines = [line for line in re.split(r"[\r\n]+", text.strip("\x0b\x1c\r\n\ufeff")) if line.strip()]
    if not lines or not lines[0].startswith("MSH") or len(lines[0]) < len("MSH|^"):
        return refused("malformed.er7", "$")
    marks = _Marks(lines[0], codec)
    if not marks.is_sound:
        return refused("malformed.er7", "$.MSH[0].f2")
    segments: list[Tree] = []
    for number, line in enumerate(lines, 1):
        name = line[:3]
        if not _ID.fullmatch(name) or line[3:4] not in {"", marks.field} or (name == "MSH") != (number == 1):
            return refused("malformed.er7_segment", "$", line=number)
        segments.append(_segment(line, marks))
    return _tree(segments)


def _decoded(body: bytes) -> tuple[str | None, str]:
    """The text and the codec that it was read by; no text where its bytes are not of the charset it names."""
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        codec = "utf-16"
    else:
        header = re.split(rb"[\r\n]", body.removeprefix(b"\xef\xbb\xbf").lstrip(b"\x0b\r\n "), maxsplit=1)[0]
        fields = header.decode("latin-1").split(chr(header[3])) if len(header) > 3 else []  # noqa: PLR2004  MSH|
        named = re.split(r"[~^]", fields[17])[0].strip() if len(fields) > 17 else ""  # noqa: PLR2004  MSH-18
        if named and named.upper() not in CHARSETS:
            return None, named
        codec = CHARSETS.get(named.upper(), "")
    try:
        return body.decode(codec or "utf-8"), codec or "utf-8"
    except UnicodeError:
        return (None, codec) if codec else (body.decode("latin-1"), "latin-1")


def _segment(line: str, marks: _Marks) -> Tree:
    name, fields = line[:3], line.split(marks.field)[1:]
    found: Tree = {"id": name}
    if name == "MSH":
        found["f1"] = [{"c1": marks.field}]
        if fields:
            found["f2"] = [{"c1": fields[0]}]
        fields = ["", "", *fields[1:]]
    for number, field in enumerate(fields, 1):
        if field:
            found[f"f{number}"] = [_repetition(one, marks) for one in field.split(marks.repetition)]
    return found


def _repetition(text: str, marks: _Marks) -> Tree:
    found: Tree = {}
    for number, component in enumerate(text.split(marks.component), 1):
        if not component:
            continue
        parts = component.split(marks.subcomponent) if marks.subcomponent != "\0" else [component]
        if len(parts) == 1:
            found[f"c{number}"] = marks.plain(component)
        else:
            found[f"c{number}"] = {f"s{no}": marks.plain(part) for no, part in enumerate(parts, 1) if part}
    return found


def _tree(segments: list[Tree]) -> Tree:
    tree: Tree = {"segments": segments, "orders": [], "reports": []}
    ahead: Tree = {}
    order: Tree | None = None
    for segment in segments:
        name = segment["id"]
        tree.setdefault(name, []).append(segment)
        if name == "PID":
            ahead, order = {}, None
        if name in OPENING and (order is None or name in order or "OBR" in order):
            order = {one: [*held] for one, held in ahead.items()}
            tree["orders"].append(order)
        whose = ahead if order is None else order
        if name != "MSH":
            whose.setdefault(name, []).append(segment)
    by_number: dict[tuple[int, str], Tree] = {}
    for place, one in enumerate(tree["orders"]):
        number = _filler(one)
        whose_id = id(one["PID"][0]) if one.get("PID") else 0
        key = (whose_id, number) if number else (place, "")
        known = by_number.get(key)
        if known is None:
            by_number[key] = {name: [*held] for name, held in one.items()}
            continue
        for name, held in one.items():
            own = known.setdefault(name, [])
            own += [segment for segment in held if not any(segment is other for other in own)]
    tree["reports"] = list(by_number.values())
    return tree


def _filler(order: Tree) -> str:
    """The filler order number of an order, from OBR-3 or else ORC-3."""
    for name in ("OBR", "ORC"):
        for segment in order.get(name, ()):
            found = segment.get("f3", [{}])[0].get("c1")
            if isinstance(found, str) and found.strip():
                return found.strip()
    return ""
