"""PostgreSQL's client programs: where they are, and how they are run on the database of a URL."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlencode, urlsplit, urlunsplit

from msgspec import Struct

from service.embedded.programs import wheel_programs
from service.store.backups.faults import BackupError
from service.store.database.hosts import split

DEBIAN: Final = Path("/usr/lib/postgresql")
"""Where Debian puts one folder for each release of PostgreSQL."""
SAID_MAX: Final = 2000
"""How much of what a program said of its failure is told, in characters."""
ALL_CLINICS: Final = "-c app.across=owner -c app.clinic=00000000-0000-0000-0000-000000000000"
"""What the owner says who means the rows of all clinics, as an option of a connection."""


class Clients(Struct, frozen=True):
    """One set of client programs."""

    folder: Path
    major: int
    """The first number of their release."""


def clients(least: int) -> Clients:
    """The oldest programs that know a server of this release: what they write suits it best.

    Raises BackupError where there are none.
    """
    found = sorted((one for one in _all() if one.major >= least), key=lambda one: one.major)
    if not found:
        raise BackupError(
            "no_client_programs",
            f"pg_dump and pg_restore of PostgreSQL {least} or newer are not here. Install them (on Debian: "
            f"postgresql-client-{least}).",
        )
    return found[0]


def _all() -> Iterator[Clients]:
    folders = [*sorted(DEBIAN.glob("*/bin"))]
    if (in_wheel := wheel_programs()) is not None:
        folders.append(in_wheel)
    if (on_path := shutil.which("pg_dump")) is not None:
        folders.append(Path(on_path).parent)
    for folder in folders:
        if not all((folder / name).exists() for name in ("pg_dump", "pg_restore")):
            continue
        said = subprocess.run(
            [str(folder / "pg_dump"), "--version"], capture_output=True, text=True, check=False, timeout=30
        ).stdout
        if version := re.search(r"\) (\d+)", said):
            yield Clients(folder, int(version[1]))


def reached(url: str) -> tuple[str, dict[str, str]]:
    """The same database for a client program: a URL without a password, and the environment that has it."""
    parts = urlsplit(url)
    login, at, hosts = parts.netloc.rpartition("@")
    user, colon, password = login.partition(":")
    asked = {name: words[-1] for name, words in parse_qs(parts.query).items() if not name.startswith("app.")}
    if len(split(url)) > 1:
        asked.setdefault("target_session_attrs", "read-write")
    query = urlencode(asked, safe="/")
    environment = {**os.environ, "PGOPTIONS": ALL_CLINICS, "PGAPPNAME": "rewards", "LC_ALL": "C.UTF-8"}
    if colon:
        environment["PGPASSWORD"] = unquote(password)
    return urlunsplit(parts._replace(netloc=f"{user}{at}{hosts}", query=query)), environment


async def ended(process: asyncio.subprocess.Process) -> None:
    """End a program whose work is not wanted any more, and wait until it has ended."""
    if process.returncode is None:
        process.terminate()
        await process.wait()


def told(said: bytes) -> str:
    """What a program said of its failure, in short."""
    return " ".join(said.decode(errors="replace").split())[-SAID_MAX:]
