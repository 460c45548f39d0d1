"""A task that is told to end does end, whatever the library in it makes of a cancellation."""

from __future__ import annotations

import asyncio

from service.ending import end


async def test_a_task_that_takes_its_cancellation_for_a_time_out_is_ended_all_the_same() -> None:
    """It is told again until it hears."""
    missed = 0

    async def deaf() -> None:
        nonlocal missed
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                if missed:
                    raise
                missed += 1

    task = asyncio.create_task(deaf())
    await asyncio.sleep(0)
    await end(task)
    assert (missed, task.cancelled()) == (1, True)


async def test_a_task_that_is_over_is_left_as_it_is() -> None:
    """Nobody has to know whether there is still something to end."""
    task = asyncio.create_task(asyncio.sleep(0, "done"))
    await task
    await end(task)
    assert task.result() == "done"
