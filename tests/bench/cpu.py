"""The CPU time of processes with all that they started, those that ended among them."""

from __future__ import annotations

import os
from pathlib import Path

from service.embedded import Stores

TICKS_S = os.sysconf("SC_CLK_TCK")


def of_tree(pid: int) -> float:
    """Seconds that a process and its descendants spent, the reaped ones too."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    # utime, stime, and those of children that were waited for.
    seconds = sum(int(field) for field in fields[11:15]) / TICKS_S
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        try:
            seconds += of_tree(int(child))
        except OSError:
            # It ended meanwhile; what it spent is its parent's by now.
            continue
    return seconds


def postmaster(stores: Stores) -> int:
    """The process id of an embedded PostgreSQL."""
    return int((stores.data / "postgres" / "postmaster.pid").read_text(encoding="ascii").split()[0])


def peak_mib(pid: int) -> float:
    """The most memory that a process and its descendants held, the largest of them, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return max([own, *(peak_mib(int(child)) for child in children)])
