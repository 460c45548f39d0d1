"""Admission: how many requests are worked on at once, how many wait for that, and for how long.

What is above that is answered 503 with `Retry-After`, those who wait longest first: they are the likeliest to
have given up, and whoever is new has all of their patience left. Work of callers who left is not begun, and
whoever sends slowly has no place meanwhile.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Final, Literal, Self, TypeVar

from prometheus_client import Counter, Gauge

from service.flows.batcher import LeftError, Line

if TYPE_CHECKING:
    from types import TracebackType

T = TypeVar("T")

BATCHES_AT_ONCE_MAX: Final = 2
"""How many large batches of events one process works on at once: one in Python, one in PostgreSQL."""
BATCHES_WAITING_MAX: Final = 6
BATCH_WAIT_S_MAX: Final = 15.0
"""How long a batch may wait for its turn, in seconds: with its turn, less than clients wait for an answer."""

TURNED_AWAY: Final = Counter(
    "rewards_turned_away",
    "Requests not begun, by why: too many waited, too long, or they left.",
    ("why",),
)
WAITING: Final = Gauge(
    "rewards_requests_waiting", "Requests that wait to be worked on.", multiprocess_mode="livesum"
)


class CrowdedError(TimeoutError):
    """There is no place for a request; whoever sends it again in a moment may well find one."""


class _Waiting:
    """A request that waits for a place."""

    __slots__ = ("admitted", "line", "until")

    def __init__(self, line: Line | None, until: float, admitted: asyncio.Future[None]) -> None:
        self.line = line
        self.until = until
        self.admitted = admitted


class Gate:
    """Lets so many in at once; the others wait in the order in which they came."""

    def __init__(self, places: int, waiting_max: int, wait_s_max: float) -> None:
        """Have so many places, let so many wait for one, and each for so long."""
        self._places = places
        self._waiting_max = waiting_max
        self._wait_s_max = wait_s_max
        self._inside = 0
        self._waiting: deque[_Waiting] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def place(self, line: Line | None = None) -> Place:
        """A place, to be entered by `async with`; `line` says whether the caller is still there.

        Entering raises CrowdedError where there is none in time, and LeftError where nobody waits for it.
        """
        return Place(self, line)

    async def enter(self, line: Line | None) -> None:
        """Take a place, or wait for one."""
        if line is not None and line.is_gone:
            raise LeftError
        if self._inside < self._places and not self._waiting:
            self._inside += 1
            return
        loop = asyncio.get_running_loop()
        waiting = _Waiting(line, loop.time() + self._wait_s_max, loop.create_future())
        self._waiting.append(waiting)
        WAITING.inc()
        if len(self._waiting) > self._waiting_max:
            self._turn_away("length")
        if self._timer is None:
            self._timer = loop.call_later(self._wait_s_max, self._look)
        try:
            await waiting.admitted
        except asyncio.CancelledError:
            if waiting.admitted.done() and not waiting.admitted.cancelled():
                self.leave()
            raise

    def leave(self) -> None:
        """Give a place back, to whoever waits for it first and is still there."""
        self._inside -= 1
        while self._waiting and self._inside < self._places:
            first = self._taken_out()
            if first.admitted.done():
                continue
            if first.line is not None and first.line.is_gone:
                TURNED_AWAY.labels("left").inc()
                first.admitted.set_exception(LeftError())
                continue
            self._inside += 1
            first.admitted.set_result(None)

    def _look(self) -> None:
        """Turn those away who waited for too long."""
        self._timer = None
        loop = asyncio.get_running_loop()
        while self._waiting and self._waiting[0].until <= loop.time():
            self._turn_away("age")
        if self._waiting:
            self._timer = loop.call_at(self._waiting[0].until, self._look)

    def _turn_away(self, why: Literal["length", "age"]) -> None:
        first = self._taken_out()
        if not first.admitted.done():
            TURNED_AWAY.labels(why).inc()
            first.admitted.set_exception(CrowdedError())

    def _taken_out(self) -> _Waiting:
        WAITING.dec()
        return self._waiting.popleft()


class Place:
    """A place behind a gate."""

    __slots__ = ("_gate", "_is_held", "_line")

    def __init__(self, gate: Gate, line: Line | None) -> None:
        self._gate = gate
        self._line = line
        self._is_held = False

    async def __aenter__(self) -> Self:
        """Wait until it is there."""
        await self._gate.enter(self._line)
        self._is_held = True
        return self

    async def aside(self, read: Awaitable[T]) -> T:
        """Read what is being sent; until all of it is there, others have the place."""
        if self._line is None or self._line.is_whole:
            return await read
        self._is_held = False
        self._gate.leave()
        found = await read
        await self._gate.enter(self._line)
        self._is_held = True
        return found

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it back."""
        if self._is_held:
            self._gate.leave()
