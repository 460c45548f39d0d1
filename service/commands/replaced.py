"""When web processes were replaced, told so that Granian gives up only where trying again is no use."""

import math
from typing import Any, Final

from granian.server.common import AbstractServer

UNFIT: Final = 3
"""The exit code of a web process whose application cannot be made."""


class Replaced(dict[int, float]):
    """Keeps the time at which each web process was replaced.

    Granian ends for good when a process that it has just replaced dies again. That is right where the
    application cannot be made. It is wrong where processes are killed, or start while the database is away:
    the next one may well serve.
    """

    def __init__(self, server: AbstractServer[Any]) -> None:
        """Keep the times for one server."""
        super().__init__()
        self._server = server

    def get(self, place: int, default: float = 0.0) -> float:  # type: ignore[override]  # asked by Granian alone
        """When the process at a place was replaced; long ago, unless it found itself unfit."""
        unfit = self._server.wrks[place].inner.exitcode == UNFIT
        return super().get(place, default) if unfit else -math.inf
