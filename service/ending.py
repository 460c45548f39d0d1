"""Ending: which signals ask for it, how a loop waits for it, and how a task ends for good."""

import asyncio
import signal
from typing import Any, Final

AGAIN_S: Final = 1.0
"""How long a task may take to end before it is told once more, in seconds."""


def ending_signals() -> tuple[signal.Signals, ...]:
    """The signals that a process ends cleanly by: SIGHUP too, unless it is to outlive its terminal."""
    signs = (signal.SIGTERM, signal.SIGINT)
    return signs if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else (*signs, signal.SIGHUP)


async def end(task: asyncio.Task[Any]) -> None:
    """Cancel a task, and wait until it is over.

    Once is not always enough: before Python 3.12 a library that bounds its waits by a time of its own can
    take a cancellation for the end of that time, and go on. Whoever waited for such a task waited for ever.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=AGAIN_S)


async def stopped(stop: asyncio.Event, wait_s: float) -> bool:
    """Wait until a loop is to stop, or for so many seconds; tells whether it is to stop."""
    try:
        async with asyncio.timeout(wait_s):
            await stop.wait()
    except TimeoutError:
        return False
    return True
