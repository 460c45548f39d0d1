"""How the published JSON is laid out: in lines, so that a change shows in a diff, and short."""

from typing import Any, Final

import msgspec

LINE_MAX: Final = 320
"""A longer value is broken, one member a line; lines are not indented, to keep them short."""

_encode = msgspec.json.Encoder().encode


def laid_out(value: Any) -> bytes:  # noqa: ANN401  any JSON
    """JSON in lines."""
    written = _encode(value)
    if len(written) <= LINE_MAX or not isinstance(value, dict | list):
        return written
    if isinstance(value, dict):
        return (
            b"{\n"
            + b",\n".join(_encode(name) + b":" + laid_out(part) for name, part in value.items())
            + b"\n}"
        )
    return b"[\n" + b",\n".join(laid_out(part) for part in value) + b"\n]"
