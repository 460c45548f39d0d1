"""The audit trail: who did or read what, in a keyed hash chain per clinic that shows any later change."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from service.core.actors import Actor
from service.core.audit_chain import content, keyed
from service.store.database.pool import Tx

_encode = msgspec.json.Encoder(order="deterministic").encode


class Entry(Struct, frozen=True):
    """One thing done or read; `detail` holds ids, numbers and closed words, never a name or a free text."""

    actor: Actor
    deed: str
    subject: UUID | None = None
    participant: UUID | None = None
    detail: dict[str, str | int] = {}


async def is_keyed(tx: Tx) -> bool:
    """Whether anything was written into the clinic's chain under the key."""
    return bool(await tx.value("audit/is_keyed"))


def columns(key: bytes, at: datetime, entries: Sequence[Entry]) -> dict[str, Sequence[object]]:
    """The columns of entries, in the order of the query that writes them; `key` is their clinic's."""
    details = [_encode(entry.detail).decode() for entry in entries]
    when = at.astimezone(UTC).isoformat()
    return {
        "entry_actor_id": [entry.actor.id for entry in entries],
        "entry_role": [entry.actor.role for entry in entries],
        "entry_deed": [entry.deed for entry in entries],
        "entry_subject_id": [entry.subject for entry in entries],
        "entry_participant_id": [entry.participant for entry in entries],
        "entry_detail": details,
        "entry_keyed": [
            keyed(key, content(when, e.actor.id, e.actor.role, e.deed, e.subject, e.participant, detail))
            for e, detail in zip(entries, details, strict=True)
        ],
    }
