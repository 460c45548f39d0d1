"""pgBackRest by `deploy/pgbackrest.conf`: a server that is gone comes back as it stood at a moment."""

from __future__ import annotations

import asyncio
import os
import pwd
import re
import secrets
import shutil
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from schemas.people import NewParticipant
from service.flows.people.participants import register_participant
from service.flows.perform import Done, perform
from service.flows.setup.clinics import create_clinic, operator
from service.flows.verify.verify import verify
from service.settings import Settings, read
from service.store.database.migrate import migrate
from tests import clock
from tests.conftest import open_as_service
from tests.walks.conftest import folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from service.embedded import Stores
    from service.store.database.pool import Database

pytestmark = pytest.mark.slow

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "pgbackrest.conf"
DEBIAN = Path("/usr/lib/postgresql")
PGBACKREST = shutil.which("pgbackrest")
READY_S_MAX = 60
MAJOR_MAX = 15
"""The newest release of PostgreSQL that Debian 12's pgBackRest knows."""


def programs() -> Path:
    """Find the server's programs; a check must have them and pgBackRest, a clone may not."""
    found = sorted(one for one in DEBIAN.glob("*/bin/initdb") if int(one.parts[-3]) <= MAJOR_MAX)
    if PGBACKREST is None or not found:
        if os.environ.get("CI"):
            pytest.fail("pgbackrest or its PostgreSQL is missing, and under CI they are part of the check")
        pytest.skip("pgbackrest and Debian's PostgreSQL are not installed")
    return found[-1].parent


@dataclass
class Server:
    """A server of Debian's under a folder, and pgBackRest for it, as one account that is not root."""

    home: Path
    bin: Path

    @property
    def data(self) -> Path:
        """The server's data folder."""
        return self.home / "main"

    def how(self) -> dict[str, Any]:
        """As whom, and with what in the environment, both are run."""
        given = {**os.environ, "PGBACKREST_REPO1_CIPHER_PASS": "a pass phrase of the tests"}
        account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        who = {} if account is None else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        return {"env": given, "cwd": "/", **who}

    def pgbackrest(self, *words: str) -> None:
        """Run pgBackRest by the configuration, with the paths of this test in the place of a machine's."""
        done = subprocess.run(
            [str(PGBACKREST), *self.options(), *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            **self.how(),
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def options(self) -> list[str]:
        """How pgBackRest finds its configuration."""
        return [f"--config={self.home / 'pgbackrest.conf'}", "--stanza=rewards"]

    def configuration(self) -> str:
        """Give the configuration with the paths of this test in the place of a machine's."""
        text = CONFIGURATION.read_text(encoding="utf-8")
        places = {
            "repo1-path": self.home / "repo",
            "log-path": self.home,
            "pg1-path": self.data,
            "pg1-socket-path": self.home,
        }
        for name, place in places.items():
            text, count = re.subn(rf"(?m)^{name}=.*$", f"{name}={place}", text)
            assert count == 1
        lock, spool = self.home / "lock", self.home / "spool"
        own = text.replace("[global]", f"[global]\nlock-path={lock}\nspool-path={spool}")
        return f"{own}pg1-user=rewards_owner\n"

    def make(self) -> None:
        """Make the server as the head of the configuration says."""
        for place in (self.home, self.home / "repo", self.home / "lock", self.home / "spool"):
            place.mkdir(exist_ok=True)
            if os.geteuid() == 0:
                shutil.chown(place, "nobody")
        (self.home / "pgbackrest.conf").write_text(self.configuration(), encoding="utf-8")
        (self.home / "pgbackrest.conf").chmod(0o644)
        words = ["-D", str(self.data), "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "rewards_owner"]
        subprocess.run([str(self.bin / "initdb"), *words], check=True, capture_output=True, **self.how())
        push = " ".join([str(PGBACKREST), *self.options(), "archive-push %p"])
        said = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.home),
            "wal_level": "replica",
            "archive_mode": "on",
            "archive_command": push,
            "max_connections": "50",
        }
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in said.items())

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the server until the block ends; it takes writes then."""
        with (self.home / "server.log").open("ab") as log:
            process = subprocess.Popen(
                [str(self.bin / "postgres"), "-D", str(self.data)], stdout=log, stderr=log, **self.how()
            )
        try:
            asyncio.run(self.writable())
            yield
        finally:
            process.terminate()
            process.wait(READY_S_MAX)

    async def writable(self) -> None:
        """Wait until it takes writes."""
        until = time.monotonic() + READY_S_MAX
        while True:
            try:
                if not await self.asked("select pg_is_in_recovery()"):
                    return
            except (OSError, asyncpg.PostgresError):
                assert time.monotonic() < until, (self.home / "server.log").read_text()
            await asyncio.sleep(0.1)

    async def asked(self, statement: str, database: str = "postgres") -> object:
        """Ask the server as its administrator."""
        connection = await asyncpg.connect(f"postgresql://rewards_owner@/{database}?host={self.home}")
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()


async def registered(database: Database, clinic: UUID, reference: str) -> None:
    """Register somebody."""
    operation = partial(register_participant, new=NewParticipant(reference))
    assert isinstance(await perform(database, operator(clinic), operation), Done)


async def begun(server: Server, given: Settings) -> UUID:
    """Make a database with a clinic and one person in it."""
    await server.asked("create database rewards")
    await migrate(given.migration_database_url, given.database_url)
    database = await open_as_service(given)
    made = await create_clinic(database, "North", "America/New_York")
    assert isinstance(made, Done)
    await registered(database, made.value.id, "BACKED-UP")
    await database.close()
    return made.value.id


async def gone_on(server: Server, given: Settings, clinic: UUID) -> str:
    """Register one person before a moment and one after it; gives the moment."""
    database = await open_as_service(given)
    # A backup's end is kept in whole seconds, and a moment is restored from a backup that ended before it.
    await asyncio.sleep(1)
    await registered(database, clinic, "BEFORE")
    moment = str(await server.asked("select clock_timestamp()::text"))
    await asyncio.sleep(1)
    await registered(database, clinic, "AFTER")
    await database.close()
    # A lost machine costs what was not sent away yet: here nothing, for its end waits for the last piece.
    await server.asked("select pg_switch_wal()")
    return moment


async def found(given: Settings, clinic: UUID) -> tuple[list[str], bool]:
    """Read whom the clinic knows, and whether its books are clean."""
    database = await open_as_service(given)
    async with database.transaction(clinic) as tx:
        rows = await tx.connection.fetch("select reference from participants order by participant_id")
    verdict = await verify(database, clinic, lambda _what, _more: None)
    await database.close()
    assert verdict is not None
    return [row["reference"] for row in rows], verdict.clean


def test_a_lost_server_is_restored_to_a_moment(stores: Stores) -> None:
    """What was committed before it is there and proven, what came after is not."""
    with folder() as made:
        made.chmod(0o755)
        server = Server(made / "server", programs())
        server.make()
        at = f"@/rewards?host={server.home}"
        given = read(
            {
                **stores.environment(),
                "DATABASE_URL": f"postgresql://rewards_service:{secrets.token_hex(8)}{at}",
                "DATABASE_DIRECT_URL": f"postgresql://rewards_service{at}",
                "MIGRATION_DATABASE_URL": f"postgresql://rewards_owner{at}",
                **clock.setting(),
            }
        )
        with server.running():
            clinic = asyncio.run(begun(server, given))
            server.pgbackrest("stanza-create")
            server.pgbackrest("check")
            server.pgbackrest("--type=full", "backup")
            moment = asyncio.run(gone_on(server, given, clinic))
        shutil.rmtree(server.data)
        server.data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(server.data, "nobody")
        server.pgbackrest("--type=time", f"--target={moment}", "--target-action=promote", "restore")
        with server.running():
            assert asyncio.run(found(given, clinic)) == (["BACKED-UP", "BEFORE"], True)
        # Nobody reads in the repository what stands in the database.
        kept = b"".join(path.read_bytes() for path in (server.home / "repo").rglob("*") if path.is_file())
        assert b"Salted__" in kept
