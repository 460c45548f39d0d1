"""Work of a second or so, done in a thread of its own and one at a time, so that the desk goes on."""

import asyncio
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


async def apart(work: Callable[[], T]) -> T:
    """Do work beside what else is asked, after what others asked for before."""
    turn = _turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())
    async with turn:
        return await asyncio.to_thread(work)
