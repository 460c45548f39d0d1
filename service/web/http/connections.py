"""Connections as they are read: deadlines for heads and bodies, shares for those who are slow, and refusals.

Uvicorn reads them with llhttp, which refuses what is not HTTP/1.1 to the letter, such as a line that ends
without CR. What is added here: a head or a body that does not come in time is answered 408, one address holds
only so many unfinished requests, `Host` is one (RFC 9112, 3.2), and a process that holds as many connections
as it may answers 503 to all but those who ask after its health.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, ClassVar, Final, cast

from litestar.types import Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from service.core.refusals import Refused, refused
from service.flows.batcher import Line
from service.web.http import measures
from service.web.http.answers import Answer, refusal_answer
from service.web.http.application import ConnectionLimits
from service.web.http.client_address import address_of
from service.web.http.context import RequestContext
from service.web.http.unanswered import Unanswered
from service.web.http.unsent import Unsent

SWEEP_S: Final = 0.5
"""How often deadlines are looked at."""
HEALTH: Final = frozenset({b"/livez", b"/readyz", b"/metrics"})
"""The paths that are answered however many connections there are."""
LINGER_S: Final = 1.0
"""How long a connection that was refused may go on sending before it is cut."""
SPARE: Final = 64
"""How many connections there may be beyond those that are served, for those who ask after the health."""
HEAD_BYTES_MAX: Final = 64 * 1024
"""The longest head of a request, in bytes."""
DRAIN_BYTES_MAX: Final = 1024 * 1024 * 1024
"""How much of a body is read on and forgotten once its request was answered, in bytes."""
DRAIN_S_MAX: Final = 60.0
"""How long it is, in seconds. Many who send a body read no answer before they have sent all of it."""
_HOST: Final = re.compile(rb"[A-Za-z0-9._~!$&'()*+,;=%-]*(:[0-9]{0,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{0,5})?")


class Connection(HttpToolsProtocol):
    """One connection; those of a process share `limits`, and count what each address has not finished."""

    limits: ClassVar[ConnectionLimits] = ConnectionLimits()
    unfinished: ClassVar[Counter[str]] = Counter()
    """How many requests each address has begun and not sent whole."""

    since: float | None
    """When the request that is being read began; None between requests."""
    _heard: float
    """When anything was last heard."""
    _is_new: bool
    """Whether anything was heard of that request."""
    _is_headed: bool
    is_ended: bool
    """Whether the last word on this connection was said."""
    _bytes: int
    """How much was heard of its head, and then of its body."""
    counted: str | None
    """The address whose share it is counted against."""
    line: Line
    """Known to whoever works for the requests that come over it."""
    unsent: Unsent
    unanswered: Unanswered

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a head."""
        super().connection_made(cast("asyncio.Transport", transport))
        self.counted, self.line, self.unsent = None, Line(), Unsent()
        self.unanswered = Unanswered()
        self._is_new = self.is_ended = False
        self._begin(self.loop.time())
        if self.limits.public_url is None:
            self._count(address_of(cast("Scope", {"client": self.client}), [], None))
        if len(self.connections) > self.limits.connections_max + SPARE:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget what was counted, and let nobody work for whoever is gone."""
        self.line.is_gone = True
        self.unanswered.leave()
        self._count_no_longer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; whoever has not sent a whole request by then counts against their share."""
        if self.is_ended:
            # It goes on sending what nobody reads: were the line cut now, it would not hear the answer.
            return
        now = self.loop.time()
        self._heard, self._is_new = now, True
        if self.since is None and not self._is_answering:
            self._begin(now)
        if not self._is_headed:
            self._bytes += len(data)
        super().data_received(data)
        if self.since is None or self.is_ended:
            return
        if not self._is_headed:
            if self._bytes > HEAD_BYTES_MAX:
                self.end_with(refused("too_large.head", bytes=HEAD_BYTES_MAX))
        elif self.counted is None:
            self._count(address_of(cast("Scope", self.scope), self.headers, self.limits.public_url))
        if self.counted is not None and self.unfinished[self.counted] > self.limits.unfinished_max:
            # Whoever sends a whole request at once is served all the same.
            self.end_with(refused("too_many_requests.unfinished", requests=self.limits.unfinished_max))

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        cast("dict[str, Any]", self.scope)["line"] = self.line
        self.line.is_whole = False
        if self.since is None:
            self._begin(self.loop.time())

    def on_headers_complete(self) -> None:
        """The head is there: refuse what no request may look like, and what there is no place for."""
        self._is_headed, self._bytes = True, 0
        refusal = self._head_refusal()
        if refusal is None:
            super().on_headers_complete()
            is_last = self.parser.should_upgrade()
        else:
            # Uvicorn asks `self.app` for the answer.
            self.app, own = cast("Any", _Refusing(refusal)), self.app
            super().on_headers_complete()
            self.app, is_last = own, True
        self.unanswered.add(self.cycle)
        if is_last:
            # Nothing else is spoken here, and what comes after it is not known to be a request.
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._bytes += len(body)
        super().on_body(body)
        if self.cycle.response_complete and self._bytes > DRAIN_BYTES_MAX:
            self.transport.close()

    def on_message_complete(self) -> None:
        """The request is whole."""
        self.since, self._is_new, self._is_headed = None, False, False
        self.line.is_whole = True
        self._count_no_longer()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP, in our shape."""
        del msg
        self.end_with(refused("malformed.http"))

    def look(self, now: float) -> None:
        """End this connection where its head or its body is overdue, or nobody reads what is sent."""
        limits, left = self.limits, self.transport.get_write_buffer_size()
        if self.unsent.is_overdue(left, now, limits.body_idle_s, limits.body_s, limits.body_bytes_per_s):
            measures.CONNECTIONS_ENDED.labels("unread").inc()
            self.transport.abort()
            return
        if self.since is None or self.is_ended:
            return
        if self.flow.read_paused or (self._is_answering and not self._is_headed):
            # It is us who do not read, or the next request waits for the answer to the one before.
            self.since = self._heard = now
            return
        waited = now - self.since
        if not self._is_headed:
            if waited > limits.head_s:
                self.end_with(refused("request_timeout.head", seconds=round(limits.head_s)))
            return
        enough = limits.body_s + self._bytes / limits.body_bytes_per_s
        if not self._is_answering:
            enough = DRAIN_S_MAX
        if now - self._heard > limits.body_idle_s or waited > enough:
            self.end_with(refused("request_timeout.body", seconds=round(limits.body_idle_s)))

    @property
    def _is_answering(self) -> bool:
        cycle = self._current
        return cycle is not None and not cycle.response_complete

    @property
    def _current(self) -> RequestResponseCycle | None:
        """The request that was read last, if there was one."""
        return cast("RequestResponseCycle | None", self.cycle)

    def _begin(self, now: float) -> None:
        self.since = self._heard = now
        self._is_headed, self._bytes = False, 0

    def _head_refusal(self) -> Refused | None:
        hosts = [value for name, value in self.headers if name == b"host"]
        version = self.parser.get_http_version()
        if version not in {"1.0", "1.1"}:
            return refused("malformed.http")
        if len(hosts) > 1 or (not hosts and version == "1.1") or not all(map(_HOST.fullmatch, hosts)):
            return refused("malformed.host", "Host")
        is_full = len(self.connections) > self.limits.connections_max
        return refused("unavailable.connections") if is_full and self.url not in HEALTH else None

    def _make_room(self) -> None:
        """End the oldest unfinished request of whoever has most of them; failing that, this connection."""
        others = cast("set[Connection]", self.connections)
        for caller, _ in self.unfinished.most_common(1):
            waiting = [one for one in others if one.counted == caller and not one.is_ended]
            if waiting:
                min(waiting, key=lambda one: one.since or 0.0).end_with(refused("unavailable.connections"))
                return
        self.transport.abort()

    def _count(self, caller: str) -> None:
        self.counted = caller
        self.unfinished[caller] += 1

    def _count_no_longer(self) -> None:
        if self.counted is not None:
            self.unfinished[self.counted] -= 1
            if self.unfinished[self.counted] <= 0:
                del self.unfinished[self.counted]
            self.counted = None

    def end_with(self, refusal: Refused) -> None:
        """Answer where nothing was answered yet, and close."""
        if self.is_ended or self.transport.is_closing():
            return
        self.is_ended = True
        measures.CONNECTIONS_ENDED.labels(refusal.reason).inc()
        cycle = self._current
        is_answered = self._is_headed and cycle is not None and cycle.response_started
        if self._is_headed and cycle is not None and not is_answered:
            # The app learns that whoever it reads from is gone, and sends nothing after this.
            cycle.disconnected = True
            cycle.message_event.set()
        if self._is_new and not is_answered and (self._is_headed or not self._is_answering):
            self.transport.write(_written(refusal))
            self.transport.write_eof()
            self.loop.call_later(LINGER_S, self.transport.close)
        else:
            self.transport.close()


class _Refusing:
    """An ASGI app that refuses."""

    def __init__(self, refusal: Refused) -> None:
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the refusal; nothing is read for it."""
        measures.CONNECTIONS_ENDED.labels(self._refusal.reason).inc()

        async def closing(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"connection", b"close")]
            await send(message)

        await _answer(self._refusal)(scope, receive, closing)


async def sweep(connections: Iterable[object]) -> None:
    """Look at the deadlines of all connections of a process, again and again."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(SWEEP_S)
        now = loop.time()
        for connection in tuple(connections):
            cast("Connection", connection).look(now)


def _answer(refusal: Refused) -> Answer:
    headers = [(b"retry-after", b"5")] if refusal.code == "too_many_requests" else []
    return refusal_answer(refusal, "", RequestContext([]).trace_id, *headers)


def _written(refusal: Refused) -> bytes:
    answer = _answer(refusal)
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}".encode()]
    lines += [name + b": " + value for name, value in answer.headers]
    lines += [b"content-length: %d" % len(answer.body), b"connection: close", b"", answer.body]
    return b"\r\n".join(lines)
