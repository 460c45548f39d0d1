"""The seal of an archive: a key that follows from a passphrase, and parts that are sealed piece by piece.

A part is a row of pieces: four bytes that say how long one is, then AES-256-GCM (NIST SP 800-38D) of up
to PIECE bytes of lines. Its key is HMAC-SHA256 of the part's name under the archive's key; its nonce is its
number, in 12 bytes; and whether it is the last one is authenticated with it. So no piece can be changed, left
out, put elsewhere or cut off without being named.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from schemas.archives import ArchiveLock
from service.store.archives.faults import ArchiveError

PIECE: Final = 1 << 20
"""How many bytes of lines are sealed at once; a line may be longer."""
PIECE_MAX: Final = 1 << 28
LINES_AHEAD: Final = 500
COST: Final = (1 << 17, 8, 1)
"""128 MiB and about half a second for each try (RFC 7914; OWASP, Password Storage, 2023)."""
COST_MAX: Final = (1 << 20, 16, 4)
PASSPHRASE_MIN: Final = 12
"""How long a passphrase must be, in characters."""


class ArchiveKey:
    """The key of one archive."""

    def __init__(self, passphrase: str, salt: bytes, cost: tuple[int, int, int]) -> None:
        """Work it out, which takes a while on purpose."""
        n, r, p = cost
        self._key = Scrypt(salt=salt, length=32, n=n, r=r, p=p).derive(passphrase.encode())
        self.lock = ArchiveLock(salt.hex(), n, r, p, self._of(b"check").hex())

    def mac(self, message: bytes) -> str:
        """The keyed hash of a manifest, in hexadecimal."""
        return hmac.digest(self._of(b"manifest"), message, "sha256").hex()

    def part(self, name: str) -> AESGCM:
        """The key of one part."""
        return AESGCM(self._of(b"part|" + name.encode()))

    def _of(self, what: bytes) -> bytes:
        return hmac.digest(self._key, b"rewards clinic 1|" + what, "sha256")


def new_key(passphrase: str) -> ArchiveKey:
    """The key of a new archive; raises ArchiveError where the passphrase is short."""
    if len(passphrase) < PASSPHRASE_MIN:
        detail = f"The passphrase has fewer than {PASSPHRASE_MIN} characters. Choose several words."
        raise ArchiveError("passphrase_weak", detail)
    return ArchiveKey(passphrase, os.urandom(32), COST)


def key_of(passphrase: str, lock: ArchiveLock) -> ArchiveKey:
    """The key of an archive that is there; raises ArchiveError where the passphrase is another."""
    cost = (lock.n, lock.r, lock.p)
    try:
        salt = bytes.fromhex(lock.salt)
        if any(one > most for one, most in zip(cost, COST_MAX, strict=True)):
            raise ValueError("more than anybody asks for")  # noqa: TRY301  said below
        key = ArchiveKey(passphrase, salt, cost)
    except ValueError as error:
        raise ArchiveError(
            "archive_unfit", f"manifest.json was altered: its lock is none ({error})."
        ) from error
    if not hmac.compare_digest(key.lock.check, lock.check):
        raise ArchiveError(
            "passphrase_wrong", "The passphrase is not the one that this archive was sealed with."
        )
    return key


class PartWriter:
    """Seals the lines of one part."""

    def __init__(self, key: ArchiveKey, name: str, out: IO[bytes]) -> None:
        """Write the part of a name to a file."""
        self._key = key.part(name)
        self._out = out
        self._held: list[bytes] = []
        self._size = 0
        self._pieces = 0
        self._digest = hashlib.sha256()
        self.rows = 0
        self.bytes = 0

    def line(self, line: bytes) -> None:
        """Add a line."""
        self._held.append(line + b"\n")
        self._size += len(line) + 1
        self.rows += 1
        if self._size >= PIECE:
            self._seal(is_last=False)

    def close(self) -> str:
        """Seal what is left; gives the SHA-256 of the part, in hexadecimal."""
        self._seal(is_last=True)
        return self._digest.hexdigest()

    def _seal(self, *, is_last: bool) -> None:
        plain = b"".join(self._held)
        sealed = self._key.encrypt(self._pieces.to_bytes(12, "big"), plain, _about(is_last=is_last))
        said = len(sealed).to_bytes(4, "big") + sealed
        self._out.write(said)
        self._digest.update(said)
        self.bytes += len(said)
        self._pieces += 1
        self._held, self._size = [], 0


def lines(key: ArchiveKey, name: str, source: IO[bytes]) -> Iterator[list[bytes]]:
    """The lines of one part, some at a time; raises ArchiveError naming the part and the line."""
    opened, number, read, is_last = key.part(name), 0, 0, False
    while not is_last:
        size = int.from_bytes(source.read(4), "big")
        sealed = source.read(size) if 0 < size <= PIECE_MAX else b""
        nonce = number.to_bytes(12, "big")
        try:
            plain = opened.decrypt(nonce, sealed, _about(is_last=False))
        except InvalidTag:
            try:
                plain = opened.decrypt(nonce, sealed, _about(is_last=True))
            except InvalidTag as error:
                detail = f"{name} was cut off or altered, after line {read}. Use the archive as it was made."
                raise ArchiveError("archive_unfit", detail) from error
            is_last = True
        found = plain.splitlines()
        for at in range(0, len(found), LINES_AHEAD):
            yield found[at : at + LINES_AHEAD]
        read += len(found)
        number += 1


def _about(*, is_last: bool) -> bytes:
    return b"last" if is_last else b"more"
