"""Brings the rows of an archive into a database that has other keys: all of them, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, cast
from uuid import UUID

import asyncpg
import msgspec
from asyncpg import Connection, Record
from asyncpg.pool import PoolConnectionProxy
from msgspec import Struct

from service.core.actors import Actor
from service.core.audit_chain import DIGEST_BYTES, FIRST, content, keyed
from service.core.digests import recording_digest
from service.store.archives.exporting import Heard, Prove, as_service, encode
from service.store.archives.faults import ArchiveError
from service.store.archives.reading import Archive
from service.store.archives.rekeying import rekeyed
from service.store.archives.sealing import ArchiveKey
from service.store.archives.standing import Trail, remove, standing
from service.store.archives.tables import BLANK, Table, carried
from service.store.archives.values import Row, as_bytes, sealed
from service.store.audit_checkpoints import signed_words
from service.store.backups.restoring import connected
from service.store.database.cipher import Cipher
from service.store.database.pool import Tx
from service.store.database.queries import query

KNOWN: Final = "select exists (select from clinics where clinic_id = $1)"
RECORDED: Final = "events.recorded"
"""The deed of an entry that says the digest of the facts it recorded."""
IMPORTED: Final = "clinic.imported"
"""The deed of the entry that says where the trail ended when the clinic came here, and who signed that."""
BEGIN: Final = """
begin; set local time zone 'UTC';
create temporary table held (no bigserial, line jsonb not null) on commit drop;
create temporary table renamed (old text primary key, new text not null) on commit drop;
"""

SUMS: Final = {
    "paid_days": "days_paid",
    "paid_spans": "spans_paid",
    "visit_days": "days_visited",
    "visit_waits": "days_waited",
}
"""The sums by the day, and what counts each of them."""


class Moving(Struct, frozen=True):
    """Of an archive that comes by a move: where the clinic will be served, once it has left.

    Where it was here before and has `left`, what stayed behind is taken away in the same transaction:
    `descends` is the end of its trail here, from which the archive's goes on.
    """

    place: str
    descends: Trail | None


async def bring(
    owner_url: str,
    cipher: Cipher,
    archive: Archive,
    key: ArchiveKey,
    heard: Heard,
    prove: Prove,
    moving: Moving | None = None,
) -> int:
    """Bring a clinic in, and commit once it is proven; returns how many rows it has.

    One that comes by a move is not served yet.

    Raises ArchiveError, with all as it was before, where it is there already, is of other migrations, was
    altered, or is refused by a rule of the database.
    """
    manifest = archive.manifest
    connection = await connected(owner_url)
    try:
        await _fits(connection, archive)
        await connection.execute(BEGIN)
        if moving is not None and moving.descends is not None:
            await _make_room(connection, manifest.clinic, moving.descends)
        if await connection.fetchval(KNOWN, manifest.clinic):
            detail = f"The clinic {manifest.clinic} is here already. An archive is never brought in over it."
            raise ArchiveError("clinic_known", detail)
        now: datetime = await connection.fetchval("select transaction_timestamp()")
        tx = Tx(cast("PoolConnectionProxy[Record]", connection), cipher, now, manifest.clinic)
        bringing = _Bringing(tx, connection, archive, key)
        total = 0
        for table in await carried(connection):
            heard(table.name)
            total += await bringing.table(table)
        for sums, counts in SUMS.items():
            # Triggers counted what stood there when each table came; nobody else writes this clinic's yet.
            await connection.execute(f"delete from {sums} where clinic_id = $1", manifest.clinic)  # noqa: S608  a name of ours
            await connection.execute(f"insert into {sums} select * from {counts}($1)", manifest.clinic)  # noqa: S608  the same
        heard("verifying")
        async with as_service(connection, manifest.clinic):
            await prove(tx)
        if moving is not None:
            coming = (manifest.clinic, "arriving", moving.place)
            await connection.execute(query("clinic_moves/begin").text, *coming)
        await connection.execute("commit")
        return total
    finally:
        # What was not committed goes with the connection.
        await connection.close()


async def _fits(connection: Connection, archive: Archive) -> None:
    manifest = archive.manifest
    applied = {row["name"] for row in await connection.fetch(query("backups/migrations").text)}
    if odd := sorted(applied ^ set(manifest.migrations)):
        detail = (
            f"{archive.path} is of version {manifest.version}, and {odd[0]} stands on one side alone. Bring "
            "both sides to the same version: rewards migrate, then export again."
        )
        raise ArchiveError("archive_other_version", detail)


async def _make_room(connection: Connection, clinic: UUID, descends: Trail) -> None:
    """Take away what stayed behind of a clinic that has left, where that is what comes back."""
    here = await standing(connection, clinic)
    if here is None or (here.step, here.trail) != ("left", descends):
        raise ArchiveError("clinic_known", "What is here of the clinic is not what it left behind.")
    await remove(connection, clinic)


class _Bringing:
    """One clinic on its way in."""

    def __init__(self, tx: Tx, connection: Connection, archive: Archive, key: ArchiveKey) -> None:
        self._tx = tx
        self._connection = connection
        self._archive = archive
        self._key = key
        self._seq, self._hash, self._seal = 0, FIRST, FIRST

    async def table(self, table: Table) -> int:
        """Bring the rows of one table in; returns how many they are."""
        part = next((one for one in self._archive.manifest.parts if one.table == table.name), None)
        if part is None:
            raise ArchiveError("archive_unfit", f"{self._archive.path} has no part of {table.name}.")
        rows = 0
        for some in self._archive.lines(self._key, part.name):
            made = [msgspec.json.decode(line, type=Row) for line in some]
            rows += len(made)
            await self._hold(table, await self._changed(table, made))
        if table.name == "audit":
            await self._hold(table, [self._handed_over()])
        if rows != part.rows:
            detail = f"{part.name} has {rows} lines where {part.rows} were written. Use another archive."
            raise ArchiveError("archive_unfit", detail)
        await self._insert(table)
        return rows

    async def _changed(self, table: Table, rows: list[Row]) -> list[Row]:
        """Rows under the keys that this database has."""
        if table.name == "audit":
            return await self._entries(rows)
        renamed: dict[str, str] = {}
        for row in rows:
            if UUID(row["clinic_id"]) != self._tx.clinic:
                raise ArchiveError("archive_unfit", f"{table.name} has a row of another clinic.")
            row.update(BLANK.get(table.name, {}))
            renamed |= rekeyed(self._tx, table.name, row)
            if table.name == "audit_checkpoints":
                await self._sign(row)
            if table.name == "audit_heads":
                # They follow once the trail has been written.
                row.update(seq=0, hash=as_bytes(FIRST), seal=as_bytes(FIRST))
        if renamed:
            # Two rows may have said the same.
            await self._connection.executemany(
                "insert into renamed values ($1, $2) on conflict do nothing", list(renamed.items())
            )
        return [sealed(self._tx.cipher, self._tx.clinic, table, row) for row in rows]

    async def _hold(self, table: Table, rows: Sequence[Row]) -> None:
        lines = [(encode(row).decode(),) for row in rows]
        await self._connection.copy_records_to_table("held", records=lines, columns=["line"])
        del table

    async def _insert(self, table: Table) -> None:
        """All at once, so that rows of one table may refer to each other, and its triggers run once."""
        again = " on conflict do nothing" if table.name == "readers" else ""
        try:
            await self._connection.execute(
                f'insert into public."{table.name}" select r.* from held as h cross join lateral '  # noqa: S608  names of the catalog
                f'jsonb_populate_record(null::public."{table.name}", h.line) as r order by h.no{again}'
            )
            if table.name == "audit":
                await self._connection.execute(
                    "update audit_heads set seq = $2, hash = $3, seal = $4 where clinic_id = $1",
                    self._tx.clinic,
                    self._seq,
                    self._hash,
                    self._seal,
                )
        except asyncpg.IntegrityConstraintViolationError as error:
            rule = getattr(error, "constraint_name", None) or type(error).__name__
            detail = f"A row of {table.name} is refused here by the rule {rule}. Nothing was brought in."
            raise ArchiveError("row_refused", detail) from error
        await self._connection.execute("truncate held")

    async def _entries(self, rows: list[Row]) -> list[Row]:
        """Entries of the trail, chained anew, with the hashes that they tell of as they are here."""
        facts = await self._facts(rows)
        details = [msgspec.json.decode(row["detail"], type=dict[str, Any]) for row in rows]
        said = {text for one in details for text in one.values() if isinstance(text, str)}
        found = await self._connection.fetch("select old, new from renamed where old = any($1)", list(said))
        renamed = {row["old"]: row["new"] for row in found}
        for row, detail in zip(rows, details, strict=True):
            new = {
                name: renamed.get(value, value) if isinstance(value, str) else value
                for name, value in detail.items()
            }
            if row["deed"] == RECORDED:
                made = facts.get((row["subject_id"], datetime.fromisoformat(row["at"])), [])
                if detail.get("events") == len(made):
                    new["digest"] = recording_digest(made)
            if new != detail:
                row["detail"] = encode(new).decode()
            self._chain(row)
        return rows

    async def _facts(self, rows: list[Row]) -> dict[tuple[str, datetime], list[tuple[UUID, bytes]]]:
        recordings = [UUID(row["subject_id"]) for row in rows if row["deed"] == RECORDED]
        found: dict[tuple[str, datetime], list[tuple[UUID, bytes]]] = {}
        for one in await self._tx.rows("archives/facts", recordings=recordings) if recordings else ():
            key = (str(one["recording_id"]), one["recorded_at"])
            found.setdefault(key, []).append((one["event_id"], one["digest"]))
        return found

    def _chain(self, row: Row) -> None:
        """Put an entry into the chain, under the key that it has here."""
        at = datetime.fromisoformat(row["at"]).astimezone(UTC).isoformat()
        subject, whose = _id(row["subject_id"]), _id(row["participant_id"])
        said = content(at, UUID(row["actor_id"]), row["role"], row["deed"], subject, whose, row["detail"])
        both = keyed(self._tx.cipher.trail.of(self._tx.clinic), said)
        self._seal = hashlib.sha256(self._seal + self._hash + both).digest()
        self._hash = hashlib.sha256(self._hash + both).digest()
        self._seq += 1
        if row["seq"] != self._seq:
            detail = f"The audit trail has entry {row['seq']} where {self._seq} follows. Use another archive."
            raise ArchiveError("archive_unfit", detail)
        row["digest"], row["hash"] = as_bytes(both[:DIGEST_BYTES]), as_bytes(self._hash)

    def _handed_over(self) -> Row:
        """The entry that ties the chain here to the one that was left, signed under that one's key."""
        trail, clinic = self._archive.manifest.trail, self._tx.clinic
        actor = Actor(clinic, clinic, "manager")
        detail: dict[str, str | int] = {
            "seq": trail.seq,
            "hash": trail.hash,
            "left": trail.at.astimezone(UTC).isoformat(),
            "key": trail.public_key,
            "signature": trail.signature,
            "here": self._hash.hex(),
        }
        row: Row = {
            "clinic_id": str(clinic),
            "seq": self._seq + 1,
            "at": self._tx.now.astimezone(UTC).isoformat(),
            "actor_id": str(actor.id),
            "role": actor.role,
            "deed": IMPORTED,
            "subject_id": str(clinic),
            "participant_id": None,
            "detail": encode(detail).decode(),
        }
        self._chain(row)
        return row

    async def _sign(self, row: Row) -> None:
        """Sign a checkpoint of the chain as it is here."""
        hashed = await self._connection.fetchval(
            "select hash from audit where clinic_id = $1 and seq = $2", self._tx.clinic, row["seq"]
        )
        if hashed is None:
            raise ArchiveError("archive_unfit", f"A checkpoint is of entry {row['seq']}, which is not there.")
        at = datetime.fromisoformat(row["at"])
        message = signed_words(self._tx.clinic, row["seq"], hashed, at, row["why"])
        row["hash"], row["signature"] = as_bytes(hashed), as_bytes(self._tx.cipher.trail.sign(message))


def _id(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)
