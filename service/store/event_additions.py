"""Words that came later than their event: appended, sealed, and never edited."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.events import Addition, NewAddition
from service.core.actors import Actor
from service.core.erasing import as_read
from service.store.database.pool import Tx
from service.store.record import EVIDENCE, NOTE

ADDED_NOTE: Final = "event_additions.note"
ADDED_EVIDENCE: Final = "event_additions.evidence"
"""The fields that added words are sealed as; events keep their own as `record.NOTE` and `record.EVIDENCE`."""


ADDED: Final = "event.added_to"
"""The operation of the audit trail's entry that says an addition's digest."""


class Words(Struct):
    """All notes and evidence of an event."""

    notes: set[str]
    evidence: set[str]


class Said(Struct, frozen=True):
    """A note and evidence that were written about an event: with it, or at a later moment."""

    note: str | None
    evidence: str | None
    added_at: datetime | None


async def insert(tx: Tx, actor: Actor, event: UUID, new: NewAddition) -> tuple[Addition, bytes]:
    """Write an addition; gives it with the digest of what it says."""
    made = Addition(tx.new_id(), event, tx.now, actor.id, new.note, new.evidence)
    seal = tx.cipher.seal
    digest = digest_of(tx, event, new.note, new.evidence)
    await tx.run(
        "event_additions/insert",
        addition_id=made.id,
        event_id=event,
        note=None if new.note is None else seal(tx.clinic, ADDED_NOTE, new.note),
        evidence=None if new.evidence is None else seal(tx.clinic, ADDED_EVIDENCE, new.evidence),
        added_by=actor.id,
        digest=digest,
    )
    return made, digest


def digest_of(tx: Tx, event: UUID, note: str | bytes | None, evidence: str | bytes | None) -> bytes:
    """SHA-256 over what an addition says; of its words only keyed hashes go into it."""
    hashes = (
        None if text is None else tx.cipher.blind(tx.clinic, field, text)
        for field, text in ((ADDED_NOTE, note), (ADDED_EVIDENCE, evidence))
    )
    return digest_of_hashes(event, *hashes)


def digest_of_hashes(event: UUID, note: bytes | None, evidence: bytes | None) -> bytes:
    """The same, of the keyed hashes of its words."""
    return hashlib.sha256(b"\x1f".join([event.bytes, note or b"-", evidence or b"-"])).digest()


def opened(tx: Tx, note: bytes | None, evidence: bytes | None) -> tuple[bytes | None, bytes | None]:
    """The words of an addition, for its digest; what cannot be opened is said to be so."""
    note_said, evidence_said = (
        None if sealed is None else tx.cipher.opened(tx.clinic, field, sealed) or b"cannot be opened"
        for field, sealed in ((ADDED_NOTE, note), (ADDED_EVIDENCE, evidence))
    )
    return note_said, evidence_said


async def of_event(tx: Tx, event: UUID) -> tuple[Addition, ...]:
    """What was added to an event, oldest first."""
    return tuple(
        Addition(
            row["addition_id"],
            event,
            row["added_at"],
            row["added_by"],
            tx.cipher.open_text(tx.clinic, ADDED_NOTE, row["note"]),
            tx.cipher.open_text(tx.clinic, ADDED_EVIDENCE, row["evidence"]),
        )
        for row in await tx.rows("event_additions/of_event", event_id=event)
    )


async def said(tx: Tx, events: Sequence[UUID]) -> dict[UUID, list[Said]]:
    """All that was written about some events, oldest first; those about which nothing was are left out."""
    found: dict[UUID, list[Said]] = {}
    for row in await tx.rows("event_additions/said", events=events):
        fields = (ADDED_NOTE, ADDED_EVIDENCE) if row["added"] else (NOTE, EVIDENCE)
        note, evidence = (
            tx.cipher.open_text(tx.clinic, field, sealed)
            for field, sealed in zip(fields, (row["note"], row["evidence"]), strict=True)
        )
        said_of = found.setdefault(row["event_id"], [])
        said_of.append(
            Said(
                None if note is None else as_read(note),
                None if evidence is None else as_read(evidence),
                row["at"] if row["added"] else None,
            )
        )
    return found


async def words(tx: Tx, events: Sequence[UUID]) -> dict[UUID, Words]:
    """The notes and evidence of some events, with what was added to them."""
    found = {event: Words(set(), set()) for event in events}
    for row in await tx.rows("event_additions/words", events=events):
        own = found[row["event_id"]]
        for kept, sealed, fields in (
            (own.notes, row["note"], (NOTE, ADDED_NOTE)),
            (own.evidence, row["evidence"], (EVIDENCE, ADDED_EVIDENCE)),
        ):
            opened = (
                [] if sealed is None else [tx.cipher.opened(tx.clinic, field, sealed) for field in fields]
            )
            kept.update(text.decode() for text in opened if text is not None)
    return found
