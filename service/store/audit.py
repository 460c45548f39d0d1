"""The audit trail: who did or read what, in a hash chain per clinic that shows any later change."""

import hashlib
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from service.core.actors import Actor
from service.store.database import Tx

FIRST_HASH = bytes(32)
"""What the first entry of a chain is hashed after."""

_encode = msgspec.json.Encoder(order="deterministic").encode


class Entry(Struct, frozen=True):
    """One thing done or read; `detail` holds ids, numbers and closed words, never a name or a free text."""

    actor: Actor
    deed: str
    subject: UUID | None = None
    participant: UUID | None = None
    detail: dict[str, str | int] = {}


def entry_digest(  # noqa: PLR0913  the columns of the entry
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


async def append(tx: Tx, entries: list[Entry]) -> None:
    """Append entries to their clinics' chains; called last in a transaction, since it locks the chain's end."""
    for clinic in sorted({entry.actor.clinic for entry in entries}):
        own = [entry for entry in entries if entry.actor.clinic == clinic]
        details = [_encode(entry.detail).decode() for entry in own]
        await tx.run(
            "audit/append",
            clinic,
            [tx.now] * len(own),
            [entry.actor.id for entry in own],
            [entry.actor.role for entry in own],
            [entry.deed for entry in own],
            [entry.subject for entry in own],
            [entry.participant for entry in own],
            details,
            [
                entry_digest(tx.now, e.actor.id, e.actor.role, e.deed, e.subject, e.participant, detail)
                for e, detail in zip(own, details, strict=True)
            ],
        )
