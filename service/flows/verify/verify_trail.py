"""The audit trail worked out again: every entry, every link of the chain, and what was recorded by it."""

import hashlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from service.core.recording import recording_digest
from service.core.verify.books import Mismatch
from service.store import books
from service.store.audit import FIRST_HASH, entry_digest
from service.store.database.pool import Tx

RECORDED = "events.recorded"
"""The operation of an entry that says the digest of the facts it recorded."""


async def chain(tx: Tx, counted: Callable[[int], None]) -> AsyncIterator[Mismatch]:
    """Every place where the chain does not hold, from the first entry to its end."""
    seq, before = 0, FIRST_HASH
    async for row in books.all_rows(tx, "books/audit"):
        seq += 1
        ids = {"seq": str(row["seq"])}
        if row["seq"] != seq:
            yield Mismatch("audit", ids, f"seq = {seq}", f"seq = {row['seq']}")
        content = entry_digest(
            row["at"],
            row["actor_id"],
            row["role"],
            row["deed"],
            row["subject_id"],
            row["participant_id"],
            row["detail"],
        )
        if content != row["digest"]:
            yield Mismatch("audit", ids, f"digest = {content.hex()}", f"digest = {row['digest'].hex()}")
        before = hashlib.sha256(before + row["digest"]).digest()
        if before != row["hash"]:
            yield Mismatch("audit", ids, f"hash = {before.hex()}", f"hash = {row['hash'].hex()}")
        counted(seq)
    head = await books.head(tx)
    found = "none" if head is None else f"seq {head['seq']}, hash {head['hash'].hex()}"
    expected = f"seq {seq}, hash {before.hex()}"
    if found != expected:
        yield Mismatch("audit_heads", {"clinic_id": str(tx.clinic)}, expected, found)


async def recordings(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every recording whose audit entry does not say the digest of exactly the facts that there are of it."""
    key: tuple[UUID, datetime] | None = None
    entry: tuple[int, str] | None = None
    facts: list[tuple[UUID, bytes]] = []
    async for row in books.all_rows(tx, "books/recordings", deed=RECORDED):
        if key != (row["recording_id"], row["at"]):
            if key is not None and (mismatch := _recording(key, entry, facts)):
                yield mismatch
            key, facts = (row["recording_id"], row["at"]), []
            entry = None if row["seq"] is None else (row["seq"], row["detail"])
        if row["event_id"] is not None:
            facts.append((row["event_id"], row["digest"]))
    if key is not None and (mismatch := _recording(key, entry, facts)):
        yield mismatch


def _recording(
    key: tuple[UUID, datetime], entry: tuple[int, str] | None, facts: list[tuple[UUID, bytes]]
) -> Mismatch | None:
    ids = {"recording_id": str(key[0]), "at": key[1].astimezone(UTC).isoformat()}
    if entry is None:
        return Mismatch("events", ids, "an audit entry for the recording", "none")
    said = msgspec.json.decode(entry[1])
    found = {"events": len(facts), "digest": recording_digest(facts)}
    if {name: said.get(name) for name in found} != found:
        return Mismatch(
            "audit", {"seq": str(entry[0]), **ids}, f"what was recorded: {said}", f"on record: {found}"
        )
    return None
