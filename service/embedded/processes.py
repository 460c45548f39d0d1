"""Processes by where they work: a pid alone may be anybody's by now."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path


def works_in(pid: int, folder: Path) -> bool:
    """Tell whether a process works in this folder."""
    if not Path("/proc/self").exists():
        command = ["/bin/ps", "-o", "command=", "-p", str(pid)]
        return str(folder) in subprocess.run(command, capture_output=True, text=True, check=False).stdout
    try:
        return Path(f"/proc/{pid}/cwd").samefile(folder)
    except OSError:
        return False


def end(program: str, folder: Path, wait_s_max: float) -> bool:
    """Kill all processes of a program that work in a folder, and tell whether they are gone in time.

    Without /proc nothing is found: who asks must also bear with processes that end by themselves.
    """
    until = time.monotonic() + wait_s_max
    while left := _processes(program, folder):
        if time.monotonic() > until:
            return False
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.01)
    return True


def _processes(program: str, folder: Path) -> list[int]:
    found = []
    for named in Path("/proc").glob("[0-9]*/comm"):
        with contextlib.suppress(OSError):
            pid = int(named.parent.name)
            # A shell that somebody opened in the folder is none of ours.
            if named.read_text(encoding="utf-8", errors="replace").strip() == program and works_in(
                pid, folder
            ):
                found.append(pid)
    return found
