"""The process that watches over the web processes: starts them, replaces one that dies or freezes, ends them.

All of them accept from the same sockets, so that one which does nothing holds up nobody who waits there.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from prometheus_client.multiprocess import mark_process_dead

from service.collecting import collect_seldom
from service.commands.speech import CommandError, Exit
from service.ending import ending_signals
from service.web.http.application import Application, ConnectionLimits

if TYPE_CHECKING:
    from multiprocessing.connection import Connection as Pipe
    from types import FrameType

UNFIT: Final = 3
"""The exit code of a web process whose application cannot be made: the next one could not either."""
BEAT_S: Final = 1.0
"""How often a web process says that it runs."""
MISSED_MAX: Final = 10
"""How many beats it may miss before it is taken for frozen, and replaced."""
STOP_S_MAX: Final = 30
"""How long web processes may take to end, in seconds, before they are killed."""
METRICS_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus-client looks for the folder in which processes count together."""
AGAIN_S: Final = 0.5
"""How long after its start a process that died is replaced at the soonest, in seconds."""

_log = logging.getLogger(__name__)


class _Process(Struct):
    """A web process, where its beats come in, when it was started, and how many beats it has missed."""

    process: BaseProcess
    beats: Pipe
    started: float
    missed: int = 0
    has_beaten: bool = False


class WebProcesses:
    """So many processes that serve one application on the same sockets."""

    def __init__(
        self,
        workers: int,
        application: Callable[[], Application],
        sockets: list[socket.socket],
        limits: ConnectionLimits,
    ) -> None:
        """Take what each is started with; `application` and the sockets are pickled on their way there."""
        self._given = (application, sockets, limits)
        self._sockets = sockets
        self._workers = workers
        # A forked process would inherit threads' locks as they happen to be; a spawned one begins afresh.
        self._context = multiprocessing.get_context("spawn")
        self._running: list[_Process] = []
        self._heard, self._told = self._context.Pipe(duplex=False)
        self._is_ending = False

    def run(self) -> None:
        """Keep them running until SIGTERM, SIGINT or SIGHUP, then let each finish what is in hand.

        Raises CommandError where their application cannot be made.
        """
        before = {one: signal.signal(one, self._end) for one in ending_signals()}
        try:
            self._running = [self._started() for _ in range(self._workers)]
            while not self._is_ending:
                self._replace(is_quiet=self._wait())
        finally:
            self._stop()
            for sign, handler in before.items():
                signal.signal(sign, handler)

    def _started(self) -> _Process:
        beats, beating = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_run, args=(*self._given, beating), name="web")
        process.start()
        beating.close()
        return _Process(process, beats, time.monotonic())

    def _wait(self) -> bool:
        """Until one ends, somebody says to end, or for a whole beat: only then is it time to look for beats.

        One that is ending is told of again and again until it has ended, and each time is no missed beat.
        """
        sentinels = [one.process.sentinel for one in self._running]
        return not connection.wait([*sentinels, self._heard], timeout=BEAT_S)

    def _replace(self, *, is_quiet: bool) -> None:
        for place, one in enumerate(self._running):
            if self._is_ending:
                return
            if one.process.is_alive():
                if not is_quiet or not self._is_frozen(one):
                    continue
                _log.warning("web_process_frozen")
                one.process.kill()
                one.process.join()
            _forget(one.process.pid)
            if one.process.exitcode == UNFIT:
                detail = "The web processes ended by themselves; what they said is above."
                raise CommandError(Exit.UNFORESEEN, "unforeseen", detail)
            time.sleep(max(0.0, one.started + AGAIN_S - time.monotonic()))
            one.beats.close()
            self._running[place] = self._started()

    def _is_frozen(self, one: _Process) -> bool:
        beaten = False
        try:
            while one.beats.poll():
                one.beats.recv_bytes()
                beaten = one.has_beaten = True
        except EOFError:
            return False
        # Counted by looks and not by the clock: this process may have been stopped as well.
        one.missed = 0 if beaten or not one.has_beaten else one.missed + 1
        return one.missed > MISSED_MAX

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        if not self._is_ending:
            self._is_ending = True
            self._told.send_bytes(b"end")

    def _stop(self) -> None:
        self._is_ending = True
        for held in self._sockets:
            held.close()
        for one in self._running:
            if one.process.is_alive():
                one.process.terminate()
        until = time.monotonic() + STOP_S_MAX
        for one in self._running:
            one.process.join(max(0.0, until - time.monotonic()))
            if one.process.is_alive():
                one.process.kill()
                one.process.join()


def _forget(pid: int | None) -> None:
    """Let what a process that is gone had open count no longer, such as its streams."""
    if pid is not None and METRICS_FOLDER in os.environ:
        mark_process_dead(pid)  # type: ignore[no-untyped-call]


def _run(
    application: Callable[[], Application],
    sockets: list[socket.socket],
    limits: ConnectionLimits,
    beats: Pipe,
) -> None:
    """One web process."""
    collect_seldom()
    from service.web.http.process import NotStartedError, serve_on  # noqa: PLC0415  the one that watches needs none

    # Until it serves, what tells it to end does so at once.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # A terminal tells all of its processes that it goes: the one that watches tells this one, by SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    threading.Thread(target=_beat, args=(beats,), name="beats", daemon=True).start()
    try:
        made = application()
    except Exception:  # noqa: BLE001  whatever it is, the process ends by it
        # The log leaves values out of it; a trace on stderr would not.
        _log.exception("web_process_failed")
        sys.exit(UNFIT)
    try:
        serve_on(sockets, made, limits)
    except NotStartedError:
        _log.warning("web_process_not_started")
        sys.exit(1)


def _beat(beats: Pipe) -> None:
    try:
        while True:
            beats.send_bytes(b".")
            time.sleep(BEAT_S)
    except OSError:
        return


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    connection.wait([parent.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_S_MAX)
    os._exit(1)
