"""What a web process is given: an application, and how it may be connected to.

The process that watches over the others reads this and nothing of what they serve with.
"""

from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple

BACKLOG: Final = 2048
"""How many connections wait at a socket until a process takes them."""

Application = Callable[..., Awaitable[None]]
"""An ASGI application."""


class ConnectionLimits(NamedTuple):
    """How long requests may take to arrive, and how much of a process one caller may hold.

    Times are in seconds. With `public_url` a proxy stands before the process, and addresses are as it tells.
    """

    head_s: float = 10.0
    body_idle_s: float = 10.0
    body_s: float = 30.0
    body_bytes_per_s: int = 16 * 1024
    unfinished_max: int = 200
    connections_max: int = 4096
    public_url: str | None = None
