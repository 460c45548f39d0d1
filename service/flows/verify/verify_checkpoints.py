"""Checkpoints of the audit trail, those that are kept here and those of a file, against the trail."""

from collections.abc import AsyncIterator, Sequence

from schemas.checkpoints import Checkpoint
from service.core.verify.books import Mismatch
from service.store import audit_checkpoints, audit_keyings, books
from service.store.audit_checkpoints import is_signed, signed_words
from service.store.database.pool import Tx

REWRITTEN = "the trail as it was then"


async def kept(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every checkpoint on record that the trail tells otherwise, or that this service did not sign."""
    before = await audit_keyings.public_keys(tx)
    async for row in books.all_rows(tx, "audit_checkpoints/all"):
        ids = {"checkpoint_id": str(row["id"])}
        if not row["is_there"]:
            yield Mismatch("audit_checkpoints", ids, "as the audit trail tells it", "none")
            continue
        if not row["is_told"]:
            yield Mismatch("audit_checkpoints", ids, "an audit entry that tells of it", "none")
        message = signed_words(tx.clinic, row["seq"], row["hash"], row["at"], row["why"])
        if not tx.cipher.trail.is_signed(message, row["signature"], before):
            yield Mismatch("audit_checkpoints", ids, "a signature under AUDIT_KEY", "another")
        elif row["hash"] != row["found"]:
            yield Mismatch("audit_checkpoints", ids, REWRITTEN, f"another at seq {row['seq']}")


async def given(tx: Tx, checkpoints: Sequence[Checkpoint]) -> AsyncIterator[Mismatch]:
    """Every checkpoint that was kept elsewhere and that the trail does not lead to any more."""
    before = await audit_keyings.public_keys(tx)
    for one in checkpoints:
        ids = {"seq": str(one.seq), "checkpoint_at": one.at.isoformat()}
        if not is_signed(tx, one, before):
            yield Mismatch("checkpoint", ids, "a signature under AUDIT_KEY", "another")
            continue
        found = await audit_checkpoints.found(tx, one.seq)
        if found is None:
            yield Mismatch("audit", ids, f"{one.seq} entries at least, as the checkpoint says", "fewer")
        elif found.hex() != one.hash:
            yield Mismatch("audit", ids, f"{REWRITTEN}, as the checkpoint says", f"hash = {found.hex()}")
