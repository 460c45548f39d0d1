"""Leases of subscribers: one worker at a time delivers to each, and what it knows of the receiver is kept."""

from datetime import datetime
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.subscribers import NoticeFormat
from service.core.notices.waits import Circuit, Receiver
from service.core.signatures import read_secret
from service.store.database.pool import Tx
from service.store.subscribers import SECRET, URL


class Due(Struct, frozen=True):
    """A subscriber with something to do; `silences` is how often its receiver was not heard of in a row."""

    clinic: UUID
    subscriber: UUID
    silences: int


class Lease(Struct, frozen=True):
    """A subscriber that is in one worker's hand, and where it stands.

    `restricted` says whether anybody has a restriction that binds it.
    """

    clinic: UUID
    subscriber: UUID
    worker: UUID
    until: datetime
    url: str
    types: frozenset[str]
    consent_required: bool
    restricted: bool
    active: bool
    secrets: tuple[bytes, ...]
    zone: str
    receiver: Receiver
    read_seq: int
    sequence: int
    tried_sequence: int
    revision: int
    format: NoticeFormat = "plain"


async def due(tx: Tx, rows_max: int) -> list[Due]:
    """Subscribers of all clinics that nobody has in hand and that have something to do, who answers first."""
    rows = await tx.rows("subscribers/due", limit=rows_max)
    return [Due(row["clinic_id"], row["subscriber_id"], row["silences"]) for row in rows]


async def take(tx: Tx, subscriber: UUID, worker: UUID, until: datetime) -> Lease | None:
    """Take a subscriber in hand, or keep it there; None where another worker has it or it is deleted."""
    row = await tx.row(
        "subscriber_heads/lease", subscriber_id=subscriber, leased_by=worker, leased_until=until
    )
    if row is None:
        return None
    receiver = Receiver(
        cast("Circuit", row["circuit"]), row["silences"], row["pause_s"], row["open_s"], row["paused_until"]
    )
    return Lease(
        tx.clinic,
        subscriber,
        worker,
        until,
        tx.cipher.open(tx.clinic, URL, row["url"]).decode(),
        frozenset(row["types"]),
        row["consent_required"],
        row["restricted"],
        row["status"] == "active",
        _secrets(tx, row),
        row["zone"],
        receiver,
        row["read_seq"],
        row["sequence"],
        row["tried_sequence"],
        row["revision"],
        cast("NoticeFormat", row["format"]),
    )


async def advance(tx: Tx, lease: Lease, read_seq: int, read_at: datetime, sequence: int) -> None:
    """Note what the log was read up to, and the last number given."""
    await tx.run(
        "subscriber_heads/advance",
        subscriber_id=lease.subscriber,
        read_seq=read_seq,
        read_at=read_at,
        sequence=sequence,
    )


async def settle(
    tx: Tx, lease: Lease, tried_sequence: int, receiver: Receiver, until: datetime | None
) -> bool:
    """Note what was tried and what is known of the receiver; without `until` the lease is given back.

    False where another worker has it by now, and knows better, or the subscriber was changed since.
    """
    revision = await tx.value(
        "subscriber_heads/settle",
        subscriber_id=lease.subscriber,
        leased_by=lease.worker,
        tried_sequence=tried_sequence,
        leased_until=until,
        circuit=receiver.circuit,
        silences=receiver.silences,
        pause_s=receiver.pause_s,
        open_s=receiver.open_s,
        paused_until=receiver.until,
    )
    return bool(revision == lease.revision)


async def disable(tx: Tx, lease: Lease) -> bool:
    """Disable a subscriber whose receiver is gone; False where it was disabled already."""
    found = await tx.row("subscribers/disable", subscriber_id=lease.subscriber, disabled_why="gone")
    return found is not None


def _secrets(tx: Tx, row: Record) -> tuple[bytes, ...]:
    """The secrets in force, the newest first; the one before a rotation signs too for its last hours."""
    sealed = [row["secret"]]
    if row["old_secret"] is not None and tx.now < row["old_secret_until"]:
        sealed.append(row["old_secret"])
    read = [read_secret(tx.cipher.open(tx.clinic, SECRET, secret).decode()) for secret in sealed]
    return tuple(secret for secret in read if secret is not None)
