"""The audit trail worked out again: every entry, every link of the chain, and what was recorded by it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from service.core.audit_chain import RECORDED, OldKey, Place, Ring, Said
from service.core.digests import recording_digest
from service.core.verify.books import Mismatch
from service.store import audit_keyings, books
from service.store.database.pool import Tx


async def chain(tx: Tx, counted: Callable[[int], None]) -> AsyncIterator[Mismatch]:
    """Every place where the chain does not hold, from the first entry to its end."""
    ring, place = await _ring(tx), Place()
    async for row in books.all_rows(tx, "books/audit"):
        ids = {"seq": str(row["seq"])}
        said = Said(
            row["at"],
            row["actor_id"],
            row["role"],
            row["deed"],
            row["subject_id"],
            row["participant_id"],
            row["detail"],
        )
        place = place.after(ring.keys(), said, row["digest"])
        ring = ring.after(said, row["digest"])
        if row["seq"] != place.seq:
            yield Mismatch("audit", ids, f"seq = {place.seq}", f"seq = {row['seq']}")
        # What they should be stays unsaid: whoever could read it could write it.
        if row["digest"] != place.digest:
            yield Mismatch("audit", ids, "the digest of its content", f"digest = {row['digest'].hex()}")
        if row["hash"] != place.hash:
            expected = "the hash over it and the entry before"
            yield Mismatch("audit", ids, expected, f"hash = {row['hash'].hex()}")
        counted(place.seq)
    if place.seq and place.keyed_at is None:
        yield Mismatch("audit", {"seq": str(place.seq)}, "entries under AUDIT_KEY", "none")
    for change in ring.untold():
        where = {"audit_keying_id": str(change)}
        yield Mismatch("audit_keyings", where, "an entry of the trail that tells of it", "none")
    head = await books.head(tx)
    ids = {"clinic_id": str(tx.clinic)}
    found = "none" if head is None else f"seq {head['seq']}, hash {head['hash'].hex()}"
    expected = f"seq {place.seq}, hash {place.hash.hex()}"
    if found != expected:
        yield Mismatch("audit_heads", ids, expected, found)
    if head is not None and head["seal"] != place.seal:
        yield Mismatch("audit_heads", ids, "the seal of the last entry", "another: newer ones were cut off")


async def _ring(tx: Tx) -> Ring:
    """The keys that entries of a clinic's trail may be under."""
    trail = tx.cipher.trail
    old = [one.old for one in await audit_keyings.keyings(tx)]
    other = None if trail.other is None else trail.other.of(tx.clinic)
    if other is not None and other not in {one.key for one in old}:
        old.append(OldKey(None, other))
    return Ring(trail.of(tx.clinic), tuple(old))


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
            if row["seq"] is not None and row["recorded_by"] != row["actor_id"]:
                expected = f"recorded_by = {row['actor_id']}, as was told"
                ids = {"event_id": str(row["event_id"])}
                yield Mismatch("events", ids, expected, f"recorded_by = {row['recorded_by']}")
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
