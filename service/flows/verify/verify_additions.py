"""Words that were added to events, compared with the audit trail for `rewards verify`."""

from collections.abc import AsyncIterator

import msgspec

from service.core.erasing import fitting, kept_hash
from service.core.verify.books import Mismatch
from service.store import books, event_additions
from service.store.database.pool import Tx


async def additions(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every addition whose words are not those of its digest, or whose digest the audit trail does not say.

    And every entry of the trail whose addition is gone.
    """
    async for row in books.all_rows(tx, "books/additions", deed=event_additions.ADDED):
        ids = {"addition_id": str(row["addition_id"])}
        if row["event_id"] is None:
            yield Mismatch("event_additions", ids, f"an addition, as entry {row['seq']} says", "none")
            continue
        note, evidence = event_additions.opened(tx, row["note"], row["evidence"])
        digest = fitting(
            row["digest"],
            (
                event_additions.digest_of_hashes(row["event_id"], one, other)
                for one in _hashes(tx, event_additions.ADDED_NOTE, note)
                for other in _hashes(tx, event_additions.ADDED_EVIDENCE, evidence)
            ),
        )
        if digest != row["digest"]:
            yield Mismatch(
                "event_additions", ids, f"digest = {digest.hex()}", f"digest = {row['digest'].hex()}"
            )
        said = None if row["detail"] is None else msgspec.json.decode(row["detail"]).get("digest")
        if said != row["digest"].hex():
            yield Mismatch("event_additions", ids, f"digest = {said or 'told'}", row["digest"].hex())


def _hashes(tx: Tx, field: str, words: bytes | None) -> list[bytes | None]:
    """The keyed hash of words; and where they look like the mark of erased ones, the hash in it."""
    if words is None:
        return [None]
    made, kept = tx.cipher.blind(tx.clinic, field, words), kept_hash(words)
    return [made] if kept is None else [made, kept]
