"""The audit trail: who did or read what, in a keyed hash chain per clinic that shows any later change."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from service.core.actors import Actor
from service.core.audit_chain import content, keyed
from service.store.database.pool import Tx
from service.store.rows import EntryRow

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


def rows(key: bytes, at: datetime, entries: Sequence[Entry]) -> list[EntryRow]:
    """Entries as they are written; `key` is that of their clinic's chain."""
    when = at.astimezone(UTC).isoformat()
    return [_row(key, when, entry) for entry in entries]


def _row(key: bytes, when: str, entry: Entry) -> EntryRow:
    detail = _encode(entry.detail).decode()
    actor, deed, subject, participant = entry.actor, entry.deed, entry.subject, entry.participant
    said = content(when, actor.id, actor.role, deed, subject, participant, detail)
    return EntryRow(actor.id, actor.role, deed, subject, participant, detail, keyed(key, said))
