"""Serving requests: a port is taken, and as many web processes as are wanted serve on it."""

import http.client
import os
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from msgspec import Struct

from service import logs, settings
from service.commands.speech import CommandError, Exit
from service.commands.web_processes import METRICS_FOLDER, WebProcesses
from service.settings import Settings
from service.web.http.application import BACKLOG, Application, ConnectionLimits

START_S_MAX: Final = 60.0


class Served(Struct, frozen=True):
    """The sockets to serve on, with how many processes, and what each connection may do."""

    sockets: tuple[socket.socket, ...]
    workers: int
    limits: ConnectionLimits


def take_ports(host: str, port: int, given: Settings) -> tuple[int, tuple[socket.socket, ...]]:
    """Take the port to serve on, or any free one for 0, and METRICS_PORT where it is set.

    Raises CommandError where somebody else has one.
    """
    held = take_port(host, port, "Choose another with --port, or any free one with --port 0.")
    sockets = [held]
    if given.metrics_port:
        try:
            sockets.append(take_port(host, given.metrics_port, "Correct METRICS_PORT."))
        except CommandError:
            held.close()
            raise
    return int(held.getsockname()[1]), tuple(sockets)


def take_port(host: str, port: int, remedy: str) -> socket.socket:
    """Take a TCP port, or any free one for 0, and hold it for the web processes.

    Raises CommandError where somebody else has it.
    """
    held = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        # A connection of before that is only waiting to be forgotten is not in the way.
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((host, port))
        held.listen(BACKLOG)
    except OSError as why:
        held.close()
        detail = f"Port {port} on {host} cannot be taken ({why.strerror}). {remedy}"
        raise CommandError(Exit.USAGE, "port_taken", detail) from why
    return held


def limits_of(given: Settings) -> ConnectionLimits:
    """What the settings say of connections."""
    return ConnectionLimits(
        head_s=given.request_head_s_max,
        body_idle_s=given.request_idle_s_max,
        unfinished_max=given.unfinished_requests_max,
        connections_max=given.connections_max,
        public_url=given.public_url,
    )


def serve(given: Served, application: Callable[[], Application]) -> int:
    """Serve until SIGTERM or Ctrl-C, then let every process finish what is in hand; returns the exit code.

    `application` makes the application in each web process. Raises CommandError where it cannot be made.
    """
    with _counted_together(given.workers):
        WebProcesses(given.workers, application, list(given.sockets), given.limits).run()
    return Exit.DONE


@contextmanager
def _counted_together(workers: int) -> Iterator[None]:
    """Let several web processes add up what they count, so that `/metrics` is the same whoever answers."""
    if workers == 1 or METRICS_FOLDER in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="rewards-metrics-", ignore_cleanup_errors=True) as folder:
        os.environ[METRICS_FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[METRICS_FOLDER]


def application_of(environment: dict[str, str]) -> Application:
    """The application as an environment says."""
    from service.app import create_app  # noqa: PLC0415  the watching process serves nothing and needs none of it

    given = settings.read(environment)
    logs.set_up(given.log_level, given.log_format)
    made: Application = create_app(given)
    return made


def answers(host: str, port: int, gone: Callable[[], bool]) -> bool:
    """Wait until requests are served; false when they are not after START_S_MAX seconds, or never will be."""
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared with, not listened on
    until = time.monotonic() + START_S_MAX
    while time.monotonic() < until and not gone():
        line = http.client.HTTPConnection(asked, port, timeout=5)
        try:
            line.request("GET", "/readyz")
            if line.getresponse().status == http.client.OK:
                return True
        except (OSError, http.client.HTTPException):
            pass
        finally:
            line.close()
        time.sleep(0.02)
    return False
