"""What stands between a client and PostgreSQL: a listener that writes down what is said, and PgBouncer."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

POOLER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
SOCKET = ".s.PGSQL.5432"
START_S_MAX = 5.0


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


@contextmanager
def pooled(url: str, connections: int) -> Iterator[str]:
    """Run PgBouncer in transaction mode with so many connections in front of a database; give its URL."""
    parts = urlsplit(url)
    who = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    with short_folder() as folder:
        (folder / "users").write_text(f'"{parts.username}" "{parts.password}"\n')
        (folder / "pgbouncer.ini").write_text(
            f"[databases]\n* = host={parse_qs(parts.query)['host'][0]}\n[pgbouncer]\n"
            f"pool_mode = transaction\nlisten_port = 6543\nunix_socket_dir = {folder}\n"
            f"auth_type = scram-sha-256\nauth_file = {folder / 'users'}\n"
            f"default_pool_size = {connections}\nmax_client_conn = 100\n"
        )
        if who:
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, "nobody")
        process = subprocess.Popen(
            [str(POOLER), "--quiet", str(folder / "pgbouncer.ini")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **who,  # type: ignore[call-overload]
        )
        try:
            until = time.monotonic() + START_S_MAX
            while not (folder / ".s.PGSQL.6543").exists() and time.monotonic() < until:
                time.sleep(0.02)
            yield urlunsplit(parts._replace(query=f"host={folder}&port=6543"))
        finally:
            process.terminate()
            process.wait(10)
