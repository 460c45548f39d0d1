"""Connecting to PostgreSQL host by host, so that one that says nothing does not use up the others' time.

A URL may name several hosts. The driver has one time-out for all of them, and a frozen server takes a
connection and says nothing: behind such a first host the second was reached after 97 s. Here each host has a
time-out of its own, and the one that answered last comes first.
"""

from __future__ import annotations

import socket
from typing import Any, Final
from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

import asyncpg
from asyncpg import Connection

from service.store.database.absence import AWAY

CONNECT_S_MAX: Final = 10.0
"""How long one host may take to let in what nobody waits for, in seconds."""
WRITABLE: Final = "read-write"
KEEPALIVE: Final = (
    ("TCP_KEEPIDLE", 10),
    ("TCP_KEEPINTVL", 5),
    ("TCP_KEEPCNT", 3),
    ("TCP_USER_TIMEOUT", 20_000),
)
"""After how many seconds a silent peer is asked whether it is there, how often then, and how many times; and
after how many milliseconds one is gone that acknowledges nothing (tcp(7)). Not every system has them all."""


class NoPrimaryError(ConnectionError):
    """Every host that answers is a standby, which takes no writes."""


class Hosts:
    """The hosts of a URL, and which of them to try first."""

    def __init__(self, url: str, connect_s_max: float = CONNECT_S_MAX) -> None:
        """Take a URL, and how long each of its hosts may take to let a connection in, in seconds."""
        self._urls = split(url)
        self._connect_s_max = connect_s_max
        self._first = 0

    async def open(self, **how: Any) -> Connection:  # noqa: ANN401  the driver's own options
        """Connect to the first host that takes writes where several are named, else to the one.

        `target_session_attrs` in the URL says otherwise, as libpq knows it. Raises what the last host's
        failure was, NoPrimaryError where that is a standby, and at once what no other host would mend.
        """
        start, count = self._first, len(self._urls)
        for place in range(start, start + count):
            try:
                connection = await self._connect(self._urls[place % count], how)
            except AWAY as error:
                # Whoever connects meanwhile need not find out about this host too.
                self._first = (place + 1) % count
                if place == start + count - 1:
                    raise _plain(error) from error
            else:
                self._first = place % count
                _keep_alive(connection)
                return connection
        raise AssertionError("a URL has at least one host")

    async def _connect(self, url: str, how: dict[str, Any]) -> Connection:
        if len(self._urls) > 1 and "target_session_attrs=" not in url:
            how = {**how, "target_session_attrs": WRITABLE}
        return await asyncpg.connect(url, timeout=self._connect_s_max, **how)


async def open_connection(url: str, **how: Any) -> Connection:  # noqa: ANN401  the driver's own options
    """Connect once, host by host, for what nobody waits for; raises as `Hosts.open` does."""
    return await Hosts(url).open(**how)


def split(url: str) -> list[str]:
    """A URL of several hosts (libpq 34.1.1.2) as one URL for each of them."""
    parts = urlsplit(url)
    login, at, listed = parts.netloc.rpartition("@")
    asked = {name: words[-1] for name, words in parse_qs(parts.query, keep_blank_values=True).items()}
    hosts = (listed or asked.get("host", "")).split(",")
    ports = asked.get("port", "").split(",")
    if len(ports) == 1:
        ports *= len(hosts)
    if len(hosts) == 1 or len(ports) != len(hosts):
        # What cannot be right, the driver says.
        return [url]
    made = []
    for host, port in zip(hosts, ports, strict=True):
        one = {**asked, **({"port": port} if port else {}), **({} if listed else {"host": host})}
        query = urlencode(one, safe="/", quote_via=quote)
        netloc = f"{login}{at}{host}" if listed else parts.netloc
        made.append(urlunsplit(parts._replace(netloc=netloc, query=query)))
    return made


def _plain(error: BaseException) -> BaseException:
    """What no host could be used for, as an error that the system has a name for."""
    if isinstance(error, asyncpg.TargetServerAttributeNotMatched):
        return NoPrimaryError("every host that answers is a standby")
    return error


def _keep_alive(connection: Connection) -> None:
    """Let the system find out that the other machine is gone, which a connection without news never would."""
    transport = connection._transport  # type: ignore[attr-defined]  # noqa: SLF001  there is no other way to it
    line = transport.get_extra_info("socket")
    if line.family not in {socket.AF_INET, socket.AF_INET6}:
        return
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in KEEPALIVE:
        if hasattr(socket, name):
            line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
