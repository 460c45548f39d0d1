"""One connection to a receiver: a request out, an answer in, and never more of it than we asked for.

h11 keeps the grammar of HTTP/1.1; this feeds it what comes and stops when enough has come. Nothing here is
decoded, followed or remembered: no redirect, no cookie, no compression.
"""

from __future__ import annotations

import asyncio
from typing import Final, cast

import h11
from msgspec import Struct

HEAD_BYTES_MAX: Final = 16 * 1024
"""The longest head of an answer, and everything that may come before it, in bytes."""
BUFFERED_BYTES_MAX: Final = 64 * 1024
"""How much may wait to be read before the receiver is asked to stop sending, in bytes."""

Headers = list[tuple[bytes, bytes]]


class Answer(Struct):
    """A receiver's answer: the status, what it asked for, and the first bytes of the body."""

    status: int
    retry_after: str | None = None
    first_bytes: bytes = b""
    whole: bool = False
    """Whether the body came to its end; the connection can be used again only then."""


class Broken(Exception):  # noqa: N818  it says what the connection is
    """The connection ended before the head of an answer."""


class Malformed(Exception):  # noqa: N818  it says what the answer is
    """The answer is not HTTP/1.1, or its head is too long."""


class Wire(asyncio.Protocol):
    """A connection that is used for one exchange after another, and is broken by anything unasked for."""

    def __init__(self, address: str) -> None:
        """Wait to be connected to an address; `peer` is what was connected to then."""
        self.idle_since = 0.0
        self.address = address
        self.peer = ""
        self._transport: asyncio.Transport | None = None
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD_BYTES_MAX)
        self._news: asyncio.Future[None] | None = None
        self._waiting = bytearray()
        self._busy = False
        self._ended = False
        self._paused = False

    @property
    def usable(self) -> bool:
        """Whether another request can go out on it."""
        return not self._ended and not self._busy

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection."""
        self._transport = cast("asyncio.Transport", transport)
        self.peer = str(transport.get_extra_info("peername")[0])

    def data_received(self, data: bytes) -> None:
        """Keep what came until it is asked for; what comes between two exchanges ends the connection."""
        if not self._busy:
            self.abort()
            return
        self._waiting += data
        if len(self._waiting) > BUFFERED_BYTES_MAX and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end; what came before it can still be read."""
        del exc
        self._ended = True
        self._wake()

    def abort(self) -> None:
        """End the connection at once, without a word and without waiting for one."""
        self._ended = True
        if self._transport is not None:
            self._transport.abort()

    async def ask(
        self, target: str, headers: Headers, body: bytes, read_s_max: float, method: str = "POST"
    ) -> Answer:
        """Send a request and read the head of its answer; informational ones before it are passed over.

        Raises:
            Broken: the connection ended first.
            Malformed: what came is no answer.
            TimeoutError: nothing came for `read_s_max` seconds.
        """
        self._busy = True
        request = h11.Request(method=method, target=target, headers=headers)
        events = (request, h11.Data(data=body), h11.EndOfMessage())
        out = [self._http.send(event) for event in events]
        if self._transport is None or self._ended:
            raise Broken
        self._transport.write(b"".join(part for part in out if part))
        room = HEAD_BYTES_MAX + BUFFERED_BYTES_MAX
        while True:
            event = self._next()
            if isinstance(event, h11.Response):
                if not event.http_version.startswith(b"1."):
                    raise Malformed
                return Answer(event.status_code, _retry_after(event))
            if event is h11.NEED_DATA:
                if room < 0:
                    raise Malformed
                room -= await self._more(read_s_max)
            elif isinstance(event, h11.ConnectionClosed):
                raise Broken
            elif not isinstance(event, h11.InformationalResponse):
                raise Malformed

    async def read(self, answer: Answer, bytes_max: int, read_s_max: float) -> None:
        """Read the body into `answer` as it comes, up to `bytes_max` or its end; what came stays there.

        Raises:
            Broken: the connection ended before the body did.
            Malformed: the body is not what the head said.
            TimeoutError: nothing came for `read_s_max` seconds.
        """
        room = bytes_max + HEAD_BYTES_MAX + BUFFERED_BYTES_MAX
        while room >= 0:
            event = self._next()
            if isinstance(event, h11.Data):
                answer.first_bytes = (answer.first_bytes + bytes(event.data))[:bytes_max]
                if len(answer.first_bytes) == bytes_max:
                    # No more would be kept; whether this was the end is seen without waiting for it.
                    answer.whole = isinstance(self._next(), h11.EndOfMessage)
                    return
            elif isinstance(event, h11.EndOfMessage):
                answer.whole = True
                return
            elif event is h11.NEED_DATA:
                # What stands around the body counts too: a chunk of one byte can have a head of thousands.
                room -= await self._more(read_s_max)
            else:
                raise Broken

    def rest(self, at: float) -> bool:
        """Make ready for another exchange; False where the receiver will not have one, or sent too much."""
        if self._ended or self._waiting or self._http.trailing_data[0]:
            return False
        if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
            return False
        self._http.start_next_cycle()
        self._busy = False
        self.idle_since = at
        return True

    def _next(self) -> h11.Event | type[h11.NEED_DATA | h11.PAUSED]:
        try:
            return self._http.next_event()
        except h11.RemoteProtocolError as why:
            # h11 says so too when the connection ended in the middle; that is not a fault of grammar.
            raise (Broken if self._ended else Malformed) from why

    async def _more(self, read_s_max: float) -> int:
        """Hand what came to h11, after waiting for it; how many bytes that were."""
        if not self._waiting and not self._ended:
            self._news = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(read_s_max):
                    await self._news
            finally:
                self._news = None
        came = bytes(self._waiting)
        self._waiting.clear()
        if self._paused and self._transport is not None and not self._ended:
            self._paused = False
            self._transport.resume_reading()
        # Nothing at all is how h11 is told of the end.
        self._http.receive_data(came)
        return len(came)

    def _wake(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)


def _retry_after(response: h11.Response) -> str | None:
    return next((value.decode("latin-1") for name, value in response.headers if name == b"retry-after"), None)
