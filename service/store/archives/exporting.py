"""Writes all rows of one clinic into an archive, from one snapshot, a few rows at a time."""

from __future__ import annotations

import os
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

import msgspec
from asyncpg import Connection, Record
from asyncpg.pool import PoolConnectionProxy
from msgspec.structs import replace

from schemas.archives import ArchiveManifest, ArchivePart, HandOver
from service.core.access.messages import Channel
from service.store import new_addresses
from service.store.archives.faults import ArchiveError
from service.store.archives.rekeying import BESIDE, beside
from service.store.archives.sealing import ArchiveKey, PartWriter
from service.store.archives.tables import Table, carried
from service.store.archives.values import Row, from_bytes, opened
from service.store.backups.restoring import connected
from service.store.database.cipher import Cipher
from service.store.database.logins import SERVICE_ROLE
from service.store.database.migrate import EVERY_CLINIC
from service.store.database.pool import Tx
from service.store.database.queries import query
from service.version import VERSION

MANIFEST: Final = "manifest.json"
AHEAD: Final = 500
"""How many rows are fetched at once."""
BEGIN: Final = "begin transaction isolation level repeatable read, read only; set local time zone 'UTC'"

Heard = Callable[[str], object]
"""Told which table is being written."""
Prove = Callable[[Tx], Awaitable[None]]
"""Given a transaction of the service that sees the clinic; raises where its books do not agree."""

encode = msgspec.json.Encoder(order="deterministic").encode


def trail_words(clinic: UUID, seq: int, head: str, at: str) -> bytes:
    """What the signature of a hand-over is of."""
    return "\n".join(("rewards hand-over", str(clinic), str(seq), head, at)).encode()


def authenticated(manifest: ArchiveManifest) -> bytes:
    """What the keyed hash of a manifest is of."""
    return encode(replace(manifest, mac=""))


async def export(
    owner_url: str, clinic: UUID, cipher: Cipher, path: Path, key: ArchiveKey, heard: Heard, prove: Prove
) -> ArchiveManifest:
    """Write one clinic into a new file, once its books are proven: elsewhere its trail is chained anew.

    Raises ArchiveError where it cannot be, and OSError or asyncpg.PostgresError where the disk is full, or
    the server cannot be reached or refuses; it leaves no file then.
    """
    aside = path.with_name(f".{path.name}.unfinished")
    connection = await connected(owner_url)
    try:
        await connection.execute(BEGIN)
        name = await connection.fetchval("select name from clinics where clinic_id = $1", clinic)
        if name is None:
            detail = f"There is no clinic {clinic}. See: rewards clinic list"
            raise ArchiveError("not_found", detail)
        if await connection.fetchval("select exists (select from import_lines where clinic_id = $1)", clinic):
            detail = "An import of this clinic is running. Wait until it has ended, then export."
            raise ArchiveError("import_running", detail)
        trail = await _trail(connection, clinic, cipher)
        tx = Tx(cast("PoolConnectionProxy[Record]", connection), cipher, trail.at, clinic)
        heard("verifying")
        async with as_service(connection, clinic):
            await prove(tx)
        parts: list[ArchivePart] = []
        aside.unlink(missing_ok=True)
        with zipfile.ZipFile(aside, "x", zipfile.ZIP_STORED) as out:
            aside.chmod(0o600)
            for table in await carried(connection):
                heard(table.name)
                parts.append(await _part(tx, connection, key, table, out))
            applied = await connection.fetch(query("backups/migrations").text)
            manifest = ArchiveManifest(
                "rewards clinic 1",
                clinic,
                name,
                VERSION,
                tuple(row["name"] for row in applied),
                tuple(parts),
                key.lock,
                trail,
            )
            manifest = replace(manifest, mac=key.mac(authenticated(manifest)))
            out.writestr(MANIFEST, msgspec.json.format(encode(manifest)))
        # Never over another file.
        os.link(aside, path)
        return manifest
    finally:
        aside.unlink(missing_ok=True)
        connection.terminate()


@asynccontextmanager
async def as_service(connection: Connection, clinic: UUID) -> AsyncIterator[None]:
    """A part of the owner's transaction in which it is the service, and sees one clinic."""
    await connection.execute(
        f"set local app.across = ''; set local role {SERVICE_ROLE}; set local app.clinic = '{clinic}'"
    )
    yield
    await connection.execute(f"reset role; {EVERY_CLINIC}")


async def _trail(connection: Connection, clinic: UUID, cipher: Cipher) -> HandOver:
    head = await connection.fetchrow(
        "select seq, hash, transaction_timestamp() as at from audit_heads where clinic_id = $1", clinic
    )
    if head is None:
        raise ArchiveError("value_unfit", "The clinic has no audit trail. Run: rewards verify")
    at = head["at"].astimezone(UTC)
    words = trail_words(clinic, head["seq"], head["hash"].hex(), at.isoformat())
    signature, public = cipher.trail.sign(words).hex(), cipher.trail.public_key().hex()
    return HandOver(head["seq"], head["hash"].hex(), at, public, signature)


async def _part(
    tx: Tx, connection: Connection, key: ArchiveKey, table: Table, out: zipfile.ZipFile
) -> ArchivePart:
    name = f"{table.name}.ndjson.sealed"
    order = ", ".join(f't."{column}"' for column in table.key)
    asked = f'select to_jsonb(t) from "{table.name}" as t where clinic_id = $1 order by {order}'  # noqa: S608  names of the catalog
    with out.open(name, "w", force_zip64=True) as file:
        part = PartWriter(key, name, file)
        async for record in connection.cursor(asked, tx.clinic, prefetch=AHEAD):
            row = opened(tx.cipher, tx.clinic, table, msgspec.json.decode(record[0]))
            said = await _address(tx, row) if table.name == "new_addresses" else beside(tx, table.name, row)
            part.line(encode(row if said is None else {**row, BESIDE: said}))
        digest = part.close()
    return ArchivePart(name, table.name, part.rows, part.bytes, digest)


async def _address(tx: Tx, row: Row) -> Mapping[str, Any] | None:
    """The address that a row's mark is of, where somebody still has it."""
    if row["mark"] is None:
        return None
    of, channel = UUID(row["new_address_id"]), cast("Channel", row["channel"])
    charts = [
        one["participant_id"]
        for one in await tx.rows("archives/charts", participant_id=UUID(row["participant_id"]))
    ]
    for _, address in await new_addresses.kept_of(tx, charts, channel):
        if new_addresses.mark_of(tx, of, channel, address) == from_bytes(row["mark"]):
            return {"address": address}
    return None
