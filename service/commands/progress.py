"""What a long command shows while it works, and how it ends when it is told to."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import uvloop
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from service.commands.speech import progress_console

T = TypeVar("T")
MIB = 1 << 20


class Said:
    """What is being done, and how many bytes of it were."""

    def __init__(self, bar: Progress, what: str) -> None:
        """Take the bar to show it in."""
        self._bar = bar
        self._what = what
        self._step = ""
        self._bytes = 0
        self._shown = bar.add_task(what)

    def step(self, text: str) -> None:
        """Say what is being done now."""
        self._step, self._bytes = text, 0
        self._show()

    def bytes(self, more: int) -> None:
        """Say how many more bytes of it were."""
        self._bytes += more
        self._show()

    def hide(self) -> None:
        """Show nothing while a person is asked."""
        self._bar.stop()

    def show(self) -> None:
        """Show it again."""
        self._bar.start()

    def _show(self) -> None:
        size = f", {self._bytes / MIB:,.0f} MiB" if self._bytes >= MIB else ""
        self._bar.update(self._shown, description=f"{self._what}: {self._step}{size}")


@contextmanager
def watched(what: str) -> Iterator[Said]:
    """Show on a terminal what is being done, until the block ends."""
    out = progress_console()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=out, disable=not out.is_terminal, transient=True) as bar:
        yield Said(bar, what)


def until_ended(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; SIGTERM and SIGHUP break it off as Ctrl-C does, and what it began is taken back."""

    async def told() -> T:
        task = asyncio.ensure_future(work)
        for sign in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(sign, task.cancel)
        return await task

    return uvloop.run(told())
