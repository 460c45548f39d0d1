"""The access log: one line a request, ids only, written without holding up the request.

Lines are encoded from a closed struct, so nothing else can get into them, and leave in small groups.
"""

import asyncio
import sys
from datetime import datetime
from typing import Final, TextIO

import msgspec
from msgspec import Struct

from service.clock import machine_clock
from service.settings import LogFormat, LogLevel
from service.web.http.context import RequestContext

FLUSH_S: Final = 0.1
"""How long a line may wait for others."""
LINES_MAX: Final = 256

_encode = msgspec.json.Encoder().encode


class Line(Struct, frozen=True, omit_defaults=True):
    """One request as it is logged: each field is an id, a count, a time or a word of our own."""

    event: str
    timestamp: datetime
    method: str
    route: str
    status: int
    duration_ms: float
    trace_id: str
    clinic_id: str | None = None
    key_id: str | None = None
    role: str | None = None
    code: str | None = None
    level: str = ""
    logger: str = ""


class AccessLog:
    """Writes lines to a stream, a few at a time."""

    def __init__(self, level: LogLevel, form: LogFormat, stream: TextIO | None = None) -> None:
        """Log as the settings say: nothing where the level leaves out `info`."""
        self.is_on = level in {"debug", "info"}
        self._json = form == "json"
        self._stream = stream
        self._lines: list[bytes] = []
        self._timer: asyncio.TimerHandle | None = None

    def note(self, context: RequestContext, method: str, seconds: float) -> None:
        """Note one request that was answered."""
        if not self.is_on:
            return
        actor = context.actor
        line = Line(
            "request",
            machine_clock(),
            method,
            context.route,
            context.status,
            round(seconds * 1000, 2),
            context.trace_id,
            None if actor is None else str(actor.clinic),
            None if actor is None else str(actor.id),
            None if actor is None else actor.role,
            context.code,
            "info",
            "service.web",
        )
        self._lines.append(_encode(line) if self._json else _plain(line))
        if len(self._lines) >= LINES_MAX:
            self.flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(FLUSH_S, self.flush)

    def flush(self) -> None:
        """Write what waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._lines:
            text = b"\n".join(self._lines).decode() + "\n"
            self._lines.clear()
            stream = sys.stderr if self._stream is None else self._stream
            stream.write(text)
            stream.flush()


def _plain(line: Line) -> bytes:
    refused = "" if line.code is None else f" {line.code}"
    when = f"{line.timestamp:%H:%M:%S}"
    asked = f"{line.method} {line.route} {line.status}{refused}"
    return f"{when} {asked} {line.duration_ms} ms {line.trace_id}".encode()
