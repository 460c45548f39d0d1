"""A proxy between the service and a store, which does what networks do: it swallows, cuts and refuses."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Literal
from urllib.parse import parse_qs, urlsplit, urlunsplit

Mode = Literal["passes", "swallows", "refuses"]
PIECE = 16 * 1024


class Proxy:
    """Takes connections on a port of this machine, and hands what is said to a server and back."""

    def __init__(self, path: str | None, host: str = "", port: int = 0) -> None:
        """Stand before the server at a path, or at a host and port."""
        self._target = path, host, port
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.mode: Mode = "passes"
        self.cut_after: int | None = None
        """After how many more bytes of what the server says the line is cut, once."""
        self.cuts = 0

    async def start(self, port: int = 0) -> None:
        """Begin to take connections."""
        self._server = await asyncio.start_server(self._taken, "127.0.0.1", port)

    @property
    def port(self) -> int:
        """The port that it takes connections on."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def cut_all(self) -> None:
        """Cut every line that there is."""
        for line in list(self._lines):
            line.transport.abort()

    async def stop(self) -> None:
        """Take no more, and let go of all."""
        assert self._server is not None
        self._server.close()
        self.cut_all()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._lines.add(writer)
        try:
            if self.mode != "refuses":
                await self._between(reader, writer)
        except (OSError, asyncio.CancelledError):
            """The line is over, whoever ended it."""
        finally:
            self._tasks.discard(task)
            self._lines.discard(writer)
            writer.transport.abort()

    async def _between(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path, host, port = self._target
        while self.mode == "swallows":
            # Whoever connects now hears nothing, and is not told that nobody is there.
            if not await reader.read(PIECE):
                return
        there, back = await (
            asyncio.open_unix_connection(path) if path else asyncio.open_connection(host, port)
        )
        self._lines.add(back)
        try:
            ways = {
                asyncio.create_task(self._hand(reader, back, is_answer=False)),
                asyncio.create_task(self._hand(there, writer, is_answer=True)),
            }
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        finally:
            self._lines.discard(back)
            back.transport.abort()

    async def _hand(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_answer: bool
    ) -> None:
        with suppress(OSError):
            while piece := await reader.read(PIECE):
                if self.mode == "swallows":
                    continue
                if is_answer and self.cut_after is not None:
                    self.cut_after -= len(piece)
                    if self.cut_after <= 0:
                        writer.write(piece[: len(piece) + self.cut_after])
                        await writer.drain()
                        self.cut_after = None
                        self.cuts += 1
                        return
                writer.write(piece)
                await writer.drain()


def before_postgresql(url: str) -> Proxy:
    """Give a proxy before the PostgreSQL of an embedded store."""
    return Proxy(f"{parse_qs(urlsplit(url).query)['host'][0]}/.s.PGSQL.5432")


def before_valkey(url: str) -> Proxy:
    """Give a proxy before the Valkey of an embedded store."""
    return Proxy(urlsplit(url).path)


def through(url: str, proxy: Proxy) -> str:
    """Give the URL that leads through a proxy to where a URL leads."""
    parts = urlsplit(url)
    login = parts.netloc.rpartition("@")[0]
    if parts.scheme == "unix":
        return f"redis://127.0.0.1:{proxy.port}/0"
    at = f"{login}@127.0.0.1:{proxy.port}"
    return urlunsplit(parts._replace(netloc=at, query=""))
