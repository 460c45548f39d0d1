"""The guard: a small process that stops the stores when the process that started them is gone.

It reads a pipe whose other end only the starter holds. The starter's death, even by `kill -9`, closes
that end, and the guard then asks both servers to stop. No polling, and nothing to clean up.
"""

from __future__ import annotations

import os
import subprocess

# SIGINT is PostgreSQL's fast shutdown; SIGTERM lets Valkey write what it has and leave.
_WATCH = 'read -r word; [ "$word" = done ] && exit 0; kill -INT "$1"; kill -TERM "$2"'


def start(postgres_pid: int, valkey_pid: int) -> subprocess.Popen[bytes]:
    """Start a guard over the two servers; they are stopped when this process ends without a word."""
    guard = subprocess.Popen(
        ["/bin/sh", "-c", _WATCH, "rewards-guard", str(postgres_pid), str(valkey_pid)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd="/",
        start_new_session=True,
    )
    if guard.stdin is None:
        raise AssertionError("a process that is started with a pipe has it")
    # A forked child must not keep the pipe open, or our death would go unseen.
    os.register_at_fork(after_in_child=guard.stdin.close)
    return guard


def stop(guard: subprocess.Popen[bytes]) -> None:
    """Send the guard home: the servers are being stopped in good order."""
    try:
        guard.communicate(b"done\n", timeout=5)
    except (subprocess.TimeoutExpired, OSError):
        guard.kill()
        guard.wait()
