"""A gate lets so many in at once; the others wait, and are turned away where too many do, or for too long."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from service.flows.batcher import LeftError, Line
from service.web.http.admission import CrowdedError, Gate

if TYPE_CHECKING:
    from collections.abc import Sequence


class Held:
    """Somebody behind a gate, who stays until they are let go."""

    def __init__(self, gate: Gate, line: Line | None = None) -> None:
        self.go = asyncio.Event()
        self.task = asyncio.create_task(self._stay(gate, line))

    async def _stay(self, gate: Gate, line: Line | None) -> str:
        async with gate.place(line):
            await self.go.wait()
        return "served"


async def ends(held: Sequence[Held]) -> list[str]:
    """What became of each: its word, or the name of what was raised."""
    done = await asyncio.gather(*(one.task for one in held), return_exceptions=True)
    return [one if isinstance(one, str) else type(one).__name__ for one in done]


async def turn(times: int = 5) -> None:
    """Let the loop go round."""
    for _ in range(times):
        await asyncio.sleep(0)


async def test_those_who_wait_longest_are_turned_away_where_too_many_do() -> None:
    """Of five who wait where three may, the first two; the others are served in the order they came."""
    gate = Gate(2, 3, 60)
    held = [Held(gate) for _ in range(7)]
    await turn()
    assert [one.task.done() for one in held] == [False, False, True, True, False, False, False]
    for one in held:
        one.go.set()
    assert await ends(held) == ["served"] * 2 + ["CrowdedError"] * 2 + ["served"] * 3


async def test_who_waits_for_too_long_is_turned_away() -> None:
    """Though nobody gives a place back, and nobody else comes."""
    gate = Gate(1, 10, 0.05)
    held = [Held(gate) for _ in range(3)]
    with pytest.raises(CrowdedError):
        await held[1].task
    held[0].go.set()
    assert await ends(held) == ["served", "CrowdedError", "CrowdedError"]
    async with gate.place():
        """The place is there for the next."""


async def test_a_place_is_for_whoever_is_still_there() -> None:
    """One who left is passed over, and one who gave up waiting leaves no place taken for ever."""
    gate, line = Gate(1, 10, 60), Line()
    first, left, gave_up, last = Held(gate), Held(gate, line), Held(gate), Held(gate)
    await turn()
    line.is_gone = True
    gave_up.task.cancel()
    await turn()
    for one in (first, last):
        one.go.set()
    assert await ends([first, left, gave_up, last]) == ["served", "LeftError", "CancelledError", "served"]
    # Somebody who is let in and gives up in the same turn gives the place back.
    holding, unlucky = Held(gate), Held(gate)
    await turn()
    holding.go.set()
    await holding.task
    unlucky.task.cancel()
    assert await ends([unlucky]) == ["CancelledError"]
    async with asyncio.timeout(1), gate.place():
        """The place is there for the next."""
    assert issubclass(LeftError, OSError)
