"""What stands between a client and PostgreSQL: a listener that writes down what is said, and PgBouncer."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

from tests.programs import found, needed

EXAMPLE = Path(__file__).resolve().parents[1] / "deploy" / "pgbouncer.ini"
SOCKET, POOLER_SOCKET = ".s.PGSQL.5432", ".s.PGSQL.6432"
START_S_MAX = 20.0


@contextmanager
def short_folder() -> Iterator[Path]:
    """Give a folder whose path is short enough for a socket, and which PgBouncer's user may enter."""
    with tempfile.TemporaryDirectory(prefix="rw-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@asynccontextmanager
async def listened(url: str) -> AsyncIterator[tuple[str, list[str]]]:
    """Stand between a client and the server; give the URL to use and the plain queries that come by."""
    behind = Path(parse_qs(urlsplit(url).query)["host"][0]) / SOCKET
    said: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_unix_connection(str(behind))
        await asyncio.gather(_pass_on(reader, to_server, said), _pass_on(from_server, writer, None))

    with short_folder() as folder:
        server = await asyncio.start_unix_server(serve, str(folder / SOCKET))
        (folder / SOCKET).chmod(0o777)
        try:
            yield urlunsplit(urlsplit(url)._replace(query=f"host={folder}")), said
        finally:
            server.close()


async def _pass_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, said: list[str] | None
) -> None:
    """Pass everything on; of a client's messages (PostgreSQL 55.7) the simple queries are written down."""
    waiting, kind_bytes = b"", 0
    while data := await reader.read(65536):
        writer.write(data)
        waiting += b"" if said is None else data
        while len(waiting) >= kind_bytes + 4:
            size = kind_bytes + int.from_bytes(waiting[kind_bytes : kind_bytes + 4])
            if len(waiting) < size:
                break
            if said is not None and kind_bytes and waiting[:1] == b"Q":
                said.append(waiting[5 : size - 1].decode())
            # Only the first message, which asks to be let in, has no letter before its length.
            waiting, kind_bytes = waiting[size:], 1
    writer.close()


@asynccontextmanager
async def held_up(url: str) -> AsyncIterator[tuple[str, Callable[[], None]]]:
    """Stand between a client and the server; give the URL to use, and what freezes all connections."""
    behind = Path(parse_qs(urlsplit(url).query)["host"][0]) / SOCKET
    flows: list[asyncio.Event] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        flow = asyncio.Event()
        flow.set()
        flows.append(flow)
        from_server, to_server = await asyncio.open_unix_connection(str(behind))
        await asyncio.gather(_let_by(reader, to_server, flow), _let_by(from_server, writer, flow))

    def freeze() -> None:
        for flow in flows:
            flow.clear()

    with short_folder() as folder:
        server = await asyncio.start_unix_server(serve, str(folder / SOCKET))
        try:
            yield urlunsplit(urlsplit(url)._replace(query=f"host={folder}")), freeze
        finally:
            for flow in flows:
                flow.set()
            server.close()


@asynccontextmanager
async def over_tcp(url: str) -> AsyncIterator[str]:
    """Let a server that listens at a socket be reached over TCP; give the URL to use."""
    behind = Path(parse_qs(urlsplit(url).query)["host"][0]) / SOCKET

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_unix_connection(str(behind))
        await asyncio.gather(_pass_on(reader, to_server, None), _pass_on(from_server, writer, None))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    parts = urlsplit(url)
    try:
        yield urlunsplit(parts._replace(netloc=f"{parts.netloc}127.0.0.1:{port}", query=""))
    finally:
        server.close()


async def _let_by(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, flow: asyncio.Event) -> None:
    while data := await reader.read(65536):
        await flow.wait()
        writer.write(data)
    writer.close()


def pooler_settings(folder: Path, database: str, **more: str | int | Path) -> Path:
    """Write the settings of a PgBouncer in a folder: the example file, with other lines behind its own.

    With no head of a section between: at that of `[pgbouncer]` all that was said of it before is forgotten.
    """
    (folder / "example.ini").write_bytes(EXAMPLE.read_bytes())
    lines = "".join(f"{name} = {value}\n" for name, value in more.items())
    path = folder / "pgbouncer.ini"
    text = f"%include {folder / 'example.ini'}\n{lines}[databases]\n{database}\n"
    path.write_text(text, encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def pooled(url: str, connections: int, mode: str = "transaction") -> Iterator[str]:
    """Run PgBouncer by the example file, with so many connections, in front of a database; give its URL."""
    needed(pgbouncer="pgbouncer")
    parts = urlsplit(url)
    who = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    with short_folder() as folder:
        (folder / "users").write_text(f'"{parts.username}" "{parts.password}"\n')
        settings = pooler_settings(
            folder,
            f"* = host={parse_qs(parts.query)['host'][0]}",
            listen_addr="",
            unix_socket_dir=folder,
            auth_file=folder / "users",
            default_pool_size=connections,
            pool_mode=mode,
        )
        if who:
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, "nobody")
        process = subprocess.Popen(
            [str(found("pgbouncer")), "--quiet", str(settings)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **who,  # type: ignore[call-overload]
        )
        try:
            until = time.monotonic() + START_S_MAX
            while not (folder / POOLER_SOCKET).exists() and time.monotonic() < until:
                time.sleep(0.02)
            yield urlunsplit(parts._replace(query=f"host={folder}&port=6432"))
        finally:
            process.terminate()
            process.wait(10)
