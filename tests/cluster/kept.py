"""Processes that are kept running as a machine's supervisor does, under one folder, and none left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

LOOK_S: Final = 0.1
AGAIN_S: Final = 0.5
"""How long one that ended is not there, as systemd's RestartSec, in seconds."""
STOP_S_MAX: Final = 30.0


@dataclass
class Kept:
    """One command that runs in a folder of its own, and again where it ended."""

    name: str
    command: list[str]
    folder: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    held: bool = field(default=False, init=False)
    """Whether it stays away where it ended, as a machine does that is gone."""

    @property
    def log(self) -> Path:
        """What it said."""
        return self.folder.with_name(f"{self.folder.name}.log")

    def start(self) -> None:
        """Run it, in a session of its own: a terminal's Ctrl-C does not reach it."""
        self.folder.mkdir(exist_ok=True, mode=0o700)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, env=dict(self.environment), stdin=subprocess.DEVNULL,
                stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip  # table: how a process is started

    def pids(self) -> list[int]:
        """Everything that runs in its folder."""
        return sorted(running_under(self.folder))

    def stop(self) -> None:
        """Ask it to end, frozen or not, and see to it."""
        if self.process is None:
            return
        signal_all(self.pids(), signal.SIGCONT)
        self.process.terminate()
        try:
            self.process.wait(STOP_S_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def running_under(folder: Path) -> Iterator[int]:
    """Find the processes that work in a folder or below it."""
    inside = f"{folder}/"
    for place in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            if f"{place.readlink()}/".startswith(inside):
                yield int(place.parent.name)


def signal_all(pids: list[int], sign: signal.Signals) -> None:
    """Send a signal to whichever of them are still there."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, sign)


class Keeper:
    """Keeps what it is given running until it is told to stop."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def add(self, one: Kept) -> Kept:
        """Start one, and keep it running."""
        one.start()
        self.kept[one.name] = one
        return one

    def stop(self) -> None:
        """Stop all of them, who came last first."""
        self._stopping.set()
        self._thread.join()
        for one in reversed(self.kept.values()):
            one.stop()

    def _keep(self) -> None:
        ended: dict[str, float] = {}
        while not self._stopping.wait(LOOK_S):
            for one in list(self.kept.values()):
                if one.held or one.process is None or one.process.poll() is None:
                    continue
                if time.monotonic() - ended.setdefault(one.name, time.monotonic()) >= AGAIN_S:
                    del ended[one.name]
                    one.start()


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """See to it that nothing runs in a folder when the block has ended, or this process died.

    Raises RuntimeError where the block left something running, which is ended all the same.
    """
    guard = subprocess.Popen(
        [sys.executable, __file__, str(folder)], stdin=subprocess.PIPE, start_new_session=True, cwd="/"
    )
    try:
        yield
    finally:
        left = list(running_under(folder))
        guard.communicate()
    if left:
        raise RuntimeError(f"left running: {left}")


def end_all(folder: Path) -> None:
    """Ask everything that runs in a folder to end, and end by force what has not after a while."""
    until = time.monotonic() + STOP_S_MAX / 2
    while left := list(running_under(folder)):
        for sign in (signal.SIGCONT, signal.SIGTERM if time.monotonic() < until else signal.SIGKILL):
            signal_all(left, sign)
        time.sleep(0.2)


if __name__ == "__main__":
    # The end of the line is the end of whoever holds its other end, however that ended.
    sys.stdin.read()
    end_all(Path(sys.argv[1]))
