"""Exports of all that a clinic has as FHIR: how far each has come, and its files, sealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.people import Role
from service.core.actors import Actor
from service.core.fhir.searching import Kind
from service.store.database.pool import Tx

BODY: Final = "fhir_export_files.body"
"""The field that a file is sealed as."""


class Export(Struct, frozen=True):
    """An export and how far it has come; `place` is where the walk through the next kind stands."""

    id: UUID
    asked_at: datetime
    asked_by: UUID
    role: Role
    request: str
    kinds: tuple[Kind, ...]
    since: datetime | None
    expires_at: datetime
    kinds_done: int = 0
    place: bytes | None = None
    files: int = 0
    resources: int = 0
    done_at: datetime | None = None
    fault: str | None = None


class ExportFile(Struct, frozen=True):
    """A file of an export as its manifest lists it."""

    no: int
    kind: Kind
    resources: int


class FileBody(Struct, frozen=True):
    """A file's NDJSON, and whom it names."""

    people: tuple[UUID, ...]
    body: bytes


async def insert(tx: Tx, actor: Actor, new: Export) -> None:
    """Write a new export."""
    await tx.run(
        "fhir_exports/insert",
        export_id=new.id,
        asked_by=actor.id,
        role=new.role,
        request=new.request,
        kinds=list(new.kinds),
        since=new.since,
        expires_at=new.expires_at,
    )


async def lock(tx: Tx) -> None:
    """Keep other exports of the clinic from being begun until the transaction ends."""
    await tx.row("fhir_exports/lock")


async def under_way(tx: Tx) -> int:
    """How many exports of the clinic are not done yet."""
    return cast("int", await tx.value("fhir_exports/under_way"))


async def find(tx: Tx, export: UUID) -> Export | None:
    """One export whose time is not over."""
    row = await tx.row("fhir_exports/find", export_id=export)
    return None if row is None else _export(row)


async def take(tx: Tx) -> Export | None:
    """The next export to go on with; it is this transaction's own until that ends."""
    row = await tx.row("fhir_exports/next")
    return None if row is None else _export(row)


async def note(tx: Tx, after: Export) -> None:
    """Write how far an export has come."""
    await tx.run(
        "fhir_exports/note",
        export_id=after.id,
        kinds_done=after.kinds_done,
        place=after.place,
        files=after.files,
        resources=after.resources,
        done_at=after.done_at,
        fault=after.fault,
    )


async def put_file(tx: Tx, export: UUID, new: ExportFile, people: Sequence[UUID], body: bytes) -> None:
    """Write a file, sealed."""
    await tx.run(
        "fhir_exports/put_file",
        export_id=export,
        file_no=new.no,
        kind=new.kind,
        resources=new.resources,
        people=list(people),
        body=tx.cipher.seal(tx.clinic, BODY, body),
    )


async def files(tx: Tx, export: UUID) -> tuple[ExportFile, ...]:
    """The files of an export in their order."""
    rows = await tx.rows("fhir_exports/files", export_id=export)
    return tuple(ExportFile(row["file_no"], cast("Kind", row["kind"]), row["resources"]) for row in rows)


async def read_file(tx: Tx, export: UUID, file_no: int) -> FileBody | None:
    """One file, opened."""
    row = await tx.row("fhir_exports/file", export_id=export, file_no=file_no)
    return (
        None if row is None else FileBody(tuple(row["people"]), tx.cipher.open(tx.clinic, BODY, row["body"]))
    )


async def remove(tx: Tx, export: UUID) -> bool:
    """Delete an export with its files; False where there is none."""
    return await tx.row("fhir_exports/remove", export_id=export) is not None


async def expire(tx: Tx) -> None:
    """Delete the exports whose time is over, with their files."""
    await tx.run("fhir_exports/expire")


def _export(row: Record) -> Export:
    return Export(
        row["export_id"],
        row["asked_at"],
        row["asked_by"],
        cast("Role", row["role"]),
        row["request"],
        tuple(row["kinds"]),
        row["since"],
        row["expires_at"],
        row["kinds_done"],
        row["place"],
        row["files"],
        row["resources"],
        row["done_at"],
        row["fault"],
    )
