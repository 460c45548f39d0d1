"""Audit packs: one archive for somebody outside, with a checker that works it out again by itself.

A pack is read from one steady picture of the books, while others go on writing. Nothing of it is handed out
before it is told in the trail and in the accounting of disclosures.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import IO, Any, Final
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from asyncpg import Record
from msgspec import Struct
from msgspec.structs import replace

from schemas.checkpoints import Checkpoint, Checkpoints
from schemas.notices import PART_2_NOTICE
from schemas.packs import PackMade, PackScope
from service.core.actors import Actor
from service.core.audit_chain import RECORDED
from service.core.calendar import day_end
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done, perform
from service.store import accounting, audit_checkpoints, books, charts, clinics, packs
from service.store.database.pool import Database, Tx
from service.store.packs import Row, Seen
from service.version import VERSION

FORMAT: Final = 1
MOST: Final = 20_000
"""How many enrollments a pack holds at most."""
MOST_AT_ONCE: Final = 500
"""How many it holds at most where somebody waits for it."""
MAY_PACK: Final = frozenset({"manager", "auditor", "system"})
PACKED: Final = "audit.packed"
PURPOSE: Final = "audit"
BY_ENROLLMENT: Final = (
    "packs/events",
    "packs/corrections",
    "packs/moves",
    "packs/awards",
    "packs/draws",
    "packs/prizes",
    "packs/hats",
    "packs/drawn_days",
)
"""Tables that are read by the enrollments of a pack."""
OF_PEOPLE: Final = ("packs/balances", "packs/redemptions")
"""Tables of a whole ledger alone."""
ABOUT: Final = """\
An audit pack: what a clinic's rewards service has on record of some enrollments, and a checker.

To check it, unpack it and run `python3 check.py` in its folder (Python 3.11 or newer, and nothing else).
It says what it looked at and names everything that does not hold; it ends with 0 where everything does.
Give the clinic's public key, as you know it from elsewhere, with `--key`.

manifest.json says what was asked for and the SHA-256 of every file; signature.json signs it (Ed25519).
checkpoint.json says where the audit trail stood, signed too; `rewards verify --checkpoint` takes it.
Every *.ndjson is a table, one row a line. programs/ holds the rules as they were published.
checker/ is the checker. The same files lie in the service's source, where you can compare them.

What it proves and what it cannot: docs/audit-packs.md of the service.

{notice}
"""


class _Pack:
    """A pack while it is written: the archive, what was seen, and the digest and lines of each file."""

    def __init__(self, tx: Tx, archive: ZipFile) -> None:
        self.tx = tx
        self.archive = archive
        self.seen = Seen()
        self.files: dict[str, dict[str, str | int]] = {}

    async def table(self, name: str, rows: AsyncIterator[Row]) -> None:
        """Write rows as they come, one a line."""
        digest, lines = hashlib.sha256(), 0
        with self.archive.open(f"{name}.ndjson", "w", force_zip64=True) as file:
            async for row in rows:
                line = msgspec.json.encode(row) + b"\n"
                file.write(line)
                digest.update(line)
                lines += 1
        self.files[f"{name}.ndjson"] = {"sha256": digest.hexdigest(), "lines": lines}

    def file(self, name: str, body: bytes) -> None:
        """Write one file."""
        self.archive.writestr(name, body)
        self.files[name] = {"sha256": hashlib.sha256(body).hexdigest()}


class _Chosen(Struct, frozen=True):
    """The enrollments of a pack, and whose they and what moved for them are."""

    enrollments: Sequence[Record]
    people: Sequence[UUID]


async def make_pack(
    database: Database, actor: Actor, scope: PackScope, out: IO[bytes], most: int = MOST
) -> Done[PackMade] | Refused:
    """Write an audit pack into `out`, and tell it; what stands in `out` is of no use where it is refused.

    Refused to whoever is neither a manager nor an auditor, where nothing is in it, or more than `most`
    enrollments are.
    """
    if actor.role not in MAY_PACK:
        return refused("forbidden.pack")
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        async with database.transaction(actor.clinic) as tx:
            await books.steady(tx)
            chosen = await _chosen(tx, scope, most)
            if isinstance(chosen, Refused):
                return chosen
            pack = _Pack(tx, archive)
            zone = (await clinics.zone(tx)).key
            await _write(pack, scope, chosen, zone)
            checkpoint = await _checkpoint(tx)
            pack.file("checkpoint.json", msgspec.json.encode(Checkpoints((checkpoint,))) + b"\n")
            manifest = _manifest(pack, actor, scope, zone)
            digest = hashlib.sha256(manifest).hexdigest()
            trail = tx.cipher.trail
            signature = trail.sign(f"rewards audit pack\n{digest}".encode()).hex()
            public_key = trail.public_key().hex()
        archive.writestr("manifest.json", manifest)
        archive.writestr(
            "signature.json", msgspec.json.encode({"public_key": public_key, "signature": signature}) + b"\n"
        )
    made = PackMade(
        len(chosen.enrollments), len(chosen.people), digest, checkpoint.seq, public_key, checkpoint.at
    )
    told = await perform(database, actor, lambda act: _told(act, scope, chosen, made))
    return told if isinstance(told, Done | Refused) else Done(made)


async def _told(act: Act, scope: PackScope, chosen: _Chosen, made: PackMade) -> Done[PackMade] | Refused:
    people = sorted((await charts.leads_to(act, chosen.people)).values())
    await accounting.release(
        act,
        act.actor,
        list(dict.fromkeys(people)),
        "export",
        PACKED,
        recipient=scope.recipient,
        purpose=PURPOSE,
    )
    act.audit(
        PACKED,
        None,
        scope.participant,
        enrollments=made.enrollments,
        people=made.people,
        names=int(scope.names),
        manifest=made.manifest,
        upto=made.seq,
    )
    return Done(made, "created")


async def _chosen(tx: Tx, scope: PackScope, most: int) -> _Chosen | Refused:
    people: Sequence[UUID] | None = None
    accounts: Sequence[UUID] = ()
    if (scope.since is None) != (scope.until is None) or (scope.until or date.max) < (
        scope.since or date.min
    ):
        return refused("invalid.pack_days", "$.until")
    if scope.participant is None and scope.program is None and scope.since is None:
        return refused("invalid.pack_scope")
    if scope.participant is not None:
        person = await charts.person(tx, scope.participant)
        if person is None:
            return refused("not_found.participant")
        people, accounts = person.charts, person.accounts
    found = await packs.enrollments(tx, people, scope.program, await _times(tx, scope), most + 1)
    if not found and not scope.is_whole:
        return refused("not_found.pack")
    if len(found) > most:
        return refused("invalid.pack_too_large", most=most)
    of = {row["participant"] for row in found} | set(people or ())
    return _Chosen(found, sorted(of | set(accounts) if scope.is_whole else of))


async def _times(tx: Tx, scope: PackScope) -> tuple[datetime, datetime] | None:
    if scope.since is None or scope.until is None:
        return None
    zone = await clinics.zone(tx)
    return day_end(scope.since - timedelta(days=1), zone), day_end(scope.until, zone)


async def _write(pack: _Pack, scope: PackScope, chosen: _Chosen, zone: str) -> None:
    tx, seen = pack.tx, pack.seen
    ids = [row["enrollment"] for row in chosen.enrollments]
    published = await packs.programs(tx, {row["program"] for row in chosen.enrollments}, seen)
    await pack.table("enrollments", packs.plain_rows(tx, "enrollments", chosen.enrollments, seen))
    for name in BY_ENROLLMENT:
        rows = packs.told(tx, name, seen, names=scope.names, enrollments=ids)
        await pack.table(_table(name), rows)
    whole: Mapping[str, Any] = {"people": chosen.people, "is_whole": scope.is_whole, "enrollments": ids}
    await pack.table("transfers", packs.told(tx, "packs/transfers", seen, **whole))
    await pack.table("manual_awards", packs.told(tx, "packs/manual_awards", seen, **whole))
    if scope.is_whole:
        for name in OF_PEOPLE:
            await pack.table(_table(name), packs.told(tx, name, seen, people=chosen.people))
    await pack.table("caps", packs.told(tx, "packs/caps", seen))
    await pack.table("closures", packs.told(tx, "packs/closures", seen))
    await _draws(pack, scope)
    await _programs(pack, published)
    await pack.table("people", packs.told(tx, "packs/people", seen, names=scope.names, people=chosen.people))
    await pack.table("staff", packs.told(tx, "packs/staff", seen, names=scope.names))
    await _trail(pack, chosen.people if scope.is_whole else ())
    pack.file("zone.tzif", _zone_file(zone))
    pack.file("README.txt", ABOUT.format(notice=PART_2_NOTICE).encode())
    for path in sorted(files("checker").iterdir(), key=lambda one: one.name):
        if path.name.endswith(".py"):
            pack.file(path.name if path.name == "check.py" else f"checker/{path.name}", path.read_bytes())


def _table(query: str) -> str:
    return query.partition("/")[2]


async def _draws(pack: _Pack, scope: PackScope) -> None:
    """Hats with everybody in them, and the seeds of draws and hats."""
    tx, seen = pack.tx, pack.seen
    await pack.table("hat_people", packs.told(tx, "packs/hat_people", seen, hats=list(seen.hats)))
    await pack.table("seeds", packs.told(tx, "packs/seeds", seen, names=scope.names, seeds=list(seen.seeds)))


async def _programs(pack: _Pack, rows: Sequence[Record]) -> None:
    """The published programs, each in a file of its own with the bytes that its digest was taken of."""

    async def listed() -> AsyncIterator[Row]:
        for row in rows:
            pack.seen.note(row)
            name = _file_of(row)
            told = {key: row[key] for key in ("name", "version", "published_by")}
            yield {
                **told,
                "digest": row["digest"].hex(),
                "published_at": row["published_at"].isoformat(),
                "file": name,
            }

    for row in rows:
        pack.file(_file_of(row), packs.document_of(row))
    await pack.table("programs", listed())


def _file_of(row: Record) -> str:
    return f"programs/{row['name']}.{row['version']}.json"


async def _trail(pack: _Pack, people: Sequence[UUID]) -> None:
    entries = await packs.audit(pack.tx, pack.seen, people)
    counts = {
        (entry["subject"], entry["at"]): int(json.loads(entry["detail"])["events"])
        for entry in entries
        if entry["deed"] == RECORDED
    }
    await pack.table("recordings", packs.recordings(pack.tx, pack.seen, counts))
    await pack.table("audit", packs.plain_rows(pack.tx, "audit", entries, pack.seen))


async def _checkpoint(tx: Tx) -> Checkpoint:
    """The end of the trail as this transaction sees it, signed."""
    signed = await audit_checkpoints.signed(tx, "asked")
    if signed is None:
        raise LookupError(f"clinic {tx.clinic} has no audit trail")
    return signed


def _manifest(pack: _Pack, actor: Actor, scope: PackScope, zone: str) -> bytes:
    said = {
        "format": FORMAT,
        "notice": PART_2_NOTICE,
        "clinic": pack.tx.clinic,
        "zone": zone,
        "made_at": pack.tx.now.astimezone(UTC).isoformat(),
        "made_by": {"id": actor.id, "role": actor.role},
        "release": VERSION,
        "scope": replace(scope, recipient=None),
        "whole_ledger": scope.is_whole,
        "files": dict(sorted(pack.files.items())),
    }
    return msgspec.json.format(msgspec.json.encode(said)) + b"\n"


def _zone_file(zone: str) -> bytes:
    """The zone's own table, for machines that know no zones."""
    return files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
