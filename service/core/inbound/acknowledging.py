"""The answer to a message of HL7 version 2 (ACK): that it was kept, or that it could not be.

HL7 Version 2.5.1, chapter 2.9.2. Nothing is said about whether it was understood: `AA` says that it is kept,
as 202 does over HTTP.
"""

from datetime import datetime
from typing import Literal

LINE_MAX = 4096
"""How much of the first segment is looked at."""


def acknowledgment(message: bytes, code: Literal["AA", "AE"], number: str, at: datetime) -> bytes:
    """The answer to a message, by its own delimiters; `number` is the answer's own, and `at` its time."""
    line = message.lstrip(b"\x0b\r\n \xef\xbb\xbf")[:LINE_MAX].replace(b"\n", b"\r").split(b"\r", 1)[0]
    text = line.decode("latin-1")
    is_header = text.startswith("MSH") and len(text) > len("MSH|^")
    field = text[3] if is_header else "|"
    fields = text.split(field) if is_header else ["MSH"]
    said = [*fields, *[""] * (18 - len(fields))]
    marks = said[1] or "^~\\&"
    component = marks[0]
    kind = said[8].split(component)
    trigger = f"{component}{kind[1]}" if len(kind) > 1 and kind[1] else ""
    head = [
        "MSH",
        marks,
        said[4],
        said[5],
        said[2],
        said[3],
        at.strftime("%Y%m%d%H%M%S%z"),
        "",
        f"ACK{trigger}",
        number,
        said[10] or "P",
        said[11] or "2.5.1",
    ]
    return f"{field.join(head)}\rMSA{field}{code}{field}{said[9]}\r".encode("latin-1")
