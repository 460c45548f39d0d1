"""Signed checkpoints of the audit trail's head."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from schemas.checkpoints import Checkpoint, CheckpointReason
from service.store import books
from service.store.database.pool import Tx


async def signed(tx: Tx, why: CheckpointReason) -> Checkpoint | None:
    """Sign where the trail stands; none where nothing stands in it."""
    head = await books.head(tx)
    if head is None or head["seq"] == 0:
        return None
    signature = tx.cipher.trail.sign(signed_words(tx.clinic, head["seq"], head["hash"], tx.now, why))
    public = tx.cipher.trail.public_key().hex()
    return Checkpoint(tx.clinic, head["seq"], head["hash"].hex(), tx.now, why, signature.hex(), public)


async def make(tx: Tx, why: CheckpointReason) -> tuple[UUID, Checkpoint] | None:
    """Sign where the trail stands and keep it, under an id; none where nothing stands in it."""
    shown = await signed(tx, why)
    if shown is None:
        return None
    made = tx.new_id()
    await tx.run(
        "audit_checkpoints/insert",
        checkpoint_id=made,
        seq=shown.seq,
        hash=bytes.fromhex(shown.hash),
        why=why,
        signature=bytes.fromhex(shown.signature),
    )
    return made, shown


async def last(tx: Tx) -> tuple[int, datetime] | None:
    """The place and the time of the newest one."""
    row = await tx.row("audit_checkpoints/last")
    return None if row is None else (row["seq"], row["at"])


async def is_ours(tx: Tx) -> bool:
    """Whether the newest one was signed under the AUDIT_KEY of this process; yes where there is none."""
    row = await tx.row("audit_checkpoints/newest")
    if row is None:
        return True
    message = signed_words(tx.clinic, row["seq"], row["hash"], row["at"], row["why"])
    return tx.cipher.trail.is_signed(message, row["signature"])


async def found(tx: Tx, seq: int) -> bytes | None:
    """The hash of the trail at a place; none where it does not reach so far."""
    hashed: bytes | None = await tx.value("audit_checkpoints/found", seq=seq)
    return hashed


def is_signed(tx: Tx, one: Checkpoint, before: Iterable[bytes]) -> bool:
    """Whether this service signed a checkpoint, whatever key stands in it; `before` are old keys of its."""
    try:
        message = signed_words(one.clinic, one.seq, bytes.fromhex(one.hash), one.at, one.why)
        return tx.cipher.trail.is_signed(message, bytes.fromhex(one.signature), before)
    except ValueError:
        return False


def signed_words(clinic: UUID, seq: int, head: bytes, at: datetime, why: str) -> bytes:
    """What a checkpoint's signature is of."""
    lines = ("rewards audit checkpoint", clinic, seq, head.hex(), at.astimezone(UTC).isoformat(), why)
    return "\n".join(map(str, lines)).encode()
