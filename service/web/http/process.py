"""One web process: an application served on sockets that it was given, until it is told to end."""

from __future__ import annotations

import asyncio
import logging
import resource
import signal
import socket
from typing import Final

import uvloop
from uvicorn import Config, Server

from service.ending import end
from service.web.http.application import BACKLOG, Application, ConnectionLimits
from service.web.http.connections import Connection, sweep

STOP_S_MAX: Final = 20
"""How long a web process may take to finish what is in hand, in seconds."""
KEEP_ALIVE_S: Final = 30
"""How long a connection without a request is kept, in seconds: longer than proxies and pools wait."""
FILES_KEPT: Final = 256
"""Open files that are not connections to clients: stores, sockets, logs."""


class NotStartedError(Exception):
    """The application's stores could not be opened: another try may well find them."""


def serve_on(sockets: list[socket.socket], application: Application, limits: ConnectionLimits) -> None:
    """Serve until SIGTERM or SIGINT, and finish what is in hand.

    Raises NotStartedError where the application's lifespan does not begin.
    """
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        files = most
    Connection.limits = limits._replace(connections_max=min(limits.connections_max, files - FILES_KEPT))
    config = Config(
        application,
        http=Connection,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=STOP_S_MAX,
    )
    # It tells of each start and stop; what matters of that we tell ourselves.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    for sign in (signal.SIGTERM, signal.SIGINT):
        # Uvicorn raises again, once it has ended, what ended it.
        signal.signal(sign, lambda _number, _frame: None)
    try:
        uvloop.run(_serve(Server(config), sockets))
    except SystemExit as left:
        raise NotStartedError from left


async def _serve(server: Server, sockets: list[socket.socket]) -> None:
    sweeping = asyncio.create_task(sweep(server.server_state.connections))
    try:
        await server.serve(sockets)
    finally:
        await end(sweeping)
