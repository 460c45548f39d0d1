"""Sources: other services that send us messages, with their secrets sealed."""

import hashlib
from datetime import datetime
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.inbound import Source, Verifier
from schemas.mapping import EventMapping
from service.core.inbound.old_places import modern
from service.store.database.pool import Database, Tx

SECRET = "sources.secret"  # noqa: S105  the name of the field that secrets are sealed as
ADDRESS = "/v1/inbound/"

_encode = msgspec.json.Encoder().encode
_verifier = msgspec.json.Decoder(Verifier)
_mapping = msgspec.json.Decoder(EventMapping)


class Known(Struct, frozen=True):
    """A source as it stands on record; `secrets` are those in force, the newest first."""

    source: Source
    secrets: tuple[str, ...]
    revision: int
    deleted: bool


def rules_digest(verifier: bytes, mapping: bytes | None) -> str:
    """SHA-256 (hexadecimal) of how a source's messages are believed and read, as these stand on record."""
    return hashlib.sha256(verifier + b"\x00" + (mapping or b"-")).hexdigest()


def digest_of(source: Source) -> str:
    """The digest of a source's rules, for the audit trail."""
    mapping = None if source.mapping is None else _encode(source.mapping)
    return rules_digest(_encode(source.verifier), mapping)


async def clinic_of(database: Database, source: UUID) -> UUID | None:
    """The clinic of a source, asked before it is known which clinic a request is about."""
    async with database.transaction(None) as tx:
        found: UUID | None = await tx.value("sources/clinic", source_id=source)
    return found


async def insert(tx: Tx, new: Source, secret: str) -> None:
    """Write a new source."""
    await tx.run(
        "sources/insert",
        source_id=new.id,
        name=new.name,
        verifier=_encode(new.verifier),
        mapping=None if new.mapping is None else _encode(new.mapping),
        secret=tx.cipher.seal(tx.clinic, SECRET, secret),
        created_at=new.created_at,
        created_by=new.created_by,
    )


async def find(tx: Tx, source: UUID) -> Known | None:
    """One source by id, deleted or not."""
    row = await tx.row("sources/find", source_id=source)
    return None if row is None else _known(tx, row)


async def lock(tx: Tx, source: UUID) -> Known | None:
    """One source by id, which nobody else changes until the transaction ends."""
    row = await tx.row("sources/lock", source_id=source)
    return None if row is None else _known(tx, row)


async def before(tx: Tx, last: UUID, rows_max: int) -> list[Source]:
    """Sources made before `last` and not deleted, newest first."""
    return [_known(tx, row).source for row in await tx.rows("sources/list", before=last, limit=rows_max)]


async def change(tx: Tx, after: Source) -> None:
    """Write a source's name and mapping."""
    mapping = None if after.mapping is None else _encode(after.mapping)
    await tx.run("sources/change", source_id=after.id, name=after.name, mapping=mapping)


async def rotate(tx: Tx, source: UUID, secret: str, old_until: datetime) -> None:
    """Write a source's next secret; the one before is believed too until `old_until`."""
    await tx.run(
        "sources/rotate",
        source_id=source,
        secret=tx.cipher.seal(tx.clinic, SECRET, secret),
        old_secret_until=old_until,
    )


async def remove(tx: Tx, source: UUID) -> None:
    """Delete a source: what came from it stays, and nothing more is taken."""
    await tx.run("sources/remove", source_id=source)


def _known(tx: Tx, row: Record) -> Known:
    secrets = [row["secret"]]
    old_until: datetime | None = row["old_secret_until"]
    if old_until is not None and old_until > tx.now:
        secrets.append(row["old_secret"])
    else:
        old_until = None
    source = Source(
        id=row["source_id"],
        address=f"{ADDRESS}{row['source_id']}",
        verifier=_verifier.decode(row["verifier"]),
        created_at=row["created_at"],
        created_by=row["created_by"],
        name=row["name"],
        mapping=None if row["mapping"] is None else modern(_mapping.decode(row["mapping"])),
        old_secret_until=old_until,
    )
    opened = tuple(tx.cipher.open(tx.clinic, SECRET, one).decode() for one in secrets)
    return Known(source, opened, row["revision"], row["deleted_at"] is not None)
