"""The audit trail: who did or read what, in a hash chain per clinic that shows any later change."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from service.core.actors import Actor

FIRST_HASH = bytes(32)
"""The hash before a chain's first entry."""

_encode = msgspec.json.Encoder(order="deterministic").encode


class Entry(Struct, frozen=True):
    """One thing done or read; `detail` holds ids, numbers and closed words, never a name or a free text."""

    actor: Actor
    deed: str
    subject: UUID | None = None
    participant: UUID | None = None
    detail: dict[str, str | int] = {}


def entry_digest(
    at: datetime,
    actor: UUID,
    role: str,
    deed: str,
    subject: UUID | None,
    participant: UUID | None,
    detail: str,
) -> bytes:
    """SHA-256 over everything an entry says, in a form that can be made again from its row."""
    fields = (
        at.astimezone(UTC).isoformat(),
        str(actor),
        role,
        deed,
        "" if subject is None else str(subject),
        "" if participant is None else str(participant),
        detail,
    )
    return hashlib.sha256("\x1f".join(fields).encode()).digest()


def columns(at: datetime, entries: Sequence[Entry]) -> dict[str, Sequence[object]]:
    """The columns of entries, in the order of the query that writes them."""
    details = [_encode(entry.detail).decode() for entry in entries]
    return {
        "entry_actor_id": [entry.actor.id for entry in entries],
        "entry_role": [entry.actor.role for entry in entries],
        "entry_deed": [entry.deed for entry in entries],
        "entry_subject_id": [entry.subject for entry in entries],
        "entry_participant_id": [entry.participant for entry in entries],
        "entry_detail": details,
        "entry_digest": [
            entry_digest(at, e.actor.id, e.actor.role, e.deed, e.subject, e.participant, detail)
            for e, detail in zip(entries, details, strict=True)
        ],
    }
