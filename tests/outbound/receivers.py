"""Receivers on real sockets: each does with a connection what its script says, and notes what it was sent."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field


@dataclass
class PostedRequest:
    """One request as it came in: its first line, its headers in lower case, its body."""

    line: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """A running receiver: where it listens, and what it saw."""

    port: int
    host: str = "127.0.0.1"
    connections: int = 0
    asked: list[PostedRequest] = field(default_factory=list)
    server_names: list[str | None] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a connection was ended by the other side."""

    @property
    def url(self) -> str:
        """Give its web address by number."""
        return f"http://{self.host}:{self.port}/hooks?clinic=7"


Script = Callable[[Receiver, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def take(receiver: Receiver, reader: asyncio.StreamReader) -> PostedRequest:
    """Read one request to its end and note it."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:-2])}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    asked = PostedRequest(head[0], headers, body)
    receiver.asked.append(asked)
    return asked


def answering(*answers: bytes, then_close: bool = False) -> Script:
    """Answer each request with the next of some answers, as they are; the last one again and again."""

    async def script(receiver: Receiver, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await take(receiver, reader)
            writer.write(answers[min(len(receiver.asked), len(answers)) - 1])
            await writer.drain()
            if then_close:
                return

    return script


def answer(status: int, body: bytes = b"", **headers: str) -> bytes:
    """Write a whole answer with the right length."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status} Said", f"content-length: {len(body)}", *lines])
    return f"{head}\r\n\r\n".encode("latin-1") + body


async def hanging(receiver: Receiver, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Take the request and say nothing until the other side has enough of it."""
    await take(receiver, reader)
    await reader.read()


def trickling(start: bytes, piece: bytes, every_s: float) -> Script:
    """Answer with `start`, and then a piece now and then, for ever."""

    async def script(receiver: Receiver, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await take(receiver, reader)
        writer.write(start)
        while True:
            await writer.drain()
            await asyncio.sleep(every_s)
            writer.write(piece)

    return script


@contextlib.asynccontextmanager
async def receiving(
    script: Script, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[Receiver]:
    """Run a receiver for as long as the block lasts."""
    receiver = Receiver(0, host)
    if tls is not None:
        tls.sni_callback = lambda _socket, name, _context: receiver.server_names.append(name)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        receiver.connections += 1
        try:
            await script(receiver, reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            receiver.ended.set()
        except asyncio.CancelledError:
            pass
        else:
            receiver.ended.set()
        finally:
            writer.close()
            tasks.discard(task)

    server = await asyncio.start_server(serve, host, port, ssl=tls, family=socket.AF_UNSPEC)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
