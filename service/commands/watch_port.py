"""The port at which a worker is watched: its metrics and its health, and nothing else.

It is served by a thread: one whose loop is stuck would not answer, and this one says that it is.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, AF_INET6
from typing import Final

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

from service.commands.speech import CommandError, Exit
from service.measuring import Vitals
from service.settings import Settings

READ_S_MAX: Final = 5.0
"""How long somebody may take to ask, in seconds."""


@contextmanager
def watched(settings: Settings, vitals: Vitals) -> Iterator[None]:
    """Let this process's counters and health be read over HTTP, where WORKER_METRICS_PORT says so.

    Raises CommandError where the port is taken.
    """
    if settings.worker_metrics_port == 0:
        yield
        return
    host, port = settings.host, settings.worker_metrics_port
    try:
        server = _server(host, port, vitals)
    except OSError as why:
        detail = f"Port {port} on {host} cannot be taken ({why.strerror}). Correct WORKER_METRICS_PORT."
        raise CommandError(Exit.USAGE, "port_taken", detail) from why
    thread = threading.Thread(target=server.serve_forever, name="watched", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _server(host: str, port: int, vitals: Vitals) -> ThreadingHTTPServer:
    class Server(ThreadingHTTPServer):
        address_family = AF_INET6 if ":" in host else AF_INET
        daemon_threads = True

    class Watch(BaseHTTPRequestHandler):
        timeout = READ_S_MAX

        def do_GET(self) -> None:
            status, content_type, body = _answer(self.path.partition("?")[0], vitals)
            self.send_response(status)
            self.send_header("content-type", content_type)
            self.send_header("content-length", str(len(body)))
            self.send_header("cache-control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Log no requests of those who watch."""

    return Server((host, port), Watch)


def _answer(path: str, vitals: Vitals) -> tuple[HTTPStatus, str, bytes]:
    said: dict[str, str]
    if path == "/metrics":
        return HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(REGISTRY)
    if path == "/livez":
        is_well, said = vitals.is_alive, {"status": "alive" if vitals.is_alive else "frozen"}
    elif path == "/readyz":
        state = vitals.postgresql if vitals.is_alive else "frozen"
        is_well, said = state == "ready", {"status": state, "postgresql": vitals.postgresql}
    else:
        return HTTPStatus.NOT_FOUND, "application/json", b'{"code":"not_found"}'
    status = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
    return status, "application/json", msgspec.json.encode(said)
