"""Being told that the process is to end, while it still serves: streams would else keep it from ending."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

SIGNS: Final = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def leaving(told: Callable[[], object]) -> Iterator[None]:
    """Tell of the first signal to end, beside whoever else handles it.

    The web server waits for requests in hand before it ends the application, and a stream is in hand for an
    hour: the application has to hear of the signal itself. Event loops have a Python handler for their
    signals, which is called after ours.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before: dict[signal.Signals, Any] = {}

    def handler_of(sign: signal.Signals) -> Callable[[int, Any], None]:
        def heard(number: int, frame: Any) -> None:  # noqa: ANN401  signal's own type
            loop.call_soon_threadsafe(told)
            before[sign](number, frame)

        return heard

    for sign in SIGNS:
        found = signal.getsignal(sign)
        if callable(found):
            before[sign] = found
            signal.signal(sign, handler_of(sign))
            # As the event loops have it: a system call goes on after the signal.
            signal.siginterrupt(sign, False)  # noqa: FBT003  positional only
    try:
        yield
    finally:
        for sign, found in before.items():
            signal.signal(sign, found)
