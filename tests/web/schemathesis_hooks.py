"""How Schemathesis writes a batch of one event a line."""

from __future__ import annotations

from typing import Any

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(_ctx: schemathesis.SerializationContext, value: Any) -> bytes:  # noqa: ANN401  any JSON
    """Send a text as it is."""
    return value.encode("utf-8", errors="replace") if isinstance(value, str) else str(value).encode()
