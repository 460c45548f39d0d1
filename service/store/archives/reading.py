"""Reads an archive, and refuses one that is not as it was made, before anything of it is used."""

from __future__ import annotations

import hashlib
import hmac
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from schemas.archives import ArchiveManifest
from service.store.archives.exporting import MANIFEST, authenticated
from service.store.archives.faults import ArchiveError
from service.store.archives.sealing import ArchiveKey, key_of, lines

PIECE: Final = 1 << 20
MANIFEST_MAX: Final = 1 << 22


class Archive:
    """An archive that is open."""

    def __init__(self, path: Path, file: zipfile.ZipFile, manifest: ArchiveManifest) -> None:
        """Take the open file and what its manifest says."""
        self.path = path
        self.manifest = manifest
        self._file = file

    def unlocked(self, passphrase: str) -> ArchiveKey:
        """The key of the archive; raises ArchiveError where the passphrase is another, or it was altered."""
        key = key_of(passphrase, self.manifest.lock)
        if not hmac.compare_digest(key.mac(authenticated(self.manifest)), self.manifest.mac):
            raise _unfit(self.path, f"{MANIFEST} was altered")
        return key

    def prove(self, heard: Callable[[int], object]) -> None:
        """Hold every part to the manifest; raises ArchiveError naming the one that is not as it was made."""
        for part in self.manifest.parts:
            digest = hashlib.sha256()
            try:
                with self._file.open(part.name) as source:
                    while piece := source.read(PIECE):
                        digest.update(piece)
                        heard(len(piece))
            except (KeyError, zipfile.BadZipFile, EOFError, OSError) as error:
                raise _unfit(self.path, f"{part.name} is missing, cut off or damaged") from error
            if digest.hexdigest() != part.sha256:
                raise _unfit(self.path, f"{part.name} was altered")

    def lines(self, key: ArchiveKey, name: str) -> Iterator[list[bytes]]:
        """The lines of one part, some at a time."""
        with self._file.open(name) as source:
            yield from lines(key, name, source)


def open_archive(path: Path) -> Archive:
    """Open a file.

    Raises ArchiveError where it is no archive or was cut off, and OSError where there is none.
    """
    try:
        file = zipfile.ZipFile(path)
        said = file.open(MANIFEST).read(MANIFEST_MAX)
        return Archive(path, file, msgspec.json.decode(said, type=ArchiveManifest))
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise _unfit(path, "it is no archive of a clinic, or was cut off") from error
    except msgspec.MsgspecError as error:
        raise _unfit(path, f"{MANIFEST} is damaged ({error})") from error


def _unfit(path: Path, why: str) -> ArchiveError:
    return ArchiveError("archive_unfit", f"{path}: {why}. Use the archive as it was made.")
