"""Looking up the addresses of a receiver's name, so that a name that takes long holds up only itself."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

LOOKUPS_MAX: Final = 32
"""How many names are looked up at once; each takes a thread for as long as the system's resolver does."""
ADDRESSES_MAX: Final = 16
"""How many addresses of a name are kept: all of those are judged, and none beyond is ever connected to."""

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""A host and a port in, the addresses of that name out; raises OSError where there are none."""


class Names:
    """The system's resolver, asked once for all who want the same name at the same time.

    It has threads of its own: the event loop's few are shared with everything else, and a name whose
    servers do not answer keeps one for half a minute. Nothing is remembered once it is answered, so that
    each attempt sees what the name says then.
    """

    def __init__(self) -> None:
        """Start no thread before the first name."""
        self._threads = ThreadPoolExecutor(LOOKUPS_MAX, thread_name_prefix="names")
        self._asked: dict[tuple[str, int], asyncio.Future[list[str]]] = {}

    async def resolve(self, host: str, port: int) -> list[str]:
        """Give the addresses of a name in the system's order of preference.

        Raises:
            OSError: the name has no address, or nobody could say.
        """
        asked = self._asked.get((host, port))
        if asked is None:
            loop = asyncio.get_running_loop()
            asked = loop.run_in_executor(self._threads, _look_up, host, port)
            self._asked[host, port] = asked
            asked.add_done_callback(partial(self._answered, host, port))
        # Who gives up waiting does not take the answer away from the others.
        return await asyncio.shield(asked)

    def close(self) -> None:
        """Let the threads go; a lookup that is under way is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _answered(self, host: str, port: int, asked: asyncio.Future[list[str]]) -> None:
        del self._asked[host, port]
        if not asked.cancelled():
            # Looked at here, so that a failure nobody waits for any more is not reported as forgotten.
            asked.exception()


def _look_up(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = dict.fromkeys(str(where[0]) for *_, where in found)
    return list(addresses)[:ADDRESSES_MAX]
