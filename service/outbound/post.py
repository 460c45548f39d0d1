"""One bounded POST to a receiver, over connections that are made only to addresses that were judged.

The name is looked up by ourselves on every attempt, and each of its addresses is judged: one that is barred
bars the attempt, since a name that leads inside as well as outside is up to something. What is connected to
is an address from that answer and never the name, so an answer that changes in between changes nothing; a
connection kept from before is used only while its address is still in the answer. `Host`, the name that
TLS asks for and the name that the certificate must be for stay those of the URL.

It stands on asyncio and h11 and not on httpx: a pool of httpx cannot say which of a name's
addresses a kept connection leads to, and when addresses are put into the URL it shares one connection
between names whose certificates were checked for one of them. This also posts several times as many
notices in a second (`tests/bench/posts.py`).
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

from service.clock import machine_clock
from service.core.notices.deliveries import Delivered, Failed, Failure, Gone, Outcome, Refused, retry_after_s
from service.outbound.addresses import Allowed, judge, kind_of
from service.outbound.idle_connections import IdleConnections, Key
from service.outbound.names import Names, Resolve
from service.outbound.urls import Unfit, Url, read_url
from service.outbound.wire import Answer, Broken, Headers, Malformed, Wire
from service.settings import Settings

REQUEST_BYTES_MAX: Final = 256 * 1024
"""The largest notice that is sent, in bytes; ours are thin, so a larger one is a mistake of ours."""
TRIED_MAX: Final = 4
"""How many of a name's addresses are tried in one attempt."""
USER_AGENT: Final = b"rewards-notices/1"

OK: Final = range(200, 300)
REDIRECTS: Final = range(300, 400)
GONE: Final = 410

Method = Literal["GET", "POST", "DELETE"]
Stop = Failure | Refused
"""Why an attempt came to an end; `status` where the answer was read as far as we read one."""


class Bounds(Struct, frozen=True, kw_only=True):
    """Bounds of one attempt: seconds in all, to connect and between two signs of life; bytes kept."""

    deadline_s: float = 20.0
    connect_s: float = 5.0
    read_s: float = 10.0
    answer_bytes: int = 4096


class Request(Struct, frozen=True):
    """A request; one that `is_once` takes no kept connection, on which it might have to be made again."""

    method: Method
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    is_once: bool = False


class WebhookClient:
    """Posts notices, and keeps connections to receivers that take several."""

    def __init__(
        self,
        bounds: Bounds,
        allowed: Allowed,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Take the bounds; `resolve` and `tls` stand for the world outside, which a test may invent."""
        self._bounds = bounds
        self._allowed = allowed
        self._names = Names()
        self._resolve = resolve or self._names.resolve
        self._tls = tls or _tls()
        self._kept = IdleConnections()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Post once, and say what became of it; nothing that a receiver or a name server does raises.

        A 2xx counts from its head on: the receiver has the notice, and sending it again because the body of
        the answer broke off would only repeat it.
        """
        return await self.call(Request("POST", url, headers, body))

    async def call(self, request: Request) -> Outcome:
        """Make one request, and say what became of it; nothing that the other side does raises."""
        begun = time.monotonic()
        read = read_url(request.url, self._allowed)
        if isinstance(read, Unfit):
            return Refused("url", "")
        if len(request.body) > REQUEST_BYTES_MAX:
            return Failed("request_too_large", 0)
        answers: list[Answer] = []
        stop: Stop
        try:
            async with asyncio.timeout(self._bounds.deadline_s):
                stop = await self._attempt(read, request, answers)
        except TimeoutError:
            stop = "deadline"
        return _outcome(answers[-1] if answers else None, stop, round((time.monotonic() - begun) * 1000))

    def close(self) -> None:
        """End the kept connections; posts that are out come to their own end."""
        self._kept.close()
        self._names.close()

    async def _attempt(self, url: Url, request: Request, answers: list[Answer]) -> Stop:
        addresses = await self._judged(url)
        if not isinstance(addresses, list):
            return addresses
        wire = None if request.is_once else self._kept.take(_key(url), addresses)
        if wire is not None:
            stop = await self._exchange(wire, url, request, answers)
            if answers or stop not in {"broken", "malformed"}:
                return stop
            # A kept connection may have ended as we took it, or hold what an earlier answer had too much.
            # The notice's id is the same, so a receiver that has it already knows it again.
        connected = await self._connect(url, addresses)
        if not isinstance(connected, Wire):
            return connected
        return await self._exchange(connected, url, request, answers)

    async def _exchange(self, wire: Wire, url: Url, request: Request, answers: list[Answer]) -> Failure:
        """One request and its answer, which is put into `answers` as soon as its head is there."""
        kept = False
        try:
            headers = _headers(url, request.headers, request.body)
            answer = await wire.ask(url.target, headers, request.body, self._bounds.read_s, request.method)
            answers.append(answer)
            await wire.read(answer, self._bounds.answer_bytes, self._bounds.read_s)
            kept = answer.whole and self._kept.put(_key(url), wire)
        except Broken:
            return "broken"
        except Malformed:
            return "malformed"
        except TimeoutError:
            return "read_time"
        finally:
            # Also when the deadline takes the attempt away from here.
            if not kept:
                wire.abort()
        return "status"

    async def _judged(self, url: Url) -> list[str] | Stop:
        """The addresses of a URL's host, all of which may be connected to."""
        if url.is_address:
            addresses = [url.host]
        else:
            try:
                addresses = await self._resolve(url.host, url.port)
            except (OSError, UnicodeError):
                addresses = []
        for address in addresses:
            refused = self._barred(url, address)
            if refused is not None:
                return refused
        return addresses or "name_unknown"

    def _barred(self, url: Url, address: str) -> Refused | None:
        refused = judge(address, self._allowed)
        if refused is None and url.scheme == "http" and kind_of(address) != "loopback":
            return Refused("plain_http", address)
        return refused

    async def _connect(self, url: Url, addresses: list[str]) -> Wire | Stop:
        """A new connection to the first of some judged addresses that takes one."""
        why: Failure = "connect"
        for address in addresses[:TRIED_MAX]:
            made = await self._connect_to(url, address)
            if isinstance(made, Wire):
                # What is connected to is judged once more: by now it cannot become another.
                refused = self._barred(url, made.peer)
                if refused is not None:
                    made.abort()
                    return refused
                return made
            why = made
        return why

    async def _connect_to(self, url: Url, address: str) -> Wire | Failure:
        secured = url.scheme == "https"
        try:
            async with asyncio.timeout(self._bounds.connect_s):
                _, wire = await asyncio.get_running_loop().create_connection(
                    lambda: Wire(address),
                    address,
                    url.port,
                    ssl=self._tls if secured else None,
                    server_hostname=url.host if secured else None,
                )
        except TimeoutError:
            return "connect_time"
        except ssl.SSLError:
            return "tls"
        except OSError:
            return "connect"
        return wire


def webhook_client(settings: Settings) -> WebhookClient:
    """The webhook client that the settings describe."""
    bounds = Bounds(
        deadline_s=settings.webhook_deadline_s_max,
        connect_s=settings.webhook_connect_s_max,
        read_s=settings.webhook_read_s_max,
        answer_bytes=settings.webhook_answer_bytes_max,
    )
    return WebhookClient(bounds, Allowed(settings.webhook_allow_loopback, settings.webhook_allow_private))


def _tls() -> ssl.SSLContext:
    """Certificates are checked against the system's authorities and the URL's name; TLS 1.2 at least."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context


def _headers(url: Url, given: Mapping[str, str], body: bytes) -> Headers:
    sent = [
        (b"host", url.authority.encode("ascii")),
        (b"user-agent", USER_AGENT),
        (b"accept", b"*/*"),
        # A packed answer would have to be unpacked to be read, and a small one can unpack to a large one.
        (b"accept-encoding", b"identity"),
        (b"content-length", str(len(body)).encode("ascii")),
    ]
    return sent + [(name.encode("ascii"), value.encode("ascii")) for name, value in given.items()]


def _outcome(answer: Answer | None, stop: Stop, ms: int) -> Outcome:
    if isinstance(stop, Refused):
        return Refused(stop.why, stop.address, ms)
    if answer is None:
        return Failed(stop, ms)
    if answer.status in OK:
        return Delivered(answer.status, ms, answer.first_bytes)
    if answer.status == GONE:
        return Gone(ms, answer.first_bytes)
    wanted = None if answer.retry_after is None else retry_after_s(answer.retry_after, machine_clock())
    why: Failure = "redirect" if stop == "status" and answer.status in REDIRECTS else stop
    return Failed(why, ms, answer.status, wanted, answer.first_bytes)


def _key(url: Url) -> Key:
    return url.scheme, url.host, url.port
