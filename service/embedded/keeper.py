"""The keeper of one server: it starts the server, and starts it again in the same place when it dies.

One thread looks after one server. That thread alone starts anything, and a stop waits for it to end before
it stops the server, so nothing comes up again behind a stop.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

import structlog

LOOK_S: Final = 0.1
"""How long a server may be dead before it is noticed, in seconds."""
STEADY_S: Final = 0.5
"""A server that lived this long is started again at once; one that did not waits, longer each time."""
WAIT_S_MIN: Final = 0.1
WAIT_S_MAX: Final = 2.0

_log = structlog.get_logger("service.embedded")

Server = subprocess.Popen[bytes]


class Start(Protocol):
    """Starts a server and returns when it answers; raises EmbeddedError where it does not."""

    def __call__(self, begun: Callable[[int], None], wanted: Callable[[], bool]) -> Server:
        """Tell `begun` the process id at once, and give up when the server is not `wanted` any more."""


class Keeper:
    """A running server that stays up until it is told to stop."""

    def __init__(
        self,
        store: str,
        start: Start,
        stop: Callable[[Server], None],
        begun: Callable[[int | None], None],
        ours: Callable[[], bool],
    ) -> None:
        """Start the server.

        Args:
            store: what the log calls it.
            start: starts it, now and again.
            stop: stops it in good order.
            begun: is told its process id whenever it was started, and None when it is gone.
            ours: whether its folder still is ours to start something in.

        Raises:
            EmbeddedError: it does not start; a first start is not tried again.
        """
        self._store = store
        self._start = start
        self._stop = stop
        self._begun = begun
        self._ours = ours
        self._stopping = threading.Event()
        self._server = start(begun, self._wanted)
        self._thread = threading.Thread(target=self._keep, name=f"{store}-keeper", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop the server for good."""
        self._stopping.set()
        self._thread.join()
        self._stop(self._server)

    def _wanted(self) -> bool:
        return not self._stopping.is_set()

    def _keep(self) -> None:
        wait_s, since = 0.0, time.monotonic()
        while not self._stopping.wait(LOOK_S):
            if self._server.poll() is None:
                continue
            self._begun(None)
            wait_s = _longer(wait_s) if time.monotonic() - since < STEADY_S else 0.0
            wait_s = self._again(wait_s)
            since = time.monotonic()

    def _again(self, wait_s: float) -> float:
        """Start the server until it is up or not wanted; give how long the last try had to wait."""
        dead, attempts = time.monotonic(), 0
        while not self._stopping.wait(wait_s):
            if not self._ours():
                # The folder was removed, and maybe made anew by another process, whose servers we leave be.
                _log.error("store_abandoned", store=self._store)
                self._stopping.set()
                break
            attempts += 1
            try:
                self._server = self._start(self._begun, self._wanted)
            except Exception as why:  # noqa: BLE001  whatever it was, it may be over at the next try
                wait_s = _longer(wait_s)
                _log.warning(
                    "store_restart_failed",
                    store=self._store,
                    attempts=attempts,
                    error=type(why).__name__,
                    wait_s=wait_s,
                )
                continue
            took_ms = round((time.monotonic() - dead) * 1000)
            _log.warning(
                "store_restarted",
                store=self._store,
                pid=self._server.pid,
                attempts=attempts,
                duration_ms=took_ms,
            )
            break
        return wait_s


def _longer(wait_s: float) -> float:
    return min(max(wait_s * 2, WAIT_S_MIN), WAIT_S_MAX)
