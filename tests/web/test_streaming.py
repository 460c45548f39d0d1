"""A stream's pieces, and the readers who do not take them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from service.core.actors import Actor
from service.web.http import streaming
from service.web.http.streaming import Stream, event
from service.web.http.watchers import Watchers

CLINIC, PERSON, ANOTHER = (UUID(int=n) for n in (1, 2, 3))


async def nobody(_key: str) -> Actor | None:
    """Know no key."""
    return None


async def endless() -> AsyncIterator[bytes]:
    """Have always more to say."""
    while True:
        yield b": more\n\n"
        await asyncio.sleep(0)


def scope() -> Any:  # noqa: ANN401  ASGI
    """Make the scope of one request."""
    return {"type": "http", "headers": []}


async def never() -> Any:  # noqa: ANN401  ASGI
    """Receive nothing more."""
    await asyncio.Event().wait()


async def test_a_reader_who_does_not_read_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it leaves lying holds up nobody, and its place is free again."""
    monkeypatch.setattr(streaming, "SEND_S_MAX", 0.05)
    counts: list[int] = []
    watchers = Watchers(1, nobody, counts.append, 9)
    watch = watchers.open(CLINIC, PERSON, "key")
    assert watch is not None
    assert watchers.is_full
    sent = 0

    async def stuck(_message: object) -> None:
        nonlocal sent
        sent += 1
        if sent > 3:
            await asyncio.Event().wait()

    async with asyncio.timeout(5):
        await Stream(watchers, watch, endless())(scope(), never, stuck)
    assert (sent, counts, watchers.is_full) == (4, [1, 0], False)


async def test_a_reader_who_leaves_ends_the_stream() -> None:
    """The disconnect wakes a stream that waits for something to say."""
    watchers = Watchers(1, nobody, lambda _count: None, 9)
    watch = watchers.open(CLINIC, PERSON, "key")
    assert watch is not None

    async def left() -> Any:  # noqa: ANN401  ASGI
        return {"type": "http.disconnect"}

    async def taken(_message: object) -> None:
        await asyncio.sleep(0)

    async def nothing() -> bytes:
        return b""

    pieces = streaming.beating(watchers, watch, b"", nothing, 60)
    async with asyncio.timeout(5):
        await Stream(watchers, watch, pieces)(scope(), left, taken)
    assert not watchers.is_full


async def test_a_nudge_wakes_who_watches_it_and_nobody_else() -> None:
    """The participant's own page, and the clinic's desk."""
    watchers = Watchers(9, nobody, lambda _count: None, 9)
    watched = ((CLINIC, PERSON), (CLINIC, ANOTHER), (CLINIC, None), (ANOTHER, PERSON))
    watches = [watchers.open(clinic, participant, "key") for clinic, participant in watched]
    watchers.heard(CLINIC, [PERSON])
    woken = [watch is not None and await watch.wait(0.01) for watch in watches]
    assert woken == [True, False, True, False]


async def test_a_quarter_of_the_streams_is_the_desks_alone() -> None:
    """However many portals are open, staff see what changes; whoever leaves gives the place back."""
    watchers = Watchers(8, nobody, lambda _count: None, 99)
    portals = [watchers.open(CLINIC, PERSON, f"portal {at}", "portal") for at in range(7)]
    assert [watch is not None for watch in portals] == [True] * 6 + [False]
    desks = [watchers.open(CLINIC, None, f"desk {at}", "desk") for at in range(3)]
    assert [watch is not None for watch in desks] == [True, True, False]
    assert portals[0] is not None
    watchers.close(portals[0])
    assert watchers.open(CLINIC, PERSON, "portal 6", "portal") is not None


async def test_a_look_that_finds_the_database_away_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stream goes on, and says later what there was to say."""
    monkeypatch.setattr(streaming, "SLOW_LOOK_S", 0.01)
    watchers = Watchers(1, nobody, lambda _count: None, 9)
    watch = watchers.open(CLINIC, PERSON, "key")
    assert watch is not None
    looks = 0

    async def look() -> bytes:
        nonlocal looks
        looks += 1
        if looks < 3:
            raise ConnectionRefusedError
        return b"found\n\n"

    pieces = streaming.beating(watchers, watch, b"", look, 60)
    async with asyncio.timeout(5):
        assert (await anext(pieces)).endswith(streaming.SLOW)
        assert await anext(pieces) == b"found\n\n"


def test_an_event_is_written_as_browsers_read_it() -> None:
    """One line each, and an empty one at the end."""
    assert event("changed", {"a": "x\ny"}, "7") == b'event: changed\nid: 7\ndata: {"a":"x\\ny"}\n\n'
    assert event("award", 1) == b"event: award\ndata: 1\n\n"
