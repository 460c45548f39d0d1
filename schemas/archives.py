"""An archive of one clinic: what its manifest says of it."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from schemas.ids import Id


class ArchivePart(Struct, frozen=True):
    """The rows of one table, one JSON object a line, sealed under the passphrase."""

    name: str
    """Its name in the archive."""
    table: str
    """The table that the rows are of."""
    rows: int
    """How many lines it holds."""
    bytes: int
    """How long it is, sealed."""
    sha256: str
    """The SHA-256 of it, sealed, in hexadecimal."""


class ArchiveLock(Struct, frozen=True):
    """How the key of the archive follows from its passphrase: scrypt (RFC 7914), then HMAC-SHA256."""

    salt: str
    """The salt, in hexadecimal."""
    n: int
    """The cost of memory and time."""
    r: int
    """The size of a block."""
    p: int
    """How many times it is done."""
    check: str
    """By what it is seen that a passphrase is the right one, in hexadecimal."""


class HandOver(Struct, frozen=True):
    """Where the clinic's audit trail ended when it left, signed by the service that it left."""

    seq: int
    """The number of its last entry."""
    hash: str
    """The hash of that entry, in hexadecimal, which holds all before it."""
    at: datetime
    """When it was handed over."""
    public_key: str
    """The key to check the signature with, in hexadecimal."""
    signature: str
    """Ed25519 over the clinic, the number, the hash and the time, in hexadecimal."""


class ArchiveManifest(Struct, frozen=True):
    """What an archive is of and holds."""

    format: Literal["rewards clinic 1"]
    """The form that this is in."""
    clinic: Id
    """The clinic's id, which it keeps."""
    name: str
    """Its name."""
    version: str
    """The version of the service that made it."""
    migrations: tuple[str, ...]
    """The migrations that its tables are of."""
    parts: tuple[ArchivePart, ...]
    """The tables, in the order in which one may stand on another."""
    lock: ArchiveLock
    """How it is opened."""
    trail: HandOver
    """The end of its audit trail."""
    mac: str = ""
    """HMAC-SHA256 over all of the above, under the key of the archive, in hexadecimal."""
