"""Published programs: each version once, and never changed."""

from uuid import UUID

import msgspec
from asyncpg import Record

from schemas.books import PublishedProgram
from schemas.program import Program
from service.core.authoring.programs import encode
from service.store.database.pool import Tx

_decode = msgspec.json.Decoder(Program).decode


async def lock(tx: Tx, name: str) -> None:
    """Wait until no other transaction publishes a program of this name."""
    await tx.value("programs/lock", name=name)


async def insert(tx: Tx, published: PublishedProgram, by: UUID) -> None:
    """Write a new version."""
    await tx.run(
        "programs/insert",
        name=published.name,
        version=published.version,
        digest=bytes.fromhex(published.digest),
        document=encode(published.document).decode(),
        published_at=published.published_at,
        published_by=by,
    )


async def latest(tx: Tx, name: str) -> PublishedProgram | None:
    """The latest version of a program."""
    row = await tx.row("programs/latest", name=name)
    return None if row is None else _published(row)


async def find(tx: Tx, name: str, version: int) -> PublishedProgram | None:
    """One version of a program."""
    row = await tx.row("programs/find", name=name, version=version)
    return None if row is None else _published(row)


async def after(tx: Tx, name: str, rows_max: int) -> list[PublishedProgram]:
    """Programs whose names come after `name`, each in its latest version."""
    return [_published(row) for row in await tx.rows("programs/list", after=name, limit=rows_max)]


def _published(row: Record) -> PublishedProgram:
    return PublishedProgram(
        row["name"], row["version"], row["digest"].hex(), row["published_at"], _decode(row["document"])
    )
