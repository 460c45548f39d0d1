"""A backup of the whole database: what its manifest says of it."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from schemas.ids import Id


class BackupFile(Struct, frozen=True):
    """The file that holds the tables, as `pg_dump` writes it in its custom format."""

    name: str
    """Its name in the backup's folder."""
    bytes: int
    """How long it is."""
    sha256: str
    """The SHA-256 of it, in hexadecimal."""


class BackupClinic(Struct, frozen=True):
    """Where one clinic's books stood at the moment of the backup."""

    clinic: Id
    """Whose they are."""
    events: int
    """How many events were on record."""
    newest: datetime | None
    """When the last of them was recorded."""
    audit_entries: int
    """How many entries its audit trail had."""
    audit_hash: str
    """The hash of the last of them, in hexadecimal, which holds all before it."""


class BackupKeys(Struct, frozen=True):
    """By what it is seen that keys are those of the backup; from none of it a key can be worked out."""

    field: dict[str, str]
    """A keyed hash of each key of FIELD_KEYS by its id."""
    first: str
    """The id of the one that encrypted what was written last."""
    index: str
    """A keyed hash of INDEX_KEY."""
    audit: str
    """The key that checks the signature, which follows from AUDIT_KEY."""


class BackupManifest(Struct, frozen=True):
    """What a backup is of and holds, signed under AUDIT_KEY (Ed25519, RFC 8032)."""

    format: Literal["rewards backup 1"]
    """The form that this is in."""
    moment: datetime
    """The moment that it shows: all that was committed before it is there, and nothing else."""
    made_at: datetime
    """When it was finished."""
    version: str
    """The version of the service that made it."""
    server: int
    """The first number of the PostgreSQL that it is of."""
    tools: int
    """The first number of the client programs that wrote it."""
    is_checked: bool
    """Whether it was restored and its books were verified before it was kept."""
    file: BackupFile
    """The tables."""
    migrations: tuple[str, ...]
    """The migrations that were applied."""
    role_settings: tuple[str, ...]
    """The settings of the service's role, which belong to the server and not to the tables."""
    rows: dict[str, int]
    """How many rows each table held."""
    clinics: tuple[BackupClinic, ...]
    """Every clinic."""
    keys: BackupKeys
    """The keys that it needs, which are not in it."""
    signature: str = ""
    """The signature over all of the above, in hexadecimal."""
