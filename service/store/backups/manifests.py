"""The manifest of a backup: signed when it is made, and held against its folder before it is used."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from schemas.backups import BackupKeys, BackupManifest
from service.store.backups.dumping import PIECE
from service.store.backups.faults import BackupError
from service.store.database.cipher import TrailKey

MANIFEST: Final = "manifest.json"
MARK: Final = b"rewards: keys of a backup, 1"
PUT_BACK: Final = "Nothing was changed. Put the right one back from where you keep it."

_encode = msgspec.json.Encoder(order="deterministic").encode


def marks(field_keys: Sequence[tuple[str, bytes]], index_key: bytes, audit_key: bytes) -> BackupKeys:
    """By what these keys are known again."""
    return BackupKeys(
        {key_id: _mark(key) for key_id, key in field_keys},
        field_keys[0][0],
        _mark(index_key),
        TrailKey(audit_key).public_key().hex(),
    )


def sign(manifest: BackupManifest, audit_key: bytes) -> BackupManifest:
    """The manifest with its signature."""
    signature = TrailKey(audit_key).sign(_signed(manifest)).hex()
    return msgspec.structs.replace(manifest, signature=signature)


def write(manifest: BackupManifest, folder: Path) -> None:
    """Put the manifest into its folder."""
    (folder / MANIFEST).write_bytes(msgspec.json.format(_encode(manifest)) + b"\n")


def read(folder: Path) -> BackupManifest:
    """The manifest of a folder, as it stands there; raises BackupError naming the file."""
    path = folder / MANIFEST
    try:
        return msgspec.json.decode(path.read_bytes(), type=BackupManifest)
    except OSError as error:
        detail = (
            f"{path} cannot be read ({error.strerror}): {folder} is no backup, or was cut off. Name another."
        )
        raise BackupError("backup_unfit", detail) from error
    except msgspec.MsgspecError as error:
        raise BackupError("backup_unfit", f"{path} is damaged ({error}). Use another backup.") from error


def unfit_keys(manifest: BackupManifest, given: BackupKeys) -> str | None:
    """Which keys are not those of the backup, and what to do; none where all are."""
    wanted = manifest.keys
    if given.audit != wanted.audit:
        return f"AUDIT_KEY is another than the one that this backup was made under. {PUT_BACK}"
    if given.index != wanted.index:
        return f"INDEX_KEY is another than the one that this backup was made under. {PUT_BACK}"
    if wanted.first not in given.field:
        return f"FIELD_KEYS lacks the key {wanted.first!r}, which sealed fields of this backup. {PUT_BACK}"
    for key_id, mark in wanted.field.items():
        if given.field.get(key_id, mark) != mark:
            return f"The key {key_id!r} of FIELD_KEYS is another than the one of this backup. {PUT_BACK}"
    return None


def prove(manifest: BackupManifest, folder: Path, audit_key: bytes, heard: Callable[[int], object]) -> None:
    """Hold the signature, and all of the file, to the manifest; raises BackupError naming what is wrong."""
    glance(manifest, folder, audit_key)
    path, digest = folder / manifest.file.name, hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                heard(len(piece))
    except OSError as error:
        raise BackupError("backup_unfit", f"{path} cannot be read ({error.strerror}).") from error
    if digest.hexdigest() != manifest.file.sha256:
        raise BackupError("backup_unfit", f"{path} was damaged or altered. Use another backup.")


def glance(manifest: BackupManifest, folder: Path, audit_key: bytes) -> None:
    """Hold the signature, and the length of the file, to the manifest, which takes no time.

    Raises BackupError naming what is wrong.
    """
    signature = bytes.fromhex(manifest.signature) if _is_hex(manifest.signature) else b""
    if not TrailKey(audit_key).is_signed(_signed(manifest), signature):
        detail = f"{folder / MANIFEST} was altered: its signature does not hold. Use another backup."
        raise BackupError("backup_unfit", detail)
    path = folder / manifest.file.name
    try:
        size = path.stat().st_size
    except OSError as error:
        raise BackupError("backup_unfit", f"{path} cannot be read ({error.strerror}).") from error
    if size != manifest.file.bytes:
        detail = f"{path} has {size:,} bytes where {manifest.file.bytes:,} were written. Use another backup."
        raise BackupError("backup_unfit", detail)


def _mark(key: bytes) -> str:
    return hmac.digest(bytes(key), MARK, "sha256").hex()


def _signed(manifest: BackupManifest) -> bytes:
    return b"rewards backup\n" + _encode(msgspec.structs.replace(manifest, signature=""))


def _is_hex(text: str) -> bool:
    try:
        bytes.fromhex(text)
    except ValueError:
        return False
    return True
