"""Where the stores of tests lie: in memory where there is room, since on a disk they are mostly waited for.

To copy a database makes two thousand files, which takes seven times the processor on a disk that it takes in
memory. Tests of what a disk, a kill or a crash does to stores have theirs on the disk.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")  # noqa: S108  each folder in it is made by mkdtemp, for nobody else
"""Where Linux has a file system in memory."""
MEMINFO: Final = Path("/proc/meminfo")
ROOM: Final = 3 * 1024**3
"""How much must be free in it, in bytes; the stores of one process take some hundred megabytes."""
SPARE: Final = 2
"""How many times that the machine must have to spare."""
PREFIX: Final = "rw-tests-"


def in_memory(memory: Path = MEMORY, meminfo: Path = MEMINFO) -> Path | None:
    """Find a file system in memory that has room and may run programs; none where there is none."""
    try:
        found = os.statvfs(memory)
        spare = re.search(r"^MemAvailable: +([0-9]+) kB$", meminfo.read_text("ascii"), re.MULTILINE)
    except OSError:
        return None
    has_room = found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & (os.ST_NOEXEC | os.ST_RDONLY)
    is_spared = spare is not None and int(spare[1]) * 1024 >= ROOM * SPARE
    return memory if has_room and is_spared and os.access(memory, os.W_OK) else None


@contextmanager
def quick_folder(memory: Path = MEMORY) -> Iterator[Path]:
    """Give a folder for stores, whose path is short enough for sockets."""
    parent = in_memory(memory)
    if parent is not None:
        sweep(parent)
    made = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep(parent: Path) -> None:
    """Remove what processes have left there that were killed: memory is not to be filled by that."""
    for left in parent.glob(f"{PREFIX}*"):
        number = left.name.removeprefix(PREFIX).partition("-")[0]
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            shutil.rmtree(left, ignore_errors=True)
