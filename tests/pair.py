"""Two PostgreSQL servers of the tests' own: the second holds all that the first has acknowledged."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import asyncpg

from service.embedded import Stores, postgres
from service.embedded.place import EmbeddedError, Place
from service.embedded.programs import programs_of
from tests.between import short_folder

BASE_S_MAX = 60


@dataclass(frozen=True)
class One:
    """A running server, which nobody starts again."""

    place: Place
    sockets: Path
    process: subprocess.Popen[bytes]

    @classmethod
    def started(cls, place: Place) -> One:
        """Start the server of a folder, and let the account that servers run under in too."""
        sockets = place.sockets_made(None)
        process = postgres.start(place, sockets, lambda _pid: None, lambda: True)
        if place.account is not None:
            with (place.data / "postgres" / "pg_ident.conf").open("a") as mapped:
                mapped.write(f'rewards "{place.account.name}" all\n')
            process.send_signal(signal.SIGHUP)
        return cls(place, sockets, process)

    async def asked(self, *statements: str) -> object:
        """Run statements as the server's administrator, each by itself; gives what the last one does."""
        connection = await asyncpg.connect(f"postgresql://postgres@/postgres?host={self.sockets}")
        try:
            for statement in statements[:-1]:
                await connection.execute(statement)
            return await connection.fetchval(statements[-1])
        finally:
            await connection.close()

    def signal_all(self, sign: signal.Signals) -> None:
        """Send a signal to the server and each of its processes: those are in sessions of their own."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        for pid in (self.process.pid, *map(int, children.split())):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)

    def end(self) -> None:
        """Stop it, frozen or not."""
        if self.process.poll() is None:
            self.signal_all(signal.SIGKILL)
            self.process.wait()


@dataclass(frozen=True)
class Pair:
    """A primary, and a standby that every commit waits for."""

    first: One
    second: One

    def stores(self, of: Stores) -> Stores:
        """Give the URLs of both servers at once, with the Redis and the keys of other stores."""
        hosts = f"{self.first.sockets},{self.second.sockets}"
        return replace(
            of,
            database_url=f"postgresql://rewards_service:{secrets.token_hex(8)}@/rewards?host={hosts}",
            owner_url=f"postgresql://rewards_owner@/rewards?host={hosts}",
            admin_url=f"postgresql://postgres@/postgres?host={hosts}",
        )

    async def promoted(self) -> None:
        """Let the standby be the primary, as whoever watches over a cluster does."""
        # Nobody stands by it any more, so its commits wait for nobody.
        await self.second.asked(
            "alter system set synchronous_standby_names = ''",
            "select pg_reload_conf()",
            "select pg_promote()",
        )


@contextlib.contextmanager
def primary() -> Iterator[tuple[One, Path]]:
    """Start one server; gives it and a folder in which another one may lie."""
    with short_folder() as folder:
        place = Place.made(folder / "a")
        postgres.make(place)
        first = One.started(place)
        try:
            yield first, folder / "b"
        finally:
            first.end()


@contextlib.contextmanager
def standby(first: One, folder: Path) -> Iterator[One]:
    """Copy a running server, and start the copy so that it follows."""
    place = Place.made(folder)
    command = [programs_of(place) / "pg_basebackup", "-h", first.sockets, "-U", "postgres", "-D"]
    copied = subprocess.run(
        [*map(str, command), str(place.data / "postgres"), "-R", "-c", "fast"],
        capture_output=True, text=True, timeout=BASE_S_MAX, check=False,
    )  # fmt: skip  # table: a command as it is typed
    if copied.returncode != 0:
        raise EmbeddedError(copied.stderr)
    if place.account is not None:
        for path in (place.data / "postgres", *(place.data / "postgres").rglob("*")):
            shutil.chown(path, place.account.name)
    second = One.started(place)
    try:
        yield second
    finally:
        second.end()


@contextlib.asynccontextmanager
async def following() -> AsyncIterator[Pair]:
    """Start a pair whose second server has all that the first acknowledges."""
    with primary() as (first, folder), standby(first, folder) as second:
        await first.asked("alter system set synchronous_standby_names = '*'", "select pg_reload_conf()")
        yield Pair(first, second)
