"""PostgreSQL from its wheel: a Unix socket alone, and under an unprivileged account when we are root.

PostgreSQL refuses to run as root; how it reaches its folder under another account stands in `programs`.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from service.embedded import processes
from service.embedded.place import EmbeddedError, Place
from service.embedded.programs import as_account, programs_of

SOCKET: Final = ".s.PGSQL.5432"
START_S_MAX: Final = 60.0
STOP_S_MAX: Final = 20.0
ORPHANS_S_MAX: Final = 10.0
"""How long the server processes of a killed postmaster may take to be gone, in seconds."""

ROLES: Final = """\
CREATE ROLE rewards_owner LOGIN CREATEROLE
CREATE DATABASE rewards OWNER rewards_owner
"""

RULES: Final = """\
local all rewards_service scram-sha-256
local all all peer map=rewards
local replication all peer map=rewards
"""
"""Who may come in: whoever runs the server as anybody, for backups (`pg_basebackup`) too."""

OPTIONS: Final[Mapping[str, str]] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A statement's text and a broken row's values can be personal data, so the log has neither.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    # Every query here is short; compiling one would cost more than it saves.
    "jit": "off",
}


def make(place: Place) -> None:
    """Make the database if this folder has none yet.

    Raises:
        EmbeddedError: it cannot be made.
    """
    folder = place.data / "postgres"
    if not (folder / "PG_VERSION").exists():
        _make(place, programs_of(place), folder)


def start(
    place: Place, sockets: Path, begun: Callable[[int], None], wanted: Callable[[], bool]
) -> subprocess.Popen[bytes]:
    """Start the server on a database that was made, and return when it takes connections.

    Raises:
        EmbeddedError: the server ended, was not ready in time, or is not wanted any more.
    """
    programs = programs_of(place)
    folder = place.data / "postgres"
    _stop_orphan(folder)
    # The processes of a killed server go by themselves when they notice, and hold its memory until then.
    processes.end("postgres", folder, ORPHANS_S_MAX)
    (sockets / f"{SOCKET}.lock").unlink(missing_ok=True)
    # The service has its own password here as anywhere; whoever started the server may be anybody.
    (folder / "pg_hba.conf").write_text(RULES, encoding="ascii")
    (folder / "pg_ident.conf").write_text(f'rewards "{_our_name()}" all\n', encoding="ascii")
    log = place.data / "logs" / "postgres.log"
    until = time.monotonic() + ORPHANS_S_MAX
    while True:
        said_before = log.stat().st_size if log.exists() else 0
        server = _run(place, programs, folder, sockets, log)
        begun(server.pid)
        if _ready(server, folder, wanted):
            return server
        stop(server)
        with log.open("rb") as said:
            said.seek(said_before)
            held = b"pre-existing shared memory block" in said.read()
        if not held or time.monotonic() > until or not wanted():
            raise EmbeddedError(f"PostgreSQL did not start. Its reasons are in {log}.")
        time.sleep(0.1)


def stop(server: subprocess.Popen[bytes]) -> None:
    """Shut the server down fast: open transactions are rolled back, committed ones are on disk."""
    for sign in (signal.SIGINT, signal.SIGQUIT):
        server.send_signal(sign)
        try:
            server.wait(STOP_S_MAX)
        except subprocess.TimeoutExpired:
            continue
        return
    server.kill()
    server.wait()


def answers(data: Path, sockets: Path) -> bool:
    """Tell whether the server of a data folder serves; one that listens may still be recovering."""
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(sockets / SOCKET))
        except OSError:
            return False
    return _state(data / "postgres")[1] == "ready"


def _run(place: Place, programs: Path, folder: Path, sockets: Path, log: Path) -> subprocess.Popen[bytes]:
    with as_account(place, folder, sockets) as (names, how), log.open("ab") as out:
        options = {**OPTIONS, "unix_socket_directories": names[1]}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return subprocess.Popen(
            [str(programs / "postgres"), "-D", names[0], *words],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            **how,
        )


def _ready(server: subprocess.Popen[bytes], folder: Path, wanted: Callable[[], bool]) -> bool:
    until = time.monotonic() + START_S_MAX
    while server.poll() is None and time.monotonic() < until and wanted():
        if _state(folder) == (str(server.pid), "ready"):
            return True
        time.sleep(0.01)
    return False


def _state(folder: Path) -> tuple[str, str]:
    """Read the server's process id and its own word on how far it is: lines 1 and 8 (miscinit.c)."""
    try:
        lines = (folder / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        return lines[0].strip(), lines[7].strip()
    except (OSError, IndexError):
        return "", ""


def _make(place: Place, programs: Path, folder: Path) -> None:
    """Make the database aside and rename it into place, so that a half-made one is never started."""
    aside = folder.with_name("postgres.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    place.give(aside)
    with as_account(place, aside) as (names, how):
        initdb = [
            str(programs / "initdb"), "-D", names[0], "-U", "postgres", "-E", "UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "-k", "-A", "peer",
            "--sync-method=syncfs", "--no-instructions",
        ]  # fmt: skip  # table: a command as it is typed
        _done(initdb, "", how)
        # In single-user mode each line is one statement, and nobody else can be connected.
        _done([str(programs / "postgres"), "--single", "-D", names[0], "template1"], ROLES, how)
    aside.rename(folder)


def _done(command: list[str], said: str, how: dict[str, Any]) -> None:
    ended = subprocess.run(command, input=said, capture_output=True, text=True, check=False, **how)
    if ended.returncode != 0 or "ERROR:" in ended.stderr:
        raise EmbeddedError(f"The database cannot be made: {ended.stderr.strip()[-2000:]}")


def _stop_orphan(folder: Path) -> None:
    """Stop the server that a killed starter left behind; forget a pid file that names someone else.

    Raises:
        EmbeddedError: it is still there after STOP_S_MAX seconds.
    """
    pid_file = folder / "postmaster.pid"
    try:
        pid = int(pid_file.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0])
    except (OSError, ValueError):
        return
    if not processes.works_in(pid, folder):
        # We hold the folder's lock, so nobody else is starting it; the shared memory of processes
        # that outlived their postmaster is still looked for by the server itself.
        pid_file.unlink(missing_ok=True)
        return
    until = time.monotonic() + STOP_S_MAX
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
    while processes.works_in(pid, folder):
        if time.monotonic() > until:
            raise EmbeddedError(f"PostgreSQL of an earlier run, process {pid}, does not stop. Stop it.")
        time.sleep(0.01)


def _our_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError as why:
        raise EmbeddedError(
            f"User id {os.geteuid()} has no name on this system, and PostgreSQL needs one. "
            "Run as a user that /etc/passwd lists, or set DATABASE_URL."
        ) from why
