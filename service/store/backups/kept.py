"""The folder that backups are kept in: one folder each, of which only a finished one has its name."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from schemas.backups import BackupManifest
from service.store.backups.faults import BackupError
from service.store.backups.manifests import read

NAME: Final = re.compile(r"rewards-\d{8}T\d{6}Z")
UNFINISHED: Final = ".unfinished-"
SCRATCH: Final = ".scratch-"
"""How folders begin in which a backup is tried out."""
LOCK: Final = ".lock"


@contextmanager
def being_made(home: Path) -> Iterator[Path]:
    """A folder in which a backup is made; it is gone afterwards, unless it was given its name.

    What an earlier one left that was killed goes first. Raises BackupError where another one is being made,
    and OSError where the home cannot be written.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / LOCK).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            detail = f"Another backup is being made in {home}. Wait until it is finished."
            raise BackupError("backup_running", detail) from error
        for left in (*home.glob(f"{UNFINISHED}*"), *home.glob(f"{SCRATCH}*")):
            shutil.rmtree(left, ignore_errors=True)
        folder = home / f"{UNFINISHED}{os.getpid()}"
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def finish(folder: Path, moment: datetime) -> Path:
    """Give a whole backup its name; from then on it looks good, whatever happens. Returns its place."""
    named = folder.parent / f"rewards-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for path in (*folder.iterdir(), folder):
        _sync(path)
    folder.rename(named)
    _sync(folder.parent)
    return named


def kept(home: Path) -> list[tuple[Path, BackupManifest]]:
    """Every backup of a home, the newest first; one whose manifest cannot be read is passed over."""
    found = []
    with suppress(FileNotFoundError):
        for path in home.iterdir():
            if NAME.fullmatch(path.name):
                with suppress(BackupError):
                    found.append((path, read(path)))
    return sorted(found, key=lambda one: one[1].moment, reverse=True)


def newest_good(home: Path) -> datetime | None:
    """The moment of the newest backup that was checked; none where there is none."""
    return next((manifest.moment for _, manifest in kept(home) if manifest.is_checked), None)


def let_go(home: Path, keep: int) -> list[Path]:
    """Remove the backups that were checked, but for so many of the newest; returns those removed.

    One that was not checked goes once it is older than all that are kept.
    """
    good = [path for path, manifest in kept(home) if manifest.is_checked]
    if len(good) < keep:
        return []
    last = read(good[keep - 1]).moment
    gone = [path for path, manifest in kept(home) if manifest.moment < last]
    for path in gone:
        # Under its name it looks good, so it loses that first.
        aside = path.with_name(f"{UNFINISHED}{path.name}")
        path.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)
    return gone


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
