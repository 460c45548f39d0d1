"""Proves restored books: they are those of the manifest, and they agree."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from schemas.backups import BackupManifest
from schemas.verdicts import BookFault
from service.commands.ground import fitted, keyed, open_database
from service.flows.verify.verify import verify
from service.settings import Settings
from service.store import books
from service.store.backups.dumping import counted
from service.store.backups.faults import BackupError
from service.store.backups.restoring import connected
from service.store.database.migrate import migrate


class Proof(Struct, frozen=True):
    """What restored books came to."""

    clinics: int
    events: int
    fault: BookFault | None


async def prove(given: Settings, manifest: BackupManifest, heard: Callable[[str], object]) -> Proof:
    """Count the rows of restored tables, bring them up to date, and verify every clinic.

    Raises BackupError where rows or clinics are not those of the manifest, and WrongKeysError.
    """
    heard("counting")
    connection = await connected(given.migration_database_url)
    try:
        rows = await counted(connection)
    finally:
        await connection.close()
    for table, count in manifest.rows.items():
        if rows.get(table) != count:
            detail = (
                f"{table} has {rows.get(table, 0):,} rows where {count:,} were backed up. Use another backup."
            )
            raise BackupError("backup_unfit", detail)
    await migrate(given.migration_database_url, given.database_url)
    await fitted(given)
    database = await open_database(given)
    try:
        for clinic in manifest.clinics:
            async with database.transaction(clinic.clinic) as tx:
                head = await books.head(tx)
            here = None if head is None else (head["seq"], head["hash"].hex())
            if here != (clinic.audit_entries, clinic.audit_hash):
                detail = f"The audit trail of clinic {clinic.clinic} does not end as it was backed up."
                raise BackupError("backup_unfit", detail)
        for clinic in manifest.clinics:

            def watch(what: str, _more: int) -> None:
                heard(f"verifying {what}")

            verdict = await verify(database, clinic.clinic, watch)
            if verdict is not None and verdict.fault is not None:
                return Proof(len(manifest.clinics), _events(manifest), verdict.fault)
    finally:
        await database.close()
    await keyed(given)
    return Proof(len(manifest.clinics), _events(manifest), None)


def _events(manifest: BackupManifest) -> int:
    return sum(clinic.events for clinic in manifest.clinics)
