"""Server-sent events (WHATWG HTML, 9.2): an answer that goes on, and the beat that it goes by."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from time import monotonic
from typing import Any, Final, cast

import msgspec
import structlog
from litestar.types import Receive, Scope, Send

from service.core.live import EventName
from service.store.database.absence import is_away
from service.web.http.answers import Answer
from service.web.http.context import context_of
from service.web.http.watchers import Watch, Watchers

BEAT_S: Final = 15.0
"""How long a stream is silent at most: what stands between would take it for dead."""
LOOK_S: Final = 30.0
"""How often a stream looks without being woken: a nudge may be lost."""
SLOW_LOOK_S: Final = 5.0
"""How often it looks while no nudges arrive."""
JITTER: Final = 0.25
SEND_S_MAX: Final = 10.0
"""How long a reader may leave one piece unread before it is dropped."""
RETRY_MS: Final = 2000
"""How long a client waits before it connects again."""
BEAT: Final = b": still here\n\n"
SLOW: Final = b": slow: looking every 5 seconds\n\n"
FAST: Final = b": fast: told at once\n\n"
MEDIA: Final = b"text/event-stream"

_log = structlog.get_logger("service.web")
_encode = msgspec.json.Encoder().encode


def event(name: EventName, data: object, mark: str | None = None) -> bytes:
    """One event; `mark` is what the client sends as `Last-Event-ID` when it comes back after it."""
    head = f"event: {name}\n" if mark is None else f"event: {name}\nid: {mark}\n"
    # JSON has no line breaks of its own, so one data line holds it.
    return head.encode("ascii") + b"data: " + _encode(data) + b"\n\n"


class Stream(Answer):
    """An answer in pieces, each sent as it comes, until there are no more or nobody reads them."""

    __slots__ = ("_pieces", "_watch", "_watchers")

    def __init__(self, watchers: Watchers, watch: Watch, pieces: AsyncIterator[bytes]) -> None:
        """Take the pieces; when they end, the stream watches no longer."""
        headers = [(b"content-type", MEDIA), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
        super().__init__(200, b"", headers)
        self._watchers = watchers
        self._watch = watch
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send piece by piece."""
        gone = asyncio.ensure_future(self._end_when_gone(receive))
        try:
            await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
            if not context_of(scope).is_head:
                await self._send_pieces(send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            _log.info("stream_dropped", trace_id=context_of(scope).trace_id)
        finally:
            gone.cancel()
            self._watchers.close(self._watch)

    async def _send_pieces(self, send: Send) -> None:
        async with aclosing(cast("Any", self._pieces)) as pieces:
            async for piece in pieces:
                async with asyncio.timeout(SEND_S_MAX):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})

    async def _end_when_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._watch.end()


async def beating(
    watchers: Watchers, watch: Watch, first: bytes, look: Callable[[], Awaitable[bytes]], stays_s: float
) -> AsyncIterator[bytes]:
    """The pieces of a stream: `first`, then whatever `look` finds when woken or now and then, and a beat.

    It says by a comment when it begins to look slowly, and when news come at once again.
    """
    is_fast = watchers.hearing
    yield b"retry: %d\n\n" % RETRY_MS + first + (b"" if is_fast else SLOW)
    now = monotonic()
    until, beat, next_look = now + stays_s, now + BEAT_S, now + _pause(is_fast)
    while now < until:
        woken = await watch.wait(min(until, beat, next_look) - now)
        if watch.is_over:
            return
        piece = b""
        if is_fast is not watchers.hearing:
            is_fast = watchers.hearing
            piece = FAST if is_fast else SLOW
        now = monotonic()
        if woken or now >= next_look:
            piece += await _looked(look)
            now = monotonic()
            next_look = now + _pause(is_fast)
        if now >= beat and not piece:
            piece = BEAT
        if piece:
            yield piece
            now = monotonic()
            beat = now + BEAT_S


async def _looked(look: Callable[[], Awaitable[bytes]]) -> bytes:
    try:
        return await look()
    except Exception as error:
        if not is_away(error):
            raise
        # Nothing is lost: the next look finds it.
        return b""


def _pause(is_fast: bool) -> float:
    return (LOOK_S if is_fast else SLOW_LOOK_S) * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  spreads looks
