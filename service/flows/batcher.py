"""Requests that arrive together share one transaction; a lone one is a batch of one.

A batch is of one clinic. A second one of a clinic is begun where as many items wait as the one under way has:
then Python works on one while PostgreSQL works on the other. While fewer wait they go on gathering, for a
large batch costs little more than a small one. Never are two about the same participant: what is about the
same is done in the order it came, and no batch waits for a lock that the other holds.

What waits for too long is given up, the oldest first, and what nobody waits for any more is not done.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Iterator, Sequence
from time import perf_counter
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

import asyncpg
import structlog
from prometheus_client import Histogram

from service.flows.retry import retried
from service.tracing import TRACING, Span

BATCH_ITEMS_MAX = 256
LANES_MAX = 2
"""How many batches of one clinic may be under way: one in Python, one in PostgreSQL."""
LANES_OF_ALL_MAX = 6
"""How many batches of all clinics may be under way, each of which holds a connection."""
WAIT_S_MAX = 10.0
"""How long an item that somebody waits for may wait for its batch, in seconds."""
BULK_WAIT_S_MAX = 60.0
"""How long one of many may, in seconds."""
LOOK_S = 1.0
"""How often it is looked whether anything has waited for too long."""

SIZES: Final = Histogram(
    "rewards_batch_items",
    "Items of a batch that went into one transaction, by what they ask for.",
    ("what",),
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, BATCH_ITEMS_MAX),
)
WAITS: Final = Histogram(
    "rewards_batch_wait_seconds",
    "How long the first item of a batch waited for it to begin.",
    ("what",),
    buckets=(0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, WAIT_S_MAX, BULK_WAIT_S_MAX),
)

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_log = structlog.get_logger(__name__)


class OverdueError(TimeoutError):
    """An item waited for its batch for too long, and was not begun."""


class LeftError(ConnectionError):
    """Whoever asked for it has left, so it was not begun."""


class Line:
    """The way back to whoever asks: whether they are gone, and whether all that they send is there."""

    __slots__ = ("is_gone", "is_whole")

    def __init__(self) -> None:
        """Begin with somebody there, who has sent nothing yet."""
        self.is_gone = self.is_whole = False


class _Waiting(Generic[Item, Answer]):
    """One item that waits to be taken into a batch."""

    __slots__ = ("about", "answer", "item", "line", "since", "until")

    def __init__(
        self,
        item: Item,
        about: Hashable,
        answer: asyncio.Future[Answer],
        line: Line | None,
        since: float,
        until: float,
    ) -> None:
        self.item = item
        self.since = since
        self.about = about
        self.answer = answer
        self.line = line
        self.until = until

    def is_wanted(self) -> bool:
        """Whether anybody waits for it; where they have left, that is its answer."""
        if not self.answer.done() and self.line is not None and self.line.is_gone:
            self.answer.set_exception(LeftError())
        return not self.answer.done()


class Batcher(Generic[Item, Answer]):
    """Gathers items into batches per clinic and gives each its own answer."""

    def __init__(
        self,
        work: Callable[[UUID, Sequence[Item]], Awaitable[list[Answer]]],
        about: Callable[[Item], Hashable],
        when: Callable[[Item], Any] | None = None,
        *,
        what: str = "other",
    ) -> None:
        """Gather for `work`, which answers a batch of one clinic's items in their order; `what` names it.

        `about` says whom an item is about: items about the same are never in two batches at once. `when`
        is the order in which many items are done; without it, they are done as they come.
        """
        self._work = work
        self._about = about
        self._when = when
        self._what = what
        self._sizes, self._waits = SIZES.labels(what), WAITS.labels(what)
        self._prompt: dict[UUID, deque[_Waiting[Item, Answer]]] = {}
        self._bulk: dict[UUID, deque[_Waiting[Item, Answer]]] = {}
        self._busy: set[tuple[UUID, Hashable]] = set()
        self._lanes: dict[asyncio.Task[None], tuple[UUID, int]] = {}
        """The batches under way: of which clinic, and how many items."""
        self._woken = False
        self._timer: asyncio.TimerHandle | None = None

    async def ask(self, clinic: UUID, item: Item, line: Line | None = None) -> Answer:
        """Answer one item; raises what its batch of one raises.

        Raises OverdueError where it waited for too long, and LeftError where nobody is on its line any more.
        """
        return await self._put(self._prompt, clinic, item, line, WAIT_S_MAX)

    async def ask_all(
        self, clinic: UUID, items: Sequence[Item], line: Line | None = None
    ) -> list[Answer | BaseException]:
        """Answer many items, behind those that people wait for; a fault is its item's answer."""
        when = self._when
        places = (
            range(len(items)) if when is None else sorted(range(len(items)), key=lambda p: when(items[p]))
        )
        asked = {
            place: self._put(self._bulk, clinic, items[place], line, BULK_WAIT_S_MAX) for place in places
        }
        return await asyncio.gather(*[asked[place] for place in range(len(items))], return_exceptions=True)

    async def close(self) -> None:
        """Finish what is in hand."""
        while self._lanes or self._prompt or self._bulk:
            self._start()
            if self._lanes:
                await asyncio.wait(self._lanes)
        if self._timer is not None:
            self._timer.cancel()

    def _put(
        self,
        queues: dict[UUID, deque[_Waiting[Item, Answer]]],
        clinic: UUID,
        item: Item,
        line: Line | None,
        wait_s_max: float,
    ) -> asyncio.Future[Answer]:
        loop = asyncio.get_running_loop()
        now = loop.time()
        waiting = _Waiting(item, self._about(item), loop.create_future(), line, now, now + wait_s_max)
        queues.setdefault(clinic, deque()).append(waiting)
        if not self._woken:
            # Not at once: requests that were read in the same turn of the loop go together.
            self._woken = True
            loop.call_soon(self._start)
        if self._timer is None:
            self._timer = loop.call_later(LOOK_S, self._look)
        return waiting.answer

    def _look(self) -> None:
        """Give up what has waited for too long: no batch may end for long, where PostgreSQL hangs."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for queues in (self._prompt, self._bulk):
            for clinic, queue in [*queues.items()]:
                while queue and (queue[0].until <= now or not queue[0].is_wanted()):
                    first = queue.popleft()
                    if not first.answer.done():
                        first.answer.set_exception(OverdueError())
                if not queue:
                    del queues[clinic]
        waits = self._prompt or self._bulk
        self._timer = loop.call_later(LOOK_S, self._look) if waits else None

    def _start(self) -> None:
        self._woken = False
        # One for each clinic first, and then another: nobody's many keep a clinic from its first.
        for _ in range(LANES_MAX):
            for clinic in [*dict.fromkeys((*self._prompt, *self._bulk))]:
                if len(self._lanes) >= LANES_OF_ALL_MAX:
                    return
                if self._has_lane(clinic):
                    self._begin(clinic)

    def _begin(self, clinic: UUID) -> None:
        batch = list(self._take(clinic))
        if batch:
            self._sizes.observe(len(batch))
            self._waits.observe(asyncio.get_running_loop().time() - min(one.since for one in batch))
            lane = asyncio.create_task(self._run(clinic, batch))
            self._lanes[lane] = (clinic, len(batch))
            lane.add_done_callback(self._done)

    def _has_lane(self, clinic: UUID) -> bool:
        """Whether another batch of a clinic may be begun now."""
        under_way = [items for whose, items in self._lanes.values() if whose == clinic]
        if not under_way:
            return True
        waiting = sum(len(queues.get(clinic, ())) for queues in (self._prompt, self._bulk))
        return len(under_way) < LANES_MAX and waiting >= max(under_way)

    def _done(self, lane: asyncio.Task[None]) -> None:
        del self._lanes[lane]
        self._start()

    def _take(self, clinic: UUID) -> Iterator[_Waiting[Item, Answer]]:
        """Take the next batch: those that people wait for first, leaving out whom another batch is about."""
        taken: set[tuple[UUID, Hashable]] = set()
        room = BATCH_ITEMS_MAX
        for queues in (self._prompt, self._bulk):
            queue = queues.pop(clinic, None)
            left: deque[_Waiting[Item, Answer]] = deque()
            while queue and room:
                waiting = queue.popleft()
                about = (clinic, waiting.about)
                if about in self._busy:
                    left.append(waiting)
                elif waiting.is_wanted():
                    taken.add(about)
                    room -= 1
                    yield waiting
            left.extend(queue or ())
            if left:
                queues[clinic] = left
        self._busy |= taken

    async def _run(self, clinic: UUID, batch: list[_Waiting[Item, Answer]]) -> None:
        began = perf_counter()
        try:
            await self._answer(clinic, batch)
        finally:
            if TRACING.is_on:
                facts: dict[str, str | int] = {"rewards.clinic_id": str(clinic), "rewards.items": len(batch)}
                TRACING.tell(Span(f"batch of {self._what}", "internal", perf_counter() - began, facts))
            self._busy.difference_update((clinic, waiting.about) for waiting in batch)

    async def _answer(self, clinic: UUID, batch: list[_Waiting[Item, Answer]]) -> None:
        """Answer a batch; when it fails as a whole, each item alone: one never takes others with it."""
        try:
            items = [waiting.item for waiting in batch]
            answers = await retried(lambda: self._work(clinic, items))
        except Exception as fault:  # noqa: BLE001  whatever it is, it is the item's answer
            if len(batch) > 1 and not isinstance(fault, OSError | asyncpg.PostgresConnectionError):
                constraint = getattr(fault, "constraint_name", None)
                _log.warning(
                    "batch_split", items=len(batch), error=type(fault).__name__, constraint=constraint
                )
                for waiting in batch:
                    await self._answer(clinic, [waiting])
                return
            for waiting in batch:
                if not waiting.answer.done():
                    waiting.answer.set_exception(fault)
            return
        for waiting, answer in zip(batch, answers, strict=True):
            if not waiting.answer.done():
                waiting.answer.set_result(answer)
