"""The context of one request while it is served: its trace, its route, who asks, and how it ended."""

import os
import re
from time import perf_counter
from typing import Any, Final, cast

from litestar.types import Scope

from schemas.problem import Code
from service.core.actors import Actor
from service.flows.batcher import Line

NO_ROUTE: Final = "(no route)"
"""The route's name in logs and metrics for a path that no route has: never the path itself."""

_TRACEPARENT = re.compile(
    rb"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?"
)


class RequestContext:
    """One request's own notes; `trace_id` is the caller's where they sent one (W3C Trace Context)."""

    __slots__ = (
        "actor",
        "code",
        "flags",
        "is_head",
        "is_page",
        "parent_id",
        "route",
        "span_id",
        "started",
        "status",
        "trace_id",
    )

    def __init__(self, headers: list[tuple[bytes, bytes]]) -> None:
        """Take over the caller's trace or begin one."""
        self.started = perf_counter()
        self.route = NO_ROUTE
        self.actor: Actor | None = None
        self.status = 0
        self.is_head = False
        self.is_page = False
        """Whether it is a page for people, whose browser may load what is ours and send forms to us."""
        self.code: Code | None = None
        found = None
        for name, value in headers:
            if name == b"traceparent":
                found = None if value[:3] == b"00-" and len(value) > 55 else _TRACEPARENT.fullmatch(value)  # noqa: PLR2004  version 00 ends there
        if found is not None:
            self.trace_id, self.flags = found[1].decode("ascii"), found[3].decode("ascii")
            self.span_id, self.parent_id = os.urandom(8).hex(), found[2].decode("ascii")
        else:
            made, self.parent_id = os.urandom(24).hex(), None
            self.trace_id, self.span_id, self.flags = made[:32], made[32:], "00"

    @property
    def traceparent(self) -> bytes:
        """The header that says under which trace this request was served."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}".encode("ascii")


def context_of(scope: Scope) -> RequestContext:
    """The notes of the request that a scope belongs to; begun here where no gateway stands before the app."""
    notes = cast("dict[str, Any]", scope)
    context = notes.get("context")
    if context is None:
        context = notes["context"] = RequestContext(cast("list[tuple[bytes, bytes]]", scope["headers"]))
    return cast("RequestContext", context)


def line_of(scope: Scope) -> Line | None:
    """The way back to whoever sent a request; none where another server than ours took it."""
    return cast("dict[str, Line]", scope).get("line")
