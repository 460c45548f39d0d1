"""A real gateway for texts on this machine."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Gateway(ThreadingHTTPServer):
    """A gateway for texts that keeps them, and refuses the first so many.

    `answers` is what it says to the others: with 500 it may have sent them all the same.
    """

    refuses = 0
    answers = 202

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Taking)
        self.taken: list[tuple[str, Any]] = []


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Take one text."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        assert isinstance(self.server, Gateway)
        self.server.refuses -= 1
        is_refused = self.server.refuses >= 0
        if not is_refused:
            self.server.taken.append((self.headers["authorization"], body))
        self.send_response(503 if is_refused else self.server.answers)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
