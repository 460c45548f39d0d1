"""Requests that arrive together share a batch, in order, and never take each other down."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Sequence
from uuid import UUID

import pytest

from service import logs
from service.flows import batcher as batchers
from service.flows.batcher import BATCH_ITEMS_MAX, LANES_MAX, Batcher, LeftError, Line, OverdueError

CLINIC = UUID(int=1)
OTHER = UUID(int=2)
Item = tuple[str, int]


class Work:
    """Work that notes each batch, takes a turn of the loop, and fails for a number it is told."""

    def __init__(self, failing: int | None = None) -> None:
        self.batches: list[tuple[UUID, list[Item]]] = []
        self.under_way: list[set[str]] = []
        self.failing = failing

    async def __call__(self, clinic: UUID, items: Sequence[Item]) -> list[int]:
        """Answer each item with its number."""
        self.batches.append((clinic, list(items)))
        about = {who for who, _ in items}
        assert not any(about & others for others in self.under_way), "two batches about the same person"
        self.under_way.append(about)
        await asyncio.sleep(0.001)
        self.under_way.remove(about)
        if self.failing in {number for _, number in items}:
            raise ValueError(str(self.failing))
        return [number for _, number in items]


def batcher(work: Work) -> Batcher[Item, int]:
    """Gather for the work."""
    return Batcher(work, lambda item: item[0])


async def test_concurrent_items_become_one_batch() -> None:
    """Ten at once are one batch, and each gets its own answer."""
    work = Work()
    gathered = batcher(work)
    answers = await asyncio.gather(*[gathered.ask(CLINIC, (str(n), n)) for n in range(10)])
    assert answers == list(range(10))
    assert len(work.batches) == 1


async def test_a_batch_is_of_one_clinic() -> None:
    """Two clinics' requests never share a transaction."""
    work = Work()
    gathered = batcher(work)
    await asyncio.gather(gathered.ask(CLINIC, ("a", 1)), gathered.ask(OTHER, ("b", 2)))
    assert sorted(len(items) for _, items in work.batches) == [1, 1]


async def test_items_of_one_participant_keep_their_order() -> None:
    """Across batches too: a person's items are never in two batches at once."""
    work = Work()
    gathered = batcher(work)
    items = [(str(n % 7), n) for n in range(4 * BATCH_ITEMS_MAX)]
    answers = await gathered.ask_all(CLINIC, items)
    assert answers == [number for _, number in items]
    for person in range(7):
        done = [n for _, batch in work.batches for who, n in batch if who == str(person)]
        assert done == sorted(done)


async def test_people_who_wait_go_before_a_bulk_that_is_waiting() -> None:
    """A single request does not wait for ten thousand: it is in the next batch."""
    work = Work()
    gathered = batcher(work)
    bulk = asyncio.create_task(
        gathered.ask_all(CLINIC, [(f"bulk{n}", n) for n in range(20 * BATCH_ITEMS_MAX)])
    )
    await asyncio.sleep(0)
    assert await gathered.ask(CLINIC, ("person", 7)) == 7
    assert len(work.batches) < 8
    await bulk


async def test_a_failing_item_fails_alone() -> None:
    """The batch is done again one by one, and only the failing item is told."""
    work = Work(failing=3)
    gathered = batcher(work)
    answers = await asyncio.gather(
        *[gathered.ask(CLINIC, (str(n), n)) for n in range(6)], return_exceptions=True
    )
    assert [a for a in answers if isinstance(a, int)] == [0, 1, 2, 4, 5]
    assert isinstance(answers[3], ValueError)


async def test_closing_finishes_what_is_in_hand() -> None:
    """What was asked before the close is answered."""
    work = Work()
    gathered = batcher(work)
    asked = [asyncio.ensure_future(gathered.ask(CLINIC, (str(n), n))) for n in range(3)]
    await asyncio.sleep(0)
    await gathered.close()
    assert [await each for each in asked] == [0, 1, 2]


async def test_an_absent_database_fails_all_waiting_items_at_once() -> None:
    """The requests are not tried one by one against a server that is not there."""
    calls = 0

    async def away(_clinic: UUID, items: Sequence[Item]) -> list[int]:
        nonlocal calls
        calls += len(items) and 1
        raise ConnectionRefusedError

    gathered: Batcher[Item, int] = Batcher(away, lambda item: item[0])
    answers = await asyncio.gather(
        *[gathered.ask(CLINIC, (str(n), n)) for n in range(9)], return_exceptions=True
    )
    assert all(isinstance(answer, ConnectionRefusedError) for answer in answers)
    assert calls == 1


async def test_a_lone_request_is_a_batch_of_one() -> None:
    """Nothing waits for company."""
    work = Work()
    assert await batcher(work).ask(CLINIC, ("a", 5)) == 5
    assert work.batches == [(CLINIC, [("a", 5)])]
    with pytest.raises(ValueError, match="5"):
        await batcher(Work(failing=5)).ask(CLINIC, ("a", 5))


async def test_items_gather_until_as_many_wait_as_are_under_way() -> None:
    """A second batch of a clinic is begun by its third item where the first one has three."""
    sizes: list[int] = []
    go_on = asyncio.Event()

    async def held(_clinic: UUID, items: Sequence[Item]) -> list[int]:
        sizes.append(len(items))
        await go_on.wait()
        return [number for _, number in items]

    gathered: Batcher[Item, int] = Batcher(held, lambda item: item[0])
    asked = [asyncio.ensure_future(gathered.ask(CLINIC, (str(n), n))) for n in range(3)]
    for number in range(3, 6):
        await _turns()
        assert sizes == [3]
        asked.append(asyncio.ensure_future(gathered.ask(CLINIC, (str(number), number))))
    await _turns()
    assert sizes == [3, 3]
    go_on.set()
    assert await asyncio.gather(*asked) == list(range(6))


async def test_many_at_once_are_worked_on_in_two_batches_from_the_first() -> None:
    """While PostgreSQL writes one, Python decides the other; another clinic's first goes before a second."""
    work = Stuck()
    gathered = batcher(work)
    many = [(str(number), number) for number in range(4 * BATCH_ITEMS_MAX)]
    asked = [asyncio.create_task(gathered.ask_all(clinic, many)) for clinic in (CLINIC, OTHER)]
    await _turns()
    assert [whose for whose, _ in work.batches] == [CLINIC, OTHER] * LANES_MAX
    assert {len(items) for _, items in work.batches} == {BATCH_ITEMS_MAX}
    work.go.set()
    assert await asyncio.gather(*asked) == [list(range(len(many)))] * 2


async def _turns() -> None:
    """Let the loop do all that is ready."""
    for _ in range(5):
        await asyncio.sleep(0)


class Stuck(Work):
    """Work that does not end until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()

    async def __call__(self, clinic: UUID, items: Sequence[Item]) -> list[int]:
        """Wait."""
        self.batches.append((clinic, list(items)))
        await self.go.wait()
        return [number for _, number in items]


async def stuck(work: Stuck) -> tuple[Batcher[Item, int], list[asyncio.Task[int]]]:
    """Give a batcher whose lanes are all taken."""
    gathered = batcher(work)
    taken = []
    for number in range(LANES_MAX):
        taken.append(asyncio.create_task(gathered.ask(CLINIC, (f"held {number}", number))))
        await _turns()
    assert len(work.batches) == LANES_MAX
    return gathered, taken


async def test_what_waits_for_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though no batch ends: whoever waits hears so, and the item is not done later."""
    monkeypatch.setattr(batchers, "WAIT_S_MAX", 0.01)
    monkeypatch.setattr(batchers, "LOOK_S", 0.01)
    work = Stuck()
    gathered, taken = await stuck(work)
    with pytest.raises(OverdueError):
        await gathered.ask(CLINIC, ("late", 9))
    work.go.set()
    assert await asyncio.gather(*taken) == [0, 1]
    await gathered.close()
    assert 9 not in {number for _, batch in work.batches for _, number in batch}


async def test_nothing_is_done_for_who_left() -> None:
    """One, or one of many: it waited, and is dropped when its turn comes."""
    work, line = Stuck(), Line()
    gathered, taken = await stuck(work)
    alone = asyncio.create_task(gathered.ask(CLINIC, ("alone", 7), line))
    many = asyncio.create_task(gathered.ask_all(CLINIC, [("many", 8), ("others", 9)], line))
    stays = asyncio.create_task(gathered.ask(CLINIC, ("stays", 10), Line()))
    await asyncio.sleep(0)
    line.is_gone = True
    work.go.set()
    assert await asyncio.gather(*taken, stays) == [0, 1, 10]
    with pytest.raises(LeftError):
        await alone
    assert [type(answer) for answer in await many] == [LeftError, LeftError]
    assert {7, 8, 9}.isdisjoint({number for _, batch in work.batches for _, number in batch})


async def test_a_batch_that_is_split_says_why_in_the_log() -> None:
    """By the kind of the fault, and the constraint where one was broken: never by its words."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    logs.set_up("info", "json", stream)
    try:
        gathered = batcher(Work(failing=1))
        await asyncio.gather(*[gathered.ask(CLINIC, (str(n), n)) for n in range(3)], return_exceptions=True)
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    (line,) = (json.loads(line) for line in stream.getvalue().splitlines() if "batch_split" in line)
    assert (line["items"], line["error"]) == (3, "ValueError")
    assert "dropped" not in line
