"""The web processes: one that watches, and as many as are wanted that serve, each with a port of its own.

The watching process takes the port, starts the others, replaces one that dies, and hands signals on: a
request in hand is finished, then each process ends.
"""

import http.client
import logging
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import connection
from typing import Any, Final

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from msgspec import Struct

from service import logs, settings
from service.commands.replaced import UNFIT, Replaced
from service.commands.speech import CommandError, Exit
from service.settings import LogFormat, LogLevel

STOP_S_MAX: Final = 20
"""How long a web process may take to finish what is in hand, in seconds."""
START_S_MAX: Final = 60.0
METRICS_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus-client looks for the folder in which processes count together."""

Application = Callable[..., Any]
"""An ASGI application."""

QUIET: Final[dict[str, Any]] = {
    # Granian would print on stdout in a form of its own; its lines go the way of all others instead.
    "formatters": {},
    "handlers": {},
    "loggers": {
        "_granian": {"handlers": [], "propagate": True},
        "granian.access": {"handlers": [], "propagate": True},
    },
}


class Served(Struct, frozen=True):
    """Where to serve with how many processes, and how they log."""

    host: str
    port: int
    workers: int
    log_level: LogLevel
    log_format: LogFormat


def take_port(host: str, port: int) -> tuple[int, socket.socket]:
    """Take a TCP port, or any free one for 0, and hold it while the web processes bind to it.

    Raises CommandError where somebody else has it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # First without sharing: a listener of somebody else's is in the way of this one alone. A connection
        # that is only waiting to be forgotten is not.
        with socket.socket(family, socket.SOCK_STREAM) as asked:
            asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            asked.bind((host, port))
            port = int(asked.getsockname()[1])
        held = socket.socket(family, socket.SOCK_STREAM)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind((host, port))
    except OSError as why:
        raise CommandError(
            Exit.USAGE,
            "port_taken",
            f"Port {port} on {host} cannot be taken ({why.strerror}). Choose another with --port, "
            "or any free one with --port 0.",
        ) from why
    return port, held


def serve(given: Served, application: Callable[[], Application]) -> int:
    """Serve until SIGTERM or Ctrl-C, then let every process finish what is in hand; returns the exit code.

    `application` makes the application in each web process; it is pickled on its way there. Raises
    CommandError where the web processes end by themselves.
    """
    # A forked process would inherit threads' locks as they happen to be; a spawned one begins afresh.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "rewards",
        address=given.host,
        port=given.port,
        interface=Interfaces.ASGI,
        workers=given.workers,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        log_dictconfig=QUIET,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_S_MAX,
    )
    server.respawned_wrks = Replaced(server)
    # Granian has just set up logs of its own.
    logs.set_up(given.log_level, given.log_format)
    _hush()
    with _counted_together(given.workers):
        try:
            server.serve(target_loader=partial(load, application), wrap_loader=False)
        except SystemExit as left:
            if left.code:
                detail = "The web processes ended by themselves; what they said is above."
                raise CommandError(Exit.UNFORESEEN, "unforeseen", detail) from left
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


def load(application: Callable[[], Application]) -> Application:
    """Make the application in a web process, which ends when the one that watches over it is gone."""
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    try:
        return application()
    except Exception:
        # The log leaves values out of it; a trace on stderr would not.
        logging.getLogger(__name__).exception("web_process_failed")
        sys.exit(UNFIT)
    finally:
        _hush()


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


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    connection.wait([parent.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_S_MAX)
    os._exit(1)


def _hush() -> None:
    # It tells of each start and stop; what matters of that we tell ourselves.
    logging.getLogger("_granian").setLevel(logging.WARNING)
