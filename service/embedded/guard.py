"""The guard: a small process that stops the stores when the process that started them is gone.

It reads a pipe whose other end only the starter holds. The starter's death, even by `kill -9`, closes
that end, and the guard then asks the servers that it was last told of to stop. No polling, and nothing
to clean up.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from typing import Final, Literal

Signal = Literal["INT", "TERM"]
"""SIGINT is PostgreSQL's fast shutdown; SIGTERM lets Valkey write what it has and leave."""

_WATCH: Final = """\
while read -r word pid; do
  case "$word" in
    done) exit 0 ;;
    INT) INT=$pid ;;
    TERM) TERM=$pid ;;
  esac
done
[ -n "$INT" ] && kill -INT "$INT"
[ -n "$TERM" ] && kill -TERM "$TERM"
"""


class Guard:
    """Watches over the starter's life, and knows which servers to stop at its end."""

    def __init__(self) -> None:
        """Start the guard, which knows of no server yet."""
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", f"INT= TERM=\n{_WATCH}", "rewards-guard"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/",
            start_new_session=True,
        )
        if self._process.stdin is None:
            raise AssertionError("a process that is started with a pipe has it")
        self._pipe = self._process.stdin
        # A forked child must not keep the pipe open, or our death would go unseen.
        os.register_at_fork(after_in_child=self._pipe.close)

    def told(self, sign: Signal, pid: int | None) -> None:
        """Name the server that is to be stopped with a signal, or None while there is none."""
        # A guard that was killed is missed only if we are killed too: the next start stops what we leave.
        with contextlib.suppress(OSError):
            self._pipe.write(f"{sign} {pid or ''}\n".encode("ascii"))

    def stop(self) -> None:
        """Send the guard home: the servers were stopped in good order."""
        try:
            self._process.communicate(b"done\n", timeout=5)
        except (subprocess.TimeoutExpired, OSError):
            self._process.kill()
            self._process.wait()
