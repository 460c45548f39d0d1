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

from msgspec import Struct

from schemas.backups import BackupManifest
from service.store.backups.faults import BackupError
from service.store.backups.manifests import glance, read

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


class Kept(Struct, frozen=True):
    """A backup that is kept: where, what its manifest says, and what is wrong with it at a glance.

    There is no manifest where it cannot be read.
    """

    folder: Path
    manifest: BackupManifest | None
    fault: str | None

    @property
    def is_good(self) -> bool:
        """Whether it was restored and verified when it was made, and nobody has touched it since."""
        return self.fault is None and self.manifest is not None and self.manifest.is_checked


def kept(home: Path, audit_key: bytes) -> list[Kept]:
    """Every backup of a home, the newest first, held to its manifest as far as that takes no time."""
    found = []
    with suppress(FileNotFoundError):
        found = [_kept(path, audit_key) for path in home.iterdir() if NAME.fullmatch(path.name)]
    # By its name, which says its moment: somebody may have altered what its manifest says.
    return sorted(found, key=lambda one: one.folder.name, reverse=True)


def newest_good(home: Path, audit_key: bytes) -> datetime | None:
    """The moment of the newest backup that is good; none where there is none."""
    good = (one.manifest for one in kept(home, audit_key) if one.is_good)
    return next((manifest.moment for manifest in good if manifest is not None), None)


def let_go(home: Path, keep: int, audit_key: bytes) -> list[Path]:
    """Remove the backups that are good, but for so many of the newest; returns those removed.

    One that is not goes once it is older than all that are kept.
    """
    found = kept(home, audit_key)
    good = [one.folder.name for one in found if one.is_good]
    if len(good) < keep:
        return []
    gone = [one.folder for one in found if one.folder.name < good[keep - 1]]
    for path in gone:
        # Under its name it looks good, so it loses that first.
        aside = path.with_name(f"{UNFINISHED}{path.name}")
        path.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)
    return gone


def _kept(folder: Path, audit_key: bytes) -> Kept:
    manifest = None
    try:
        manifest = read(folder)
        glance(manifest, folder, audit_key)
    except BackupError as error:
        return Kept(folder, manifest, str(error))
    return Kept(folder, manifest, None)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
